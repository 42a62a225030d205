// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement of SQLite.
#pragma once

#include "connection.hpp"
#include "row.hpp"
#include "sink.hpp"

namespace tiny {

class statement final : public relata::driver::statement {
public:
    statement(connection& owner, std::string_view sql, unsigned count);

    void execute(relata::param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }
    unsigned columns() override { return unsigned(sqlite3_column_count(handle_.get())); }
    std::string column_name(unsigned column) override;

    // called by rows and sinks
    [[noreturn]] void raise(int code) { owner_.raise(code); }
    [[noreturn]] void wrong_value(error_kind kind, unsigned placeholder);
    [[noreturn]] void wrong_column(error_kind kind, unsigned column);

private:
    enum class state : std::uint8_t {
        idle,  // not executed
        row,   // stands on a row that was not read
        next,  // the row was read
        done,  // behind the last row
    };

    void start(unsigned count);
    void run();
    void step();

    connection& owner_;
    statement_handle handle_;
    unsigned params_;
    state state_ = state::idle;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
};

}  // namespace tiny
