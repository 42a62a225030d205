// SPDX-License-Identifier: BSL-1.0
/// \file
/// A limit for what the server or its client library sets no limit to.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace relata::mysql_family {

/// Calls an action in a thread of its own, unless this object goes before the time is over.
class deadline {
public:
    /// `action` must not throw. Throws out_of_memory when there is no thread for it.
    deadline(std::chrono::milliseconds time, std::function<void()> action);
    /// Waits for the action to end, if it has begun.
    ~deadline();
    deadline(deadline const&) = delete;
    deadline& operator=(deadline const&) = delete;

    /// Whether the action has begun. Thread-safe.
    [[nodiscard]] bool passed() noexcept;

private:
    void wait(std::chrono::milliseconds time, std::function<void()> const& action);

    std::mutex mutex_;
    std::condition_variable changed_;
    bool gone_ = false;
    bool passed_ = false;
    std::thread thread_;
};

}  // namespace relata::mysql_family
