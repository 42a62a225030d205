// SPDX-License-Identifier: BSL-1.0
//
// Transactions. The server ends some by itself (deadlocks, DDL), so what we opened is compared with
// what it says after every statement.

#include "session.hpp"

namespace relata::mysql::detail {
namespace {

char const* set_level(driver::isolation level) {
    switch (level) {
    case driver::isolation::read_committed:
        return "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED";
    case driver::isolation::snapshot:
        return "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    case driver::isolation::serializable: break;
    }
    return "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE";
}

}  // namespace

void session::begin(driver::isolation level, bool read_only) {
    ready_for_statement();
    if (transaction_ != state::none || server_in_transaction())
        fail(error_kind::invalid_argument, "a transaction is open already");
    if (level == driver::isolation::snapshot && !read_only && !snapshot_)
        fail(error_kind::not_supported, "this server overwrites silently what another transaction "
                                        "changed; use read_committed with "
                                        "locking reads, or serializable");
    // The level of the session saves a round trip as long as it stays the same.
    if (!level_known_ || level != level_) {
        run(set_level(level));
        level_ = level;
        level_known_ = true;
    }
    run(read_only ? "START TRANSACTION READ ONLY" : "START TRANSACTION READ WRITE");
    transaction_ = state::open;
}

void session::commit() {
    require_usable();
    if (reader_)
        fail(error_kind::invalid_argument, "another result of this connection is still open: read "
                                           "it to its end or finish it first");
    close_statements();
    if (transaction_ > state::open) {
        rollback();
        error_info info;
        info.kind = error_kind::transaction_rolled_back;
        info.transaction = transaction_state::rolled_back;
        info.retry = retry_advice::transaction;
        info.message = "the transaction was rolled back instead of committed";
        throw error(std::move(info));
    }
    if (transaction_ == state::none && !server_in_transaction())
        fail(error_kind::invalid_argument, "no transaction is open");
    after_statement();  // a procedure with results may have committed unseen
    if (mysql_real_query(client_, "COMMIT", 6)) raise_commit(report_of(client_));
    transaction_ = state::none;
}

void session::raise_commit(report const& r) {
    auto info = mysql_family::describe(r, "COMMIT");
    info.transaction = note(r);
    info.connection_usable = !broken_;
    if (broken_ && r.code != CR_SERVER_GONE_ERROR) {
        info.kind = error_kind::in_doubt;
        info.outcome = outcome::in_doubt;
        info.transaction = transaction_state::unknown;
        info.retry = retry_advice::no;
        info.message = "the connection was lost while the commit was on its way";
    } else if (info.transaction == transaction_state::rolled_back) {
        info.retry = retry_advice::transaction;
    }
    throw error(std::move(info));
}

void session::rollback() {
    discard_result();
    state const before = transaction_;
    transaction_ = state::none;
    // a dead connection or a transaction that the server has ended is rolled back already
    if (broken_ || (before == state::gone && !server_in_transaction())) return;
    close_statements();
    if (before == state::none && !server_in_transaction())
        fail(error_kind::invalid_argument, "no transaction is open");
    run("ROLLBACK");
}

void session::named(std::string_view command, std::string_view name) {
    std::string sql(command);
    sql += '`';
    for (char const c : name) {
        if (c == '`') sql += c;
        sql += c;
    }
    sql += '`';
    run(sql);
}

void session::savepoint(std::string_view name) {
    ready_for_statement();
    if (transaction_ == state::none && !server_in_transaction())
        fail(error_kind::invalid_argument, "a savepoint needs an open transaction");
    named("SAVEPOINT ", name);
}

void session::release(std::string_view name) {
    ready_for_statement();
    named("RELEASE SAVEPOINT ", name);
}

void session::rollback_to(std::string_view name) {
    discard_result();
    if (transaction_ == state::failed) transaction_ = state::open;
    ready_for_statement();
    named("ROLLBACK TO SAVEPOINT ", name);
}

transaction_state session::transaction() const noexcept {
    switch (transaction_) {
    case state::none:
        return server_in_transaction() && !broken_ ? transaction_state::open
                                                   : transaction_state::none;
    case state::open: return transaction_state::open;
    case state::failed:
    case state::gone: break;
    }
    return transaction_state::failed;
}

void session::refuse_implicit_commit() {
    transaction_ = state::gone;
    error_info info;
    info.kind = error_kind::invalid_argument;
    info.outcome = outcome::unknown;  // the statement was done, and so is what came before it
    info.transaction = transaction_state::unknown;
    info.message = "the statement committed the transaction implicitly";
    throw error(std::move(info));
}

}  // namespace relata::mysql::detail
