// SPDX-License-Identifier: BSL-1.0
/// \file
/// `driver::connection` over a PGconn.
#pragma once

#include <postgresql_family/cancel.hpp>
#include <postgresql_family/errors.hpp>

#include <relata/driver/driver.hpp>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include <libpq-fe.h>

namespace relata::postgresql::detail {

using postgresql_family::circumstances;
using postgresql_family::spare_socket;

struct close_connection {
    void operator()(PGconn* c) const noexcept { PQfinish(c); }
};
struct free_result {
    void operator()(PGresult* r) const noexcept { PQclear(r); }
};
using result_handle = std::unique_ptr<PGresult, free_result>;

class connection final : public driver::connection {
public:
    explicit connection(driver::address const& where);
    ~connection() override;
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    [[nodiscard]] dialect::dialect const& spelling() const noexcept override { return *spelling_; }
    [[nodiscard]] driver::capabilities const& can() const noexcept override { return can_; }
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
    [[nodiscard]] transaction_state transaction() noexcept override;
    [[nodiscard]] bool alive(bool ask_server) noexcept override;
    void reset() override;
    void cancel() noexcept override;
    [[nodiscard]] void* native() noexcept override { return handle_.get(); }

    // What statements and bulk inserts use:

    PGconn* handle() const noexcept { return handle_.get(); }

    /// Whether the server's silence is bounded (read_timeout). Then what is asked goes through `ask`
    /// instead of the calls of libpq that wait for ever.
    bool patience_ends() const noexcept { return read_timeout_ != 0; }
    /// The last result of what was sent; `sent` is what the sending call returned.
    PGresult* ask(int sent) noexcept;
    /// PQgetResult, but a server that is silent for too long costs the connection.
    PGresult* next_result() noexcept {
        if (patience_ends()) await();
        return PQgetResult(handle());
    }
    PGresult* exec(char const* sql) noexcept {
        return patience_ends() ? ask(PQsendQuery(handle(), sql)) : PQexec(handle(), sql);
    }
    PGresult* prepare_as(char const* name, char const* sql, unsigned count,
                         Oid const* types) noexcept;
    PGresult* describe_prepared(char const* name) noexcept;
    /// Reads and drops what the server still sends for the running statement.
    void drain() noexcept;
    bool named_statements() const noexcept { return named_statements_; }
    std::string next_name() { return "relata_" + std::to_string(++names_); }

    /// Throws invalid_argument while a stream is open.
    void demand_free() const;

    /// Between these two the connection works for one statement and `cancel` has something to stop.
    [[nodiscard]] circumstances start() noexcept;
    void stop(circumstances& known) noexcept;

    /// A stream is open from the first to the second; `start` and `stop` go around them.
    void stream_begins() noexcept { streaming_ = true; }
    void stream_ends() noexcept { streaming_ = false; }

    /// Throws what a failed result says. The connection must have been drained.
    [[noreturn]] void raise(PGresult const* result, circumstances const& known) const;

    /// Notes that the session may differ from the one that was opened; `reset` takes that back.
    void session_changed() noexcept { changed_ = true; }

    /// Frees a prepared statement on the server when there is time for it.
    void forget(std::string name) noexcept;

private:
    enum phase : int { idle, running, cancelling, cancelled };

    void demand_server() const;
    void prepare_session();
    void begin_session(int milliseconds);
    void await() noexcept;
    void give_up() noexcept;
    void speak_utc();
    result_handle run(char const* sql, bool committing = false);
    void forget_now() noexcept;
    void run_named(char const* verb, std::string_view name);

    std::unique_ptr<PGconn, close_connection> handle_;
    std::shared_ptr<PGcancel> cancel_;
    spare_socket socket_;
    int const process_;
    int read_timeout_ = 0;  // milliseconds; 0: no limit
    std::atomic<int> phase_{idle};
    transaction_state before_ = transaction_state::none;  // when the running statement began
    bool streaming_ = false;
    bool broken_ = false;
    bool changed_ = false;
    bool named_statements_ = true;
    std::string statement_timeout_, search_path_;  // of the URL; empty: the server's
    std::uint64_t names_ = 0;
    std::vector<std::string> forgotten_;
    dialect::dialect const* spelling_ = nullptr;
    driver::capabilities can_;
};

/// Whether a result says that its statement went well.
[[nodiscard]] bool succeeded(PGresult const* result) noexcept;

}  // namespace relata::postgresql::detail
