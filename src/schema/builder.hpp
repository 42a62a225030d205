// SPDX-License-Identifier: BSL-1.0
/// \file
/// Builds the run-time model of a table from its constant description, and checks it.
#pragma once

#include <relata/schema/model.hpp>

namespace relata::schema {

/// Throws invalid_schema for a description that no back end could keep.
[[nodiscard]] table build_model(table_data const& data);

/// Throws invalid_schema for names that are not allowed or occur twice, for keys that cannot be
/// indexed everywhere and for defaults and collations that do not fit their column.
void check_model(table const& table);

}  // namespace relata::schema
