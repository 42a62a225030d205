// SPDX-License-Identifier: BSL-1.0

#include "waiting.hpp"

#include <algorithm>
#include <ctime>

namespace relata::sqlite_family {

std::int64_t now() noexcept {
    timespec t{};
    clock_gettime(CLOCK_MONOTONIC, &t);
    return std::int64_t(t.tv_sec) * 1'000'000'000 + t.tv_nsec;
}

bool nap(std::int64_t since, std::int64_t patience, int tries) noexcept {
    std::int64_t const left = patience * nanoseconds_per_ms - (now() - since);
    if (left <= 0) return false;
    std::int64_t const usual = (tries < 5 ? 1 : tries < 20 ? 5 : 20) * nanoseconds_per_ms;
    timespec const pause{0, std::min(left, usual)};
    nanosleep(&pause, nullptr);
    return true;
}

}  // namespace relata::sqlite_family
