// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <csignal>

namespace relata::soci::detail {

/// While it lives the calling thread gets no signals; those that come wait, or go to other threads.
class held_signals {
public:
    held_signals() noexcept {
        sigset_t all;
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before_);
    }
    ~held_signals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
    held_signals(held_signals const&) = delete;
    held_signals& operator=(held_signals const&) = delete;

private:
    sigset_t before_{};
};

}  // namespace relata::soci::detail
