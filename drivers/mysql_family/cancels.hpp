// SPDX-License-Identifier: BSL-1.0
/// \file
/// Requests to stop what a session runs, which go by connections of their own.
#pragma once

#include <atomic>

namespace relata::mysql_family {

/// Counts those that are under way. Any thread may use it.
class cancels {
public:
    /// One of them, as long as it lives.
    class request {
    public:
        explicit request(cancels& all) noexcept : under_way_(all.under_way_) {
            under_way_.fetch_add(1);
        }
        ~request() {
            under_way_.fetch_sub(1);
            under_way_.notify_all();
        }
        request(request const&) = delete;
        request& operator=(request const&) = delete;

    private:
        std::atomic<int>& under_way_;
    };

    /// Waits for them: they are meant for an earlier statement and must not hit the next one.
    void let_pass() noexcept {
        for (int seen; (seen = under_way_.load(std::memory_order_acquire)) != 0;) [[unlikely]]
            under_way_.wait(seen);
    }

private:
    std::atomic<int> under_way_{0};
};

}  // namespace relata::mysql_family
