// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors as data, for tests that provoke them.
#pragma once

#include <relata/core/error.hpp>

#include <catch2/catch.hpp>

#include <string>
#include <string_view>

namespace test {

/// What an action throws. Fails the test when it throws nothing, or when what() is not one line that
/// begins with the code of the kind.
template <class Action> relata::error_info thrown(Action action) {
    try {
        action();
    } catch (relata::error const& e) {
        std::string_view const what = e.what();
        CAPTURE(what, e.info().native_message);
        CHECK(what.starts_with(relata::code_of(e.kind())));
        CHECK(what.find('\n') == std::string_view::npos);
        return e.info();
    }
    FAIL("nothing was thrown");
    return {};
}

/// The same for a statement that was given `secret`, which what() must not hold.
template <class Action> relata::error_info thrown_without(std::string_view secret, Action action) {
    return thrown([&] {
        try {
            action();
        } catch (relata::error const& e) {
            CAPTURE(e.what());
            CHECK(std::string_view(e.what()).find(secret) == std::string_view::npos);
            throw;
        }
    });
}

/// The kind of the error that an action throws; `unknown` if it throws none.
template <class Action> relata::error_kind refusal(Action action) {
    try {
        action();
    } catch (relata::error const& e) {
        return e.kind();
    }
    return relata::error_kind::unknown;
}

template <class Action> std::string kind_thrown(Action action) {
    return std::string(relata::name_of(thrown(action).kind));
}

}  // namespace test
