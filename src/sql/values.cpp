// SPDX-License-Identifier: BSL-1.0
//
// The cold ends of binding: values that their column's type cannot hold.

#include <relata/sql/values.hpp>

#include <relata/core/error.hpp>
#include <relata/sql/change.hpp>

namespace relata::detail {

std::int64_t checked_int64(std::uint64_t value) {
    if (value > std::uint64_t(INT64_MAX))
        fail(error_kind::out_of_range,
             "an unsigned number above 2^63 - 1 cannot be bound where a signed one stands");
    return std::int64_t(value);
}

std::uint64_t checked_uint64(std::int64_t value) {
    if (value < 0)
        fail(error_kind::out_of_range,
             "a negative number cannot be bound where an unsigned one stands");
    return std::uint64_t(value);
}

std::string_view checked_enumerator(enum_info const& names, std::int64_t value) {
    auto const name = enumerator_name(names, value);
    if (!name.data())
        fail(error_kind::value_invalid, "the enumeration's value is none of its names");
    return name;
}

void refuse_row_count() {
    fail(error_kind::invalid_argument, "limit() and offset() take a count of rows, from 0");
}

void refuse_key() {
    fail(error_kind::out_of_range, "the value is outside the range of the primary key's type");
}

}  // namespace relata::detail
