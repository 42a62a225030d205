// SPDX-License-Identifier: BSL-1.0
//
// Transactions and savepoints. SQLite sometimes rolls back by itself (full disk, interrupted
// write), so its autocommit flag is asked after every error.

#include "connection.hpp"

#include <sqlite_family/constraints.hpp>
#include <sqlite_family/words.hpp>

#include <utility>

namespace relata::sqlite::detail {

using namespace sqlite_family;

void connection::note_transaction() noexcept {
    bool const now = !sqlite3_get_autocommit(handle());
    if (now == open_) return;
    open_ = now;
    lost_ = false;
    if (!now) transaction_over();
}

// The state after an error; notices a transaction that SQLite has rolled back.
transaction_state connection::settle(error_info& info) noexcept {
    if (!sqlite3_get_autocommit(handle())) return transaction_state::open;
    if (!std::exchange(open_, false)) return transaction_state::none;
    lost_ = true;
    transaction_over();
    if (info.retry == retry_advice::statement) info.retry = retry_advice::transaction;
    return transaction_state::rolled_back;
}

void connection::transaction_over() noexcept {
    if (!std::exchange(read_only_, false)) return;
    sqlite3_exec(handle(), "PRAGMA query_only = off", nullptr, nullptr, nullptr);
}

void connection::set_read_only(bool on) {
    pragma("query_only", on ? "on" : "off");
    read_only_ = on;
}

void connection::run(command& c, std::string_view sql) {
    arm();
    if (!c.handle) c.handle = compile(sql, SQLITE_PREPARE_PERSISTENT);
    int const code = sqlite3_step(c.handle.get());
    if (code != SQLITE_DONE) [[unlikely]] {
        sqlite3_reset(c.handle.get());  // keeps the error
        raise(code, phase::running);
    }
    sqlite3_reset(c.handle.get());
}

void connection::run_named(command& c, std::string_view verb, std::string_view name) {
    require_open();
    if (c.name != name || !c.handle) {
        c.handle.reset();
        c.name = name;
    }
    run(c, c.handle ? std::string() : std::string(verb) + quoted(name));
    note_transaction();
}

void connection::begin(driver::isolation, bool read_only) {
    if (!sqlite3_get_autocommit(handle()))
        fail(error_kind::invalid_argument, "a transaction is open already");
    lost_ = false;
    // A write transaction takes the write lock now: waiting for it later can fail half-way, because
    // another connection wrote after this one had begun to read.
    if (read_only || file_read_only_) run(begin_read_, "BEGIN DEFERRED");
    else run(begin_write_, "BEGIN IMMEDIATE");
    open_ = true;
    if (read_only) set_read_only(true);
}

// Throws when no transaction is open, and says so when SQLite has ended it.
void connection::require_open() {
    if (!sqlite3_get_autocommit(handle())) return;
    if (!lost_) fail(error_kind::invalid_argument, "no transaction is open");
    error_info info;
    info.kind = error_kind::transaction_rolled_back;
    info.message = "SQLite had rolled the transaction back";
    info.transaction = transaction_state::rolled_back;
    info.retry = retry_advice::transaction;
    throw error(std::move(info));
}

void connection::commit() {
    require_open();
    try {
        run(commit_, "COMMIT");
    } catch (error const& e) {
        if (e.kind() != error_kind::foreign_key_violation) throw;
        // elsewhere a transaction is over when its commit fails; here too
        error_info info = e.info();
        name_open_reference(handle(), info);
        rollback();
        info.transaction = transaction_state::rolled_back;
        throw error(std::move(info));
    }
    open_ = false;
    transaction_over();
}

void connection::rollback() {
    lost_ = false;
    if (!sqlite3_get_autocommit(handle())) run(rollback_, "ROLLBACK");
    open_ = false;
    transaction_over();
}

void connection::savepoint(std::string_view name) { run_named(savepoint_, "SAVEPOINT ", name); }
void connection::release(std::string_view name) { run_named(release_, "RELEASE ", name); }
void connection::rollback_to(std::string_view name) {
    run_named(rollback_to_, "ROLLBACK TO ", name);
}

transaction_state connection::transaction() noexcept {
    return sqlite3_get_autocommit(handle()) ? transaction_state::none : transaction_state::open;
}

}  // namespace relata::sqlite::detail
