// SPDX-License-Identifier: BSL-1.0
// The schema of a database against the one that it shall have.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/migrate/diff.hpp>

#include <string>

namespace relata::migrate {

/// The first things that differ, by name; empty when nothing does.
[[nodiscard]] std::string summary_of(schema_change const& change);
/// How the database differs from that schema, as a summary.
[[nodiscard]] std::string difference_from(connection& on, schema::catalog::schema const& expected);
/// Throws schema_drift unless the database has that schema, which is the one after `id`.
void demand_schema(connection& on, schema::catalog::schema const& expected, std::string const& id);
/// Throws invalid_argument unless the database has neither a schema nor a history.
void demand_empty(database const& scratch);

}  // namespace relata::migrate
