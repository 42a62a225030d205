// SPDX-License-Identifier: BSL-1.0
/// \file
/// The rules of a query for what was added to it at run time.
#pragma once

#include <relata/sql/node.hpp>

namespace relata::sql {

/// Every column of the clause belongs to a table of the chain, and in a query with groups to the
/// groups if `grouped`. Throws invalid_argument, which names the table.
void check_clause(node const* chain, clause const& c, bool grouped = false);

/// The same for an expression whose params begin at `params`.
void check_expression(node const* chain, node const* e, param const* params, bool grouped = false);

/// Checks all conditions made at run time that stand in a statement.
void check_statement(node const* chain, param const* params);

/// Whether the query has groups or aggregates.
[[nodiscard]] bool is_aggregated(node const* chain);

}  // namespace relata::sql
