// SPDX-License-Identifier: BSL-1.0
#include "core/nearest.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relata::detail {
namespace {

// Longer words are never suggested for; it also bounds the work.
constexpr std::size_t longest = 40;

char lower(char c) { return c >= 'A' && c <= 'Z' ? char(c - 'A' + 'a') : c; }

// Optimal string alignment distance, capitals ignored. Both words have at most `longest` letters.
unsigned mistakes(std::string_view a, std::string_view b) {
    using line = std::array<unsigned, longest + 1>;
    line before{};
    line last{};
    line now{};
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = unsigned(j);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        now[0] = unsigned(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            bool const same = lower(a[i - 1]) == lower(b[j - 1]);
            now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (same ? 0U : 1U)});
            bool const swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                                 lower(a[i - 2]) == lower(b[j - 1]);
            if (swapped) now[j] = std::min(now[j], before[j - 2] + 1);
        }
        before = std::exchange(last, now);
    }
    return last[b.size()];
}

}  // namespace

std::string_view nearest(std::string_view word, std::vector<std::string_view> const& candidates) {
    std::string_view best;
    if (word.empty() || word.size() > longest) return best;
    // one mistake in three letters is still the same word, more is another one
    auto fewest = unsigned(std::max<std::size_t>(1, word.size() / 3)) + 1;
    for (auto const candidate : candidates) {
        if (candidate.size() > longest) continue;
        auto const count = mistakes(word, candidate);
        if (count < fewest && count < candidate.size()) {
            fewest = count;
            best = candidate;
        }
    }
    return best;
}

}  // namespace relata::detail
