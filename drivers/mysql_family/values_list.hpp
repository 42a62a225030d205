// SPDX-License-Identifier: BSL-1.0
/// \file
/// INSERT … VALUES (…), (…), … with many rows in one statement.
#pragma once

#include <relata/driver/driver.hpp>

#include <string>

namespace relata::mysql_family {

/// The statement that inserts `rows` rows of placeholders.
std::string insert_text(driver::bulk_target const& target, unsigned rows);

/// How many rows of this many columns a statement may have.
unsigned rows_at_once(unsigned columns);

/// Throws the error again with its row counted from the first row of all: a server counts from the
/// start of its statement, which began with row `first`.
[[noreturn]] void raise_from(error const& e, std::int64_t first);

}  // namespace relata::mysql_family
