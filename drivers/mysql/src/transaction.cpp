// SPDX-License-Identifier: BSL-1.0
//
// Transactions. The server ends some by itself (deadlocks, DDL), so what we opened is compared with
// what it says after every statement.

#include "session.hpp"

#include <mysql_family/transactions.hpp>

namespace relata::mysql::detail {

using namespace mysql_family;

void session::begin(driver::isolation level, bool read_only) {
    ready_for_statement();
    if (transaction_ != state::none || server_in_transaction())
        fail(error_kind::invalid_argument, "a transaction is open already");
    check_level(level, read_only, snapshot_);
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
    cancels_.let_pass();
    require_usable();
    if (reader_) refuse_while_reading();
    close_statements();
    if (transaction_ > state::open) {
        rollback();
        mysql_family::refuse_commit();
    }
    if (transaction_ == state::none && !server_in_transaction())
        fail(error_kind::invalid_argument, "no transaction is open");
    after_statement();  // a procedure with results may have committed unseen
    if (mysql_real_query(client_, "COMMIT", 6)) raise_commit(report_of(client_));
    transaction_ = state::none;
}

void session::raise_commit(report const& r) {
    auto info = describe(r, "COMMIT");
    info.transaction = note(r);
    info.connection_usable = !broken_;
    if (broken_ && r.code != CR_SERVER_GONE_ERROR) {
        mark_in_doubt(info);
    } else if (info.transaction == transaction_state::rolled_back) {
        info.retry = retry_advice::transaction;
        rollback();  // so that client and server agree that nothing is open any more
    }
    throw error(std::move(info));
}

void session::rollback() {
    cancels_.let_pass();
    discard_result();
    state const before = transaction_;
    transaction_ = state::none;
    // a dead connection or a transaction that the server has ended is rolled back already
    if (broken_ || (before == state::gone && !server_in_transaction())) return;
    if (before == state::none && !server_in_transaction()) return;
    close_statements();
    run("ROLLBACK");
}

void session::savepoint(std::string_view name) {
    ready_for_statement();
    if (transaction_ == state::none && !server_in_transaction())
        fail(error_kind::invalid_argument, "a savepoint needs an open transaction");
    run(with_name("SAVEPOINT", name));
}

void session::release(std::string_view name) {
    ready_for_statement();
    run(with_name("RELEASE SAVEPOINT", name));
}

void session::rollback_to(std::string_view name) {
    discard_result();
    if (transaction_ == state::failed) transaction_ = state::open;
    ready_for_statement();
    run(with_name("ROLLBACK TO SAVEPOINT", name));
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
    mysql_family::refuse_implicit_commit();
}

}  // namespace relata::mysql::detail
