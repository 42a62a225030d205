// SPDX-License-Identifier: BSL-1.0
/// \file
/// Scratch tables, statements and the ways that values take into a table, for values of any type.
#pragma once

#include "conformance/value.hpp"
#include "conformance/written.hpp"

#include <relata/driver/driver.hpp>
#include <relata/schema/model.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relata::conformance {

/// A column of T; std::optional<T> can be NULL.
template <class T> schema::column column(std::string name) {
    return {std::move(name), &type_of<T>, 0, 0};
}
schema::column column_of(std::string name, value_ops const& ops);

/// A table without a name, for `subject::create`; its first `keys` columns are the primary key.
schema::table table_of(std::vector<schema::column> columns, unsigned keys = 1);

/// A name as the dialect quotes it.
std::string quoted(driver::connection& on, std::string_view name);

/// Runs statements without values, such as DDL, see `written`.
void run_script(driver::connection& on, std::string_view sql);

/// Every '?' of a statement outside of quotes becomes the placeholder of the dialect.
std::string placed(driver::connection& on, std::string_view sql,
                   std::span<type_info const* const> types);

/// Prepares a statement with '?' for values of these types.
std::unique_ptr<driver::statement> prepare(driver::connection& on, std::string_view sql,
                                           std::vector<type_info const*> const& types = {});

/// Binds values and executes.
void execute(driver::statement& on, row_values const& values);

/// Prepares, executes, reads what there is to its end, and returns the affected rows.
std::int64_t execute(driver::connection& on, std::string_view sql, row_values const& values = {});

/// Reads the rest of the result and finishes.
std::vector<row_values> read_rest(driver::statement& from,
                                  std::vector<value_ops const*> const& columns);

/// Prepares, executes and reads all rows.
std::vector<row_values> read(driver::connection& on, std::string_view sql,
                             std::vector<value_ops const*> const& columns,
                             row_values const& values = {});

/// The one column of a query.
template <class T>
std::vector<T> read_column(driver::connection& on, std::string_view sql,
                           row_values const& values = {}) {
    std::vector<T> out;
    for (auto const& row : read(on, sql, {&ops_of<T>}, values))
        out.push_back(row[0].template as<T>());
    return out;
}

/// How many rows a table has.
std::int64_t count(driver::connection& on, schema::table const& table);

/// The ways into a table.
enum class path : std::uint8_t {
    ad_hoc,    ///< a statement prepared for each row
    prepared,  ///< one statement for all rows
    object,    ///< one statement, values read from memory by a source plan
    batch,     ///< bulk_insert
    literal,   ///< values written into the SQL text
};
inline constexpr path all_paths[] = {path::ad_hoc, path::prepared, path::object, path::batch,
                                     path::literal};
std::string_view name_of(path way);

/// INSERT INTO table (its columns) VALUES (?, …), with '?'.
std::string insert_text(driver::connection& on, schema::table const& table);

/// Inserts rows; batch runs in a transaction of its own. Returns how many were reported as inserted.
std::int64_t store(driver::connection& on, schema::table const& table,
                   std::vector<row_values> const& rows, path way);

/// All rows, ordered by the first column.
std::vector<row_values> read_table(driver::connection& on, schema::table const& table,
                                   std::vector<value_ops const*> const& columns);

}  // namespace relata::conformance
