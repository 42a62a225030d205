// SPDX-License-Identifier: BSL-1.0
/// \file
/// What changes one schema into another, as plain data.
#pragma once

#include <relata/schema/catalog.hpp>

#include <optional>
#include <string>
#include <vector>

namespace relata::migrate {

/// Something that is made (no `before`), dropped (no `after`) or altered.
template <class T> struct change {
    std::optional<T> before;
    std::optional<T> after;
};

/// What becomes of one table that is there before and after. Indexes, keys, references and checks
/// that differ under one name are one change with both; those without a name are dropped and made.
struct table_change {
    schema::catalog::table before;  ///< as it is, under its old name
    schema::catalog::table after;
    std::vector<change<schema::catalog::column>> columns;  ///< other names in both: renamed
    std::optional<change<schema::catalog::key>> primary;
    std::vector<change<schema::catalog::key>> uniques;
    std::vector<change<schema::catalog::index>> indexes;
    std::vector<change<schema::catalog::reference>> references;
    std::vector<change<schema::catalog::check>> checks;
    bool renamed = false;
    bool partitioning = false;  ///< differs
    bool comment = false;       ///< differs
    bool options = false;       ///< differ
    bool order = false;         ///< of the columns differs, where that is compared
};

/// A dropped and a created thing that may be one under another name. Columns, where `column` has
/// names, else tables.
struct possible_rename {
    schema::catalog::object_name table;     ///< after; of a table: its old name
    schema::catalog::object_name to_table;  ///< of a table: its new name
    std::string column;
    std::string to_column;

    friend bool operator==(possible_rename const&, possible_rename const&) = default;
};

struct schema_change {
    schema::catalog::engine engine = schema::catalog::engine::sqlite;
    schema::catalog::schema before;
    schema::catalog::schema after;
    std::vector<change<std::string>> spaces;
    std::vector<schema::catalog::table> created;
    std::vector<schema::catalog::table> dropped;
    std::vector<table_change> altered;
    std::vector<change<schema::catalog::view>> views;
    std::vector<change<schema::catalog::enumeration>> enumerations;
    std::vector<change<schema::catalog::domain>> domains;
    std::vector<change<schema::catalog::sequence>> sequences;
    std::vector<change<schema::catalog::opaque>> others;
    /// What must be told before anything can be planned: renamed, or dropped and made anew?
    std::vector<possible_rename> ambiguous;

    /// Whether nothing changes.
    [[nodiscard]] RELATA_EXPORT bool empty() const noexcept;
};

struct renamed_table {
    schema::catalog::object_name from;
    schema::catalog::object_name to;
};
struct renamed_column {
    schema::catalog::object_name table;  ///< its name after
    std::string from;
    std::string to;  ///< empty: dropped, not renamed
};

/// What a difference cannot know by itself, unless the comment of a table or column in the wanted schema says
/// it: `relata:renamed from=old`, or from="an old name"; SQLite has comments in the text of CREATE TABLE. Where
/// both name one thing, the comment is not heard. What structs say (`renamed_from`) comes as such comments. A mark
/// whose work is done is ignored. Marks may be chained in any order; a circle of them (a to b, b to a) is refused.
struct diff_options {
    std::vector<renamed_table> tables;  ///< an empty `to`: dropped, not renamed
    std::vector<renamed_column> columns;
    bool order = false;  ///< also compare the order of columns
};

/// What changes `before` into `after`. Both must come from the same engine, which has spelled their
/// types and expressions. A column that goes while another of its type comes in the same table, and a
/// table that goes while one with the same columns comes, are reported as ambiguous unless marked.
/// Marks in comments are no part of the schemas that it gives. Throws invalid_argument for schemas of two
/// engines, a circle of marks, and a mark in a comment that is not understood. Thread-safe.
[[nodiscard]] RELATA_EXPORT schema_change diff(schema::catalog::schema const& before,
                                               schema::catalog::schema const& after,
                                               diff_options const& options = {});

}  // namespace relata::migrate
