// SPDX-License-Identifier: BSL-1.0
/// \file
/// A connection to a mock server.
#pragma once

#include "state.hpp"

#include <relata/driver/driver.hpp>

#include <atomic>
#include <condition_variable>

namespace relata::mock::detail {

class connection final : public driver::connection {
public:
    explicit connection(std::shared_ptr<state> script);
    ~connection() override;
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    dialect::dialect const& spelling() const noexcept override { return *script_->role.spelling; }
    driver::capabilities const& can() const noexcept override { return script_->role.can; }
    std::unique_ptr<driver::statement> prepare(std::string_view sql, type_info const* const* types,
                                               unsigned count) override;
    void script(std::string_view sql) override;
    std::int64_t bulk_insert(driver::bulk_target const& target, field const* plan, unsigned fields,
                             driver::row_source rows) override;

    void begin(driver::isolation level, bool read_only) override;
    void commit() override;
    void rollback() override;
    void savepoint(std::string_view name) override;
    void release(std::string_view name) override;
    void rollback_to(std::string_view name) override;
    transaction_state transaction() noexcept override { return transaction_; }

    bool alive(bool ask_server) noexcept override;
    void reset() override;
    void cancel() noexcept override;
    void* native() noexcept override { return nullptr; }

    /// Makes a call; throws what the script wants at once. A break after some rows is the caller's.
    answer perform(step s, std::string_view sql, std::vector<row> values = {});
    /// Throws what the script wants.
    [[noreturn]] void break_off(answer const& given, step s, std::string_view sql);
    /// Throws an error with the state of the transaction after it.
    [[noreturn]] void raise(error_info info);

    state& shared() noexcept { return *script_; }
    /// The statement whose rows are being read one by one, where only one can be.
    driver::statement const* streaming = nullptr;
    /// Throws when rows of another statement are being read.
    void check_free(driver::statement const* asking) const;

private:
    void check_connected();
    bool dropped();
    void wait(std::chrono::milliseconds time, std::string_view sql);
    void require_open() const;
    transaction_state settle(error_info const& info) noexcept;
    void run_named(step s, std::string_view verb, std::string_view name);

    std::shared_ptr<state> script_;
    unsigned number_;
    unsigned drops_seen_;
    bool dead_ = false;
    transaction_state transaction_ = transaction_state::none;

    std::mutex mutex_;  // of the wait
    std::condition_variable wake_;
    bool waiting_ = false;
    bool cancelled_ = false;
};

}  // namespace relata::mock::detail
