// SPDX-License-Identifier: BSL-1.0
/// \file
/// The function that CHECKs of JSON columns call.
#pragma once

#include <sqlite3.h>

namespace relata::sqlite_family {

/// Makes json_valid of a connection judge as relata does. Returns SQLite's code.
int add_json_valid(sqlite3* db) noexcept;

/// Gives SQLite's own json_valid back.
void remove_json_valid(sqlite3* db) noexcept;

}  // namespace relata::sqlite_family
