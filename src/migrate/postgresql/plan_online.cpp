// SPDX-License-Identifier: BSL-1.0
// Changes of tables that are in use. What reads all rows of a table while nobody may write to it leaves the
// transaction and follows it, in steps that let others work and can each be repeated by itself.
// Source: the locks of https://www.postgresql.org/docs/current/sql-altertable.html and sql-createindex.html.

#include "migrate/postgresql/planning.hpp"

#include <algorithm>
#include <iterator>

namespace relata::migrate::postgresql {

namespace {

template <class T> void erase_named(std::vector<T>& from, std::string const& name) {
    std::erase_if(from, [&](T const& each) { return each.name == name; });
}

template <class T> T not_valid(T constraint) {
    constraint.options.push_back({"not valid", ""});
    return constraint;
}

bool is_partitioned(catalog::table const& t) {
    return !t.partitioning.by.empty() || !t.partitioning.parent.name.empty();
}

// Not a key that only gets another name, or says what an index cannot say.
bool can_use_index(change<catalog::key> const& c) {
    auto const& k = *c.after;
    return !is_only_renamed(c) &&
           std::all_of(k.options.begin(), k.options.end(), [](catalog::option const& option) {
               return option.name == "include" || option.name == "deferrable" ||
                      option.name == "nulls not distinct";
           });
}

catalog::index index_of(catalog::key const& k) {
    catalog::index out;
    out.name = k.name;
    out.unique = true;
    out.parts = k.parts;
    for (auto const& option : k.options) {
        if (option.name == "include") out.include.push_back(option.value);
        if (option.name == "nulls not distinct") out.options.push_back(option);
    }
    return out;
}

bool is_nothing(table_change const& t) {
    return t.columns.empty() && !t.primary && t.uniques.empty() && t.indexes.empty() &&
           t.references.empty() && t.checks.empty() && !t.renamed && !t.partitioning &&
           !t.comment && !t.options && !t.order;
}

// Takes out of the change of one table what can follow.
class table_in_use {
public:
    table_in_use(steps& to, schema_change const& all, table_change& t)
        : to_(to), all_(all), t_(t), alter_("ALTER TABLE " + quote_name(t.after.name)) {
        made_.name = t.after.name;
    }

    /// What the references of others need.
    void write_keys() {
        nullability();
        if (!has_new_references()) keys();
        indexes();
    }

    void write_rest() {
        checks();
        references();
        catalog::schema made;
        made.tables.push_back(std::move(made_));
        for (auto const& [what, text] : comments_of(made)) add(comment_on(what, text));
    }

private:
    void add(std::string text) { to_.push_back({std::move(text), false}); }

    // A list's new and changed objects that may be deferred, each given to `make` and taken out of the change.
    template <class T, class May, class Make>
    void take(std::vector<change<T>>& changes, std::vector<T>& after, May may, Make make) {
        for (auto& c : changes) {
            if (!c.after || !is_remade(c) || has_option(c.after->options, "not valid") || !may(c))
                continue;
            make(*c.after);
            erase_named(after, c.after->name);
            c.after.reset();
        }
        std::erase_if(changes, [](auto const& c) { return !c.before && !c.after; });
    }

    // SET NOT NULL reads no rows where a valid check says it already.
    void nullability() {
        for (auto& c : t_.columns) {
            bool const is_tightened =
                c.before && c.after && c.before->nullable && !c.after->nullable;
            if (!is_tightened || c.after->computed != catalog::computed::none ||
                c.before->computed != catalog::computed::none ||
                c.after->identity != catalog::identity::none || is_retyped(*c.before, *c.after))
                continue;
            auto const name = quote_name(c.after->name);
            auto const check = quote_name("relata_not_null_" + c.after->name);
            add(alter_ + " ADD CONSTRAINT " + check + " CHECK (" + name +
                " IS NOT NULL) NOT VALID");
            add(alter_ + " VALIDATE CONSTRAINT " + check);
            add(alter_ + " ALTER COLUMN " + name + " SET NOT NULL");
            add(alter_ + " DROP CONSTRAINT " + check);
            c.after->nullable = true;
            for (auto& column : t_.after.columns)
                if (column.name == c.after->name) column.nullable = true;
        }
        std::erase_if(t_.columns, [](auto const& c) { return c.before == c.after; });
    }

    // Those of tables that are made in the transaction need the key there.
    [[nodiscard]] bool has_new_references() const {
        return std::any_of(all_.created.begin(), all_.created.end(), [&](catalog::table const& t) {
            return std::any_of(
                t.references.begin(), t.references.end(),
                [&](auto const& reference) { return reference.other == t_.after.name; });
        });
    }

    void keys() {
        bool const stays = !views_by_key(all_, t_).empty();  // they come back in the transaction
        if (auto& c = t_.primary; c && c->after && is_remade(*c) && can_use_index(*c) && !stays) {
            key(*c->after, " PRIMARY KEY");
            made_.primary = *c->after;
            t_.after.primary.reset();
            c->after.reset();
            if (!c->before) c.reset();
        }
        take(t_.uniques, t_.after.uniques, can_use_index, [&](catalog::key const& k) {
            key(k, " UNIQUE");
            made_.uniques.push_back(k);
        });
    }
    void key(catalog::key const& k, char const* kind) {
        add(create_index(t_.after.name, index_of(k), index_manner::concurrently));
        add(alter_ + " ADD CONSTRAINT " + quote_name(k.name) + kind + " USING INDEX " +
            quote_name(k.name) + deferrable_clause(k.options));
    }

    void indexes() {
        take(
            t_.indexes, t_.after.indexes, [](auto const&) { return true; },
            [&](catalog::index const& i) {
                add(create_index(t_.after.name, i, index_manner::concurrently));
                statements rest;
                finish_index(rest, t_.after.name, i);
                for (auto& statement : rest) add(std::move(statement));
                made_.indexes.push_back(i);
            });
    }

    void checks() {
        take(
            t_.checks, t_.after.checks,
            [](auto const& c) { return !has_option(c.after->options, "inherited"); },
            [&](catalog::check const& c) {
                add(alter_ + " ADD" + check_clause(not_valid(c)));
                add(alter_ + " VALIDATE CONSTRAINT " + quote_name(c.name));
                made_.checks.push_back(c);
            });
    }

    void references() {
        take(
            t_.references, t_.after.references, [](auto const&) { return true; },
            [&](catalog::reference const& f) {
                add(add_reference(t_.after, not_valid(f)));
                add(alter_ + " VALIDATE CONSTRAINT " + quote_name(f.name));
                made_.references.push_back(f);
            });
    }

    steps& to_;
    schema_change const& all_;
    table_change& t_;
    std::string alter_;
    catalog::table made_;
};

}  // namespace

steps online_plan(schema_change changes) {
    steps later;
    std::vector<table_in_use> tables;
    for (auto& t : changes.altered)
        if (!is_partitioned(t.after)) tables.emplace_back(later, changes, t);
    for (auto& t : tables) t.write_keys();
    for (auto& t : tables) t.write_rest();
    std::erase_if(changes.altered, is_nothing);
    auto all = usual_plan(changes);
    for (auto& step : all)
        if (step.copies_rows)
            step.impact = "readers and writers wait (ACCESS EXCLUSIVE): all rows are written anew";
    all.insert(all.end(), std::make_move_iterator(later.begin()),
               std::make_move_iterator(later.end()));
    return all;
}

}  // namespace relata::migrate::postgresql
