// SPDX-License-Identifier: BSL-1.0
/// \file
/// The options of a connection URL, checked.
#pragma once

#include "state.hpp"

#include <relata/driver/driver.hpp>

namespace relata::mock::detail {

/// The script that a URL means. Throws invalid_url, or database_not_found.
std::shared_ptr<state> script_of(driver::address const& where);

/// Names of all options, ended by nullptr.
extern char const* const option_names[];

}  // namespace relata::mock::detail
