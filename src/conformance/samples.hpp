// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values of every type at its edges, which every driver must store and give back unchanged.
#pragma once

#include "conformance/value.hpp"

#include <string_view>
#include <vector>

namespace relata::conformance {

/// A type and values of it.
struct type_samples {
    std::string_view name;
    std::vector<value> values;
};

/// All types, each with its least value, its greatest, and those that are easily lost.
[[nodiscard]] std::vector<type_samples> const& all_samples();

}  // namespace relata::conformance
