// SPDX-License-Identifier: BSL-1.0
/// \file
/// Owners of SQLite's handles.
#pragma once

#include <memory>

#include <sqlite3.h>

namespace relata::sqlite_family {

struct close_database {
    void operator()(sqlite3* db) const noexcept { sqlite3_close_v2(db); }
};
using database_handle = std::unique_ptr<sqlite3, close_database>;

struct finalize_statement {
    void operator()(sqlite3_stmt* s) const noexcept { sqlite3_finalize(s); }
};
using statement_handle = std::unique_ptr<sqlite3_stmt, finalize_statement>;

}  // namespace relata::sqlite_family
