// SPDX-License-Identifier: BSL-1.0
/// \file
/// The options of a connection URL, checked.
#pragma once

#include <relata/driver/driver.hpp>

#include <cstdint>
#include <string>

namespace relata::sqlite::detail {

enum class open_mode : std::uint8_t { read_only, read_write, create };

struct options {
    std::string path;
    bool in_memory = false;
    open_mode mode = open_mode::create;
    std::int64_t busy_timeout = 5000;    // ms
    std::int64_t statement_timeout = 0;  // ms, 0 = none
    std::string journal_mode;            // empty: leave as it is
    std::string synchronous;
    std::string locking_mode;  // empty: leave as it is
    std::string cache_size;    // empty: leave as it is
};

/// Throws invalid_url with the option's name and the values it takes.
options read_options(driver::address const& where);

/// Names of all options, ended by nullptr.
extern char const* const option_names[];

}  // namespace relata::sqlite::detail
