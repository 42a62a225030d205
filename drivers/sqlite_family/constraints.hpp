// SPDX-License-Identifier: BSL-1.0
/// \file
/// Finds the names of violated constraints, which SQLite does not tell.
#pragma once

#include <relata/core/error.hpp>

#include <string_view>

#include <sqlite3.h>

namespace relata::sqlite_family {

/// Completes `info` for a violated key, unique index or check: constraint and table.
void name_constraint(sqlite3* db, error_info& info);

/// Completes `info` for a broken reference by running `failed`, which is still bound, once more
/// inside a savepoint with the check deferred, and looking which reference is broken then.
/// Everything is rolled back; the database is as it was.
void name_reference(sqlite3* db, sqlite3_stmt* failed, error_info& info);

/// The same for a COMMIT that failed: the broken reference is in the database already.
void name_open_reference(sqlite3* db, error_info& info);

}  // namespace relata::sqlite_family
