// SPDX-License-Identifier: BSL-1.0

#include "migrate/folder/lexer.hpp"
#include "migrate/characters.hpp"

#include <algorithm>

namespace relata::migrate {

namespace {

using schema::catalog::engine;
using piece_kind = piece::kind;

constexpr bool is_mysql(engine e) { return e == engine::mysql || e == engine::mariadb; }

piece line_comment(std::string_view text, std::size_t at) {
    return {piece_kind::comment, std::min(text.find('\n', at), text.size())};
}

piece block_comment(std::string_view text, std::size_t at, bool nested) {
    std::size_t depth = 1;
    for (at += 2; at + 1 < text.size(); ++at) {
        if (text.substr(at, 2) == "*/") {
            ++at;
            if (--depth == 0) return {piece_kind::comment, at + 1};
        } else if (nested && text.substr(at, 2) == "/*") {
            ++depth;
            ++at;
        }
    }
    return {piece_kind::unclosed, text.size()};
}

// `escapes`: a backslash takes the next character with it.
piece in_quotes(std::string_view text, std::size_t at, bool escapes, bool unclear) {
    char const quote = text[at] == '[' ? ']' : text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] == '\\' && escapes) {
            ++at;
        } else if (text[at] == quote) {
            if (unclear && text[at - 1] == '\\') return {piece_kind::unclear, text.size()};
            if (quote == ']' || at + 1 >= text.size() || text[at + 1] != quote)
                return {piece_kind::quoted, at + 1};
            ++at;
        }
    }
    return {piece_kind::unclosed, text.size()};
}

// $tag$ … $tag$
piece in_dollars(std::string_view text, std::size_t at) {
    auto end = at + 1;
    while (end < text.size() && text[end] != '$' && is_word(text[end])) ++end;
    bool const number = end > at + 1 && is_digit(text[at + 1]);
    if (end >= text.size() || text[end] != '$' || number) return {piece_kind::symbol, at + 1};
    auto const tag = text.substr(at, end + 1 - at);
    auto const close = text.find(tag, end + 1);
    if (close == std::string_view::npos) return {piece_kind::unclosed, text.size()};
    return {piece_kind::quoted, close + tag.size()};
}

bool begins_line_comment(std::string_view text, std::size_t at, engine e) {
    if (text[at] == '#') return is_mysql(e);
    if (text.substr(at, 2) != "--") return false;
    return !is_mysql(e) || at + 2 >= text.size() || is_space(text[at + 2]);
}

}  // namespace

piece piece_at(std::string_view text, std::size_t at, engine e) {
    char const c = text[at];
    auto end = at + 1;
    if (is_space(c)) {
        while (end < text.size() && is_space(text[end])) ++end;
        return {piece_kind::space, end};
    }
    if (begins_line_comment(text, at, e)) return line_comment(text, at);
    if (text.substr(at, 2) == "/*") return block_comment(text, at, e == engine::postgresql);
    if (c == '\'' || c == '"') return in_quotes(text, at, false, is_mysql(e));
    if (c == '`' && e != engine::postgresql) return in_quotes(text, at, false, false);
    if (c == '[' && e == engine::sqlite) return in_quotes(text, at, false, false);
    if (e == engine::postgresql) {
        if (c == '$') return in_dollars(text, at);
        if (lower(c) == 'e' && text.substr(at + 1, 1) == "'")
            return in_quotes(text, at + 1, true, false);
    }
    if (!is_word(c)) return {piece_kind::symbol, end};
    while (end < text.size() && is_word(text[end])) ++end;
    return {piece_kind::word, end};
}

bool same_word(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::string normalised(std::string_view text) {
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 >= text.size() || text[i + 1] != '\n') out += text[i];
    return out;
}

}  // namespace relata::migrate
