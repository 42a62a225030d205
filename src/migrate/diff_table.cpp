// SPDX-License-Identifier: BSL-1.0

#include "migrate/diff_rules.hpp"

#include <algorithm>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

// Pairs what is equal, then what has the same name; what is left is dropped or made.
template <class T>
std::vector<change<T>> compare_lists(std::vector<T> const& before, std::vector<T> const& after,
                                     engine_equality const& by) {
    std::vector<change<T>> changes;
    std::vector<T const*> old;
    std::vector<T const*> made;
    for (auto const& each : before) old.push_back(&each);
    auto const take = [&](auto const& fits) {
        auto const at = std::find_if(old.begin(), old.end(), fits);
        if (at == old.end()) return static_cast<T const*>(nullptr);
        auto const* found = *at;
        old.erase(at);
        return found;
    };
    for (auto const& each : after)
        if (!take([&](T const* o) { return by.same(*o, each); })) made.push_back(&each);
    for (auto const* each : made) {
        auto const* pair =
            take([&](T const* o) { return !each->name.empty() && by.names(o->name, each->name); });
        changes.push_back({pair ? std::optional<T>(*pair) : std::nullopt, *each});
    }
    for (auto const* each : old) changes.push_back({*each, std::nullopt});
    return changes;
}

catalog::column const* find(catalog::table const& t, std::string_view name,
                            engine_equality const& by) {
    auto const at = std::find_if(t.columns.begin(), t.columns.end(),
                                 [&](auto const& c) { return by.names(c.name, name); });
    return at == t.columns.end() ? nullptr : &*at;
}

// `original` has the columns of `before` at the same places, under their old names.
void compare_columns(table_change& to, catalog::table const& before, engine_equality const& by) {
    for (std::size_t i = 0; i < before.columns.size(); ++i) {
        auto const& old = to.before.columns[i];
        auto const* now = find(to.after, before.columns[i].name, by);
        if (!now) to.columns.push_back({old, std::nullopt});
        else if (old.name != before.columns[i].name || !by.same(before.columns[i], *now))
            to.columns.push_back({old, *now});
    }
    for (auto const& each : to.after.columns)
        if (!find(before, each.name, by)) to.columns.push_back({std::nullopt, each});
}

// Whether the columns that stay have their order, and all new ones come after them, where the engine
// puts them.
bool same_order(catalog::table const& before, catalog::table const& after,
                engine_equality const& by) {
    std::vector<std::string_view> names;
    for (auto const& each : before.columns)
        if (find(after, each.name, by)) names.push_back(each.name);
    for (auto const& each : after.columns)
        if (!find(before, each.name, by)) names.push_back(each.name);
    return std::equal(names.begin(), names.end(), after.columns.begin(), after.columns.end(),
                      [&](auto const& a, auto const& b) { return by.names(a, b.name); });
}

}  // namespace

table_change compare_tables(catalog::table const& original, catalog::table const& before,
                            catalog::table const& after, engine_equality const& by, bool order) {
    table_change to;
    to.before = original;
    to.after = after;
    compare_columns(to, before, by);
    bool const both = before.primary && after.primary;
    if (both ? !by.same(*before.primary, *after.primary)
             : before.primary.has_value() != after.primary.has_value())
        to.primary = change<catalog::key>{before.primary, after.primary};
    to.uniques = compare_lists(before.uniques, after.uniques, by);
    to.indexes = compare_lists(before.indexes, after.indexes, by);
    to.references = compare_lists(before.references, after.references, by);
    to.checks = compare_lists(before.checks, after.checks, by);
    to.renamed = !by.names(original.name, after.name);
    to.partitioning = before.partitioning != after.partitioning;
    to.comment = before.comment != after.comment;
    to.options = before.options != after.options;
    to.order = order && !same_order(before, after, by);
    return to;
}

}  // namespace relata::migrate
