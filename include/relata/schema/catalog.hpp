// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a database holds, as plain data: the canonical schema model of the migration tooling.
///
/// It is filled by introspection, by a snapshot file, or from the program's own tables. Types and
/// expressions are the text that the engine itself gives for them, never our own reading of them:
/// two schemas of one engine are compared after the engine has spelled both.
#pragma once

#include <relata/core/export.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relata::schema::catalog {

enum class engine : std::uint8_t { sqlite, postgresql, mysql, mariadb };

/// Name of an object, with the namespace (schema) it lies in; `space` is empty on SQLite and MySQL,
/// and in the default namespace of PostgreSQL (`public`, or see schema::by_search_path).
struct object_name {
    std::string space;
    std::string name;

    friend bool operator==(object_name const&, object_name const&) = default;
    friend auto operator<=>(object_name const&, object_name const&) = default;
};

/// A clause of one engine that the model does not interpret, kept by name so that it is compared and
/// written again: {"storage", "external"}, {"engine", "InnoDB"}, {"strict", ""}.
struct option {
    std::string name;
    std::string value;

    friend bool operator==(option const&, option const&) = default;
};

enum class identity : std::uint8_t {
    none,
    by_default,      ///< the database makes the value when none is given
    always,          ///< … and a given one is refused
    auto_increment,  ///< SQLite: AUTOINCREMENT, numbers are never used again; MySQL: AUTO_INCREMENT
};
enum class computed : std::uint8_t { none, stored, on_read };

struct column {
    std::string name;
    std::string type;  ///< with length, precision and signedness, as the engine spells it
    bool nullable = true;
    std::optional<std::string> default_value;  ///< an SQL expression
    catalog::identity identity = catalog::identity::none;
    catalog::computed computed = catalog::computed::none;
    std::string expression;  ///< of a computed column
    std::string collation;   ///< empty: that of the table or database
    std::string comment;
    std::vector<option> options;  ///< sorted by name

    friend bool operator==(column const&, column const&) = default;
};

/// A part of an index or key: a column or an expression.
struct part {
    std::string column;      ///< empty: an expression
    std::string expression;  ///< SQL, without the parentheses around it
    bool descending = false;
    std::vector<option> options;  ///< "collate", "operators", "nulls", "length"

    friend bool operator==(part const&, part const&) = default;
};

/// A primary key or unique constraint.
struct key {
    std::string name;  ///< empty where the engine knows none
    std::vector<part> parts;
    std::string comment;
    std::vector<option> options;  ///< "deferrable", "include", "nulls not distinct", "on conflict"

    friend bool operator==(key const&, key const&) = default;
};

struct index {
    std::string name;
    bool unique = false;
    std::vector<part> parts;
    std::vector<std::string> include;  ///< further columns that a covering index carries
    std::string method;                ///< btree, gin, fulltext, …; empty: the engine's usual one
    std::string where;                 ///< condition of a partial index
    std::string comment;
    std::vector<option> options;

    friend bool operator==(index const&, index const&) = default;
};

enum class action : std::uint8_t { no_action, restrict, cascade, set_null, set_default };

/// A foreign key.
struct reference {
    std::string name;  ///< empty where the engine knows none
    std::vector<std::string> columns;
    object_name other;
    std::vector<std::string> other_columns;
    action deleted = action::no_action;
    action updated = action::no_action;
    std::string comment;
    std::vector<option> options;  ///< "deferrable", "match", "not valid"

    friend bool operator==(reference const&, reference const&) = default;
};

struct check {
    std::string name;  ///< empty where the engine knows none
    std::string condition;
    std::string comment;
    std::vector<option> options;  ///< "not valid", "no inherit", "not enforced"

    friend bool operator==(check const&, check const&) = default;
};

/// How the rows of a partitioned table are spread, in the engine's words.
struct partitioning {
    std::string by;                  ///< RANGE (created_at); empty: the table is not partitioned
    object_name parent;              ///< PostgreSQL: the table that this one is a partition of
    std::string bound;               ///< … and its bound
    std::vector<std::string> parts;  ///< MySQL: definition of each partition, in order

