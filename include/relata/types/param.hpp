// SPDX-License-Identifier: BSL-1.0
/// \file
/// One bound value on its way to a driver: plain data, no ownership.
#pragma once

#include <relata/types/type_info.hpp>

namespace relata {

/// A bound value. Numbers, decimals, dates and uuids are held by value; text, bytes and values with
/// a codec are views of the caller's object, which must live until the statement has run.
struct param {
    struct view {
        char const* data;
        std::size_t size;
    };
    struct wide {
        std::uint64_t low;
        std::int64_t high;
    };
    union {
        std::int64_t
            integer;  ///< boolean, all integers (uint64 as its bits), decimal mantissa, date as days
                      ///< since 1970-01-01, time, timestamp and instant in microseconds
        double real;            ///< float32, float64
        view chars;             ///< text, bounded_text, bytes, json, enumeration (its name)
        wide mantissa;          ///< decimal_wide, two's complement
        unsigned char raw[16];  ///< uuid
        void const*
            object;  ///< custom: the user's object; list: its first element; clause: dynamic part
    };
    type_info const* type;  ///< never null; for NULL the type that the value would have
    std::uint32_t count;    ///< list: number of elements; switch: 0 or 1
    relata::kind kind;      ///< plain kind of the value; `none` is NULL
    enum class role : std::uint8_t {
        value,   ///< one value
        list,    ///< `count` elements of `type`, for IN
        toggle,  ///< `when(flag, …)`: is the clause there?
        clause,  ///< a condition made at run time
    } role;
};
static_assert(sizeof(param) == 32);

namespace detail {

/// The value at `object` as a param: a view of it for text, bytes and types with a codec. A nullable
/// type's empty optional becomes NULL. Throws value_invalid for an enumerator without a name.
[[nodiscard]] RELATA_EXPORT param element(type_info const& type, void const* object);

}  // namespace detail
}  // namespace relata
