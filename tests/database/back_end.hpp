// SPDX-License-Identifier: BSL-1.0
/// \file
/// The database that a test program runs on: RELATA_TEST_BACKEND names the back end, and
/// RELATA_TEST_<BACKEND> has its URL.
#pragma once

#include <relata/relata.hpp>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace test {

/// Opens it. Without a URL the program says so and ends: its tests are skipped.
inline relata::database open_back_end() {
    auto const* name = std::getenv("RELATA_TEST_BACKEND");
    std::string variable = "RELATA_TEST_";
    for (auto const* c = name ? name : "sqlite"; *c; ++c)
        variable += static_cast<char>(std::toupper(static_cast<unsigned char>(*c)));
    if (auto const* url = std::getenv(variable.c_str())) return relata::open(url);
    std::printf("skipped: %s is not set\n", variable.c_str());
    std::exit(0);
}

}  // namespace test
