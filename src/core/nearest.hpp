// SPDX-License-Identifier: BSL-1.0
/// \file
/// Finds the word that somebody probably meant, for "did you mean" in error texts.
#pragma once

#include <string_view>
#include <vector>

namespace relata::detail {

/// The candidate that differs from `word` by the fewest typing mistakes (a letter too many, missing,
/// wrong, or two swapped), the first of equals; empty when none is near enough to be meant.
[[nodiscard]] std::string_view nearest(std::string_view word,
                                       std::vector<std::string_view> const& candidates);

}  // namespace relata::detail
