// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a number is represented in an expression. Only SQLite needs to know: it keeps decimals as
/// scaled integers, and wide ones as sortable text.
#pragma once

#include <relata/types/type_info.hpp>

namespace relata::dialect {

enum class number_shape : std::uint8_t {
    natural,  ///< the database's own type; nothing to convert
    scaled,   ///< an integer: the value times 10^scale
    real,     ///< a floating point number
    wide,     ///< sortable text of a decimal with `precision` digits
    u64,      ///< sortable text of a uint64
};

struct form {
    number_shape shape = number_shape::natural;
    unsigned char precision = 0;
    unsigned char scale = 0;

    friend bool operator==(form const&, form const&) = default;
};

/// The type that is stored: without the optional, and the codec's for a custom type.
[[nodiscard]] inline type_info const& stored_type(type_info const& t) {
    auto const& p = t.plain();
    return p.kind == kind::custom ? p.codec->stored->plain() : p;
}

[[nodiscard]] inline bool is_small_integer(kind k) {
    return k >= kind::int8 && k <= kind::uint64 && k != kind::uint64;
}
[[nodiscard]] inline bool is_integer(kind k) { return k >= kind::int8 && k <= kind::uint64; }
[[nodiscard]] inline bool is_real(kind k) { return k == kind::float32 || k == kind::float64; }
[[nodiscard]] inline bool is_decimal(kind k) {
    return k == kind::decimal || k == kind::decimal_wide;
}
[[nodiscard]] inline bool is_text(kind k) {
    return k == kind::text || k == kind::bounded_text || k == kind::enumeration;
}

}  // namespace relata::dialect
