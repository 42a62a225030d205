// SPDX-License-Identifier: BSL-1.0
/// \file
/// MySQL sends a FLOAT as text with six digits, and nine are needed. As a DOUBLE it comes whole.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::soci::detail {

/// Whether the statement may give rows.
[[nodiscard]] bool may_give_rows(std::string_view sql);

/// The statement with `+0e0` added to those columns of its result; empty where its list of columns
/// does not show them one by one.
[[nodiscard]] std::string widen_floats(std::string_view sql, std::vector<bool> const& columns);

}  // namespace relata::soci::detail
