// SPDX-License-Identifier: BSL-1.0
/// \file
/// A prepared statement of the mock.
#pragma once

#include "connection.hpp"
#include "row.hpp"

namespace relata::mock::detail {

class statement final : public driver::statement {
public:
    statement(connection& owner, std::string_view sql, unsigned count);
    ~statement() override;
    statement(statement const&) = delete;
    statement& operator=(statement const&) = delete;

    void expect(driver::read_mode mode) override { mode_ = mode; }
    void execute(param const* values, unsigned count) override;
    void execute_from(field const* plan, unsigned count, void const* object) override;
    bool ready() override;
    std::size_t fetch(field const* plan, unsigned fields, void* rows, std::size_t stride,
                      std::size_t max) override;
    void finish() noexcept override;
    std::int64_t affected() override { return answer_.affected; }
    std::int64_t last_id() override;
    unsigned columns() override;
    std::string column_name(unsigned column) override;

    // called by the rows
    [[noreturn]] void wrong(error_kind kind, field const& f, cell const& there);

private:
    void start(unsigned count);
    void run(std::vector<cell> values);
    void break_if_due();
    void check_width(field const* plan, unsigned fields, row const& next);
    [[nodiscard]] std::size_t size() const { return rows_ ? rows_->size() : 0; }

    connection& owner_;
    std::string sql_;
    unsigned params_;
    driver::read_mode mode_ = driver::read_mode::all;
    answer answer_;
    std::shared_ptr<std::vector<row> const> rows_;  // null: no result is open
    std::size_t position_ = 0;
};

}  // namespace relata::mock::detail