    friend bool operator==(partitioning const&, partitioning const&) = default;
};

struct table {
    object_name name;
    std::vector<column> columns;  ///< in the table's order
    std::optional<key> primary;
    std::vector<key> uniques;  ///< these lists are sorted by name, then by their columns
    std::vector<index> indexes;
    std::vector<reference> references;
    std::vector<check> checks;
    catalog::partitioning partitioning;
    std::string comment;
    std::vector<option> options;  ///< sorted by name
    /// Rows as the engine's statistics estimate them, -1 = unknown. Not part of a comparison.
    std::int64_t estimated_rows = -1;

    /// Whether all but the estimated rows is equal.
    friend RELATA_EXPORT bool operator==(table const&, table const&) noexcept;
};

struct view {
    object_name name;
    std::string query;          ///< the SELECT, as the engine gives it back
    bool materialized = false;  ///< its indexes are in `indexes`
    std::vector<index> indexes;
    std::string comment;
    std::vector<option> options;

    friend bool operator==(view const&, view const&) = default;
};

struct enumeration {
    object_name name;
    std::vector<std::string> labels;  ///< in order
    std::string comment;

    friend bool operator==(enumeration const&, enumeration const&) = default;
};

struct domain {
    object_name name;
    std::string type;
    bool nullable = true;
    std::optional<std::string> default_value;
    std::string collation;
    std::vector<check> checks;
    std::string comment;

    friend bool operator==(domain const&, domain const&) = default;
};

/// A sequence that is not the engine's own for an identity column.
struct sequence {
    object_name name;
    std::string owner;  ///< table.column whose default uses it and with which it is dropped
    std::vector<option>
        options;  ///< "start", "increment", "minimum", "maximum", "cache", "cycle", "type"
    std::string comment;

    friend bool operator==(sequence const&, sequence const&) = default;
};

/// Something kept as text by name: never interpreted, never dropped silently.
struct opaque {
    std::string kind;  ///< "trigger", "function", "procedure", "event", "extension", "type", …
    object_name name;  ///< PostgreSQL: of a function with the types of its arguments
    object_name on;    ///< the table of a trigger or policy
    std::string definition;            ///< statement that makes it
    std::vector<option> options = {};  ///< how to make it: MySQL's "sql_mode", "order" of a trigger

    friend bool operator==(opaque const&, opaque const&) = default;
};

/// Something in a schema: kind is "table", "view", "type" (an enumeration or a domain), "sequence", or
/// that of an opaque one.
struct thing {
    std::string kind;
    object_name name;

    friend bool operator==(thing const&, thing const&) = default;
    friend auto operator<=>(thing const&, thing const&) = default;
};

/// That something can be made only when another thing is there, as the engine's catalogue knows it.
struct dependency {
    thing of;
    thing on;

    friend bool operator==(dependency const&, dependency const&) = default;
    friend auto operator<=>(dependency const&, dependency const&) = default;
};

/// The schema of one database. Lists are sorted by name.
struct schema {
    catalog::engine engine = catalog::engine::sqlite;
    std::string version;              ///< of the server; not part of a comparison
    std::vector<std::string> spaces;  ///< PostgreSQL: namespaces besides `public`
    std::vector<table> tables;
    std::vector<view> views;
    std::vector<enumeration> enumerations;
    std::vector<domain> domains;
    std::vector<sequence> sequences;
    std::vector<opaque> others;
    /// PostgreSQL: sorted; decides the order of statements, and is not part of a comparison.
    std::vector<dependency> dependencies;
    /// PostgreSQL: read from a URL with a `search_path`. Its first namespace, and no other, is what is here,
    /// as the default one: neither names nor expressions have it, so that the schema, and plans to and from
    /// it, hold in any namespace that a search path begins with. Not part of a comparison.
    bool by_search_path = false;

    /// The table of this name, or null.
    [[nodiscard]] RELATA_EXPORT table const* find(object_name const& name) const noexcept;

    /// Whether all is equal that is part of a comparison.
    friend RELATA_EXPORT bool operator==(schema const&, schema const&) noexcept;
};

}  // namespace relata::schema::catalog
