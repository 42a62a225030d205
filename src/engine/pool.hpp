// SPDX-License-Identifier: BSL-1.0
//
// A bounded pool of sessions. Taking an idle one costs two atomic operations; who must wait, waits in
// order of arrival.

#pragma once

#include "engine/session.hpp"
#include "engine/url.hpp"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>

namespace relata::engine {

class pool final : public source {
public:
    pool(driver::address address, pool_options const& options);
    /// One session, on a connection that cannot be opened again.
    explicit pool(driver::lent connection);
    ~pool();
    pool(pool const&) = delete;
    pool& operator=(pool const&) = delete;

    session* borrow() override;
    void give_back(session* s) noexcept override;

    void add_user() noexcept { users_.fetch_add(1, std::memory_order_relaxed); }
    void drop_user() noexcept;

    [[nodiscard]] driver::entry const& driver() const { return driver_; }
    void on_statement(log_function f, void* context);

private:
    struct alignas(64) slot {
        std::atomic<session*> idle{nullptr};
    };
    struct waiter {
        std::condition_variable ready;
        session* given = nullptr;
        bool may_open = false;  ///< a place became free: open a new one
    };

    session* borrow_slowly();
    session* take_idle();
    session* open_session();
    session* new_session(std::unique_ptr<driver::connection> connection);
    session* wait_for_session(std::unique_lock<std::mutex>& lock);
    session* checked(session* s);
    void release(session* s) noexcept;
    void discard(session* s) noexcept;
    void hand_on(std::unique_lock<std::mutex>& lock, session* s) noexcept;
    void put_idle(session* s) noexcept;

    driver::address address_;
    pool_options options_;
    session_options session_options_;
    driver::entry const& driver_;
    bool lent_ = false;
    bool embedded_;  ///< no server that could have gone away
    std::unique_ptr<slot[]> slots_;
    std::atomic<unsigned> waiting_{0};
    std::atomic<unsigned> users_{1};
    std::mutex mutex_;
    std::deque<waiter*> waiters_;  ///< in order of arrival
    unsigned opened_ = 0;          ///< sessions that exist or are being opened
};

}  // namespace relata::engine
