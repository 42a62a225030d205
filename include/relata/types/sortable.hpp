// SPDX-License-Identifier: BSL-1.0
/// \file
/// Numbers as text of fixed width whose byte order is their numeric order: for back ends that have
/// no number type wide enough (SQLite).
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/detail/int128.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace relata {

/// Characters of an encoded number of `digits` decimal digits, and of an encoded uint64.
[[nodiscard]] constexpr std::size_t sortable_size(unsigned digits) noexcept { return digits + 1U; }
inline constexpr std::size_t sortable_u64_size = 20;

/// Writes `sortable_size(digits)` characters to `out`: `1` and the digits for a value of at least
/// 0; `0` and the nines' complement of the digits below. `digits` is 1 to 38 and the value has no
/// more digits than that. Any thread.
RELATA_EXPORT void encode_sortable(detail::int128 value, unsigned digits, char* out) noexcept;

/// Reads such a text of any width from 2 to 39. False, and `value` unchanged, for anything that
/// `encode_sortable` does not write. Any thread.
[[nodiscard]] RELATA_EXPORT bool decode_sortable(std::string_view text,
                                                 detail::int128& value) noexcept;

/// Writes 20 digits with leading zeros to `out`. Any thread.
RELATA_EXPORT void encode_sortable_u64(std::uint64_t value, char* out) noexcept;

/// Reads exactly 20 digits. False, and `value` unchanged, for anything else or if it does not fit.
[[nodiscard]] RELATA_EXPORT bool decode_sortable_u64(std::string_view text,
                                                     std::uint64_t& value) noexcept;

}  // namespace relata
