// SPDX-License-Identifier: BSL-1.0
//
// Transactions and savepoints: nothing is undone, but every state is kept as a database keeps it.

#include "connection.hpp"

#include "errors.hpp"

#include <utility>

namespace relata::mock::detail {
namespace {

std::string_view name_of(isolation level) {
    switch (level) {
    case isolation::snapshot: return " SNAPSHOT";
    case isolation::serializable: return " SERIALIZABLE";
    default: return " READ COMMITTED";
    }
}

}  // namespace

// What becomes of the transaction after an error; the state of this connection follows.
transaction_state connection::settle(error_info const& info) noexcept {
    if (transaction_ == transaction_state::none) return transaction_state::none;
    auto const family = spelling().id();
    bool const mysql = family == dialect::family::mysql || family == dialect::family::mariadb;
    if (dead_ || info.transaction == transaction_state::rolled_back ||
        (mysql && info.kind == error_kind::deadlock)) {
        transaction_ = transaction_state::none;
        return info.outcome == outcome::in_doubt ? transaction_state::unknown
                                                 : transaction_state::rolled_back;
    }
    bool const refused = info.outcome == outcome::not_sent;
    if (family == dialect::family::postgresql && !refused) transaction_ = transaction_state::failed;
    return transaction_;
}

void connection::require_open() const {
    if (transaction_ == transaction_state::none && !dead_)
        fail(error_kind::invalid_argument, "no transaction is open");
}

void connection::begin(driver::isolation level, bool read_only) {
    if (transaction_ != transaction_state::none)
        fail(error_kind::invalid_argument, "a transaction is open already");
    std::string sql = "BEGIN";
    sql += name_of(level);
    if (read_only) sql += " READ ONLY";
    perform(step::begin, sql);
    transaction_ = transaction_state::open;
}

void connection::commit() {
    require_open();
    if (transaction_ == transaction_state::failed) {
        rollback();
        error_info info = usual(error_kind::transaction_rolled_back);
        info.transaction = transaction_state::rolled_back;
        info.message = "the database rolled the failed transaction back";
        throw error(std::move(info));
    }
    try {
        check_free(nullptr);
        perform(step::commit, "COMMIT");
    } catch (error const& e) {
        if (e.kind() == error_kind::invalid_argument) throw;  // a wrong call, or the script's order
        error_info info = e.info();
        if (std::exchange(transaction_, transaction_state::none) != transaction_state::none)
            info.transaction = transaction_state::rolled_back;
        throw error(std::move(info));
    }
    transaction_ = transaction_state::none;
}

void connection::rollback() {
    if (transaction_ == transaction_state::none) return;
    perform(step::rollback, "ROLLBACK");
    transaction_ = transaction_state::none;
}

void connection::run_named(step s, std::string_view verb, std::string_view name) {
    require_open();
    check_free(nullptr);
    perform(s, std::string(verb) + std::string(name));
}

void connection::savepoint(std::string_view name) {
    run_named(step::savepoint, "SAVEPOINT ", name);
}
void connection::release(std::string_view name) { run_named(step::release, "RELEASE ", name); }
void connection::rollback_to(std::string_view name) {
    run_named(step::rollback_to, "ROLLBACK TO ", name);
    transaction_ = transaction_state::open;
}

void connection::reset() {
    rollback();
    perform(step::reset, {});
}

}  // namespace relata::mock::detail
