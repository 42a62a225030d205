// SPDX-License-Identifier: BSL-1.0
// The renames that hand-written SQL makes.

#include "migrate/lint/rule.hpp"

namespace relata::migrate {

namespace lints {

namespace {

// A name with the one of its schema before it; `at` is then behind it.
catalog::object_name take_name(statement const& s, std::size_t& at) {
    catalog::object_name name;
    if (at >= s.tokens.size()) return name;
    name.name = name_of(s.tokens[at++]);
    if (at + 1 < s.tokens.size() && is(s.tokens[at], ".")) {
        name.space = name.name == "public" ? "" : name.name;
        name.name = name_of(s.tokens[at + 1]);
        at += 2;
    }
    return name;
}

void read_alter(statement const& s, diff_options& to) {
    std::size_t at = 2;
    while (at < s.tokens.size() &&
           (is(s.tokens[at], "if") || is(s.tokens[at], "exists") || is(s.tokens[at], "only")))
        ++at;
    auto const table = take_name(s, at);
    for (; at + 1 < s.tokens.size(); ++at) {
        if (is(s.tokens[at], "change")) {  // MySQL: CHANGE [COLUMN] old new …
            auto const first = at + (is(s.tokens[at + 1], "column") ? 2U : 1U);
            if (first + 1 < s.tokens.size() &&
                name_of(s.tokens[first]) != name_of(s.tokens[first + 1]))
                to.columns.push_back(
                    {table, name_of(s.tokens[first]), name_of(s.tokens[first + 1])});
        }
        if (!is(s.tokens[at], "rename")) continue;
        auto const& next = s.tokens[at + 1];
        if (is(next, "to") || is(next, "as")) {
            auto behind = at + 2;
            auto other = take_name(s, behind);
            if (other.space.empty()) other.space = table.space;
            to.tables.push_back({table, other});
        } else if (!is(next, "constraint") && !is(next, "index") && !is(next, "key")) {
            auto const first = at + (is(next, "column") ? 2U : 1U);
            if (first + 2 < s.tokens.size() && is(s.tokens[first + 1], "to"))
                to.columns.push_back(
                    {table, name_of(s.tokens[first]), name_of(s.tokens[first + 2])});
        }
    }
}

// MySQL: RENAME TABLE a TO b, c TO d
void read_rename(statement const& s, diff_options& to) {
    for (std::size_t at = 2; at < s.tokens.size(); ++at) {
        auto const from = take_name(s, at);
        if (at >= s.tokens.size() || !is(s.tokens[at], "to")) return;
        ++at;
        to.tables.push_back({from, take_name(s, at)});
    }
}

}  // namespace

}  // namespace lints

diff_options renames_in(std::string_view sql, schema::catalog::engine engine) {
    diff_options options;
    auto const text = sql_text::read(sql, engine);
    for (auto const& s : text.statements) {
        if (s.begins({"alter", "table"})) lints::read_alter(s, options);
        if (s.begins({"rename", "table"})) lints::read_rename(s, options);
    }
    return options;
}

}  // namespace relata::migrate
