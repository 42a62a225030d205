// SPDX-License-Identifier: BSL-1.0
// What a type's spelling tells of the values that fit into it.
#pragma once

#include <relata/schema/catalog.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::values {

struct type {
    enum class family : unsigned char {
        integer,
        decimal,
        floating,
        text,
        bytes,
        date,
        timestamp,
        enumeration,  ///< ENUM and SET of MySQL
        other,
    };
    static constexpr std::int64_t unlimited = INT64_MAX;

    family is = family::other;
    std::string name;       ///< lower case, without what is in parentheses
    std::int64_t size = 0;  ///< bits, characters, or digits of a decimal
    std::int64_t scale = 0;
    bool is_unsigned = false;
    std::vector<std::string> labels;  ///< of an enumeration, with their quotes
};

[[nodiscard]] type type_of(std::string_view spelled, schema::catalog::engine engine);

enum class conversion : unsigned char {
    keeps,    ///< each value fits
    narrows,  ///< some values do not fit, or lose digits
    casts,    ///< each value is read anew as something else
};
/// \param engine SQLite bounds neither numbers nor texts by their type
[[nodiscard]] conversion conversion_of(type const& before, type const& after,
                                       schema::catalog::engine engine);

}  // namespace relata::migrate::values
