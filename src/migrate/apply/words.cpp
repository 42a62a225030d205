// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/words.hpp"

#include "migrate/folder/lexer.hpp"

#include <algorithm>
#include <array>

namespace relata::migrate {

namespace {

using words = std::vector<std::string_view>;

template <std::size_t N>
bool is_one_of(std::string_view word, std::array<std::string_view, N> const& all) {
    return std::any_of(all.begin(), all.end(), [&](auto each) { return same_word(each, word); });
}

// One statement of MySQL and MariaDB that a crash of the server can leave half done.
bool has_parts(std::string_view text, words const& w) {
    auto const has = [&](std::string_view word) {
        return std::any_of(w.begin(), w.end(), [&](auto each) { return same_word(each, word); });
    };
    if (same_word(w[0], "drop")) return text.find(',') != std::string_view::npos;
    return same_word(w[0], "create") && has("table") && (has("replace") || has("select"));
}

}  // namespace

words words_of(std::string_view text, schema::catalog::engine engine, std::size_t most) {
    words found;
    for (std::size_t at = 0; at < text.size() && found.size() < most;) {
        auto const next = piece_at(text, at, engine);
        if (next.is == piece::kind::word) found.push_back(text.substr(at, next.end - at));
        at = next.end;
    }
    return found;
}

effect effect_of(std::string_view text, schema::catalog::engine engine) {
    static constexpr std::array<std::string_view, 2> of_session{"set", "pragma"};
    static constexpr std::array<std::string_view, 6> of_data{"insert",  "update", "delete",
                                                             "replace", "with",   "load"};
    static constexpr std::array<std::string_view, 4> of_schema{"create", "alter", "drop", "rename"};
    static constexpr std::array<std::string_view, 11> again{
        "vacuum", "analyze",  "optimize", "reindex", "refresh", "grant",
        "revoke", "truncate", "comment",  "flush",   "cluster"};
    auto const w = words_of(text, engine, 200);
    if (w.empty()) return effect::unclear;
    if (is_one_of(w[0], of_session)) return effect::session;
    if (is_one_of(w[0], of_data)) return effect::data;
    if (is_one_of(w[0], again)) return effect::repeatable;
    if (!is_one_of(w[0], of_schema)) return effect::unclear;
    bool const mysql =
        engine == schema::catalog::engine::mysql || engine == schema::catalog::engine::mariadb;
    return mysql && has_parts(text, w) ? effect::schema_parts : effect::schema;
}

}  // namespace relata::migrate
