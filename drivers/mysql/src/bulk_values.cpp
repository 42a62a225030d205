// SPDX-License-Identifier: BSL-1.0
//
// Bulk insert for servers without array binding. Rows are collected in the slots of one statement
// with many rows; the rest at the end gets a statement of its own length.

#include "bulk.hpp"

#include "sink.hpp"
#include "statement.hpp"

#include <mysql_family/values_list.hpp>
#include <relata/driver/encode.hpp>

namespace relata::mysql::detail {

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
        if (!full_ && count_ == most_)
            full_.reset(new prepared(session_, insert_text(target_, most_), most_ * columns_));
        if (count_ == most_) {
            send(*full_);
        } else {
            prepared rest(session_, insert_text(target_, count_), count_ * columns_);
            send(rest);
            values_.forget();  // another statement may get this one's address
        }
        done_ += count_;
        count_ = 0;
        values_.clear();
    } catch (error const& e) {
        raise_from(e, done_);
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

}  // namespace relata::mysql::detail
