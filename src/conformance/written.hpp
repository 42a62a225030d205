// SPDX-License-Identifier: BSL-1.0
/// \file
/// The kit's own SQL, as the dialect at hand wants it. Cases write words of SQL in capitals, names in
/// small letters and without quotes, and SELECT without FROM where they read no table.
#pragma once

#include <relata/driver/driver.hpp>

#include <string>
#include <string_view>

namespace relata::conformance {

/// The same statement for this database: where names without quotes become capitals they get quotes,
/// and where SELECT must read a table it reads one with a single row. Texts, comments, and names in
/// front of a parenthesis, which are functions, stay as they are.
std::string written(driver::connection const& on, std::string_view sql);

}  // namespace relata::conformance
