// SPDX-License-Identifier: BSL-1.0
// Parts of SQLite's DDL.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::sqlite {

/// A name in quotes. Throws invalid_schema for a name that SQLite cannot keep.
[[nodiscard]] std::string quote_name(std::string_view name);
/// Names in quotes, between commas.
[[nodiscard]] std::string quote_name(std::vector<std::string> const& names);
/// The value of an option, or null.
[[nodiscard]] std::string const* find(std::vector<schema::catalog::option> const& options,
                                      std::string_view name);

/// A column without keys, references and checks, as CREATE TABLE and ADD COLUMN take it.
[[nodiscard]] std::string column_text(schema::catalog::column const& column);
/// A foreign key from REFERENCES on.
[[nodiscard]] std::string references_text(schema::catalog::reference const& reference);
/// The whole statement, for a table called `name`.
[[nodiscard]] std::string create_table(schema::catalog::table const& table, std::string_view name);
[[nodiscard]] std::string create_index(schema::catalog::index const& index, std::string_view table);
[[nodiscard]] std::string create_view(schema::catalog::view const& view);

}  // namespace relata::migrate::sqlite
