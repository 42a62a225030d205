// SPDX-License-Identifier: BSL-1.0
/// \file
/// SQLite's result codes, as portable facts.
#pragma once

#include <relata/core/error.hpp>

#include <sqlite3.h>

namespace tiny {

/// What went wrong. The state of the transaction is not filled in.
relata::error_info describe(sqlite3* db, int code);

/// Our words for a value that cannot be sent or read.
char const* words(relata::error_kind kind) noexcept;

}  // namespace tiny
