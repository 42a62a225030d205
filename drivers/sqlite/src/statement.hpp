// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement of SQLite.
#pragma once

#include "connection.hpp"
#include "row.hpp"
#include "sink.hpp"

namespace relata::sqlite::detail {

/// What kind of statement a text is, by its first word.
enum class verb : std::uint8_t {
    reads,     ///< nothing to count
    inserts,   ///< INSERT, REPLACE
    changes,   ///< UPDATE, DELETE, and WITH before one of the three
    controls,  ///< may begin or end a transaction
};

class statement final : public driver::statement {
public:
    /// Throws where SQLite cannot compile `sql`, or where it is not exactly one statement.
    statement(connection& owner, std::string_view sql, unsigned count);
    ~statement() override;
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;

    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }
    unsigned columns() override { return unsigned(sqlite3_column_count(handle_.get())); }
    std::string column_name(unsigned column) override;

    /// Binds and runs an INSERT for one object; nothing is looked up afterwards.
    void insert(field const* plan, unsigned count, void const* object);

    // called by the sink
    [[noreturn]] void refused(int code) { owner_.raise(code, phase::binding, nullptr); }
    [[noreturn]] void wrong_value(error_kind kind, unsigned placeholder);
    // called by the rows
    [[noreturn]] void wrong_column(error_kind kind, unsigned column);

private:
    enum class state : std::uint8_t {
        idle,  // reset
        row,   // stands on a row that was not read yet
        next,  // the row was read; the next one was not asked for
        done,  // no more rows, not reset yet
        kept,  // reset; the rows were copied
    };

    void start(unsigned count);
    void run();
    void step();
    void keep_rows();
    std::size_t fetch_live(field const* plan, unsigned fields, char* at, std::size_t stride,
                           std::size_t max);
    std::size_t fetch_kept(field const* plan, unsigned fields, char* at, std::size_t stride,
                           std::size_t max);
    void drop_rows() noexcept;
    [[noreturn]] void failed(int code);

    connection& owner_;
    statement_handle handle_;
    unsigned params_;
    verb verb_;
    bool keeps_;  // writes and returns rows
    state state_ = state::idle;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
    scratch room_;
    std::vector<sqlite3_value*> kept_;  // row after row
    std::size_t kept_next_ = 0;
};

}  // namespace relata::sqlite::detail
