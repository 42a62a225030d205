// SPDX-License-Identifier: BSL-1.0
/// \file
/// How a driver that cannot be had is refused.
#pragma once

#include <relata/core/error.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace driver_tests {

/// Checks that `call` throws an error of this kind, whose one line of text has `text` in it.
inline void check_refused(relata::error_kind kind, std::string const& text, auto call) {
    try {
        call();
        FAIL_CHECK("not refused: " << text);
    } catch (relata::error const& e) {
        CHECK(name_of(e.kind()) == name_of(kind));
        CHECK_THAT(e.what(), Catch::Contains(text));
        CHECK(std::string_view(e.what()).find_first_of("\n\x1b") == std::string_view::npos);
    }
}

}  // namespace driver_tests
