// SPDX-License-Identifier: BSL-1.0
/// \file
/// One statement of SOCI's sqlite3 back end. It prepares and steps; values go by SQLite's own functions on its
/// statement.
#pragma once

#include "wire.hpp"

#include <deque>
#include <memory>

#include <soci/sqlite3/soci-sqlite3.h>

namespace relata::soci::detail {

/// SOCI binds empty BLOBs as NULL, knows no text with another length than its string, and reads
/// numbers by the declared type of the column. The functions called here are those that its elements
/// call, so nothing is lost on the way.
class sqlite3_wire final : public wire {
public:
    sqlite3_wire(::soci::session& session, sqlite_api::sqlite3* db, std::string_view sql,
                 unsigned count);
    ~sqlite3_wire() override { statement_->clean_up(); }
    sqlite3_wire(sqlite3_wire const&) = delete;
    sqlite3_wire& operator=(sqlite3_wire const&) = delete;

    void run(std::vector<bound> const& values) override;
    bool next() override;
    content at(unsigned column) override;
    void close() noexcept override;
    unsigned columns() override;
    std::string name(unsigned column) override;
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }

private:
    struct kept_cell {
        content::form is = content::form::null;
        std::int64_t integer = 0;
        double real = 0;
        std::string text;
    };

    [[nodiscard]] sqlite_api::sqlite3_stmt* handle() const { return statement_->stmt_; }
    void demand_one(std::string_view sql, unsigned count);
    void bind(int position, bound const& value);
    void keep_rows();

    sqlite_api::sqlite3* db_;
    std::unique_ptr<::soci::sqlite3_statement_backend> statement_;
    bool inserts_ = false;
    bool counts_ = false;  // changes rows
    bool keeps_ = false;   // changes rows and returns some
    bool has_row_ = false;
    bool first_ = false;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
    std::deque<std::vector<kept_cell>> rows_;
};

}  // namespace relata::soci::detail
