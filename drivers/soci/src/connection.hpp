// SPDX-License-Identifier: BSL-1.0
/// \file
/// A session of SOCI as a connection of relata: what all back ends have in common.
#pragma once

#include "wire.hpp"

#include <relata/driver/driver.hpp>

#include <atomic>
#include <memory>

#include <soci/error.h>
#include <soci/session.h>

namespace relata::soci::detail {

/// A session that is owned, or lent by the program.
struct session_handle {
    std::unique_ptr<::soci::session> owned;
    ::soci::session* session = nullptr;
    [[nodiscard]] bool lent() const noexcept { return !owned; }
};

class connection : public driver::connection {
public:
    ~connection() override;

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

    // for the statements of this connection

    /// The statement of this back end. It may keep the address of `values`.
    virtual std::unique_ptr<wire> make_wire(std::string_view sql, type_info const* const* types,
                                            unsigned count, std::vector<bound>& values) = 0;
    [[nodiscard]] storage kept() const noexcept { return kept_; }
    [[nodiscard]] bool uuid_as_text() const noexcept { return uuid_as_text_; }
    /// Runs f and turns what SOCI throws into relata's errors.
    template <class F> void guard(std::string_view sql, F f) {
        try {
            f();
        } catch (::soci::soci_error const& e) {
            raise(e, sql);
        } catch (std::bad_alloc const&) {
            fail(error_kind::out_of_memory, "out of memory");
        }
    }
    /// Runs f as the part that `cancel` may stop.
    template <class F> void running(F f) {
        start();
        try {
            f();
        } catch (...) {
            stop();
            throw;
        }
        stop();
        after_statement();
    }

protected:
    connection(session_handle session, storage kept, bool uuid_as_text);

    /// An error of SOCI in portable words; the transaction's state is filled by the caller.
    virtual error_info explain(::soci::soci_error const& e, std::string_view sql) = 0;
    /// What the server or library says about the transaction.
    [[nodiscard]] virtual transaction_state look() noexcept = 0;
    virtual void run_script(std::string_view sql) = 0;
    /// Statements that begin a transaction.
    [[nodiscard]] virtual std::vector<std::string> begin_words(driver::isolation level,
                                                               bool read_only) const = 0;
    virtual void send_begin(driver::isolation level, bool read_only);
    virtual void send_commit() { run("COMMIT"); }
    virtual void send_rollback() { run("ROLLBACK"); }
    /// Called for a COMMIT that failed, with the error that will be thrown.
    virtual void after_failed_commit(error_info&) {}
    virtual void ask_server() = 0;  ///< one round trip; throws when nothing answers
    virtual void send_cancel() noexcept {}
    virtual void forget_cancel() noexcept {}  ///< one was sent, and the statement is over
    virtual void clean_session() = 0;         ///< as it was after connecting, without transaction
    virtual void arm() noexcept {}            ///< before each statement: clocks
    virtual void after_statement() {}         ///< may throw for what the statement did besides
    [[nodiscard]] ::soci::session& session() const noexcept { return *session_.session; }
    [[nodiscard]] bool lent() const noexcept { return session_.lent(); }
    /// In a forked process, whose session is the parent's: nothing may be sent.
    [[nodiscard]] bool forked() const noexcept;
    [[nodiscard]] bool cancel_asked() const noexcept {
        return cancel_asked_ || phase_.load() == cancelled || phase_.load() == cancelling;
    }

    /// Runs one statement without values.
    void run(std::string const& sql);
    /// The same in the midst of another call: throws what SOCI throws.
    void run_raw(std::string const& sql);
    /// The first cell of the first row, as text; empty for NULL or no row. Throws as SOCI does.
    std::string ask(std::string const& sql);
    [[noreturn]] void raise(::soci::soci_error const& e, std::string_view sql);
    /// Completes an error with what became of connection and transaction, and throws it.
    [[noreturn]] void throw_info(error_info info);
    /// In a transaction that relata has begun and not ended.
    [[nodiscard]] bool began() const noexcept { return open_; }

    driver::capabilities can_;
    dialect::dialect const* spelling_ = nullptr;
    bool broken_ = false;
    bool committing_ = false;
    transaction_state before_ = transaction_state::none;  ///< when the statement began

private:
    void start() noexcept;
    void stop() noexcept;
    void require_usable() const;
    void require_open();
    void run_named(char const* verb, std::string_view name);

    enum : int { idle, active, cancelling, cancelled };

    session_handle session_;
    int process_;
    storage kept_;
    bool uuid_as_text_;
    bool open_ = false;    ///< begun by relata and not ended since
    bool lost_ = false;    ///< the database has ended it by itself
    bool nested_ = false;  ///< relata's transaction is a savepoint in one of the program's
    bool cancel_asked_ = false;
    std::atomic<int> phase_{idle};
};

/// Opens a session of SOCI. `back_end` is SOCI's name for it.
session_handle open_session(char const* back_end, std::string const& parameters);

/// Makes a connection of an open session. One that is lost meanwhile was never there.
template <class Connection, class... Arguments>
std::unique_ptr<driver::connection> begin_session(Arguments&&... arguments) {
    try {
        return std::make_unique<Connection>(std::forward<Arguments>(arguments)...);
    } catch (error const& e) {
        error_info info = e.info();
        info.connection_usable = false;
        info.outcome = outcome::not_sent;
        if (info.kind != error_kind::connection_lost) throw error(std::move(info));
        info.kind = error_kind::connection_failed;
        info.retry = retry_advice::reconnect;
        info.message = "the server went away while the connection was made";
        throw error(std::move(info));
    }
}

/// Connections of the back ends; null where the driver was built without it.
std::unique_ptr<driver::connection> connect_sqlite3(driver::address const& where);
std::unique_ptr<driver::connection> connect_postgresql(driver::address const& where);
std::unique_ptr<driver::connection> connect_mysql(driver::address const& where);
std::unique_ptr<driver::connection> connect_firebird(driver::address const& where);
std::unique_ptr<driver::connection> adopt_firebird(session_handle session);
std::unique_ptr<driver::connection> adopt_sqlite3(session_handle session);
std::unique_ptr<driver::connection> adopt_postgresql(session_handle session);
std::unique_ptr<driver::connection> adopt_mysql(session_handle session);

}  // namespace relata::soci::detail
