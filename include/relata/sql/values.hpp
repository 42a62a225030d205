// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a C++ value becomes a bound value of a column's type, and which values may.
#pragma once

#include <relata/types/codec.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/json.hpp>
#include <relata/types/param.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/uuid.hpp>

#include <type_traits>

namespace relata::detail {

/// What can be compared with what: values of one family.
enum class value_family : std::uint8_t {
    none,
    boolean,
    integer,
    real,
    decimal,
    text,
    bytes,
    date,
    time,
    timestamp,
    instant,
    uuid,
    json,
    own
};

constexpr value_family family_of(kind k) {
    switch (k) {
    case kind::boolean: return value_family::boolean;
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32:
    case kind::uint64: return value_family::integer;
    case kind::float32:
    case kind::float64: return value_family::real;
    case kind::decimal:
    case kind::decimal_wide: return value_family::decimal;
    case kind::text:
    case kind::bounded_text: return value_family::text;
    case kind::bytes: return value_family::bytes;
    case kind::date: return value_family::date;
    case kind::time: return value_family::time;
    case kind::timestamp: return value_family::timestamp;
    case kind::instant: return value_family::instant;
    case kind::uuid: return value_family::uuid;
    case kind::json: return value_family::json;
    case kind::enumeration:
    case kind::custom: return value_family::own;
    case kind::object:
    case kind::none: break;
    }
    return value_family::none;
}

template <class T> inline constexpr value_family family = family_of(kind_of<T>);

template <class T> inline constexpr bool is_decimal = false;
template <unsigned P, unsigned S> inline constexpr bool is_decimal<decimal<P, S>> = true;

template <class B>
inline constexpr bool is_whole_number =
    std::is_integral_v<B> && !std::is_same_v<B, bool> && !std::is_same_v<B, char>;

/// Whether a value of type B can stand where a column of type V stands. Both plain (not optional).
template <class V, class B> consteval bool can_bind() {
    constexpr auto f = family<V>;
    if constexpr (f == value_family::text) return std::is_convertible_v<B const&, std::string_view>;
    else if constexpr (f == value_family::integer) return is_whole_number<B>;
    else if constexpr (f == value_family::real)
        return std::is_floating_point_v<B> || is_whole_number<B>;
    else if constexpr (f == value_family::decimal)
        return is_whole_number<B> || is_decimal<B> || std::is_same_v<B, decimal_literal>;
    else if constexpr (f == value_family::date || f == value_family::timestamp ||
                       f == value_family::instant)
        return std::is_convertible_v<B const&, V>;
    else return std::is_same_v<V, B>;
}

// The type under which B is bound where V stands: V itself, or a wider one that B needs, so that no
// value is cut before the database compares it.
template <class V, class B> struct bound_as {
    using type = V;
};
template <class V, class B>
    requires(family<V> == value_family::integer && is_whole_number<B>)
struct bound_as<V, B> {
    static constexpr bool fits =
        sizeof(B) < sizeof(V) ||
        (sizeof(B) == sizeof(V) && std::is_signed_v<V> == std::is_signed_v<B>);
    using type = std::conditional_t<fits || kind_of<V> == kind::uint64, V, std::int64_t>;
};
template <class V, class B>
    requires(family<V> == value_family::real)
struct bound_as<V, B> {
    using type =
        std::conditional_t<kind_of<V> == kind::float32 && std::is_same_v<B, float>, float, double>;
};
template <unsigned P, unsigned S, unsigned P2, unsigned S2>
    requires(S2 > S || P2 - S2 > P - S)
struct bound_as<decimal<P, S>, decimal<P2, S2>> {
    using type = decimal<P2, S2>;
};
// text is one type on the wire: columns of different bounds share their shapes
template <std::size_t N, class B> struct bound_as<text<N>, B> {
    using type = std::string;
};

template <class V, class B> using bound_t = typename bound_as<V, std::remove_cvref_t<B>>::type;

RELATA_EXPORT std::int64_t checked_int64(std::uint64_t value);   // throws out_of_range
RELATA_EXPORT std::uint64_t checked_uint64(std::int64_t value);  // throws out_of_range
RELATA_EXPORT std::string_view checked_enumerator(enum_info const& names,
                                                  std::int64_t value);  // throws value_invalid

[[noreturn]] RELATA_EXPORT void refuse_row_count();  // throws invalid_argument

/// A count of rows for LIMIT and OFFSET; back ends differ in what they take a negative one for.
constexpr std::int64_t row_count(std::int64_t count) {
    if (count < 0) refuse_row_count();
    return count;
}

constexpr param empty_param(type_info const& type, kind k) {
    param p{};
    p.type = &type;
    p.kind = k;
    p.role = param::role::value;
    return p;
}

constexpr param null_param(type_info const& type) { return empty_param(type, kind::none); }

constexpr param number_param(type_info const& type, std::int64_t value) {
    param p = empty_param(type, type.kind);
    p.integer = value;
    return p;
}

constexpr param chars_param(type_info const& type, char const* data, std::size_t size) {
    param p = empty_param(type, type.kind);
    p.chars = {data, size};
    return p;
}

template <class W, class B> constexpr param integer_param(B value) {
    if constexpr (std::is_signed_v<W> && std::is_unsigned_v<B> && sizeof(B) == 8)
        return number_param(type_of<W>, value > std::uint64_t(INT64_MAX) ? checked_int64(value)
                                                                         : std::int64_t(value));
    else if constexpr (std::is_unsigned_v<W> && std::is_signed_v<B>)
        return number_param(type_of<W>,
                            value < 0 ? std::int64_t(checked_uint64(value)) : std::int64_t(value));
    else return number_param(type_of<W>, std::int64_t(value));
}

/// Binds b as a W, a plain type that `bound_t` chose.
template <class W, class B> constexpr param as_param(B const& b) {
    constexpr kind k = kind_of<W>;
    constexpr auto f = family_of(k);
    if constexpr (f == value_family::text) {
        std::string_view const text(b);
        return chars_param(type_of<W>, text.data(), text.size());
    } else if constexpr (f == value_family::integer) {
        return integer_param<W, B>(b);
    } else if constexpr (f == value_family::real) {
        param p = empty_param(type_of<W>, k);
        p.real = double(b);
        return p;
    } else if constexpr (f == value_family::boolean) {
        return number_param(type_of<W>, b);
    } else if constexpr (k == kind::decimal) {
        return number_param(type_of<W>, W(b).mantissa());
    } else if constexpr (k == kind::decimal_wide) {
        param p = empty_param(type_of<W>, k);
        auto const m = W(b).mantissa();
        p.mantissa = {std::uint64_t(m), std::int64_t(m >> 64)};
        return p;
    } else if constexpr (k == kind::date) {
        return number_param(type_of<W>, days_since_epoch(W(b)));
    } else if constexpr (k == kind::timestamp || k == kind::instant) {
        return number_param(type_of<W>, W(b).time_since_epoch().count());
    } else if constexpr (k == kind::time) {
        return number_param(type_of<W>, b.microseconds());
    } else if constexpr (k == kind::uuid) {
        param p = empty_param(type_of<W>, k);
        for (int i = 0; i < 16; ++i) p.raw[i] = b.bytes[i];
        return p;
    } else if constexpr (k == kind::json) {
        return chars_param(type_of<W>, b.text().data(), b.text().size());
    } else if constexpr (k == kind::bytes) {
        return chars_param(type_of<W>, reinterpret_cast<char const*>(b.data()), b.size());
    } else if constexpr (k == kind::enumeration) {
        auto const name = checked_enumerator(*type_of<W>.names, std::int64_t(b));
        return chars_param(type_of<W>, name.data(), name.size());
    } else {
        static_assert(k == kind::custom);
        param p = empty_param(type_of<W>, k);
        p.object = &b;
        return p;
    }
}

/// Binds b, NULL when it is an empty optional.
template <class W, class B> constexpr param as_optional_param(B const& b) {
    if constexpr (std::is_same_v<B, std::nullopt_t>) return null_param(type_of<W>);
    else if constexpr (is_optional<B>) return b ? as_param<W>(*b) : null_param(type_of<W>);
    else return as_param<W>(b);
}

// A default value in a table's description.
template <class T, class Value> constexpr param constant_param(Value const& value) {
    constexpr bool allowed = can_bind<T, Value>();
    static_assert(allowed, "relata: a column's default has the type of the column");
    return as_param<bound_t<T, Value>>(value);
}

}  // namespace relata::detail
