// SPDX-License-Identifier: BSL-1.0
/// \file
/// Tables in an order in which each comes after those that it references.
#pragma once

#include <relata/schema/model.hpp>

#include <vector>

namespace relata::dialect {

/// Tables that reference each other in a circle come in the order in which they were given.
[[nodiscard]] std::vector<schema::table const*>
referenced_first(std::vector<schema::table const*> const& tables);

/// Whether `other` comes before `table` in `ordered`, is the same, or is not among them.
[[nodiscard]] bool exists_before(std::vector<schema::table const*> const& ordered,
                                 schema::table const& table, schema::table_data const& other);

}  // namespace relata::dialect
