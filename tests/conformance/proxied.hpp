// SPDX-License-Identifier: BSL-1.0
//
// What the tests of the proxy before a database server share.

#pragma once

#include "database/back_end.hpp"

#include <cstdio>
#include <cstdlib>

namespace test {

/// Whether there is no server behind a network, so that the test is skipped, as this says once.
inline bool no_server() {
    if (std::getenv("RELATA_TEST_BACKEND") && !on("sqlite")) return false;
    [[maybe_unused]] static int const said =
        std::puts("skipped: tests before a database server, RELATA_TEST_BACKEND names none");
    return true;
}

}  // namespace test
