// SPDX-License-Identifier: BSL-1.0
//
// Transactions. Databases end some by themselves, so what was begun is compared with what the
// database says. In a transaction of the program that has lent its session, relata's is a savepoint.

#include "connection.hpp"

namespace relata::soci::detail {
namespace {

constexpr char const* inner = "relata_lent";

}  // namespace

void connection::send_begin(driver::isolation level, bool read_only) {
    for (auto const& words : begin_words(level, read_only)) run(words);
}

void connection::begin(driver::isolation level, bool read_only) {
    require_usable();
    if (transaction() != transaction_state::none) {
        if (!lent() || open_ || !can_.savepoints)
            fail(error_kind::invalid_argument, "a transaction is open already");
        nested_ = true;
        run_named("SAVEPOINT ", inner);
    } else {
        send_begin(level, read_only);
    }
    open_ = true;
    lost_ = false;
}

// Throws when no transaction is open, and says so when the database has ended it.
void connection::require_open() {
    require_usable();
    if (look() != transaction_state::none) return;
    if (!lost_ && !open_) fail(error_kind::invalid_argument, "no transaction is open");
    open_ = nested_ = false;
    error_info info;
    info.kind = error_kind::transaction_rolled_back;
    info.message = "the database had ended the transaction";
    info.transaction = transaction_state::rolled_back;
    info.retry = retry_advice::transaction;
    throw error(std::move(info));
}

void connection::commit() {
    require_open();
    if (look() == transaction_state::failed) {
        rollback();
        error_info info;
        info.kind = error_kind::transaction_rolled_back;
        info.transaction = transaction_state::rolled_back;
        info.retry = retry_advice::transaction;
        info.message = "rolled back where commit was asked for, because of an earlier error";
        throw error(std::move(info));
    }
    if (nested_) {
        run_named("RELEASE SAVEPOINT ", inner);
        open_ = nested_ = false;
        return;
    }
    committing_ = true;
    try {
        send_commit();
    } catch (error const& e) {
        committing_ = false;
        if (broken_) throw;
        error_info info = e.info();
        after_failed_commit(info);
        if (look() == transaction_state::none) {
            info.transaction = transaction_state::rolled_back;
            open_ = false;
        }
        throw error(std::move(info));
    }
    committing_ = false;
    open_ = false;
}

void connection::rollback() {
    bool const nested = std::exchange(nested_, false);
    bool const ours = std::exchange(open_, false);
    lost_ = false;
    if (broken_ || look() == transaction_state::none) return;
    if (nested) {
        run_named("ROLLBACK TO SAVEPOINT ", inner);
        run_named("RELEASE SAVEPOINT ", inner);
        return;
    }
    if (ours || !lent()) send_rollback();
}

void connection::run_named(char const* verb, std::string_view name) {
    std::string sql = verb;
    spelling_->append_identifier(sql, name);
    run(sql);
}

void connection::savepoint(std::string_view name) {
    require_open();
    run_named("SAVEPOINT ", name);
}

void connection::release(std::string_view name) {
    require_open();
    run_named("RELEASE SAVEPOINT ", name);
}

void connection::rollback_to(std::string_view name) {
    require_open();
    run_named("ROLLBACK TO SAVEPOINT ", name);
}

transaction_state connection::transaction() noexcept {
    return broken_ ? transaction_state::none : look();
}

}  // namespace relata::soci::detail
