// SPDX-License-Identifier: BSL-1.0
// What a change takes with it, though it does not change itself.

#include "migrate/postgresql/planning.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace relata::migrate::postgresql {

namespace {

using column_set = std::set<std::string>;

column_set set_of(std::vector<catalog::part> const& parts) {
    column_set out;
    for (auto const& each : parts) out.insert(each.column);
    return out;
}

// The columns of each key and unique index of the table that does not stay.
std::vector<column_set> keys_that_go(table_change const& t) {
    std::vector<column_set> out;
    auto const add = [&](auto const& c) {
        if (c.before && is_remade(c)) out.push_back(set_of(c.before->parts));
    };
    if (t.primary && !is_only_renamed(*t.primary)) add(*t.primary);
    for (auto const& c : t.uniques)
        if (!is_only_renamed(c)) add(c);
    for (auto const& c : t.indexes)
        if (c.before && c.before->unique) add(c);
    return out;
}

}  // namespace

table_change* altered(schema_change& c, catalog::object_name const& name) {
    for (auto& t : c.altered)
        if (t.after.name == name) return &t;
    auto const* const before = c.before.find(name);
    auto const* const after = c.after.find(name);
    if (!before || !after) return nullptr;
    auto& made = c.altered.emplace_back();
    made.before = *before;
    made.after = *after;
    return &made;
}

void make_references_anew(schema_change& c, catalog::object_name const& table,
                          std::vector<std::string> const& columns) {
    auto const in = [&](auto const& all) {
        return std::find_first_of(all.begin(), all.end(), columns.begin(), columns.end()) !=
               all.end();
    };
    for (auto const& from : c.after.tables)
        for (auto const& f : from.references)
            if ((from.name == table && in(f.columns)) || (f.other == table && in(f.other_columns)))
                if (auto* const t = altered(c, from.name))
                    make_anew(t->references, t->before.references, f);
}

std::vector<catalog::thing> views_by_key(schema_change const& c, table_change const& t) {
    std::vector<catalog::thing> out;
    if (!t.primary || !t.primary->before || !is_remade(*t.primary) || is_only_renamed(*t.primary))
        return out;
    for (auto const& d : c.before.dependencies)
        if (d.of.kind == "view" && d.on == catalog::thing{"table", t.before.name})
            out.push_back(d.of);
    return out;
}

schema_change with_references_to_keys_anew(schema_change changes) {
    std::vector<std::pair<catalog::object_name, std::vector<column_set>>> gone;
    for (auto const& t : changes.altered) gone.emplace_back(t.after.name, keys_that_go(t));
    for (auto const& [table, keys] : gone)
        for (auto const& from : changes.after.tables)
            for (auto const& f : from.references) {
                column_set const columns(f.other_columns.begin(), f.other_columns.end());
                if (f.other != table || std::find(keys.begin(), keys.end(), columns) == keys.end())
                    continue;
                if (auto* const t = altered(changes, from.name))
                    make_anew(t->references, t->before.references, f);
            }
    return changes;
}

}  // namespace relata::migrate::postgresql
