// SPDX-License-Identifier: BSL-1.0

#include "migrate/picture/parts.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <set>

namespace relata::migrate {

namespace {

using namespace picture;
using table_list = std::vector<catalog::table const*>;

// `*` stands for any text, `?` for one character.
bool matches(std::string_view pattern, std::string_view text) {
    std::size_t p = 0, t = 0, star = pattern.npos, resume = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = t;
        } else if (p < pattern.size() && (pattern[p] == '?' || pattern[p] == text[t])) {
            ++p;
            ++t;
        } else if (star != pattern.npos) {
            p = star + 1;
            t = ++resume;
        } else {
            return false;
        }
    }
    return pattern.find_first_not_of('*', p) == pattern.npos;
}

bool matches_any(std::vector<std::string> const& patterns, catalog::table const& t) {
    auto const name = full_name(t.name);
    return std::any_of(patterns.begin(), patterns.end(),
                       [&](auto const& pattern) { return matches(pattern, name); });
}

catalog::table const* named(table_list const& tables, std::string const& name) {
    auto const at = std::find_if(tables.begin(), tables.end(),
                                 [&](auto const* t) { return full_name(t->name) == name; });
    if (at == tables.end())
        fail(error_kind::invalid_argument, "there is no table " + name + " to look around from");
    return *at;
}

// The table and those that references lead to or from, step by step.
std::set<catalog::table const*> neighbours(table_list const& tables, viewpoint const& shown,
                                           catalog::engine engine) {
    std::set<catalog::table const*> found{named(tables, shown.around)};
    for (unsigned step = 0; step < shown.depth; ++step) {
        auto const before = found;
        for (auto const* t : tables)
            for (auto const& r : t->references) {
                auto const* other = target_of(r, tables, engine);
                if (!other) continue;
                if (before.contains(t)) found.insert(other);
                if (before.contains(other)) found.insert(t);
            }
        if (found.size() == before.size()) break;
    }
    return found;
}

}  // namespace

table_list tables_in(catalog::schema const& from, viewpoint const& shown) {
    table_list all;
    for (auto const& t : from.tables) all.push_back(&t);
    table_list chosen;
    for (auto const* t : all)
        if ((shown.only.empty() || matches_any(shown.only, *t)) && !matches_any(shown.without, *t))
            chosen.push_back(t);
    if (!shown.around.empty()) {
        auto const near = neighbours(all, shown, from.engine);
        std::erase_if(chosen, [&](auto const* t) { return !near.contains(t); });
    }
    if (chosen.empty() && !all.empty())
        fail(error_kind::invalid_argument,
             "the viewpoint shows none of the tables; mend its patterns");
    return chosen;
}

}  // namespace relata::migrate
