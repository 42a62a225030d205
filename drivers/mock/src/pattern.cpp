// SPDX-License-Identifier: BSL-1.0

#include "pattern.hpp"

namespace relata::mock::detail {
namespace {

bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_word(char c) noexcept {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }

// Copies a text literal with its quotes; returns where it ends. A doubled quote begins another one.
std::size_t copy_literal(std::string_view sql, std::size_t at, std::string& out) {
    auto const end = sql.find('\'', at + 1);
    std::size_t const stop = end == sql.npos ? sql.size() : end + 1;
    out += sql.substr(at, stop - at);
    return stop;
}

// `$1` and `?1` of a placeholder; a `$` inside a name is none.
bool is_placeholder(std::string_view sql, std::size_t at) {
    if (sql[at] == '?') return true;
    bool const inside = at > 0 && is_word(sql[at - 1]);
    return sql[at] == '$' && !inside && at + 1 < sql.size() && is_digit(sql[at + 1]);
}

}  // namespace

std::string plain(std::string_view sql) {
    std::string out;
    bool space = false;
    for (std::size_t at = 0; at < sql.size();) {
        char const c = sql[at];
        if (is_space(c)) {
            space = true;
            ++at;
            continue;
        }
        if (space && !out.empty()) out += ' ';
        space = false;
        if (c == '\'') {
            at = copy_literal(sql, at, out);
        } else if (is_placeholder(sql, at)) {
            out += '?';
            while (++at < sql.size() && is_digit(sql[at])) {}
        } else {
            if (c != '"' && c != '`') out += lower(c);
            ++at;
        }
    }
    return out;
}

bool matches(std::string_view pattern, std::string_view text) noexcept {
    constexpr auto none = std::string_view::npos;
    std::size_t p = 0, t = 0;
    std::size_t star = none, tried = 0;  // after the last `*`: where to go on when a guess fails
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = ++p;
            tried = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star != none) {
            p = star;
            t = ++tried;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') ++p;
    return p == pattern.size();
}

}  // namespace relata::mock::detail
