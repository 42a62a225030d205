// SPDX-License-Identifier: BSL-1.0
// What is asked of whoever sits at the terminal.
#pragma once

#include "cli/output.hpp"

#include <optional>
#include <string_view>

namespace relata::cli {

/// Whether somebody can be asked: input and messages are those of a terminal, and the result is not for
/// a program.
[[nodiscard]] bool can_ask(output const& out);

/// Asks until the answer is yes or no. \return nothing at the end of the input
[[nodiscard]] std::optional<bool> ask(output const& out, std::string_view question);

}  // namespace relata::cli
