// SPDX-License-Identifier: BSL-1.0
/// \file
/// `decimal<P, S>`: an exact decimal number, for money and measures.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/detail/decimal_core.hpp>
#include <relata/types/detail/raise.hpp>
#include <relata/types/type_info.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

namespace relata {

template <unsigned P, unsigned S> class decimal;

namespace detail {

template <class T>
concept whole_number =
    std::integral<T> && sizeof(T) <= 8 && !std::same_as<T, bool> && !std::same_as<T, char> &&
    !std::same_as<T, wchar_t> && !std::same_as<T, char8_t> && !std::same_as<T, char16_t> &&
    !std::same_as<T, char32_t>;

// Not constexpr and not defined: a call from a literal stops the compiler, which shows the name.
void a_decimal_literal_is_digits_with_at_most_one_point();
void a_decimal_literal_has_at_most_38_digits();

}  // namespace detail

/// An exact decimal constant, written `"19.90"_dec`; becomes any `decimal` that can hold it.
struct decimal_literal {
    detail::int128 mantissa = 0;  ///< the digits, without the point
    unsigned scale = 0;           ///< how many of them follow the point

    friend constexpr decimal_literal operator-(decimal_literal a) noexcept {
        return {-a.mantissa, a.scale};
    }
};

inline namespace literals {

/// Reads `[+-]digits[.digits]`, at most 38 digits; anything else is a compile error.
consteval decimal_literal operator""_dec(char const* text, std::size_t size) {
    std::size_t at = size > 0 && (text[0] == '-' || text[0] == '+') ? 1 : 0;
    bool const negative = at == 1 && text[0] == '-';
    decimal_literal result;
    bool point = false;
    bool digit = false;
    for (; at < size; ++at) {
        if (text[at] == '.' && digit && !point) {
            point = true;
            digit = false;
            continue;
        }
        if (text[at] < '0' || text[at] > '9') {
            detail::a_decimal_literal_is_digits_with_at_most_one_point();
        }
        digit = true;
        if (point) ++result.scale;
        if (result.mantissa >= detail::pow10(37) || result.scale > 38) {
            detail::a_decimal_literal_has_at_most_38_digits();
        }
        result.mantissa = result.mantissa * 10 + (text[at] - '0');
    }
    if (!digit) detail::a_decimal_literal_is_digits_with_at_most_one_point();
    return negative ? -result : result;
}

}  // namespace literals

/// An exact number of at most `P` decimal digits (1 to 38), `S` of them (0 to P) after the point:
/// NUMERIC(P, S). Nothing is ever rounded unless a rounding mode is named, and a result that needs
/// more than P digits throws out_of_range. There is no conversion from floating point.
///
/// Up to 18 digits it is the size of an int64, beyond that of a 128-bit integer.
template <unsigned P, unsigned S> class decimal {
    static_assert(P >= 1 && P <= detail::max_digits, "decimal<P, S>: P must be 1 to 38");
    static_assert(S <= P, "decimal<P, S>: S must be 0 to P");

public:
    /// The type of the mantissa.
    using rep = std::conditional_t<(P <= 18), std::int64_t, detail::int128>;

    static constexpr unsigned precision = P;  ///< digits in all
    static constexpr unsigned scale = S;      ///< digits after the point

    /// Zero.
    constexpr decimal() = default;

    /// A whole number. Throws out_of_range if it has more than P - S digits.
    template <detail::whole_number T> constexpr decimal(T value) : mantissa_(scaled(value)) {}

    /// A literal. Throws out_of_range if it has more than S digits after the point or more than
    /// P - S before it; a compile error if the decimal is a constant.
    constexpr decimal(decimal_literal literal)
        : mantissa_(rescaled(literal.mantissa, literal.scale)) {}

    /// A decimal of no more digits after the point. Implicit where no value of the other type can
    /// fail; otherwise explicit, and throws out_of_range if the value needs more digits.
    template <unsigned P2, unsigned S2>
        requires(S2 <= S)
    constexpr explicit(P2 - S2 > P - S) decimal(decimal<P2, S2> other)
        : mantissa_(rescaled(other.mantissa(), S2)) {}

    /// The number `mantissa / 10^S`. Throws out_of_range beyond P digits.
    [[nodiscard]] static constexpr decimal from_mantissa(rep mantissa) { return checked(mantissa); }

    /// Reads `[+-]digits[.digits]`. Throws value_invalid for other text, and out_of_range for more
    /// than S digits after the point or more than P - S before it.
    [[nodiscard]] static decimal from_string(std::string_view text) {
        return raw(static_cast<rep>(detail::decimal_from_string(text, P, S)));
    }

    /// The lowest and the highest value: P nines.
    [[nodiscard]] static constexpr decimal min() noexcept {
        return raw(static_cast<rep>(1 - detail::pow10(P)));
    }
    [[nodiscard]] static constexpr decimal max() noexcept {
        return raw(static_cast<rep>(detail::pow10(P) - 1));
    }

    /// The number times 10^S.
    [[nodiscard]] constexpr rep mantissa() const noexcept { return mantissa_; }

    /// All digits, exactly S of them after the point: `-0.05`, `19.90`.
    [[nodiscard]] std::string to_string() const { return detail::decimal_to_string(mantissa_, S); }

    /// The nearest double; digits beyond about 15 are lost.
    [[nodiscard]] double to_double() const noexcept {
        return detail::decimal_to_double(mantissa_, S);
    }

    /// The number with `S2` digits after the point, rounded as `mode` says when that is fewer.
    /// Throws out_of_range if more digits are asked for than 38 can hold.
    template <unsigned S2> [[nodiscard]] constexpr auto round_to(rounding mode) const {
        static_assert(S2 <= detail::max_digits, "round_to<S>: S must be 0 to 38");
        if constexpr (S2 > S) {
            constexpr unsigned wanted = P + S2 - S;
            return decimal<(wanted < detail::max_digits ? wanted : detail::max_digits), S2>(*this);
        } else {
            using result = decimal<P, S2>;
            return result::raw(
                static_cast<typename result::rep>(detail::drop_digits(mantissa_, S - S2, mode)));
        }
    }

    friend constexpr decimal operator+(decimal a) noexcept { return a; }
    friend constexpr decimal operator-(decimal a) noexcept { return raw(-a.mantissa_); }

    friend constexpr decimal operator+(decimal a, decimal b) {
        rep sum = 0;
        if (__builtin_add_overflow(a.mantissa_, b.mantissa_, &sum)) overflow();
        return checked(sum);
    }
    friend constexpr decimal operator-(decimal a, decimal b) { return a + -b; }

    /// Exact; throws out_of_range beyond P digits.
    template <detail::whole_number T> friend constexpr decimal operator*(decimal a, T b) {
        rep product = 0;
        if (__builtin_mul_overflow(a.mantissa_, b, &product)) overflow();
        return checked(product);
    }
    template <detail::whole_number T> friend constexpr decimal operator*(T a, decimal b) {
        return b * a;
    }

    constexpr decimal& operator+=(decimal other) { return *this = *this + other; }
    constexpr decimal& operator-=(decimal other) { return *this = *this - other; }
    template <detail::whole_number T> constexpr decimal& operator*=(T factor) {
        return *this = *this * factor;
    }

private:
    template <unsigned P2, unsigned S2> friend class decimal;

    [[noreturn]] static void overflow() {
        detail::raise_out_of_range("decimal needs more digits than its precision");
    }

    static constexpr decimal raw(rep mantissa) noexcept {
        decimal result;
        result.mantissa_ = mantissa;
        return result;
    }

    static constexpr decimal checked(rep mantissa) {
        if (!detail::fits(mantissa, P)) overflow();
        return raw(mantissa);
    }

    static constexpr rep scaled(detail::int128 value) {
        if (!detail::fits(value, P - S)) overflow();
        return static_cast<rep>(value * detail::pow10(S));
    }

    static constexpr rep rescaled(detail::int128 mantissa, unsigned from) {
        if (from > S) {
            detail::raise_out_of_range("decimal has more digits after the point than its scale");
        }
        if (!detail::fits(mantissa, P - S + from)) overflow();
        return static_cast<rep>(mantissa * detail::pow10(S - from));
    }

    rep mantissa_ = 0;  // the only member: drivers read and write it in place
};

/// Exact: the digits after the point add up. Throws out_of_range beyond 38 digits.
template <unsigned P, unsigned S, unsigned P2, unsigned S2>
    requires(S + S2 <= detail::max_digits)
[[nodiscard]] constexpr auto operator*(decimal<P, S> a, decimal<P2, S2> b) {
    constexpr unsigned precision = P + P2 < detail::max_digits ? P + P2 : detail::max_digits;
    using result = decimal<precision, S + S2>;
    typename result::rep product = 0;
    if (__builtin_mul_overflow(a.mantissa(), b.mantissa(), &product)) {
        detail::raise_out_of_range("decimal needs more digits than its precision");
    }
    return result::from_mantissa(product);
}

/// `a / b` in the type of `a`, rounded as `mode` says. Throws division_by_zero, and out_of_range if
/// the quotient needs more than P digits.
template <unsigned P, unsigned S, unsigned P2, unsigned S2>
[[nodiscard]] decimal<P, S> divide(decimal<P, S> a, decimal<P2, S2> b, rounding mode) {
    auto const quotient = detail::divide_scaled(a.mantissa(), b.mantissa(), S2, mode);
    if (!detail::fits(quotient, P)) {
        detail::raise_out_of_range("decimal needs more digits than its precision");
    }
    return decimal<P, S>::from_mantissa(static_cast<typename decimal<P, S>::rep>(quotient));
}
template <unsigned P, unsigned S, detail::whole_number T>
[[nodiscard]] decimal<P, S> divide(decimal<P, S> a, T b, rounding mode) {
    return divide(a, decimal<20, 0>(b), mode);
}

/// Order by value, across all precisions and scales; also with whole numbers and literals.
template <unsigned P, unsigned S, unsigned P2, unsigned S2>
[[nodiscard]] constexpr bool operator==(decimal<P, S> a, decimal<P2, S2> b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b.mantissa(), S2) == 0;
}
template <unsigned P, unsigned S, unsigned P2, unsigned S2>
[[nodiscard]] constexpr std::strong_ordering operator<=>(decimal<P, S> a,
                                                         decimal<P2, S2> b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b.mantissa(), S2);
}
template <unsigned P, unsigned S, detail::whole_number T>
[[nodiscard]] constexpr bool operator==(decimal<P, S> a, T b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b, 0) == 0;
}
template <unsigned P, unsigned S, detail::whole_number T>
[[nodiscard]] constexpr std::strong_ordering operator<=>(decimal<P, S> a, T b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b, 0);
}
template <unsigned P, unsigned S>
[[nodiscard]] constexpr bool operator==(decimal<P, S> a, decimal_literal b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b.mantissa, b.scale) == 0;
}
template <unsigned P, unsigned S>
[[nodiscard]] constexpr std::strong_ordering operator<=>(decimal<P, S> a,
                                                         decimal_literal b) noexcept {
    return detail::compare_scaled(a.mantissa(), S, b.mantissa, b.scale);
}

namespace detail {
template <unsigned P, unsigned S> struct type_info_of<decimal<P, S>> {
    static constexpr type_info value = [] {
        type_info t = simple_type<decimal<P, S>>(P <= 18 ? kind::decimal : kind::decimal_wide);
        t.precision = P;
        t.scale = S;
        return t;
    }();
};
}  // namespace detail

}  // namespace relata
