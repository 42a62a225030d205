// SPDX-License-Identifier: BSL-1.0
// A computed column with another definition goes and comes anew. So do all of a table of which another column
// changes its type: PostgreSQL does not change what a computed column uses. What stands on such a column goes
// with it, and is made anew too.

#include "migrate/postgresql/planning.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

namespace {

using column_names = std::vector<std::string>;

bool mention(std::string const& text, column_names const& columns) {
    return std::any_of(columns.begin(), columns.end(),
                       [&](auto const& name) { return text.find(name) != text.npos; });
}
bool have(column_names const& used, column_names const& columns) {
    return std::find_first_of(used.begin(), used.end(), columns.begin(), columns.end()) !=
           used.end();
}
bool have(std::vector<catalog::part> const& parts, column_names const& columns) {
    return std::any_of(parts.begin(), parts.end(), [&](auto const& part) {
        return have(column_names{part.column}, columns) || mention(part.expression, columns);
    });
}
bool uses(catalog::key const& k, column_names const& columns) {
    auto const* const more = option_of(k.options, "include");
    return have(k.parts, columns) || (more && mention(*more, columns));
}
bool uses(catalog::index const& i, column_names const& columns) {
    return have(i.parts, columns) || have(i.include, columns) || mention(i.where, columns);
}
bool uses(catalog::check const& c, column_names const& columns) {
    return mention(c.condition, columns);
}

template <class T>
void make_users_anew(std::vector<change<T>>& changes, std::vector<T> const& before,
                     std::vector<T> const& after, column_names const& columns) {
    for (auto const& now : after)
        if (uses(now, columns)) make_anew(changes, before, now);
}

bool retypes_another(table_change const& t) {
    return std::any_of(t.columns.begin(), t.columns.end(), [](auto const& c) {
        return c.before && c.after && c.after->computed == catalog::computed::none &&
               is_retyped(*c.before, *c.after);
    });
}

// The columns that were and are there, with those that do not change.
std::vector<change<catalog::column>> kept_columns(table_change const& t) {
    std::vector<change<catalog::column>> all;
    for (auto const& c : t.columns)
        if (c.before && c.after) all.push_back(c);
    for (auto const& now : t.after.columns)
        for (auto const& old : t.before.columns)
            if (old == now) all.push_back({old, now});
    return all;
}

// Returns the names of those columns.
column_names make_computed_anew(table_change& t) {
    bool const all = retypes_another(t);
    column_names columns;
    for (auto const& c : kept_columns(t)) {
        bool const was_and_is = c.before->computed != catalog::computed::none &&
                                c.after->computed != catalog::computed::none;
        if (!is_replaced(*c.before, *c.after) && !(all && was_and_is)) continue;
        columns.push_back(c.before->name);
        std::erase_if(t.columns,
                      [&](auto const& each) { return each.after && *each.after == *c.after; });
        t.columns.push_back({c.before, std::nullopt});
        t.columns.push_back({std::nullopt, c.after});
    }
    if (columns.empty()) return columns;
    if (t.before.primary && uses(*t.before.primary, columns) && !t.primary)
        refuse("a change of the computed column of the primary key of " + t.after.name.name);
    make_users_anew(t.uniques, t.before.uniques, t.after.uniques, columns);
    make_users_anew(t.indexes, t.before.indexes, t.after.indexes, columns);
    make_users_anew(t.checks, t.before.checks, t.after.checks, columns);
    return columns;
}

}  // namespace

bool is_retyped(catalog::column const& before, catalog::column const& after) {
    return before.type != after.type || before.collation != after.collation;
}

bool is_replaced(catalog::column const& before, catalog::column const& after) {
    if (after.computed == catalog::computed::none) return false;
    return before.computed != after.computed || before.expression != after.expression ||
           is_retyped(before, after);
}

schema_change with_computed_anew(schema_change changes) {
    std::vector<std::pair<catalog::object_name, column_names>> made;
    for (auto& t : changes.altered) made.emplace_back(t.after.name, make_computed_anew(t));
    for (auto const& [table, columns] : made) make_references_anew(changes, table, columns);
    return changes;
}

}  // namespace relata::migrate::postgresql
