// SPDX-License-Identifier: BSL-1.0
/// \file
/// SQLite's result codes and words, as portable facts.
#pragma once

#include <relata/core/error.hpp>

#include <sqlite3.h>

namespace relata::sqlite_family {

/// What the connection's last error was. Constraint names are not looked up and the state of the
/// transaction is not filled; both are the connection's business. `code` is the extended code.
error_info describe(sqlite3* db, int code);

/// The names in "table.a, table.b", as SQLite lists the columns of a violated constraint.
void read_columns(std::string_view list, error_info& into);

}  // namespace relata::sqlite_family
