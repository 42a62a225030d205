// SPDX-License-Identifier: BSL-1.0
/// \file
/// What SQLite says about an error of SOCI's sqlite3 back end. Handles are plain addresses here:
/// SOCI declares SQLite's types once more, in a namespace of its own.
#pragma once

#include <relata/core/error.hpp>

#include <string_view>

namespace relata::soci::detail {

/// The last error of the connection. `words` is SOCI's text, used where SQLite knows of no error.
/// An interrupted statement was `cancelled`, else its time was over.
[[nodiscard]] error_info explain_sqlite3(void* db, std::string words, std::string_view sql,
                                         bool cancelled);

/// json_valid as relata's tables want it; 0 when it could be made.
[[nodiscard]] int add_json_valid_sqlite3(void* db) noexcept;
void remove_json_valid_sqlite3(void* db) noexcept;

/// The reference that a failed COMMIT has found broken.
void name_open_reference_sqlite3(void* db, error_info& info);

/// Why SOCI could not open a file; it has closed its handle by then.
[[nodiscard]] error_info why_sqlite3_did_not_open(std::string words);

}  // namespace relata::soci::detail
