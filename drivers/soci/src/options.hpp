// SPDX-License-Identifier: BSL-1.0
/// \file
/// The options of a soci URL. Those of servers are the native drivers' own.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::soci::detail {

/// Names for `entry::options`, each with the scheme that has it.
extern char const* const option_names[];

/// Throws invalid_url for an option that this back end does not have.
void check_options(driver::address const& where, std::string_view back_end);

struct sqlite3_options {
    int busy_timeout = 5000;             ///< milliseconds to wait for another connection's lock
    std::int64_t statement_timeout = 0;  ///< milliseconds, 0: none
    std::string mode = "rwc";            ///< rwc, rw or ro
};

/// Throws invalid_url.
[[nodiscard]] sqlite3_options read_sqlite3_options(driver::address const& where);

}  // namespace relata::soci::detail
