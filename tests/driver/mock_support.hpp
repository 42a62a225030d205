// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors as data, for tests of the mock driver.
#pragma once

#include <relata/core/error.hpp>

#include <catch2/catch.hpp>

#include <string_view>

namespace mock_tests {

/// The error that `call` throws, whose what() is one line. Fails the test when it throws none.
inline relata::error_info refused(auto call) {
    try {
        call();
    } catch (relata::error const& e) {
        CHECK(std::string_view(e.what()).find('\n') == std::string_view::npos);
        return e.info();
    }
    FAIL("nothing was refused");
    return {};
}

}  // namespace mock_tests
