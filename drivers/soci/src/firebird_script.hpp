// SPDX-License-Identifier: BSL-1.0
/// \file
/// The single statements of a script for Firebird, which takes one at a time.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::soci::detail {

/// A script with a BEGIN is one statement: a body has semicolons inside.
[[nodiscard]] std::vector<std::string> firebird_statements(std::string_view sql);

/// Whether it is a block, which holds statements of its own.
[[nodiscard]] bool is_block(std::string_view sql);

/// The table that a CREATE INDEX names, as the catalogue has it; empty when it names none.
[[nodiscard]] std::string table_of_index(std::string_view sql);

}  // namespace relata::soci::detail
