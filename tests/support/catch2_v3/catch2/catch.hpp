// SPDX-License-Identifier: BSL-1.0
#pragma once
/// \file
/// Gives Catch2 3 the single header name and the matchers of Catch2 2, so that one spelling serves both.
#include <catch2/catch_all.hpp>

#include <string>

using Catch::Approx;

namespace Catch {

using Matchers::Equals;

inline Matchers::StringContainsMatcher Contains(std::string const& text) {
    return Matchers::ContainsSubstring(text);
}

}  // namespace Catch
