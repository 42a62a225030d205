// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values of every type at its edges, which every driver must store and give back unchanged.
#pragma once

#include "conformance/storage.hpp"
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

/// The values that the database has room for, on their way into a table.
[[nodiscard]] std::vector<value> that_fit(driver::capabilities const& can,
                                          std::vector<value> const& values, path way);

/// All samples, of them the values that the database has room for; see `that_fit`.
[[nodiscard]] std::vector<type_samples> samples_for(driver::capabilities const& can,
                                                    path way = path::prepared);

/// Characters of a text.
[[nodiscard]] std::size_t characters_of(std::string_view text) noexcept;

}  // namespace relata::conformance
