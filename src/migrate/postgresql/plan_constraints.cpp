// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/planning.hpp"

namespace relata::migrate::postgresql {

namespace {

bool comes_from_parent(catalog::check const& c) { return has_option(c.options, "inherited"); }

std::string drop_constraint(catalog::table const& t, std::string const& name) {
    return "ALTER TABLE " + quote_name(t.name) + " DROP CONSTRAINT " + quote_name(name);
}

void drop_key(steps& to, catalog::table const& t, change<catalog::key> const& c) {
    if (!c.before || !is_remade(c)) return;
    if (is_only_renamed(c))
        to.push_back({"ALTER TABLE " + quote_name(t.name) + " RENAME CONSTRAINT " +
                      quote_name(c.before->name) + " TO " + quote_name(c.after->name)});
    else to.push_back({drop_constraint(t, c.before->name)});
}

void add_key(steps& to, catalog::table const& t, change<catalog::key> const& c, char const* kind) {
    if (!c.after || !is_remade(c) || is_only_renamed(c)) return;
    to.push_back({"ALTER TABLE " + quote_name(t.name) + " ADD" + key_clause(*c.after, kind)});
    statements rest;
    finish_key(rest, t.name, *c.after);
    for (auto& statement : rest) to.push_back({std::move(statement)});
}

}  // namespace

bool is_only_renamed(change<catalog::key> const& c) {
    if (!c.before || !c.after || c.before->name == c.after->name) return false;
    auto renamed = *c.before;
    renamed.name = c.after->name;
    return same_but_comment(renamed, *c.after);
}

void drop_references(steps& to, table_change const& t) {
    for (auto const& c : t.references)
        if (c.before && is_remade(c)) to.push_back({drop_constraint(t.before, c.before->name)});
}

void drop_constraints(steps& to, table_change const& t) {
    for (auto const& c : t.checks)
        if (c.before && is_remade(c) && !comes_from_parent(*c.before))
            to.push_back({drop_constraint(t.before, c.before->name)});
    for (auto const& c : t.indexes)
        // an index of a partition goes with that of its table
        if (c.before && is_remade(c) && !has_option(c.before->options, "partition of"))
            to.push_back({"DROP INDEX " +
                          quote_name(catalog::object_name{t.before.name.space, c.before->name})});
    if (t.primary) drop_key(to, t.before, *t.primary);
    for (auto const& c : t.uniques) drop_key(to, t.before, c);
}

void add_constraints(steps& to, table_change const& t) {
    if (t.primary) add_key(to, t.after, *t.primary, "PRIMARY KEY");
    for (auto const& c : t.uniques) add_key(to, t.after, c, "UNIQUE");
    for (auto const& c : t.checks)
        if (c.after && is_remade(c) && !comes_from_parent(*c.after))
            to.push_back(
                {"ALTER TABLE " + quote_name(t.after.name) + " ADD" + check_clause(*c.after)});
    for (auto const& c : t.indexes) {
        if (!c.after || !is_remade(c)) continue;
        to.push_back({create_index(t.after.name, *c.after, manner_on(t.after))});
        statements rest;
        finish_index(rest, t.after.name, *c.after);
        for (auto& statement : rest) to.push_back({std::move(statement)});
    }
}

void add_references(steps& to, table_change const& t) {
    for (auto const& c : t.references)
        if (c.after && is_remade(c)) to.push_back({add_reference(t.after, *c.after)});
}

void alter_options(steps& to, table_change const& t) {
    auto const alter = "ALTER TABLE " + quote_name(t.after.name);
    auto const& before = t.before.options;
    auto const& after = t.after.options;
    if (before == after) return;
    for (auto const& option : before)
        if (is_storage_parameter(option.name) && !has_option(after, option.name))
            to.push_back({alter + " RESET (" + option.name + ')'});
    if (auto const set = storage_clause(after); !set.empty())
        to.push_back({alter + " SET" + set.substr(std::string_view(" WITH").size())});
    auto const turn = [&](char const* option, char const* on, char const* off) {
        bool const had = has_option(before, option);
        bool const has = has_option(after, option);
        if (had != has) to.push_back({alter + (has ? on : off)});
    };
    turn("unlogged", " SET UNLOGGED", " SET LOGGED");
    turn("row security", " ENABLE ROW LEVEL SECURITY", " DISABLE ROW LEVEL SECURITY");
    turn("force row security", " FORCE ROW LEVEL SECURITY", " NO FORCE ROW LEVEL SECURITY");
    auto const* const old = option_of(before, "replica identity");
    auto const* const now = option_of(after, "replica identity");
    if (now && (!old || *old != *now)) to.push_back({alter + " REPLICA IDENTITY " + *now});
    if (old && !now) to.push_back({alter + " REPLICA IDENTITY DEFAULT"});
}

}  // namespace relata::migrate::postgresql
