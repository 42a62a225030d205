// SPDX-License-Identifier: BSL-1.0
// What of a schema is made before the rows come, and what after them.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <vector>

namespace relata::migrate::moving {

/// Tables with their keys, without indexes and, but on SQLite, which cannot add them, without references.
[[nodiscard]] schema::catalog::schema first_stage_tables(schema::catalog::schema const& wanted);

/// … those that are not there yet.
[[nodiscard]] schema::catalog::schema first_stage(schema::catalog::schema const& wanted,
                                                  schema::catalog::schema const& there);

/// The statements that make the indexes and references that are not there yet.
[[nodiscard]] std::vector<std::string> second_stage(schema::catalog::schema const& wanted,
                                                    schema::catalog::schema const& there);

}  // namespace relata::migrate::moving
