// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/history_row.hpp"
#include "migrate/effects/effects.hpp"
#include "migrate/move/journal.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>
#include <relata/dialect/dialect.hpp>

namespace relata::migrate {

schema::catalog::engine engine_of(connection const& c) {
    using schema::catalog::engine;
    switch (c.spelling().id()) {
    case dialect::family::sqlite: return engine::sqlite;
    case dialect::family::postgresql: return engine::postgresql;
    case dialect::family::mysql: return engine::mysql;
    case dialect::family::mariadb: return engine::mariadb;
    case dialect::family::firebird: break;
    }
    error_info info;
    info.kind = error_kind::not_supported;
    info.message = "schemas are read from SQLite, PostgreSQL, MySQL and MariaDB only";
    throw error(std::move(info));
}

namespace {

// What the migrators themselves keep in the database, or in namespaces of tenants, is no part of its schema.
void leave_out_own_tables(schema::catalog::schema& of) {
    std::erase_if(of.tables, [](auto const& table) {
        return table.name.name == history_table || table.name.name == lock_table ||
               table.name.name == moving::journal_table;
    });
}

std::string question(possible_rename const& about) {
    auto const what = about.column.empty() ? "table " + about.table.name
                                           : "column " + about.table.name + "." + about.column;
    return "it is not said whether " + what + " becomes " +
           (about.column.empty() ? about.to_table.name : about.to_column) +
           ", or is dropped and that one new";
}

}  // namespace

product const& product_of(schema::catalog::engine engine) {
    static constexpr product on_sqlite{sqlite::inspect, sqlite::create_statements, sqlite::plan,
                                       &sqlite::migration_lock};
    static constexpr product on_postgresql{postgresql::inspect, postgresql::create_statements,
                                           postgresql::plan, &postgresql::migration_lock};
    static constexpr product on_mysql{mysql::inspect, mysql::create_statements, mysql::plan,
                                      &mysql::migration_lock};
    switch (engine) {
    case schema::catalog::engine::sqlite: return on_sqlite;
    case schema::catalog::engine::postgresql: return on_postgresql;
    default: return on_mysql;
    }
}

schema::catalog::schema inspect(connection& from) {
    auto const engine = engine_of(from);
    auto found = product_of(engine).inspect(from);
    found.engine = engine;
    leave_out_own_tables(found);
    return found;
}

std::vector<std::string> create_statements(schema::catalog::schema const& wanted) {
    return product_of(wanted.engine).create_statements(wanted);
}

std::vector<step> plan(schema_change const& changes, plan_options const& options) {
    if (!changes.ambiguous.empty())
        throw error(error_kind::invalid_argument, question(changes.ambiguous.front()));
    auto steps = product_of(changes.engine).plan(changes, options);
    effects::add(steps, changes);
    return steps;
}

}  // namespace relata::migrate
