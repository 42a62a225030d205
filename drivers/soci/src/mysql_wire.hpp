// SPDX-License-Identifier: BSL-1.0
/// \file
/// One statement of SOCI's mysql back end. Its result is whole in memory, in texts.
#pragma once

#include "elements.hpp"
#include "mysql_cells.hpp"
#include "wire.hpp"

#include <memory>

#include <soci/mysql/soci-mysql.h>

namespace relata::soci::detail {

/// An error of the server with its SQLSTATE, which SOCI leaves out.
struct stated_error : ::soci::mysql_soci_error {
    stated_error(std::string const& text, int code, char const* state)
        : mysql_soci_error(text, code), sqlstate(state) {}
    std::string sqlstate;
};

class mysql_wire final : public wire {
public:
    /// A statement with its values has `most` bytes.
    mysql_wire(::soci::session& session, MYSQL* conn, std::size_t most, std::string_view sql,
               type_info const* const* types, unsigned count);
    ~mysql_wire() override { statement_->clean_up(); }
    mysql_wire(mysql_wire const&) = delete;
    mysql_wire& operator=(mysql_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override;
    content at(unsigned column) override {
        if (column >= mysql_num_fields(statement_->result_) || !cells_[column]) return {};
        return mysql_cell(*mysql_fetch_field_direct(statement_->result_, column),
                          {cells_[column], lengths_[column]});
    }
    void close() noexcept override {
        statement_->clean_up();
        rows_ = at_ = 0;
    }
    unsigned columns() override {
        return statement_->result_ ? mysql_num_fields(statement_->result_)
                                   : unsigned(names_.size());
    }
    std::string name(unsigned column) override {
        if (column < names_.size()) return names_[column];
        if (!statement_->result_ || column >= columns()) return {};
        return mysql_fetch_field_direct(statement_->result_, column)->name;
    }
    std::string origin(unsigned column) override {
        if (column < origins_.size() && !origins_[column].empty()) return origins_[column];
        return name(column);
    }
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }

private:
    using question = std::unique_ptr<MYSQL_STMT, my_bool (*)(MYSQL_STMT*)>;

    question prepared(std::string_view sql);
    void look_at_columns();

    void renew_names();
    void drop_other_results();
    void demand_numbers(std::vector<bound> const& values) const;
    void demand_room(std::vector<bound> const& values) const;

    [[nodiscard]] bool sql_is_change() const;

    MYSQL* conn_;
    std::string sql_;
    std::size_t most_;                  // bytes of a statement
    std::vector<bound::form> numbers_;  // what a value must be; text: anything but a number
    std::vector<std::string> names_;    // of the columns, as the program wrote them
    std::vector<std::string> origins_;  // of the same in their tables; empty for expressions
    std::unique_ptr<::soci::mysql_statement_backend> statement_;
    use_elements uses_;
    MYSQL_ROW cells_ = nullptr;
    unsigned long* lengths_ = nullptr;
    std::size_t rows_ = 0, at_ = 0;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
};

}  // namespace relata::soci::detail
