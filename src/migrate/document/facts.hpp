// SPDX-License-Identifier: BSL-1.0
// What a page says of the parts of a table, in words that Markdown and HTML share.
#pragma once

#include "migrate/picture/parts.hpp"

#include <map>

namespace relata::migrate::document {

namespace catalog = schema::catalog;

struct incoming {
    catalog::table const* from;
    catalog::reference const* reference;
};
using incoming_references = std::map<catalog::table const*, std::vector<incoming>>;

/// Who refers to each table. Of all tables of the schema, also of those that are not shown.
[[nodiscard]] incoming_references incoming_of(catalog::schema const& from);

/// "SQLite", "PostgreSQL 15.2", …
[[nodiscard]] std::string product_name(catalog::schema const& from);

/// "12 tables, 2 views"
[[nodiscard]] std::string counts_of(catalog::schema const& from, std::size_t shown);

/// What the database puts into a column: its default or computation, as a text of SQL; or empty.
[[nodiscard]] std::string value_of(catalog::column const& c);
/// What else there is to say of it: "identity", "computed, stored", "collation C".
[[nodiscard]] std::string remarks_of(catalog::column const& c);

/// "on delete cascade, on update set null, deferrable", or empty.
[[nodiscard]] std::string rules_of(catalog::reference const& r);

/// "unique", "primary key", "gin", "where …" and the like.
[[nodiscard]] std::string remarks_of(catalog::index const& i);

/// "name value, name" of options.
[[nodiscard]] std::string words_of(std::vector<catalog::option> const& options);

/// An anchor of a page: what a link can name of any text, and no two texts have the same.
[[nodiscard]] std::string anchor(std::string_view kind, catalog::object_name const& name);

/// What is no table: a heading, and the SQL that shows the thing.
struct other_thing {
    std::string kind;
    std::string name;
    std::string comment;
    std::string definition;
};
/// Views, enumerations, domains, sequences, and the opaque ones.
[[nodiscard]] std::vector<other_thing> other_things(catalog::schema const& from);

}  // namespace relata::migrate::document
