// SPDX-License-Identifier: BSL-1.0
//
// Fills into an error what the database does not say but the program's tables do.

#pragma once

#include <relata/core/error.hpp>
#include <relata/sql/node.hpp>

namespace relata::engine {

/// Completes constraint, table and columns of a constraint violation from the tables of the query.
void complete_names(error_info& info, sql::node const* tree);

}  // namespace relata::engine
