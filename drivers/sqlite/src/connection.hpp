// SPDX-License-Identifier: BSL-1.0
/// \file
/// A connection to one SQLite database.
#pragma once

#include "options.hpp"

#include <sqlite_family/handle.hpp>

#include <relata/driver/driver.hpp>

#include <atomic>
#include <cstdint>

namespace relata::sqlite::detail {

using sqlite_family::database_handle;
using sqlite_family::statement_handle;

/// Where in the life of a statement an error came up: decides the outcome that is reported.
enum class phase : std::uint8_t { compiling, binding, running };

class connection final : public driver::connection {
public:
    explicit connection(driver::address const& where);
    ~connection() override;
    connection(connection const&) = delete;
    connection& operator=(connection const&) = delete;

    dialect::dialect const& spelling() const noexcept override { return *spelling_; }
    driver::capabilities const& can() const noexcept override { return can_; }
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
    transaction_state transaction() noexcept override;

    bool alive(bool ask_server) noexcept override;
    void reset() override;
    void cancel() noexcept override;
    void* native() noexcept override { return db_.get(); }

    sqlite3* handle() const noexcept { return db_.get(); }

    /// Compiles one statement; throws. What follows it is returned through `rest`.
    statement_handle compile(std::string_view sql, unsigned flags,
                             std::string_view* rest = nullptr);

    /// Called before each execution: earlier cancels are void, the clock starts.
    void arm() noexcept {
        cancelled_.store(false, std::memory_order_relaxed);
        rearm();
    }
    /// Called before SQLite goes on with an execution: the clock starts again.
    void rearm() noexcept {
        if (time_limit_ != 0) [[unlikely]]
            start_clock(time_limit_);
    }
    bool cancel_asked() const noexcept { return cancelled_.load(std::memory_order_relaxed); }

    /// Throws what `code` means. `failed` is the statement, still bound, or nullptr.
    [[noreturn]] void raise(int code, phase when, sqlite3_stmt* failed = nullptr);
    /// Throws an error that SQLite knows nothing of; adds the state of the transaction.
    [[noreturn]] void raise(error_info info);
    [[noreturn]] void raise_cancelled();

    /// After a statement that may have begun or ended a transaction.
    void note_transaction() noexcept;

private:
    // A statement of our own that is compiled once and run often.
    struct command {
        statement_handle handle;
        std::string name;  // the savepoint's name that is compiled in
    };

    void open_file(options const& wanted);
    void prepare_session(options const& wanted);
    void set_pragmas(options const& wanted);
    void set_guards();
    void fill_capabilities();
    void drop_temporaries();
    void pragma(std::string_view name, std::string_view value);
    std::string ask(char const* sql);

    void run(command& c, std::string_view sql);
    void run_named(command& c, std::string_view verb, std::string_view name);
    void require_open();
    void set_read_only(bool on);
    void transaction_over() noexcept;
    transaction_state settle(error_info& info) noexcept;

    void start_clock(std::int64_t nanoseconds) noexcept;
    bool overdue() noexcept;
    /// Waits a little for a lock; false when busy_timeout is over, or a cancel or the deadline came.
    bool wait_a_little(std::int64_t since, int tries) noexcept;
    std::string switch_journal(std::string const& mode);
    static int on_busy(void* self, int tries) noexcept;
    static int on_progress(void* self) noexcept;

    friend class clock_guard;

    database_handle db_;
    dialect::dialect const* spelling_ = nullptr;
    driver::capabilities can_;
    command begin_write_, begin_read_, commit_, rollback_, savepoint_, release_, rollback_to_;
    std::int64_t busy_timeout_ = 0;       // ms
    std::int64_t statement_timeout_ = 0;  // ns
    std::int64_t time_limit_ = 0;         // ns, the limit in force now
    std::int64_t deadline_ = 0;           // monotonic ns
    std::int64_t busy_since_ = 0;         // monotonic ns
    std::atomic<bool> cancelled_{false};
    bool timed_out_ = false;
    bool open_ = false;       // a transaction was open after the last call
    bool lost_ = false;       // SQLite rolled it back and nobody has ended it since
    bool read_only_ = false;  // the open transaction is read-only
    bool file_read_only_ = false;
    bool broken_ = false;
};

/// Limits the time of what runs while it lives; for questions asked on an error path.
class clock_guard {
public:
    clock_guard(connection& c, std::int64_t nanoseconds) noexcept;
    ~clock_guard();
    clock_guard(clock_guard const&) = delete;
    clock_guard& operator=(clock_guard const&) = delete;

private:
    connection& connection_;
    std::int64_t before_;
};

}  // namespace relata::sqlite::detail
