// SPDX-License-Identifier: BSL-1.0
// How the catalogue of MySQL and MariaDB is read: one query for each kind of thing, whose rows are
// put in their places here.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/schema/catalog.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::mysql {

namespace catalog = schema::catalog;

/// What is being filled, and from where.
struct reading {
    connection& from;
    catalog::schema& found;
    bool mariadb;
    std::string database;  ///< in which the connection is

    /// Null for a thing that came up after its list was read.
    [[nodiscard]] catalog::table* table(std::string_view name) const {
        auto& all = found.tables;
        auto const at = std::ranges::lower_bound(
            all, name, {}, [](auto const& t) -> std::string_view { return t.name.name; });
        return at != all.end() && at->name.name == name ? &*at : nullptr;
    }
};

/// Fills the list of tables, without their parts, and that of sequences.
void read_tables(reading& r);
void read_columns(reading& r);
/// Primary keys, unique keys and other indexes.
void read_indexes(reading& r);
void read_references(reading& r);
void read_checks(reading& r);
void read_partitions(reading& r);
void read_sequences(reading& r);
void read_views(reading& r);
void read_triggers(reading& r);
void read_routines(reading& r);
void read_events(reading& r);

/// MySQL gives expressions with a backslash before each quote and backslash.
[[nodiscard]] std::string unescaped(std::string_view text);
/// SQL text without the name of its own database before tables, functions and sequences.
[[nodiscard]] std::string without_database(std::string_view sql, std::string_view database);

/// Adds an option unless its value is empty.
inline void add_option(std::vector<catalog::option>& to, std::string_view name, std::string value) {
    if (!value.empty()) to.push_back({std::string(name), std::move(value)});
}
inline void sort_options(std::vector<catalog::option>& options) {
    std::ranges::stable_sort(options, {}, &catalog::option::name);
}

}  // namespace relata::migrate::mysql
