// SPDX-License-Identifier: BSL-1.0
/// \file
/// One session with a server: the client library's connection, the transaction, and whose results
/// are on their way. Statements and the connection share it.
#pragma once

#include "client.hpp"

#include <mysql_family/cancels.hpp>
#include <relata/driver/driver.hpp>

#include <atomic>
#include <new>
#include <optional>

namespace relata::mysql_connector::detail {

using mysql_family::report;

class prepared;

class session {
public:
    explicit session(mysql_family::options o);
    ~session();
    session(session const&) = delete;
    session& operator=(session const&) = delete;

    [[nodiscard]] vendor::Connection& client() const noexcept { return *client_; }
    [[nodiscard]] driver::capabilities const& can() const noexcept { return can_; }
    [[nodiscard]] bool mariadb() const noexcept { return mariadb_; }
    /// The largest packet that the server takes.
    [[nodiscard]] std::size_t max_packet() const noexcept { return max_packet_; }

    /// Calls the client library. Its exceptions become errors; `sql` is the statement concerned.
    template <class Action> auto ask(std::string_view sql, Action const& action) {
        try {
            return action();
        } catch (vendor::SQLException const& e) {
            raise(e, sql);
        } catch (std::bad_alloc const&) {
            fail(error_kind::out_of_memory, "out of memory");
        }
    }

    /// Checks that a statement may be sent now: the connection lives, no other result is on its
    /// way, the transaction has not failed. Throws otherwise, without having sent anything.
    void ready_for_statement();

    /// After a statement that may have begun or ended a transaction: asks the server. A
    /// transaction of ours that the statement ended is an error.
    void after_statement();

    /// The same, but only before the next statement: an error would come too late for what is
    /// being done.
    void doubt_transaction() noexcept { in_doubt_ = true; }

    /// One or several statements of a user.
    void script(std::string_view sql);
    /// The only row of a query of ours, as texts; NULL is empty.
    std::vector<std::string> row_of(std::string_view sql);

    /// Throws the error, after having noted what it does to the session.
    [[noreturn]] void raise(vendor::SQLException const& e, std::string_view sql);
    [[noreturn]] void raise(report const& r, std::string_view sql);

    // whose results are on their way
    void begin_reading(prepared* reader) noexcept { reader_ = reader; }
    void end_reading() noexcept { reader_ = nullptr; }
    void discard_result() noexcept;
    /// Closes a statement, later if that would drop another statement's results.
    void close(std::unique_ptr<vendor::PreparedStatement> statement) noexcept;
    /// In a forked process the socket belongs to the parent: nothing may be said on it, not even
    /// good-bye.
    [[nodiscard]] bool forked() const noexcept;

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
    /// Counts how often the connection was made anew: older statements are gone.
    [[nodiscard]] unsigned generation() const noexcept { return generation_; }

private:
    // failed: can only be rolled back. gone: the server has ended it already.
    enum class state : std::uint8_t { none, open, failed, gone };

    void connect();
    void find_server();
    void set_up();
    void find_capabilities();
    void run(std::string_view sql);
    void run_script(std::string_view sql);
    void require_usable() const;
    void settle_doubt();
    std::optional<report> attempt(std::string_view sql);
    bool ask_in_transaction();
    void look_at_transaction() noexcept;
    transaction_state note(report const& r) noexcept;
    [[noreturn]] void raise_commit(report const& r);

    mysql_family::options options_;
    std::unique_ptr<vendor::Connection> client_;
    std::atomic<std::uint64_t> thread_ = 0;  // the session's number on the server, for cancel()
    mysql_family::cancels cancels_;
    driver::capabilities can_;
    prepared* reader_ = nullptr;
    std::vector<std::unique_ptr<vendor::PreparedStatement>> closing_;
    std::size_t max_packet_ = 1 << 20;
    unsigned generation_ = 0;
    state transaction_ = state::none;
    driver::isolation level_ = driver::isolation::snapshot;
    bool level_known_ = false;
    bool server_in_transaction_ = false;  // as it was when it was asked last
    bool mariadb_ = false;
    bool snapshot_ = false;
    bool rolls_back_on_lock_timeout_ = false;
    int process_;
    bool in_doubt_ = false;  // whether the transaction is as we know it
    bool broken_ = false;
    bool touched_ = false;
};

}  // namespace relata::mysql_connector::detail
