// SPDX-License-Identifier: BSL-1.0
// The order in which things are made that need each other.
#pragma once

#include <cstddef>
#include <vector>

namespace relata::migrate::mysql {

/// The numbers 0 … count-1, each after those that `needs(number)` lists, as far as circles allow.
template <class F> std::vector<std::size_t> in_order(std::size_t count, F const& needs) {
    std::vector<std::size_t> out;
    std::vector<bool> seen(count);
    auto const visit = [&](auto const& self, std::size_t i) -> void {
        if (seen[i]) return;
        seen[i] = true;
        for (std::size_t const other : needs(i)) self(self, other);
        out.push_back(i);
    };
    for (std::size_t i = 0; i < count; ++i) visit(visit, i);
    return out;
}

}  // namespace relata::migrate::mysql
