// SPDX-License-Identifier: BSL-1.0
/// \file
/// Writes whole numbers in decimal digits, from the last to the first.
#pragma once

#include <relata/types/detail/int128.hpp>

#include <cstdint>

namespace relata::detail {

/// Writes the digits of `value` so that the last stands before `end`; where the first stands.
inline char* write_digits(std::uint64_t value, char* end) noexcept {
    do {
        *--end = static_cast<char>('0' + value % 10);
        value /= 10;
    } while (value != 0);
    return end;
}

inline char* write_digits(uint128 value, char* end) noexcept {
    constexpr std::uint64_t chunk = 10'000'000'000'000'000'000U;  // 19 digits: the most in 64 bits
    while (value > ~std::uint64_t{0}) {
        auto const low = static_cast<std::uint64_t>(value % chunk);
        char* const first = end - 19;
        char* at = write_digits(low, end);
        while (at != first) *--at = '0';
        end = first;
        value /= chunk;
    }
    return write_digits(static_cast<std::uint64_t>(value), end);
}

}  // namespace relata::detail
