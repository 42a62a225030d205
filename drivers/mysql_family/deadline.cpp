// SPDX-License-Identifier: BSL-1.0

#include "deadline.hpp"

#include <relata/core/error.hpp>

#include <system_error>

namespace relata::mysql_family {

deadline::deadline(std::chrono::milliseconds time, std::function<void()> action) try
    : thread_([this, time, act = std::move(action)] { wait(time, act); }) {
} catch (std::system_error const&) {
    fail(error_kind::out_of_memory, "no thread that could limit the time");
}

deadline::~deadline() {
    {
        std::lock_guard const lock(mutex_);
        gone_ = true;
    }
    changed_.notify_one();
    thread_.join();
}

bool deadline::passed() noexcept {
    std::lock_guard const lock(mutex_);
    return passed_;
}

void deadline::wait(std::chrono::milliseconds time, std::function<void()> const& action) {
    {
        std::unique_lock lock(mutex_);
        if (changed_.wait_for(lock, time, [this] { return gone_; })) return;
        passed_ = true;
    }
    action();
}

}  // namespace relata::mysql_family
