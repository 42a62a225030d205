// SPDX-License-Identifier: BSL-1.0
// Which right a user lacks, of what the database says.
#pragma once

#include <relata/core/error.hpp>

#include <string>

namespace relata::cli {

/// The next step after a permission_denied: the right to be granted where the database tells enough of it.
[[nodiscard]] std::string missing_right(error const& e);

}  // namespace relata::cli
