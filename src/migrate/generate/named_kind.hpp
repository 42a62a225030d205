// SPDX-License-Identifier: BSL-1.0
// Types by their names, in a list of one's own.
#pragma once

#include "migrate/generate/cpp_type.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace relata::migrate::generate {

using named_kind = std::pair<std::string_view, relata::kind>;

/// The type without bounds that the list has under this name; kind none: it has none.
template <std::size_t N>
cpp_type find_kind(std::array<named_kind, N> const& names, std::string_view name) {
    auto const at = std::find_if(names.begin(), names.end(),
                                 [&](auto const& each) { return each.first == name; });
    return {at == names.end() ? relata::kind::none : at->second, 0, 0, 0, {}};
}

}  // namespace relata::migrate::generate
