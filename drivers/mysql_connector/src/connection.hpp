// SPDX-License-Identifier: BSL-1.0
/// \file
/// The connection as the engine sees it: hands each call to the session.
#pragma once

#include "session.hpp"

namespace relata::mysql_connector::detail {

class connection final : public driver::connection {
public:
    explicit connection(driver::address const& where);

    [[nodiscard]] dialect::dialect const& spelling() const noexcept override { return *spelling_; }
    [[nodiscard]] driver::capabilities const& can() const noexcept override {
        return session_.can();
    }
    std::unique_ptr<driver::statement> prepare(std::string_view sql, type_info const* const* types,
                                               unsigned count) override;
    void script(std::string_view sql) override { session_.script(sql); }
    std::int64_t bulk_insert(driver::bulk_target const& target, field const* plan, unsigned fields,
                             driver::row_source rows) override;
    void begin(driver::isolation level, bool read_only) override {
        session_.begin(level, read_only);
    }
    void commit() override { session_.commit(); }
    void rollback() override { session_.rollback(); }
    void savepoint(std::string_view name) override { session_.savepoint(name); }
    void release(std::string_view name) override { session_.release(name); }
    void rollback_to(std::string_view name) override { session_.rollback_to(name); }
    [[nodiscard]] transaction_state transaction() noexcept override {
        return session_.transaction();
    }
    [[nodiscard]] bool alive(bool ask_server) noexcept override {
        return session_.alive(ask_server);
    }
    void reset() override { session_.reset(); }
    void cancel() noexcept override { session_.cancel(); }
    /// An vendor::Connection*. `reset` may replace it.
    [[nodiscard]] void* native() noexcept override { return &session_.client(); }

private:
    session session_;
    dialect::dialect const* spelling_;
};

}  // namespace relata::mysql_connector::detail
