// SPDX-License-Identifier: BSL-1.0
/// \file
/// One session with a server: the client library's handle, the transaction, and whose result is
/// being read. Statements and the connection share it.
#pragma once

#include "client.hpp"

#include <mysql_family/cancels.hpp>
#include <mysql_family/deadline.hpp>
#include <mysql_family/errors.hpp>
#include <mysql_family/options.hpp>
#include <relata/driver/driver.hpp>

#include <memory>

namespace relata::mysql::detail {

class prepared;

using mysql_family::options;
using mysql_family::report;

report report_of(MYSQL* client);

/// Of a statement. After a failed fetch the statement itself often knows nothing; then the
/// connection does.
report report_of(MYSQL_STMT* statement);

/// Connects, without any setting of the session. Throws; never returns nullptr.
MYSQL* open_client(options const& o);

class session {
public:
    explicit session(options o);
    ~session();
    session(session const&) = delete;
    session& operator=(session const&) = delete;

    [[nodiscard]] MYSQL* client() const noexcept { return client_; }
    [[nodiscard]] driver::capabilities const& can() const noexcept { return can_; }
    [[nodiscard]] bool mariadb() const noexcept { return mariadb_; }
    /// Whether bulk inserts by array binding work.
    [[nodiscard]] bool arrays() const noexcept { return arrays_; }
    /// Whether a lost update is an error in a REPEATABLE READ transaction.
    [[nodiscard]] bool detects_lost_updates() const noexcept { return snapshot_; }
    /// The largest packet that the server takes.
    [[nodiscard]] std::size_t max_packet() const noexcept { return max_packet_; }

    /// Checks that a statement may be sent now: the connection lives, no other result is open, the
    /// transaction has not failed. Throws otherwise, without having sent anything.
    void ready_for_statement() {
        cancels_.let_pass();
        if (reader_ || broken_ || transaction_ > state::open || !closing_.empty()) [[unlikely]]
            clear_the_way();
    }

    /// Ends the statement that is sent next when statement_timeout is over. MySQL itself limits queries
    /// only, MariaDB all; so on MariaDB, and without that option, this does nothing.
    void begin_limit();
    /// Afterwards nothing ends any statement. Call it before the next one is sent.
    void end_limit() noexcept { limit_.reset(); }

    /// After a statement without a result: a transaction that the statement ended is an error.
    void after_statement() {
        end_limit();
        if (transaction_ == state::open && !server_in_transaction()) [[unlikely]]
            refuse_implicit_commit();
    }

    /// Runs one statement of plain text and drops its rows. `sql` is ours, never a user's value.
    void run(std::string_view sql);
    /// One or several statements of a user.
    void script(std::string_view sql);

    /// Throws the error that `r` tells, after having noted what it does to the session.
    [[noreturn]] void raise(report const& r, std::string_view sql);

    // whose result is open
    void begin_reading(prepared* reader) noexcept { reader_ = reader; }
    void end_reading() noexcept { reader_ = nullptr; }
    void discard_result() noexcept;
    /// Closes a statement, later if that would drop another statement's rows.
    void close(MYSQL_STMT* statement) noexcept;

    // the transaction
    void begin(driver::isolation level, bool read_only);
    void commit();
    void rollback();
    void savepoint(std::string_view name);
    void release(std::string_view name);
    void rollback_to(std::string_view name);
    [[nodiscard]] transaction_state transaction() const noexcept;

    [[nodiscard]] bool alive(bool ask_server) noexcept;
    void reset();
    void cancel() noexcept;

    /// The next `reset` has to restore more than the transaction.
    void touch() noexcept { touched_ = true; }
    /// Counts how often all statements of the server were dropped.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }

private:
    // failed: can only be rolled back. gone: the server has ended it already.
    enum class state : std::uint8_t { none, open, failed, gone };

    [[nodiscard]] bool ran_out_of_time(report const& r) noexcept;
    void settle();
    void query(std::string_view sql);
    void give_up() noexcept;
    void leave_to_parent() noexcept;
    void set_up();
    void read_settings();
    void find_capabilities();
    void clear_the_way();
    void require_usable();
    void close_statements() noexcept;
    void drain_results(std::string_view sql);
    [[nodiscard]] bool server_in_transaction() const noexcept {
        return (client_->server_status & SERVER_STATUS_IN_TRANS) != 0;
    }
    [[noreturn]] void refuse_implicit_commit();
    transaction_state note(report const& r) noexcept;
    [[noreturn]] void raise_commit(report const& r);

    options options_;
    MYSQL* client_;
    unsigned long const
        thread_;  // the session's number on the server; read by cancel() at any time
    int const process_;
    int const
        spare_;  // a second number for the socket, which stays ours when the library closes its
    mysql_family::cancels cancels_;
    driver::capabilities can_;
    std::unique_ptr<mysql_family::deadline> limit_;  // of the statement that runs
    prepared* reader_ = nullptr;
    std::vector<MYSQL_STMT*> closing_;
    std::size_t max_packet_ = 1 << 20;
    unsigned generation_ = 0;
    state transaction_ = state::none;
    driver::isolation level_ = driver::isolation::snapshot;
    bool level_known_ = false;
    bool mariadb_ = false;
    bool arrays_ = false;
    bool snapshot_ = false;
    bool rolls_back_on_lock_timeout_ = false;
    bool broken_ = false;
    bool touched_ = false;
};

}  // namespace relata::mysql::detail
