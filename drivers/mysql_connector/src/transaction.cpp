// SPDX-License-Identifier: BSL-1.0
//
// Transactions. The server ends some by itself (deadlocks, DDL), and the client library does not
// tell, so the server is asked after every statement that may have done it and after every error.

#include "session.hpp"

#include <mysql_family/transactions.hpp>

namespace relata::mysql_connector::detail {

using namespace mysql_family;

// MySQL has no variable for it, but refuses one setting in a transaction and only there.
bool session::ask_in_transaction() {
    if (mariadb_) return row_of("SELECT @@in_transaction")[0] == "1";
    constexpr unsigned in_progress = 1568;
    auto const problem = attempt("SET TRANSACTION READ WRITE");
    if (problem && problem->code != in_progress) {
        if (ends_connection(problem->code)) broken_ = true;
        throw error(describe(*problem, ""));
    }
    return problem.has_value();
}

// After an error, when nothing may be thrown any more.
void session::look_at_transaction() noexcept {
    bool const before = server_in_transaction_;
    server_in_transaction_ = false;  // what the error of the question itself finds
    auto const ours = transaction_;
    transaction_ = state::none;
    try {
        server_in_transaction_ = ask_in_transaction();
    } catch (...) {
        server_in_transaction_ = !broken_ && before;
    }
    transaction_ = ours;
}

void session::begin(driver::isolation level, bool read_only) {
    ready_for_statement();
    if (transaction_ != state::none || server_in_transaction_)
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
    server_in_transaction_ = true;
}

void session::commit() {
    cancels_.let_pass();
    require_usable();
    if (reader_) refuse_while_reading();
    closing_.clear();
    settle_doubt();
    if (transaction_ > state::open) {
        rollback();
        refuse_commit();
    }
    if (transaction_ == state::none && !server_in_transaction_)
        fail(error_kind::invalid_argument, "no transaction is open");
    if (auto const problem = attempt("COMMIT")) raise_commit(*problem);
    transaction_ = state::none;
    server_in_transaction_ = false;
}

void session::raise_commit(report const& r) {
    auto info = describe(r, "COMMIT");
    info.transaction = note(r);
    info.connection_usable = !broken_;
    if (broken_ && r.code != server_gone) {
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
    bool const open = server_in_transaction_ || in_doubt_;
    transaction_ = state::none;
    server_in_transaction_ = in_doubt_ = false;
    // a dead connection or a transaction that the server has ended is rolled back already
    if (broken_ || (before == state::gone && !open)) return;
    if (before == state::none && !open) return;
    closing_.clear();
    run("ROLLBACK");
}

void session::savepoint(std::string_view name) {
    ready_for_statement();
    if (transaction_ == state::none && !server_in_transaction_)
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
        return server_in_transaction_ && !broken_ ? transaction_state::open
                                                  : transaction_state::none;
    case state::open: return transaction_state::open;
    case state::failed:
    case state::gone: break;
    }
    return transaction_state::failed;
}

}  // namespace relata::mysql_connector::detail
