// SPDX-License-Identifier: BSL-1.0
/// \file
/// Makes text from outside fit for an error message.
#pragma once

#include <string>
#include <string_view>

namespace relata::detail {

/// The text on one line: control characters as \xNN, and "…" for what exceeds `most` bytes.
[[nodiscard]] std::string shown(std::string_view text, std::size_t most = 200);

}  // namespace relata::detail
