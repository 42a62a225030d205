// SPDX-License-Identifier: BSL-1.0
/// \file
/// Connections of the SOCI driver for its tests.
#pragma once

#include "support.hpp"

#include <relata/soci.hpp>

namespace driver_tests {

using options = std::vector<std::pair<std::string, std::string>>;

inline std::unique_ptr<driver::connection>
connect_soci(std::string const& back_end, std::string const& database, options given = {}) {
    driver::address where;
    where.scheme = "soci+" + back_end;
    where.database = database;
    where.options = std::move(given);
    return relata::soci::driver_entry().connect(where);
}

}  // namespace driver_tests
