// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors for values that cannot be sent or cannot be read as asked.
#pragma once

#include <relata/core/error.hpp>

#include <cstdint>
#include <string>

namespace relata::mysql_family {

/// Throws for a value that cannot be sent; `row` counts from 0 in a bulk insert and is -1 elsewhere.
[[noreturn]] void refuse_value(error_kind kind, unsigned placeholder, std::int64_t row);

/// Throws for a cell that cannot be read as asked.
[[noreturn]] void refuse_cell(error_kind kind, std::string column, std::string table,
                              transaction_state state);

}  // namespace relata::mysql_family
