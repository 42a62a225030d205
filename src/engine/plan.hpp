// SPDX-License-Identifier: BSL-1.0
//
// Destination and source plans of a query type, built once per prepared statement.

#pragma once

#include <relata/sql/query_info.hpp>
#include <relata/types/field.hpp>

#include <vector>

namespace relata::engine {

/// The plan for the rows of a query, or for the object that a command reads its values from.
std::vector<field> build_plan(sql::query_info const& query);

/// How many columns the result of the query has.
unsigned result_columns(std::vector<field> const& plan);

}  // namespace relata::engine
