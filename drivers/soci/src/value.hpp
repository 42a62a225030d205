// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values between relata's encoders and SOCI's back ends: plain, owned where SOCI keeps addresses.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relata::soci::detail {

/// How a database keeps what its own types cannot keep exactly.
enum class storage : std::uint8_t {
    typed,  ///< dates, times, decimals, wide numbers: types of their own
    plain,  ///< numbers and texts only; see relata/types/sortable.hpp and calendar.hpp
};

/// A value on its way to the database.
struct bound {
    enum class form : std::uint8_t { null, integer, unsigned_integer, real, text, bytes };
    form is = form::null;
    std::int64_t integer = 0;  ///< unsigned_integer: its bits
    double real = 0;
    std::string text;  ///< text and bytes
};

/// What a cell of a result holds. Views live until the next row.
struct content {
    enum class form : std::uint8_t {
        null,
        integer,           ///< `integer`
        real,              ///< `real`
        boolean,           ///< `integer`: 0 or 1
        unsigned_integer,  ///< `integer`: its bits
        decimal,           ///< `text`: digits with a point
        text,
        bytes,
        octets,  ///< bytes, or a text that the database keeps as bytes
        date,
        time,
        timestamp,
        instant,
        moment,  ///< either of the two
        uuid,    ///< `text`: with hyphens
        json,
        other,  ///< a type that nothing can be read from
    };
    form is = form::null;
    std::int64_t integer = 0;
    double real = 0;
    std::string_view text;
};

}  // namespace relata::soci::detail
