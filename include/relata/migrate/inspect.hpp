// SPDX-License-Identifier: BSL-1.0
/// \file
/// Reads the schema of a database, and writes the statements that make it.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/schema/catalog.hpp>

#include <string>
#include <vector>

namespace relata::migrate {

/// Reads the schema of the database that a connection is connected to, in a number of catalogue
/// queries that does not depend on the number of tables. The system's own objects are left out, and
/// the tables relata_migration, relata_migration_lock and relata_move.
/// Throws `relata::error` as any query does, and not_supported for an engine without migrations.
/// Uses the connection alone while it runs.
[[nodiscard]] RELATA_EXPORT schema::catalog::schema inspect(connection& from);

/// The statements that make this schema in an empty database of the same engine, in an order that
/// respects references, each without a semicolon at its end. Throws not_supported for what the engine
/// cannot have. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<std::string>
create_statements(schema::catalog::schema const& wanted);

}  // namespace relata::migrate
