// SPDX-License-Identifier: BSL-1.0
/// \file
/// From a connection URL to libpq's keywords, with safe defaults.
#pragma once

#include <relata/driver/driver.hpp>

#include <string>
#include <utility>
#include <vector>

namespace relata::postgresql_family {

struct connect_options {
    std::vector<std::pair<char const*, std::string>> keywords;  ///< for PQconnectdbParams
    int connect_timeout = 10;                                   ///< seconds for each host
    int read_timeout = 0;                                       // seconds; 0: no limit
    bool several_hosts = false;
    bool named_statements = true;
    std::string statement_timeout;  ///< milliseconds; empty: the server's
    std::string search_path;        ///< empty: the server's
};

/// Names of the URL options, ended by nullptr.
extern char const* const option_names[];

/// Throws invalid_url for a value that an option does not allow.
[[nodiscard]] connect_options read_options(driver::address const& where);

}  // namespace relata::postgresql_family
