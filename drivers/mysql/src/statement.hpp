// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement: binds, executes, and streams its result row by row.
#pragma once

#include "parameters.hpp"
#include "row.hpp"
#include "session.hpp"

#include <relata/driver/driver.hpp>

namespace relata::mysql::detail {

class prepared final : public driver::statement {
public:
    prepared(session& s, std::string_view sql, unsigned placeholders);
    ~prepared() override;

    /// Refuses floats where these types say integer.
    void demand_integers(type_info const* const* types) {
        values_.demand_integers(types, placeholders_);
    }

    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override;
    std::int64_t last_id() override;
    unsigned columns() override;
    std::string column_name(unsigned column) override;

    // For inserts of many rows in one statement: fill the values, then run.
    [[nodiscard]] parameters& values() noexcept { return values_; }
    /// Discards an open result, checks that the session is free, and prepares again if need be.
    void start();
    /// Sends the values. `size`: bytes of their texts.
    void run(std::size_t size);

private:
    void prepare();
    void unprepare() noexcept;
    bool advance();
    void end_result() noexcept;
    void open_result();
    void check_plan(field const* plan, unsigned fields);
    bool prepare_again(unsigned code);
    [[noreturn]] void raise();

    session& session_;
    std::string sql_;
    MYSQL_STMT* statement_ = nullptr;
    parameters values_;
    std::vector<wire> types_;  // of the result's columns
    field const* checked_plan_ = nullptr;
    unsigned checked_fields_ = 0;
    unsigned placeholders_;
    unsigned generation_ = 0;
    std::int64_t rows_ = 0;  // read from this result
    bool open_ = false;      // the server still sends, or may send, rows
    bool waiting_ = false;   // a row is fetched and not yet decoded
    bool reads_ = false;     // SELECT and the like: nothing is affected
    bool touches_ = false;   // may change the session for good
    bool shows_ = false;     // SHOW or its like
};

}  // namespace relata::mysql::detail
