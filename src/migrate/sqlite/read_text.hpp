// SPDX-License-Identifier: BSL-1.0
// Reads the statements that SQLite keeps in sqlite_schema.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string_view>

namespace relata::migrate::sqlite {

class reader;

/// A table from its CREATE TABLE, without indexes. Constraints are the same whether they stand with
/// their column or with the table.
[[nodiscard]] schema::catalog::table read_table(std::string_view text, std::string const& name);
/// Constraints of columns, and of the table (read_constraints.cpp).
void read_column(reader& from, schema::catalog::table& to);
void read_table_constraint(reader& from, schema::catalog::table& to);

/// Marks of renames in comments: of the column in whose line they stand or which comes next, or, in the line of
/// the table's parenthesis, of the table.
/// \param columns  where the definition of each column begins in the text
void read_marks(std::string_view text, std::vector<std::size_t> const& columns,
                schema::catalog::table& to);

[[nodiscard]] schema::catalog::index
read_index(std::string_view text, schema::catalog::table const& on, std::string const& name);
[[nodiscard]] schema::catalog::view read_view(std::string_view text, std::string const& name);

}  // namespace relata::migrate::sqlite
