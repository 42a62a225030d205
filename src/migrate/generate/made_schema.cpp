// SPDX-License-Identifier: BSL-1.0
//
// The tables that a draft becomes.

#include "migrate/generate/draft.hpp"

#include "schema/names.hpp"

#include <algorithm>

namespace relata::migrate::generate {

namespace {

class maker {
public:
    maker(catalog::schema const& from, draft_table const& t) : from_(from), t_(t) {}

    catalog::table made() {
        out_.name = t_.original->name;
        out_.options = made_options(from_);
        for (auto const& c : t_.columns) column(c);
        if (t_.primary) out_.primary = key(*t_.primary);
        if (my() && out_.primary) out_.primary->name.clear();
        for (auto const& k : t_.uniques) {
            if (sqlite()) index(k, true);
            else out_.uniques.push_back(key(k));
        }
        for (auto const& k : t_.indexes) index(k, false);
        for (auto const& r : t_.references) reference(r);
        for (auto const& c : t_.checks) out_.checks.push_back({c.name, c.sql, {}, {}});
        return std::move(out_);
    }

private:
    [[nodiscard]] bool sqlite() const { return from_.engine == catalog::engine::sqlite; }
    [[nodiscard]] bool my() const {
        return from_.engine == catalog::engine::mysql || from_.engine == catalog::engine::mariadb;
    }

    void column(draft_column const& c) {
        auto made = made_column(from_, c.mapped);
        made.nullable = c.optional;
        if (c.generated)
            made.identity = from_.engine == catalog::engine::postgresql
                                ? catalog::identity::by_default
                                : catalog::identity::auto_increment;
        if (c.is_now) made.default_value = current_time(from_.engine);
        else if (c.value) made.default_value = c.value->sql;
        out_.columns.push_back(std::move(made));
        auto condition = implicit_condition(from_, c.mapped);
        if (condition.empty() || (sqlite() && c.generated)) return;
        if (is_check_of_column(from_.engine, c.mapped.type))
            out_.checks.push_back({c.mapped.name, std::move(condition), {}, {{"of column", ""}}});
        else
            out_.checks.push_back({schema::constraint_name(out_.name.name, c.mapped.name, "check"),
                                   std::move(condition),
                                   {},
                                   {}});
    }

    std::vector<catalog::part> parts(std::vector<std::size_t> const& columns) const {
        std::vector<catalog::part> out;
        for (auto const i : columns) out.emplace_back().column = t_.columns[i].mapped.name;
        return out;
    }
    catalog::key key(draft_key const& k) const { return {k.name, parts(k.columns), {}, {}}; }
    void index(draft_key const& k, bool unique) {
        auto& i = out_.indexes.emplace_back();
        i.name = k.name;
        i.unique = unique;
        i.parts = parts(k.columns);
    }

    void reference(draft_reference const& r) {
        catalog::reference made;
        made.name = r.from.name;
        for (auto const i : r.from.columns) made.columns.push_back(t_.columns[i].mapped.name);
        made.other = r.to->original->name;
        for (auto const i : r.other) made.other_columns.push_back(r.to->columns[i].mapped.name);
        made.deleted = r.deleted;
        made.updated = r.updated;
        // MariaDB calls its usual way RESTRICT
        for (auto* action : {&made.deleted, &made.updated})
            if (from_.engine == catalog::engine::mariadb && *action == catalog::action::no_action)
                *action = catalog::action::restrict;
        if (my() && !has_index(r.from.columns)) index(r.from, false);
        out_.references.push_back(std::move(made));
    }

    // Whether a key or index begins with these columns; else MySQL makes one.
    [[nodiscard]] bool has_index(std::vector<std::size_t> const& columns) const {
        auto const begins = [&](draft_key const& k) {
            return k.columns.size() >= columns.size() &&
                   std::equal(columns.begin(), columns.end(), k.columns.begin());
        };
        return (t_.primary && begins(*t_.primary)) ||
               std::any_of(t_.uniques.begin(), t_.uniques.end(), begins) ||
               std::any_of(t_.indexes.begin(), t_.indexes.end(), begins);
    }

    catalog::schema const& from_;
    draft_table const& t_;
    catalog::table out_;
};

}  // namespace

catalog::schema made_schema(catalog::schema const& from, draft const& all) {
    catalog::schema out;
    out.engine = from.engine;
    out.version = from.version;
    for (auto const& t : all.tables) out.tables.push_back(maker(from, t).made());
    std::sort(out.tables.begin(), out.tables.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
    return out;
}

}  // namespace relata::migrate::generate
