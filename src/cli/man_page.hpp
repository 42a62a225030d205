// SPDX-License-Identifier: BSL-1.0
// The help as a page for the program man.
#pragma once

#include "cli/session.hpp"

namespace relata::cli {

/// The page in man's language, with all commands.
/// \param settings  what is said of the environment, as lines
[[nodiscard]] std::string man_page(command const& all, std::string const& version,
                                   std::string const& settings);

}  // namespace relata::cli
