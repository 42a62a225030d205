// SPDX-License-Identifier: BSL-1.0
/// \file
/// 128-bit integers and powers of ten: the arithmetic under `decimal`.
#pragma once

#include <cstdint>

namespace relata::detail {

// __extension__ keeps -Wpedantic quiet about a type that g++ and clang both have.
__extension__ typedef __int128 int128;
__extension__ typedef unsigned __int128 uint128;

/// The most decimal digits of a `decimal`.
inline constexpr unsigned max_digits = 38;

struct power_table {
    int128 values[max_digits + 1];
};

inline constexpr power_table powers = [] {
    power_table table{};
    table.values[0] = 1;
    for (unsigned i = 1; i <= max_digits; ++i) table.values[i] = table.values[i - 1] * 10;
    return table;
}();

/// 10 to the power `n`, 0 to 38.
[[nodiscard]] constexpr int128 pow10(unsigned n) noexcept { return powers.values[n]; }

/// The magnitude of `value`; right for the lowest value too.
[[nodiscard]] constexpr uint128 magnitude(int128 value) noexcept {
    return value < 0 ? uint128{0} - static_cast<uint128>(value) : static_cast<uint128>(value);
}

/// The number of decimal digits of `value` without its sign, 1 for 0; at most 39.
[[nodiscard]] constexpr unsigned digits(int128 value) noexcept {
    uint128 const size = magnitude(value);
    unsigned count = 1;
    while (count <= max_digits && size >= static_cast<uint128>(pow10(count))) ++count;
    return count;
}

/// Whether `value` has at most `precision` digits.
[[nodiscard]] constexpr bool fits(int128 value, unsigned precision) noexcept {
    return value < pow10(precision) && value > -pow10(precision);
}

}  // namespace relata::detail
