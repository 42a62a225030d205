// SPDX-License-Identifier: BSL-1.0
/// \file
/// The binary format of numeric, to and from scaled integers, exactly and without text.
#pragma once

#include <relata/types/detail/int128.hpp>

#include <cstddef>

namespace relata::postgresql::detail {

using relata::detail::int128;

/// The most bytes that `write_numeric` writes: a header and 12 groups of 4 digits.
inline constexpr std::size_t numeric_size = 32;

/// Writes `mantissa / 10^scale` (scale 0 to 38); returns the number of bytes.
int write_numeric(char* to, int128 mantissa, unsigned scale) noexcept;

/// How a read of a number ended.
enum class numeric_status : unsigned char {
    ok,
    too_large,  ///< more digits than the target can hold
    inexact,    ///< digits after the wanted scale
    special,    ///< NaN or an infinity
    damaged,    ///< not in the format of numeric
};

/// Reads a number as `mantissa / 10^scale`; never rounds. `mantissa` stays as it was unless ok.
[[nodiscard]] numeric_status read_numeric(char const* from, std::size_t size, unsigned scale,
                                          int128& mantissa) noexcept;

/// Reads a number as the nearest double.
[[nodiscard]] numeric_status read_numeric(char const* from, std::size_t size, double& value);

}  // namespace relata::postgresql::detail
