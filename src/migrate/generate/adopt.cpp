// SPDX-License-Identifier: BSL-1.0
// What structs say of a database that others made. It is compared with what they would say if they had been
// written from it, so that only what somebody has changed in them is changed in the database.

#include <relata/migrate/generate.hpp>

#include "migrate/diff_rules.hpp"
#include "migrate/generate/draft.hpp"

#include <relata/migrate/diff.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

bool has_column(std::vector<catalog::part> const& parts, std::string const& column) {
    return std::ranges::find(parts, column, &catalog::part::column) != parts.end();
}
bool has_column(std::vector<std::string> const& columns, std::string const& column) {
    return std::ranges::find(columns, column) != columns.end();
}

std::vector<std::string> columns_of(std::vector<catalog::part> const& parts) {
    std::vector<std::string> out;
    for (auto const& each : parts) out.push_back(each.column);
    return out;
}

// In place of what has the name already, which structs could not be written from.
template <class T> void put(std::vector<T>& list, T made) {
    for (auto& each : list)
        if (each.name == made.name && !(made.name == decltype(made.name){})) {
            each = std::move(made);
            return;
        }
    list.push_back(std::move(made));
}

// Of a column, what the structs say otherwise.
void change_column(catalog::column& there, catalog::column const& before,
                   catalog::column const& after) {
    if (before.type != after.type || before.collation != after.collation) {
        there.type = after.type;
        there.collation = after.collation;
    }
    if (before.nullable != after.nullable) there.nullable = after.nullable;
    if (before.default_value != after.default_value) there.default_value = after.default_value;
    if (before.identity != after.identity) there.identity = after.identity;
}

class adopter {
public:
    /// \param apart  what may be renamed, and counts as dropped and new here
    adopter(catalog::schema const& there, schema_change const& changes,
            std::vector<possible_rename> const& apart)
        : wanted_(there), changes_(changes), apart_(apart), by_(there.engine) {}

    catalog::schema made() {
        for (auto const& each : changes_.dropped)
            std::erase_if(wanted_.tables, [&](auto const& t) { return t.name == each.name; });
        for (auto const& each : changes_.altered) give_names(each);
        for (auto const& each : changes_.altered)
            change_table(*std::ranges::find(wanted_.tables,
                                            (each.renamed ? each.after : each.before).name,
                                            &catalog::table::name),
                         each);
        for (auto const& each : changes_.created) put(wanted_.tables, each);
        std::ranges::sort(wanted_.tables, {}, &catalog::table::name);
        return std::move(wanted_);
    }

private:
    void give_names(table_change const& change) {
        for (auto const& c : change.columns)
            if (is_renamed(c))
                rename_column(wanted_, change.before.name, c.before->name, c.after->name);
        if (change.renamed) rename_table(wanted_, change.before.name, change.after.name);
    }

    // Where names are the same to the engine, the one that is there stays.
    [[nodiscard]] bool is_renamed(change<catalog::column> const& c) const {
        return c.before && c.after && !by_.names(c.before->name, c.after->name);
    }

    void change_table(catalog::table& t, table_change const& change) const {
        for (auto const& c : change.columns)
            if (!c.before) put(t.columns, added(t, change, *c.after));
        for (auto const& c : change.columns) {
            if (!c.before) continue;
            if (!c.after) {
                drop_column(t, c.before->name);
                continue;
            }
            auto& column = *std::ranges::find(t.columns, (is_renamed(c) ? c.after : c.before)->name,
                                              &catalog::column::name);
            change_column(column, *c.before, *c.after);
            if (is_renamed(c)) put_mark(column.comment, c.before->name);
        }
        if (change.primary) t.primary = change.primary->after;
        for (auto const& c : change.uniques) {
            if (c.before) drop_unique(t, columns_of(c.before->parts));
            if (c.after) put(t.uniques, *c.after);
        }
        for (auto const& c : change.indexes) change_index(t, c);
        for (auto const& c : change.references) {
            if (c.before)
                std::erase_if(t.references, [&](auto const& r) {
                    return r.columns == c.before->columns &&
                           r.other_columns == c.before->other_columns;
                });
            if (c.after) put(t.references, *c.after);
        }
        for (auto const& c : change.checks) {
            if (c.before)
                std::erase_if(t.checks, [&](auto const& k) {
                    return k.name == c.before->name || k.condition == c.before->condition;
                });
            if (c.after) put(t.checks, *c.after);
        }
        if (change.renamed) put_mark(t.comment, change.before.name.name);
        std::ranges::sort(t.uniques, {}, &catalog::key::name);
        std::ranges::sort(t.indexes, {}, &catalog::index::name);
        std::ranges::sort(t.references, {}, &catalog::reference::name);
        std::ranges::sort(t.checks, {}, &catalog::check::name);
    }

    // One that may be another under a new name is as that one is.
    [[nodiscard]] catalog::column added(catalog::table const& there, table_change const& change,
                                        catalog::column const& made) const {
        for (auto const& each : apart_) {
            if (each.table != change.after.name || each.to_column != made.name) continue;
            auto said = column_named(change.before, each.column);
            auto old = column_named(there, each.column);
            said.name = old.name = made.name;
            if (said == made) return old;
        }
        return made;
    }
    static catalog::column column_named(catalog::table const& in, std::string const& name) {
        return *std::ranges::find(in.columns, name, &catalog::column::name);
    }

    // What cannot be without it goes too.
    static void drop_column(catalog::table& t, std::string const& name) {
        std::erase_if(t.columns, [&](auto const& c) { return c.name == name; });
        auto const uses = [&](auto const& key) { return has_column(key.parts, name); };
        if (t.primary && uses(*t.primary)) t.primary.reset();
        std::erase_if(t.uniques, uses);
        std::erase_if(t.indexes, uses);
        std::erase_if(t.references, [&](auto const& r) { return has_column(r.columns, name); });
    }

    // SQLite makes an index of what is a constraint elsewhere.
    static void drop_unique(catalog::table& t, std::vector<std::string> const& columns) {
        std::erase_if(t.uniques, [&](auto const& k) { return columns_of(k.parts) == columns; });
        std::erase_if(t.indexes, [&](auto const& i) {
            return i.unique && i.where.empty() && columns_of(i.parts) == columns;
        });
    }
    static void change_index(catalog::table& t, change<catalog::index> const& c) {
        if (c.before) {
            auto const columns = columns_of(c.before->parts);
            if (c.before->unique) drop_unique(t, columns);
            else
                std::erase_if(t.indexes, [&](auto const& i) {
                    return !i.unique && i.where.empty() && columns_of(i.parts) == columns;
                });
        }
        if (c.after) put(t.indexes, *c.after);
    }

    catalog::schema wanted_;
    schema_change const& changes_;
    std::vector<possible_rename> const& apart_;
    engine_equality const by_;
};

}  // namespace

schema::catalog::schema adopt(schema::catalog::schema const& there,
                              schema::catalog::schema const& models) {
    auto const said = generate::made_schema(there, generate::make_draft(there));
    if (said == there) return models;
    auto changes = diff(said, models);
    auto const ambiguous = changes.ambiguous;
    if (!ambiguous.empty()) {  // asked later, of what is there
        diff_options apart;
        for (auto const& each : ambiguous) {
            if (each.column.empty()) apart.tables.push_back({each.table, {}});
            else apart.columns.push_back({each.table, each.column, ""});
        }
        changes = diff(said, models, apart);
    }
    return adopter(there, changes, ambiguous).made();
}

}  // namespace relata::migrate
