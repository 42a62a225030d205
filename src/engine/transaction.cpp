// SPDX-License-Identifier: BSL-1.0
//
// One rule on every back end: after an error the transaction, or its innermost savepoint, has failed.

#include <relata/engine/transaction.hpp>

#include "engine/own_transaction.hpp"
#include "engine/pinned.hpp"

#include <chrono>
#include <string>
#include <thread>
#include <utility>

namespace relata {
namespace {

std::string savepoint_name(unsigned number) { return "relata_" + std::to_string(number); }

}  // namespace

struct transaction::state {
    engine::pinned source;
    bool open = false;
    explicit state(engine::source& from) : source(from) {}

    engine::session& session() { return source.held(); }
    driver::connection& connection() { return session().connection(); }

    void begin(transaction_options options) {
        if (session().in_transaction())
            fail(error_kind::invalid_argument,
                 "a transaction is open on this connection; use savepoint() inside it");
        try {
            connection().begin(options.isolation, options.read_only);
        } catch (error const& e) {
            session().raise(e, nullptr, nullptr);
        }
        session().set_in_transaction(true);
        session().set_failed(false);
        open = true;
    }

    void finish() {
        open = false;
        session().set_in_transaction(false);
        session().set_failed(false);
        session().savepoints = 0;
    }

    void undo() noexcept {
        engine::undo(session());
        finish();
    }
};

// The delegated constructor has finished when begin throws, so the destructor runs.
transaction::transaction(engine::source& from, transaction_options options)
    : transaction(new state(from)) {
    state_->begin(options);
}

transaction::transaction(state* s) : handle(&s->source), state_(s) {}

transaction::transaction(transaction&& other) noexcept
    : handle(other.source_), state_(std::exchange(other.state_, nullptr)) {}

transaction::~transaction() {
    if (state_ && state_->open) state_->undo();
    delete state_;
}

void transaction::commit() {
    if (!state_->open) fail(error_kind::invalid_argument, "commit on a transaction that has ended");
    auto& session = state_->session();
    if (session.failed()) {
        state_->undo();
        error_info info;
        info.kind = error_kind::transaction_failed;
        info.outcome = outcome::rejected;
        info.transaction = transaction_state::rolled_back;
        info.retry = retry_advice::transaction;
        info.message = "commit after an error in the transaction; it was rolled back";
        throw error(std::move(info));
    }
    try {
        state_->connection().commit();
    } catch (error const& e) {
        auto info = e.info();
        if (!info.connection_usable) session.set_dead();
        state_->undo();
        if (info.transaction == transaction_state::open ||
            info.transaction == transaction_state::failed)
            info.transaction = transaction_state::rolled_back;
        throw error(std::move(info));
    }
    state_->finish();
}

bool transaction::open() const noexcept { return state_->open; }

void transaction::rollback() {
    if (!state_->open)
        fail(error_kind::invalid_argument, "rollback of a transaction that has ended");
    state_->undo();
}

transaction::savepoint_scope::savepoint_scope(transaction& t) : transaction_(t) {
    if (!t.state_->open) fail(error_kind::invalid_argument, "a savepoint outside a transaction");
    auto& session = t.state_->session();
    session.check_usable();
    number_ = ++session.savepoints;
    try {
        t.state_->connection().savepoint(savepoint_name(number_));
    } catch (error const& e) {
        session.raise(e, nullptr, nullptr);
    }
}

transaction::savepoint_scope::~savepoint_scope() {
    if (!open_ || !transaction_.state_->open) return;
    auto& session = transaction_.state_->session();
    auto& connection = transaction_.state_->connection();
    // an automatic rollback of the whole transaction took the savepoint with it
    if (session.dead() || connection.transaction() == transaction_state::none) return;
    try {
        connection.rollback_to(savepoint_name(number_));
        connection.release(savepoint_name(number_));
        session.set_failed(false);
    } catch (error const&) {
        session.set_failed(true);
    }
}

void transaction::savepoint_scope::release() {
    auto& session = transaction_.state_->session();
    session.check_usable();
    try {
        transaction_.state_->connection().release(savepoint_name(number_));
    } catch (error const& e) {
        session.raise(e, nullptr, nullptr);
    }
    open_ = false;
}

namespace detail {

bool may_retry(error const& e, unsigned run, unsigned times) {
    if (run >= times) return false;
    switch (e.kind()) {
    case error_kind::serialization_failure:
    case error_kind::deadlock:
    case error_kind::lock_timeout: break;
    default: return false;
    }
    // 1, 2, 4 … ms, at most 256, plus a little that differs from thread to thread
    auto const spread = std::chrono::steady_clock::now().time_since_epoch().count() % 1000;
    std::this_thread::sleep_for(std::chrono::milliseconds(1u << (run < 9 ? run - 1 : 8)) +
                                std::chrono::microseconds(spread));
    return true;
}

}  // namespace detail
}  // namespace relata
