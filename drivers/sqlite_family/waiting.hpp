// SPDX-License-Identifier: BSL-1.0
/// \file
/// The wait for another connection's lock. SQLite's own does not end when it is interrupted, so that both
/// drivers wait in short naps and ask between two of them whether to go on.
#pragma once

#include <cstdint>

namespace relata::sqlite_family {

inline constexpr std::int64_t nanoseconds_per_ms = 1'000'000;

/// Nanoseconds of a clock that never goes back.
std::int64_t now() noexcept;

/// Sleeps for 1 to 20 ms, longer the more naps there were (`tries`), unless the `patience` in milliseconds
/// since the time `since` is used up: false.
bool nap(std::int64_t since, std::int64_t patience, int tries) noexcept;

}  // namespace relata::sqlite_family
