// SPDX-License-Identifier: BSL-1.0
/// \file
/// The database on which the programs of the documentation run: the one under test, else SQLite.
#pragma once

#include <cstdlib>
#include <string>

namespace docs {

inline std::string url() {
    auto const* backend = std::getenv("RELATA_TEST_BACKEND");
    if (!backend) return "sqlite::memory:";
    std::string name = "RELATA_TEST_";
    for (char const* c = backend; *c; ++c) name += char(*c - 'a' + 'A');
    auto const* url = std::getenv(name.c_str());
    return url ? url : "sqlite::memory:";
}

}  // namespace docs
