// SPDX-License-Identifier: BSL-1.0
/// \file
/// What every `decimal` shares whatever its digits: text, order and rounding of scaled integers.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/detail/int128.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relata {

/// What to do with digits that do not fit the wanted scale.
enum class rounding : std::uint8_t {
    half_up,    ///< to the nearest; a tie goes away from zero: 0.5 to 1, -0.5 to -1
    half_even,  ///< to the nearest; a tie goes to the even digit: 0.5 to 0, 1.5 to 2
    down,       ///< towards zero
};

namespace detail {

/// How reading a decimal number ended.
enum class decimal_status : std::uint8_t {
    ok,
    invalid,                   ///< not `[+-]digits[.digits]`
    too_many_fraction_digits,  ///< more digits after the point than the scale; never rounded
    overflow,                  ///< more digits than the precision
};

/// The most characters that `format_decimal` writes.
inline constexpr std::size_t decimal_text_size = 42;

/// Writes `value / 10^scale` (scale 0 to 38) in digits, with exactly `scale` of them after the
/// point and at least one before it; returns the length. No terminator.
RELATA_EXPORT std::size_t format_decimal(int128 value, unsigned scale, char* out) noexcept;

/// Reads a decimal number as `value / 10^scale` of at most `precision` digits. Fewer digits after
/// the point than `scale` are filled with zeros. Leaves `value` as it was unless it says ok.
[[nodiscard]] RELATA_EXPORT decimal_status parse_decimal(std::string_view text, unsigned precision,
                                                         unsigned scale, int128& value) noexcept;

/// As above, but throws value_invalid or out_of_range.
[[nodiscard]] RELATA_EXPORT int128 decimal_from_string(std::string_view text, unsigned precision,
                                                       unsigned scale);

[[nodiscard]] RELATA_EXPORT std::string decimal_to_string(int128 value, unsigned scale);

/// The nearest double to `value / 10^scale`.
[[nodiscard]] RELATA_EXPORT double decimal_to_double(int128 value, unsigned scale) noexcept;

/// Orders `a / 10^a_scale` and `b / 10^b_scale`; never overflows.
[[nodiscard]] constexpr std::strong_ordering compare_scaled(int128 a, unsigned a_scale, int128 b,
                                                            unsigned b_scale) noexcept {
    if (a_scale == b_scale) return a <=> b;
    bool const a_finer = a_scale > b_scale;
    int128 const unit = pow10(a_finer ? a_scale - b_scale : b_scale - a_scale);
    int128 const fine = a_finer ? a : b;
    int128 const coarse = a_finer ? b : a;
    // Truncation is towards zero, so the rest has the sign of `fine` and decides among equals.
    int128 const whole = fine / unit;
    int128 const rest = fine % unit;
    if (a_finer) return whole != coarse ? whole <=> coarse : rest <=> 0;
    return whole != coarse ? coarse <=> whole : 0 <=> rest;
}

/// One step away from zero for `quotient`? `twice` compares twice the rest with the divisor.
[[nodiscard]] constexpr bool rounds_away(uint128 quotient, std::strong_ordering twice,
                                         rounding mode) noexcept {
    switch (mode) {
    case rounding::half_up: return twice >= 0;
    case rounding::half_even: return twice > 0 || (twice == 0 && quotient % 2 == 1);
    case rounding::down: break;
    }
    return false;
}

/// `value / 10^places` (places 0 to 38), rounded.
[[nodiscard]] constexpr int128 drop_digits(int128 value, unsigned places, rounding mode) noexcept {
    auto const unit = static_cast<uint128>(pow10(places));
    uint128 const size = magnitude(value);
    uint128 quotient = size / unit;
    uint128 const rest = size % unit;
    if (rest != 0 && rounds_away(quotient, rest <=> unit - rest, mode)) ++quotient;
    return value < 0 ? -static_cast<int128>(quotient) : static_cast<int128>(quotient);
}

/// `a * 10^shift / b`, rounded. Throws division_by_zero, and out_of_range beyond 38 digits.
[[nodiscard]] RELATA_EXPORT int128 divide_scaled(int128 a, int128 b, unsigned shift, rounding mode);

}  // namespace detail
}  // namespace relata
