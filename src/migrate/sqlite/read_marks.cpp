// SPDX-License-Identifier: BSL-1.0
// SQLite has no comments but those in the text that it keeps.

#include "migrate/diff_rules.hpp"
#include "migrate/sqlite/read_text.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

// Calls f(offset, comment, whether it has its line for itself) for each comment between two tokens.
template <class F> void each_comment(std::string_view text, std::size_t at, std::size_t end, F f) {
    bool own_line = false;
    while (at < end) {
        bool const line = text.substr(at, 2) == "--";
        if (!line && text.substr(at, 2) != "/*") {
            own_line = own_line || text[at] == '\n';
            ++at;
            continue;
        }
        auto const start = at;
        auto const close = line ? text.find('\n', at) : text.find("*/", at + 2);
        at = close == text.npos ? text.size() : close + (line ? 0 : 2);
        f(start, text.substr(start, at - start), own_line);
    }
}

}  // namespace

void read_marks(std::string_view text, std::vector<std::size_t> const& columns,
                schema::catalog::table& to) {
    if (only_marks(text).empty()) return;
    auto const add = [&](std::size_t at, std::string_view comment, bool own_line) {
        if (comment.ends_with("*/")) comment.remove_suffix(2);
        auto const found = only_marks(comment);
        if (found.empty()) return;
        // the first one behind it
        auto place =
            std::size_t(std::upper_bound(columns.begin(), columns.end(), at) - columns.begin());
        if (own_line && place == columns.size()) return;
        if (!own_line && place == 0) {
            to.comment = found;
            return;
        }
        to.columns[own_line ? place : place - 1].comment = found;
    };
    std::size_t last = 0;
    for (auto const& token : tokens_of(text)) {
        auto const start = std::size_t(token.text.data() - text.data());
        each_comment(text, last, start, add);
        last = start + token.text.size();
    }
}

}  // namespace relata::migrate::sqlite
