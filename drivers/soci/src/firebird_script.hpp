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

}  // namespace relata::soci::detail
