// SPDX-License-Identifier: BSL-1.0
/// \file
/// The thread of a proxy, and what it shares with those who call the proxy.
#pragma once

#include "conformance/proxy/link.hpp"

#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>

namespace relata::conformance {

/// Everything but the thread's waiting happens under the lock.
class fault_proxy::loop {
public:
    loop(detail::endpoint const& server, wire protocol);
    ~loop();

    /// Runs `change` and waits until the thread has acted on it.
    template <class F> void change(F change) {
        std::unique_lock lock = enter();
        change(*this);
        wake();
        turned_.wait(lock, [this, before = turn_] { return turn_ != before; });
    }
    template <class F> auto ask(F question) {
        std::unique_lock const lock = enter();
        return question(*this);
    }
    bool wait_fired(unsigned count, unsigned milliseconds);

    [[nodiscard]] unsigned port() const noexcept { return port_; }
    /// False in a process forked from the one that made the proxy: the thread is not there.
    [[nodiscard]] bool at_home() const noexcept;

    detail::rules book;
    std::list<detail::link> links;
    pace how;
    arrival meets = arrival::pass;
    unsigned arrived = 0;

private:
    std::unique_lock<std::mutex> enter();
    void wake() noexcept;
    void run();
    void wait(std::unique_lock<std::mutex>& lock);
    void work();
    void accept_all();

    detail::endpoint const server_;
    wire const protocol_;
    int const process_;
    detail::descriptor const kept_;
    unsigned const port_;
    detail::descriptor listener_;
    detail::descriptor wake_[2];
    std::mutex mutex_;
    std::condition_variable turned_;
    unsigned turn_ = 0;
    bool over_ = false;
    std::vector<pollfd> polled_;
    std::thread thread_;
};

}  // namespace relata::conformance
