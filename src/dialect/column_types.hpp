// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a column of each kind is stored: its type, and the condition that keeps other values out.
#pragma once

#include <relata/dialect/dialect.hpp>

#include <string>

namespace relata::dialect {

/// The type's name in a CREATE TABLE, with its collation. Throws not_supported if there is none.
[[nodiscard]] std::string column_type(schema::column const& c, dialect const& spelling);

/// The condition that the type alone does not guarantee; empty if there is none.
[[nodiscard]] std::string implicit_check(schema::column const& c, dialect const& spelling);

/// "VARCHAR(20)"
[[nodiscard]] std::string sized(char const* name, unsigned size);

/// Bounds of an integer that is stored in a wider type, as "BETWEEN 0 AND 255"; empty for none.
[[nodiscard]] std::string range_of(kind k);

}  // namespace relata::dialect
