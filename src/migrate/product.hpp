// SPDX-License-Identifier: BSL-1.0
// What the migration tooling asks of an engine. Each engine has a room with the same files:
// inspect*.cpp reads its catalogue, create*.cpp writes its DDL.
#pragma once

#include "migrate/locking.hpp"

#include <relata/migrate/inspect.hpp>
#include <relata/migrate/plan.hpp>

namespace relata::migrate {

struct product {
    schema::catalog::schema (*inspect)(connection& from);
    std::vector<std::string> (*create_statements)(schema::catalog::schema const& wanted);
    std::vector<step> (*plan)(schema_change const& changes, plan_options const& options);
    locking const* lock;
};

/// The engine of a connection. Throws not_supported for one without migrations.
[[nodiscard]] schema::catalog::engine engine_of(connection const& c);

[[nodiscard]] product const& product_of(schema::catalog::engine engine);

namespace sqlite {
[[nodiscard]] schema::catalog::schema inspect(connection& from);
[[nodiscard]] std::vector<std::string> create_statements(schema::catalog::schema const& wanted);
[[nodiscard]] std::vector<step> plan(schema_change const& changes, plan_options const& options);
}  // namespace sqlite
namespace postgresql {
[[nodiscard]] schema::catalog::schema inspect(connection& from);
[[nodiscard]] std::vector<std::string> create_statements(schema::catalog::schema const& wanted);
[[nodiscard]] std::vector<step> plan(schema_change const& changes, plan_options const& options);
}  // namespace postgresql
/// MySQL and MariaDB.
namespace mysql {
[[nodiscard]] schema::catalog::schema inspect(connection& from);
[[nodiscard]] std::vector<std::string> create_statements(schema::catalog::schema const& wanted);
[[nodiscard]] std::vector<step> plan(schema_change const& changes, plan_options const& options);
}  // namespace mysql

}  // namespace relata::migrate
