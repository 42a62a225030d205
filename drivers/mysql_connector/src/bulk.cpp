// SPDX-License-Identifier: BSL-1.0
//
// Rows are collected in the slots of one statement with many rows; the rest at the end gets a
// statement of its own length. What a column holds is assigned exactly, so nothing needs a CAST.

#include "bulk.hpp"

#include "sink.hpp"
#include "statement.hpp"

#include <mysql_family/values_list.hpp>

namespace relata::mysql_connector::detail {

using namespace mysql_family;

namespace {

class collector {
public:
    collector(session& s, driver::bulk_target const& target, unsigned columns)
        : session_(s), target_(target), columns_(columns), most_(rows_at_once(columns)) {
        values_.resize(columns * most_);
    }

    void add(field const* plan, unsigned fields, void const* object) {
        sink to(values_, count_ * columns_, true, done_ + count_);
        for (unsigned i = 0; i < fields; ++i) driver::encode_field(to, plan[i], object);
        for (unsigned i = 0; i < fields; ++i) {
            auto& wants = values_[count_ * columns_ + i].wants;
            if (wants.form != form::unsigned_integer && wants.form != form::long_text) wants = {};
        }
        if (count_ && !fits()) {  // the packet is full without this row
            flush();
            return add(plan, fields, object);
        }
        if (!fits()) mysql_family::refuse_value(error_kind::limit_exceeded, 0, done_);
        ++count_;
        bytes_ = values_.texts().used();
        if (count_ == most_ || bytes_ > session_.max_packet() / 4) flush();
    }

    std::int64_t finish() {
        if (count_) flush();
        return done_;
    }

private:
    // whether the rows so far and the next one can be sent together
    [[nodiscard]] bool fits() const {
        return values_.texts().used() + 64u * columns_ * (count_ + 1) + 1024 <=
               session_.max_packet();
    }

    void flush() try {
        values_.resize(count_ * columns_);
        if (count_ == most_) {
            if (!full_) full_ = make();
            send(*full_);
        } else {
            send(*make());
        }
        values_.resize(most_ * columns_);
        done_ += count_;
        count_ = 0;
        values_.clear();
    } catch (error const& e) {
        raise_from(e, done_);
    }

    [[nodiscard]] std::unique_ptr<prepared> make() const {
        std::vector<placeholder> forms(values_.size());
        values_.adapt(forms);
        return std::make_unique<prepared>(session_, insert_text(target_, count_), std::move(forms));
    }

    // The values are lent to the statement for this one execution.
    void send(prepared& statement) {
        statement.start();
        std::swap(statement.values(), values_);
        try {
            statement.run(bytes_);
        } catch (...) {
            std::swap(statement.values(), values_);
            throw;
        }
        std::swap(statement.values(), values_);
    }

    session& session_;
    driver::bulk_target const& target_;
    unsigned columns_, most_, count_ = 0;
    std::int64_t done_ = 0;
    std::size_t bytes_ = 0;  // of the texts of the rows so far
    parameters values_;
    std::unique_ptr<prepared> full_;
};

}  // namespace

std::int64_t insert_values(session& s, driver::bulk_target const& target, field const* plan,
                           unsigned fields, driver::row_source rows) {
    collector all(s, target, fields);
    while (void const* const object = rows.next(rows.context)) all.add(plan, fields, object);
    return all.finish();
}

}  // namespace relata::mysql_connector::detail
