// SPDX-License-Identifier: BSL-1.0
// How the catalogue of MySQL and MariaDB is read: one query for each kind of thing, whose rows are
// put in their places here.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/schema/catalog.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
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
/// SQL that reads a column of MySQL's catalogue which holds expressions: the server takes their UTF-8
/// for Latin-1. Text that is right already, and that which no Latin-1 can be, stays.
[[nodiscard]] std::string recoded(std::string_view column);
/// SQL text without the name of its own database before tables, functions and sequences.
[[nodiscard]] std::string without_database(std::string_view sql, std::string_view database);

/// Whether a program's text is not what was written: MySQL's catalogue shows texts in it without their
/// escapes, so that '\'' is read as '''.
[[nodiscard]] inline bool is_damaged(reading const& r, std::string_view body) {
    return !r.mariadb && body.find_first_of("'\"") != body.npos;
}
/// MySQL keeps the semicolon that came after a program in a text of several statements.
inline void trim_end(std::string& body) { body.resize(body.find_last_not_of("; \t\r\n") + 1); }
/// What SHOW CREATE says of a "TRIGGER", "EVENT", "FUNCTION" or "PROCEDURE".
[[nodiscard]] std::string shown_statement(reading& r, std::string_view kind, std::string_view name);
/// The part of it behind a header. Throws protocol_error when it is not there.
[[nodiscard]] std::string behind(std::string_view shown, std::string_view header);
/// The body of a routine in it.
[[nodiscard]] std::string routine_body(std::string_view shown);

/// Adds an option unless its value is empty.
inline void add_option(std::vector<catalog::option>& to, std::string_view name, std::string value) {
    if (!value.empty()) to.push_back({std::string(name), std::move(value)});
}
inline void sort_options(std::vector<catalog::option>& options) {
    std::ranges::sort(options, {}, [](auto const& o) { return std::tie(o.name, o.value); });
}

}  // namespace relata::migrate::mysql
