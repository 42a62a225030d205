// SPDX-License-Identifier: BSL-1.0

#include "migrate/move/translate.hpp"
#include "migrate/characters.hpp"

#include "migrate/move/told.hpp"
#include "schema/names.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <set>

namespace relata::migrate::moving {

namespace {

using relata::kind;

class translator {
public:
    translator(catalog::schema const& from, catalog::schema const& empty,
               move_options const& options)
        : from_(from), empty_(empty), options_(options), find_(from, empty.engine, options, out_) {}

    translation made() {
        auto all = generate::make_draft(from_, told_by(options_, from_));
        find_.missing_tables(all);
        for (auto& t : all.tables) {
            generate::add_defaults(from_, t, empty_.engine);
            checks(t);
            actions(t);
            name_keys(t);
            find_.missing_parts(t);
            out_.tables.push_back(route(t));
        }
        find_.other_things();
        out_.wanted = generate::made_schema(empty_, all);
        comments();
        check_names();
        std::sort(out_.tables.begin(), out_.tables.end(),
                  [](auto const& a, auto const& b) { return a.name < b.name; });
        check_left_out();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool to(catalog::engine engine) const { return empty_.engine == engine; }

    void checks(generate::draft_table& t) {
        t.checks.clear();
        std::set<std::string> names;
        unsigned unnamed = 0;
        for (auto const& check : t.original->checks) {
            if (generate::is_implied(from_, t, check)) continue;
            auto const name = check.name.empty()
                                  ? t.original->name.name + "_check" + std::to_string(++unnamed)
                                  : check.name;
            auto const read = generate::read_condition(check.condition);
            auto made =
                read ? generate::made_condition(empty_.engine, t,
                                                generate::meant_condition(from_.engine, t, *read))
                     : std::nullopt;
            if (made && generate::can_be_said(name) && names.insert(name).second)
                t.checks.push_back({name, {}, {}, std::move(made->sql)});
            else
                find_.refuse("check:" + t.original->name.name + "." + name,
                             check.condition + " cannot be said there for certain");
        }
    }

    // MariaDB calls its usual way RESTRICT.
    void actions(generate::draft_table& t) const {
        if (from_.engine != catalog::engine::mariadb) return;
        for (auto& r : t.references)
            for (auto* action : {&r.deleted, &r.updated})
                if (*action == catalog::action::restrict) *action = catalog::action::no_action;
    }

    // MySQL and SQLite, for keys without a name, let tables share names of keys; others do not.
    void name_keys(generate::draft_table& t) {
        auto const name = [&](generate::draft_key& key, char const* suffix) {
            if (key_names_.insert(key.name).second) return;
            std::string columns;
            for (auto const i : key.columns)
                (columns += columns.empty() ? "" : "_") += t.columns[i].mapped.name;
            auto const before = key.name;
            key.name = schema::constraint_name(t.original->name.name, columns, suffix);
            for (unsigned n = 2; !key_names_.insert(key.name).second; ++n)
                key.name = schema::constraint_name(t.original->name.name,
                                                   columns + std::to_string(n), suffix);
            find_.note("index:" + t.original->name.name + "." + before, "is called " + key.name);
        };
        if (t.primary) name(*t.primary, "pkey");
        for (auto& k : t.uniques) name(k, "key");
        for (auto& k : t.indexes) name(k, "idx");
    }

    [[nodiscard]] bool reads_as_text(generate::draft_column const& c) const {
        auto const is = c.mapped.type.is;
        bool const text = generate::is_text(is) || is == kind::enumeration;
        return from_.engine == catalog::engine::postgresql && text && c.original->type != "text" &&
               !c.original->type.starts_with("character varying");
    }

    table_route route(generate::draft_table const& t) const {
        table_route out;
        out.name = t.original->name.name;
        out.estimated = t.original->estimated_rows;
        for (auto const& c : t.columns) {
            out.columns.push_back({c.mapped.name, c.mapped.type, reads_as_text(c), false});
            if (c.generated) out.counter = c.mapped.name;
        }
        if (t.primary) out.key = t.primary->columns;
        for (auto const i : out.key) out.columns[i].in_key = true;
        return out;
    }

    void comments() {
        if (to(catalog::engine::sqlite)) return;
        for (auto& made : out_.wanted.tables) {
            auto const* const t = from_.find(made.name);
            made.comment = t->comment;
            for (auto const& c : t->columns)
                for (auto& m : made.columns)
                    if (m.name == c.name) m.comment = c.comment;
        }
    }

    // Tables whose names differ by case only are one table in SQLite and, on some systems, MySQL.
    void check_names() {
        if (to(catalog::engine::postgresql)) return;
        std::set<std::string> names;
        for (auto const& t : out_.wanted.tables) {
            if (!names.insert(lowered(t.name.name)).second)
                out_.refused.push_back(
                    {"table:" + t.name.name,
                     "its name differs from that of another table by case only"});
        }
    }

    void check_left_out() const {
        for (auto const& name : options_.leave_out)
            if (std::none_of(out_.left_out.begin(), out_.left_out.end(),
                             [&](auto const& f) { return f.name == name; }))
                fail(error_kind::invalid_argument,
                     "leave_out names " + name +
                         ", and nothing of that name has to be left out; "
                         "nothing was written");
    }

    catalog::schema const& from_;
    catalog::schema const& empty_;
    move_options const& options_;
    translation out_;
    finder find_;
    std::set<std::string> key_names_;
};

}  // namespace

translation translate(catalog::schema const& from, catalog::schema const& empty,
                      move_options const& options) {
    return translator(from, empty, options).made();
}

}  // namespace relata::migrate::moving
