// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement over SOCI: values in, rows out.
#pragma once

#include "connection.hpp"
#include "row.hpp"
#include "sink.hpp"

namespace relata::soci::detail {

class statement final : public driver::statement {
public:
    statement(connection& owner, std::string_view sql, type_info const* const* types,
              unsigned count);

    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override { return affected_; }
    std::int64_t last_id() override { return last_id_; }
    unsigned columns() override;
    std::string column_name(unsigned column) override;

    /// Throws for a cell of this result; called by the rows.
    [[noreturn]] void wrong_column(error_kind kind, unsigned column);

private:
    enum class state : std::uint8_t {
        idle,
        row,   // stands on a row that was not read yet
        next,  // the row was read; the next one was not asked for
        done,
    };

    void start(unsigned count);
    void run();
    bool advance();

    connection& owner_;
    std::string sql_;
    std::vector<bound> values_;  // SOCI keeps their addresses: never resized, and longer alive
    std::unique_ptr<wire> wire_;
    state state_ = state::idle;
    std::int64_t affected_ = 0;
    std::int64_t last_id_ = 0;
};

}  // namespace relata::soci::detail
