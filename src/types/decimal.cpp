// SPDX-License-Identifier: BSL-1.0
// Decimal numbers as text and as double, and their division: what does not depend on P and S.

#include <relata/core/error.hpp>
#include <relata/types/detail/decimal_core.hpp>
#include <relata/types/detail/raise.hpp>

#include "digits.hpp"

#include <cstdlib>
#include <cstring>

namespace relata::detail {
namespace {

// The digits of a number and where they stood, before precision and scale are asked about.
struct number {
    uint128 value = 0;            // right only up to 38 significant digits
    std::size_t significant = 0;  // digits from the first that is not zero
    std::size_t fraction = 0;     // digits after the point
    bool negative = false;
};

// Reads digits from `at` into `n`; the place of the first character that is none.
std::size_t read_digits(std::string_view text, std::size_t at, number& n) noexcept {
    for (; at < text.size(); ++at) {
        unsigned const digit = static_cast<unsigned char>(text[at]) - unsigned{'0'};
        if (digit > 9) break;
        if (n.significant > 0 || digit > 0) ++n.significant;
        if (n.significant <= max_digits) n.value = n.value * 10 + digit;
    }
    return at;
}

// Whether `text` is `[+-]digits[.digits]`.
bool read_number(std::string_view text, number& n) noexcept {
    std::size_t at = 0;
    if (!text.empty() && (text[0] == '-' || text[0] == '+')) {
        n.negative = text[0] == '-';
        at = 1;
    }
    std::size_t const whole = at;
    at = read_digits(text, at, n);
    if (at == whole) return false;
    if (at == text.size()) return true;
    if (text[at] != '.') return false;
    std::size_t const after_point = at + 1;
    at = read_digits(text, after_point, n);
    n.fraction = at - after_point;
    return n.fraction > 0 && at == text.size();
}

// `a * 10^shift / b` digit by digit, for operands whose product has no room in 128 bits.
// False on more than 38 digits. The rest stays below `b`, which is below 10^38.
bool divide_long(uint128 a, uint128 b, unsigned shift, uint128& quotient, uint128& rest) noexcept {
    quotient = a / b;
    rest = a % b;
    for (unsigned i = 0; i < shift; ++i) {
        if (quotient >= static_cast<uint128>(pow10(max_digits - 1))) return false;
        // Ten times the rest could overflow too, so it is added up.
        uint128 const part = rest;
        unsigned digit = 0;
        for (unsigned k = 1; k < 10; ++k) {
            rest += part;
            if (rest >= b) {
                rest -= b;
                ++digit;
            }
        }
        quotient = quotient * 10 + digit;
    }
    return true;
}

}  // namespace

std::size_t format_decimal(int128 value, unsigned scale, char* out) noexcept {
    char digits[max_digits + 2];
    char* const end = digits + sizeof digits;
    char* first = write_digits(magnitude(value), end);
    while (end - first < static_cast<std::ptrdiff_t>(scale) + 1) *--first = '0';

    char* at = out;
    if (value < 0) *at++ = '-';
    auto const whole = static_cast<std::size_t>(end - first) - scale;
    std::memcpy(at, first, whole);
    at += whole;
    if (scale > 0) {
        *at++ = '.';
        std::memcpy(at, end - scale, scale);
        at += scale;
    }
    return static_cast<std::size_t>(at - out);
}

decimal_status parse_decimal(std::string_view text, unsigned precision, unsigned scale,
                             int128& value) noexcept {
    number n;
    if (!read_number(text, n)) return decimal_status::invalid;
    if (n.fraction > scale) return decimal_status::too_many_fraction_digits;
    unsigned const missing = scale - static_cast<unsigned>(n.fraction);
    if (n.significant > 0 && n.significant + missing > precision) return decimal_status::overflow;
    auto const size = static_cast<int128>(n.value) * (n.significant > 0 ? pow10(missing) : 1);
    value = n.negative ? -size : size;
    return decimal_status::ok;
}

int128 decimal_from_string(std::string_view text, unsigned precision, unsigned scale) {
    int128 value = 0;
    switch (parse_decimal(text, precision, scale, value)) {
    case decimal_status::ok: break;
    case decimal_status::invalid: raise_value_invalid("text is not a decimal number");
    case decimal_status::too_many_fraction_digits:
        raise_out_of_range("decimal has more digits after the point than its scale");
    case decimal_status::overflow:
        raise_out_of_range("decimal needs more digits than its precision");
    }
    return value;
}

std::string decimal_to_string(int128 value, unsigned scale) {
    char text[decimal_text_size];
    return std::string(text, format_decimal(value, scale, text));
}

double decimal_to_double(int128 value, unsigned scale) noexcept {
    // Both operands are exact up to here, so that the division rounds only once.
    constexpr int128 exact_limit = int128{1} << 53U;
    if (scale <= 22 && value <= exact_limit && value >= -exact_limit) {
        return static_cast<double>(value) / static_cast<double>(pow10(scale));
    }
    // An exponent instead of a point, because strtod takes the point from the locale.
    char text[decimal_text_size + 4];
    std::size_t const size = format_decimal(value, 0, text);
    text[size] = 'e';
    text[size + 1] = '-';
    text[size + 2] = static_cast<char>('0' + scale / 10);
    text[size + 3] = static_cast<char>('0' + scale % 10);
    char terminated[sizeof text + 1] = {};
    std::memcpy(terminated, text, size + 4);
    return std::strtod(terminated, nullptr);
}

int128 divide_scaled(int128 a, int128 b, unsigned shift, rounding mode) {
    if (b == 0) fail(error_kind::division_by_zero, "decimal divided by zero");
    uint128 const divisor = magnitude(b);
    uint128 dividend = magnitude(a);
    uint128 quotient = 0;
    uint128 rest = 0;
    if (dividend <= ~uint128{0} / static_cast<uint128>(pow10(shift))) {
        dividend *= static_cast<uint128>(pow10(shift));
        quotient = dividend / divisor;
        rest = dividend % divisor;
    } else if (!divide_long(dividend, divisor, shift, quotient, rest)) {
        raise_out_of_range("decimal needs more digits than its precision");
    }
    if (rest != 0 && rounds_away(quotient, rest <=> divisor - rest, mode)) ++quotient;
    if (quotient >= static_cast<uint128>(pow10(max_digits))) {
        raise_out_of_range("decimal needs more digits than its precision");
    }
    auto const size = static_cast<int128>(quotient);
    return (a < 0) != (b < 0) ? -size : size;
}

}  // namespace relata::detail
