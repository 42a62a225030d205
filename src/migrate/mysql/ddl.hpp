// SPDX-License-Identifier: BSL-1.0
// The statements that make tables, in the parts that a change of a table takes as well.
#pragma once

#include <relata/schema/catalog.hpp>

#include <string>
#include <vector>

namespace relata::migrate::mysql {

namespace catalog = schema::catalog;

/// `name` type …, as in CREATE TABLE and behind ADD COLUMN.
[[nodiscard]] std::string column_clause(catalog::table const& table, catalog::column const& column);
[[nodiscard]] std::string primary_clause(catalog::key const& key);
[[nodiscard]] std::string unique_clause(catalog::key const& key);
[[nodiscard]] std::string index_clause(catalog::index const& index);
[[nodiscard]] std::string reference_clause(catalog::reference const& reference,
                                           catalog::engine engine);
[[nodiscard]] std::string check_clause(catalog::check const& check);
/// Engine, collation, comment and what else follows the parentheses, without partitions.
[[nodiscard]] std::string options_clause(catalog::table const& table);
/// PARTITION BY …; empty for a table that is not partitioned.
[[nodiscard]] std::string partition_clause(catalog::partitioning const& partitioning);

/// Whether the check stands in the line of the column whose name it has.
[[nodiscard]] bool is_of_column(catalog::check const& check);

/// With these of its references.
[[nodiscard]] std::string create_table(catalog::table const& table, catalog::engine engine,
                                       std::vector<catalog::reference const*> const& references);
[[nodiscard]] std::string create_view(catalog::view const& view);
[[nodiscard]] std::string create_sequence(catalog::sequence const& sequence);

}  // namespace relata::migrate::mysql
