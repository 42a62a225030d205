// SPDX-License-Identifier: BSL-1.0

#include "engine/pool.hpp"

#include "engine/place.hpp"

#include <relata/driver/registry.hpp>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

namespace relata::engine {
namespace {

// Where this thread found its last session; only a hint.
thread_local unsigned hint = 0;

std::int64_t coarse_milliseconds() noexcept {
    timespec t;
    clock_gettime(CLOCK_MONOTONIC_COARSE, &t);
    return std::int64_t(t.tv_sec) * 1000 + t.tv_nsec / 1000000;
}

void log_to_stderr(void*, statement_event const& event) {
    std::fprintf(stderr, "relata: %.3f ms, %lld rows: %.*s%s%s\n", double(event.nanoseconds) / 1e6,
                 static_cast<long long>(event.rows), int(event.sql.size()), event.sql.data(),
                 event.failure ? " -- " : "", event.failure ? event.failure->what() : "");
}

driver::entry const& given(driver::lent const& connection) {
    if (!connection.connection || !connection.driver)
        fail(error_kind::invalid_argument, "no connection was given");
    return *connection.driver;
}

}  // namespace

pool::pool(driver::address address, pool_options const& options)
    : address_(std::move(address)), options_(options), driver_(driver::find(address_.scheme)) {
    check_options(address_, driver_);
    embedded_ = is_file(address_.scheme);
    // every connection to :memory: would be a database of its own
    if (embedded_ && address_.database == ":memory:") options_.size = 1;
    session_options_.cache_size = options_.cache;
    if (options_.log_stderr) session_options_.log = &log_to_stderr;
    slots_ = std::make_unique<slot[]>(options_.size);
    put_idle(open_session());
    opened_ = 1;
}

pool::pool(driver::lent connection) : driver_(given(connection)), lent_(true), embedded_(true) {
    options_.size = 1;
    session_options_.cache_size = options_.cache;
    slots_ = std::make_unique<slot[]>(1);
    put_idle(new_session(std::move(connection.connection)));
    opened_ = 1;
}

pool::~pool() {
    for (unsigned i = 0; i < options_.size; ++i) delete slots_[i].idle.load();
}

void pool::drop_user() noexcept {
    if (users_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete this;
}

void pool::on_statement(log_function f, void* context) {
    session_options_.log = f;
    session_options_.log_context = context;
}

session* pool::open_session() {
    if (lent_) {
        error_info info;
        info.kind = error_kind::connection_lost;
        info.outcome = outcome::not_sent;
        info.connection_usable = false;
        info.message = "the connection that the program has lent is lost";
        throw error(std::move(info));
    }
    try {
        return new_session(driver_.connect(address_));
    } catch (error const& e) {
        auto info = e.info();
        add_place(info, address_);
        throw error(std::move(info));
    }
}

session* pool::new_session(std::unique_ptr<driver::connection> connection) {
    auto made = std::make_unique<session>(std::move(connection), session_options_);
    made->home = this;
    return made.release();
}

session* pool::borrow() {
    // Somebody who waits goes first.
    if (waiting_.load() == 0) [[likely]] {
        unsigned const h = hint;
        if (h < options_.size)
            if (session* s = slots_[h].idle.exchange(nullptr)) [[likely]]
                return embedded_ ? s : checked(s);
    }
    return checked(borrow_slowly());
}

session* pool::take_idle() {
    for (unsigned i = 0; i < options_.size; ++i)
        if (session* s = slots_[i].idle.exchange(nullptr)) {
            hint = i;
            return s;
        }
    return nullptr;
}

session* pool::borrow_slowly() {
    std::unique_lock lock(mutex_);
    // announced before the last look, so that whoever gives back either sees it or is seen
    waiting_.fetch_add(1);
    if (waiters_.empty()) {
        if (session* s = take_idle()) {
            waiting_.fetch_sub(1);
            return s;
        }
        if (opened_ < options_.size) {
            ++opened_;
            waiting_.fetch_sub(1);
            lock.unlock();
            try {
                return open_session();
            } catch (...) {
                discard(nullptr);
                throw;
            }
        }
    }
    return wait_for_session(lock);
}

session* pool::wait_for_session(std::unique_lock<std::mutex>& lock) {
    waiter me;
    waiters_.push_back(&me);
    auto const until =
        std::chrono::steady_clock::now() + std::chrono::milliseconds(options_.timeout_ms);
    bool const came = me.ready.wait_until(lock, until, [&] { return me.given || me.may_open; });
    waiting_.fetch_sub(1);
    if (!came) {
        waiters_.erase(std::find(waiters_.begin(), waiters_.end(), &me));
        error_info info;
        info.kind = error_kind::pool_timeout;
        info.outcome = outcome::not_sent;
        info.message = "no connection of the pool became free within " +
                       std::to_string(options_.timeout_ms) + " ms; all " +
                       std::to_string(options_.size) + " are in use";
        info.retry = retry_advice::statement;
        throw error(std::move(info));
    }
    if (me.given) return me.given;
    lock.unlock();
    try {
        return open_session();
    } catch (...) {
        discard(nullptr);
        throw;
    }
}

// A session that rested for long is asked whether its server is still there.
session* pool::checked(session* s) {
    if (embedded_ || s->returned_at == 0) return s;
    bool const rested = coarse_milliseconds() - s->returned_at > std::int64_t(options_.check_ms);
    if (s->connection().alive(rested)) return s;
    std::unique_ptr<session> gone(s);
    try {
        return open_session();
    } catch (...) {
        discard(nullptr);
        throw;
    }
}

void pool::give_back(session* s) noexcept {
    if (s->dead() || s->touched() || s->in_transaction() || s->failed()) [[unlikely]] {
        s->clean();
        if (s->dead()) return discard(s);
    }
    if (!embedded_) s->returned_at = coarse_milliseconds();
    if (waiting_.load() != 0) [[unlikely]]
        return release(s);
    put_idle(s);
    // somebody may have begun to wait since; the waiter looked before we put it there, or sees it now
    if (waiting_.load() != 0) [[unlikely]]
        if (session* again = take_idle()) release(again);
}

void pool::put_idle(session* s) noexcept {
    for (unsigned h = hint < options_.size ? hint : 0;; h = h + 1 == options_.size ? 0 : h + 1) {
        session* none = nullptr;
        if (slots_[h].idle.compare_exchange_strong(none, s)) return;
    }
}

// Hands the session to who has waited longest, or lets it rest.
void pool::release(session* s) noexcept {
    std::unique_lock lock(mutex_);
    hand_on(lock, s);
}

void pool::hand_on(std::unique_lock<std::mutex>&, session* s) noexcept {
    if (waiters_.empty()) return put_idle(s);
    waiter* const first = waiters_.front();
    waiters_.pop_front();
    first->given = s;
    first->ready.notify_one();
}

// A session is gone (or could not be opened): its place may be taken by who has waited longest.
void pool::discard(session* s) noexcept {
    delete s;
    std::unique_lock lock(mutex_);
    if (waiters_.empty()) {
        --opened_;
        return;
    }
    waiter* const first = waiters_.front();
    waiters_.pop_front();
    first->may_open = true;
    first->ready.notify_one();
}

}  // namespace relata::engine
