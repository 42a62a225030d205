// SPDX-License-Identifier: BSL-1.0
//
// A connection's life: opening, statements, errors, deadlines.

#include "connection.hpp"

#include "statement.hpp"

#include <sqlite_family/constraints.hpp>
#include <sqlite_family/errors.hpp>
#include <sqlite_family/waiting.hpp>

#include <cerrno>
#include <cstring>
#include <utility>

namespace relata::sqlite::detail {

using namespace sqlite_family;

namespace {

error_info why_not_opened(sqlite3* db, int code) {
    error_info info = describe(db, code);
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    int const reason = db ? sqlite3_system_errno(db) : 0;
    if ((code & 0xff) != SQLITE_CANTOPEN) return info;
    if (reason == ENOENT || reason == ENOTDIR) {
        info.kind = error_kind::database_not_found;
        info.message = "the database file, or the folder it should be in, does not exist";
    } else if (reason == EACCES || reason == EPERM || reason == EROFS) {
        info.kind = error_kind::permission_denied;
        info.message = "the database file may not be opened";
    } else if (reason == EISDIR || code == SQLITE_CANTOPEN_ISDIR) {
        info.message = "the path is a folder, not a database file";
    }
    return info;
}

int flags_of(open_mode mode) {
    constexpr int always = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    switch (mode) {
    case open_mode::read_only: return always | SQLITE_OPEN_READONLY;
    case open_mode::read_write: return always | SQLITE_OPEN_READWRITE;
    case open_mode::create: break;
    }
    return always | SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

}  // namespace

connection::connection(driver::address const& where) {
    options const wanted = read_options(where);
    busy_timeout_ = wanted.busy_timeout;
    open_file(wanted);
    sqlite3_busy_handler(handle(), &connection::on_busy, this);
    prepare_session(wanted);
    fill_capabilities();
    spelling_ = &dialect::dialect_for(dialect::family::sqlite, can_.version);
    statement_timeout_ = wanted.statement_timeout * nanoseconds_per_ms;
    time_limit_ = statement_timeout_;
    if (time_limit_ != 0) sqlite3_progress_handler(handle(), 1000, &connection::on_progress, this);
}

connection::~connection() = default;

void connection::open_file(options const& wanted) {
    sqlite3* raw = nullptr;
    int const code = sqlite3_open_v2(wanted.path.c_str(), &raw, flags_of(wanted.mode), nullptr);
    db_.reset(raw);
    if (code != SQLITE_OK) throw error(why_not_opened(raw, code));
    // SQLite quietly opens a file that it may not write as read-only
    file_read_only_ = sqlite3_db_readonly(raw, "main") == 1;
    if (!file_read_only_ || wanted.mode == open_mode::read_only) return;
    error_info info;
    info.kind = error_kind::permission_denied;
    info.message = "the database file may not be written; open it with mode=ro";
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    throw error(std::move(info));
}

void connection::fill_capabilities() {
    int const version = sqlite3_libversion_number();
    can_.server = std::string("SQLite ") + sqlite3_libversion();
    can_.version =
        std::uint32_t(version / 1'000'000 * 10'000 + version / 1000 % 1000 * 100 + version % 1000);
    can_.max_params = std::uint32_t(sqlite3_limit(handle(), SQLITE_LIMIT_VARIABLE_NUMBER, -1));
    can_.key = driver::generated_key::last_id;
    can_.concurrent_streams = true;
    can_.server_process = false;
}

statement_handle connection::compile(std::string_view sql, unsigned flags, std::string_view* rest) {
    // SQLite stops reading at a NUL; what stands behind it would be dropped silently
    if (std::memchr(sql.data(), 0, sql.size()))
        fail(error_kind::syntax, "the statement contains a NUL");
    if (sql.size() > std::size_t(sqlite3_limit(handle(), SQLITE_LIMIT_SQL_LENGTH, -1)))
        fail(error_kind::limit_exceeded, "the statement is too long");
    sqlite3_stmt* raw = nullptr;
    char const* tail = nullptr;
    int const code = sqlite3_prepare_v3(handle(), sql.data(), int(sql.size()), flags, &raw, &tail);
    if (code != SQLITE_OK) raise(code, phase::compiling);
    if (rest) *rest = sql.substr(std::size_t(tail - sql.data()));
    return statement_handle(raw);
}

std::unique_ptr<driver::statement> connection::prepare(std::string_view sql,
                                                       type_info const* const*, unsigned count) {
    arm();
    if (count > can().max_params)
        fail(error_kind::limit_exceeded, "more values in one statement than SQLite takes");
    return std::make_unique<statement>(*this, sql, count);
}

void connection::script(std::string_view sql) {
    arm();
    while (!sql.empty()) {
        auto const handle = compile(sql, 0, &sql);
        if (!handle) continue;  // only a comment
        if (cancel_asked()) raise_cancelled();
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW) code = sqlite3_step(handle.get());
        if (code != SQLITE_DONE) raise(code, phase::running, handle.get());
        note_transaction();
    }
}

bool connection::alive(bool ask_server) noexcept {
    if (broken_) return false;
    if (!ask_server) return true;
    int moved = 0;
    sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
    if (moved) return false;  // the file was deleted or replaced under us
    clock_guard const two_seconds(*this, 2'000'000'000);
    int const code = sqlite3_exec(handle(), "PRAGMA schema_version", nullptr, nullptr, nullptr);
    return code == SQLITE_OK || (code & 0xff) == SQLITE_BUSY;
}

void connection::cancel() noexcept {
    cancelled_.store(true, std::memory_order_relaxed);
    sqlite3_interrupt(handle());
}

void connection::start_clock(std::int64_t nanoseconds) noexcept {
    timed_out_ = false;
    deadline_ = now() + nanoseconds;
}

bool connection::overdue() noexcept {
    if (time_limit_ != 0 && now() >= deadline_) timed_out_ = true;
    return timed_out_;
}

int connection::on_progress(void* self) noexcept {
    return static_cast<connection*>(self)->overdue();
}

// Waits for a lock in short naps, so that a cancel or the deadline ends the wait too.
int connection::on_busy(void* self, int tries) noexcept {
    auto& c = *static_cast<connection*>(self);
    if (tries == 0) c.busy_since_ = now();
    return c.wait_a_little(c.busy_since_, tries);
}

bool connection::wait_a_little(std::int64_t since, int tries) noexcept {
    return !cancel_asked() && !overdue() && nap(since, busy_timeout_, tries);
}

// SQLite answers this one at once where another connection is in the way, as when two open a new file at
// the same time, and leaves the wait to us.
std::string connection::switch_journal(std::string const& mode) {
    auto const sql = "PRAGMA journal_mode = " + mode;
    auto const since = now();
    for (int tries = 0;; ++tries) {
        try {
            return ask(sql.c_str());
        } catch (error const& e) {
            if (e.kind() != error_kind::lock_timeout || !wait_a_little(since, tries)) throw;
        }
    }
}

clock_guard::clock_guard(connection& c, std::int64_t nanoseconds) noexcept
    : connection_(c), before_(c.time_limit_) {
    c.time_limit_ = nanoseconds;
    c.start_clock(nanoseconds);
    sqlite3_progress_handler(c.handle(), 1000, &connection::on_progress, &c);
}

clock_guard::~clock_guard() {
    connection_.time_limit_ = before_;
    connection_.timed_out_ = false;
    if (before_ == 0) sqlite3_progress_handler(connection_.handle(), 0, nullptr, nullptr);
}

void connection::raise(int code, phase when, sqlite3_stmt* failed) {
    bool const late = std::exchange(timed_out_, false);
    error_info info = describe(handle(), code);
    int const primary = code & 0xff;
    if (primary == SQLITE_INTERRUPT || primary == SQLITE_BUSY) {
        if (late) {
            info.kind = error_kind::timeout;
            info.message = "the statement took longer than statement_timeout allows";
        } else if (primary == SQLITE_BUSY && cancel_asked()) {
            info.kind = error_kind::cancelled;
            info.message = "the statement was cancelled while it waited for a lock";
        }
        if (info.kind == error_kind::timeout || info.kind == error_kind::cancelled)
            info.retry = retry_advice::no;
    }
    info.outcome = when == phase::binding ? outcome::not_sent : outcome::rejected;
    info.transaction = settle(info);
    broken_ = broken_ || !info.connection_usable;
    if (primary == SQLITE_CONSTRAINT) {
        try {
            clock_guard const half_a_second(*this, 500'000'000);
            if (failed && info.kind == error_kind::foreign_key_violation &&
                info.transaction != transaction_state::rolled_back)
                name_reference(handle(), failed, info);
            else name_constraint(handle(), info);
        } catch (...) {
            // the names stay empty; the error itself is complete
        }
    }
    throw error(std::move(info));
}

void connection::raise(error_info info) {
    info.transaction = settle(info);
    throw error(std::move(info));
}

void connection::raise_cancelled() {
    error_info info;
    info.kind = error_kind::cancelled;
    info.message = "the operation was cancelled";
    raise(std::move(info));
}

}  // namespace relata::sqlite::detail
