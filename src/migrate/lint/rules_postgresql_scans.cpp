// SPDX-License-Identifier: BSL-1.0
// RL-P: what reads or writes all rows of a table under a lock of PostgreSQL.

#include "migrate/lint/rule.hpp"
#include "migrate/postgresql/planning.hpp"

#include <algorithm>
#include <array>

namespace relata::migrate::lints {

namespace {

std::string validate(subject const& at, catalog::table const& t, std::string const& name) {
    return "-- relata:outside\n" + at.alter(t) + " VALIDATE CONSTRAINT " + at.quoted(name) + ";\n";
}

bool is_volatile(std::string const& expression) {
    static constexpr std::array<std::string_view, 8> functions{
        "random(",    "gen_random_uuid(", "uuid_generate_", "clock_timestamp(",
        "timeofday(", "nextval(",         "txid_current(",  "pg_current_xact_id("};
    return std::any_of(functions.begin(), functions.end(),
                       [&](auto f) { return expression.find(f) != expression.npos; });
}

void rewriting_columns(subject const& at) {
    at.each_new_column([&](new_column const& c) {
        if (c.of_new_table) return;
        bool const computed = c.column.computed == catalog::computed::stored;
        bool const numbered = c.column.identity != catalog::identity::none;
        if (!computed && !numbered &&
            !(c.column.default_value && is_volatile(*c.column.default_value)))
            return;
        if (std::any_of(at.sql.statements.begin(), at.sql.statements.end(), [&](auto const& s) {
                return s.has({"set", "default"}) && s.names(c.column.name);
            }))
            return;
        at.report(text_of(c.table, c.column.name),
                  "each row gets a value of its own: the table is written anew, and nobody uses it "
                  "meanwhile",
                  at.planned(c.table.name, [&](catalog::table& t) {
                      t.columns.push_back(c.column);
                      auto& column = t.columns.back();
                      column.nullable = true;
                      column.default_value.reset();
                      column.computed = catalog::computed::none;
                      column.expression.clear();
                      column.identity = catalog::identity::none;
                      std::erase_if(column.options,
                                    [](auto const& o) { return o.name.starts_with("identity"); });
                  }));
    });
}

void rewriting_types(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (after.computed != catalog::computed::none ||
            !postgresql::rewrites_rows(before.type, after.type))
            return;
        at.report(text_of(t.after, after.name),
                  "from " + before.type + " to " + after.type +
                      ": the table is written anew, and nobody uses it meanwhile",
                  at.planned(t.before.name, [&](catalog::table& table) {
                      table.columns.push_back(after);
                      auto& column = table.columns.back();
                      column.name = before.name + "_new";
                      column.nullable = true;
                      column.default_value.reset();
                      column.identity = catalog::identity::none;
                      std::erase_if(column.options,
                                    [](auto const& o) { return o.name.starts_with("identity"); });
                  }));
    });
}

void validating_references(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.references) {
            if (!c.after || option_of(c.after->options, "not valid")) continue;
            if (c.before && c.before->columns == c.after->columns &&
                c.before->other == c.after->other)
                continue;
            if (at.find(t.after, {{"foreign", "key"}, {"not", "valid"}})) continue;
            auto reference = *c.after;
            reference.options.push_back({"not valid", ""});
            at.report(text_of(t.after, reference.columns[0]),
                      "nobody writes to this table and to " + reference.other.name +
                          " while all rows are looked at",
                      postgresql::with_default_space(postgresql::add_reference(t.before, reference),
                                                     at.changes.after.by_search_path) +
                          ";\n" + validate(at, t.before, reference.name));
        }
}

void validating_checks(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.checks) {
            if (!c.after || option_of(c.after->options, "not valid") ||
                option_of(c.after->options, "inherited"))
                continue;
            if (c.before && c.before->condition == c.after->condition) continue;
            if (at.find(t.after, {{"check"}, {"not", "valid"}})) continue;
            auto check = *c.after;
            check.options.push_back({"not valid", ""});
            at.report(text_of(t.after), "nobody uses the table while all rows are looked at",
                      at.alter(t.before) + " ADD" + postgresql::check_clause(check) + ";\n" +
                          validate(at, t.before, check.name));
        }
}

void scanning_not_null(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (!before.nullable || after.nullable || at.find(t.after, {{"validate", "constraint"}}))
            return;
        auto const check = t.before.name.name + '_' + before.name + "_not_null";
        auto const column = at.quoted(before.name);
        at.report(text_of(t.after, after.name),
                  "nobody uses the table while all rows are looked at",
                  at.alter(t.before) + " ADD CONSTRAINT " + at.quoted(check) + " CHECK (" + column +
                      " IS NOT NULL) NOT VALID;\n" + validate(at, t.before, check) +
                      at.alter(t.before) + " ALTER COLUMN " + column + " SET NOT NULL;\n" +
                      at.alter(t.before) + " DROP CONSTRAINT " + at.quoted(check) + ";\n");
    });
}

char const* const users_to_scan =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT, age INTEGER, boss_id INTEGER);\n";

}  // namespace

void add_postgresql_scan_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const wait = "-- relata:outside\n";
    to.push_back(
        {{"RL-P06",
          warning,
          on_postgresql,
          false,
          "a foreign key without NOT VALID",
          "Both tables are locked against writing while all rows are looked at. Add it NOT VALID, "
          "which is quick, and validate it in another transaction, which locks nobody out.",
          {{on_postgresql, users_to_scan,
            "ALTER TABLE users ADD CONSTRAINT users_boss FOREIGN KEY (boss_id) REFERENCES users;\n",
            "ALTER TABLE users ADD CONSTRAINT users_boss FOREIGN KEY (boss_id) REFERENCES users "
            "NOT "
            "VALID;\n" +
                wait + "ALTER TABLE users VALIDATE CONSTRAINT users_boss;\n"}}},
         validating_references});
    to.push_back(
        {{"RL-P07",
          warning,
          on_postgresql,
          false,
          "a check without NOT VALID",
          "The table is locked while all rows are looked at. Add the check NOT VALID, and validate "
          "it in another transaction.",
          {{on_postgresql, users_to_scan,
            "ALTER TABLE users ADD CONSTRAINT users_age CHECK (age >= 0);\n",
            "ALTER TABLE users ADD CONSTRAINT users_age CHECK (age >= 0) NOT VALID;\n" + wait +
                "ALTER TABLE users VALIDATE CONSTRAINT users_age;\n"}}},
         validating_checks});
    to.push_back(
        {{"RL-P08",
          warning,
          on_postgresql,
          false,
          "SET NOT NULL looks at all rows under a lock",
          "The table is locked meanwhile. A valid check that says the same makes SET NOT NULL "
          "quick.",
          {{on_postgresql, users_to_scan, "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n",
            "ALTER TABLE users ADD CONSTRAINT email_given CHECK (email IS NOT NULL) NOT VALID;\n" +
                wait +
                "ALTER TABLE users VALIDATE CONSTRAINT email_given;\n"
                "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n"
                "ALTER TABLE users DROP CONSTRAINT email_given;\n"}}},
         scanning_not_null});
    to.push_back(
        {{"RL-P09",
          warning,
          on_postgresql,
          false,
          "a new column whose values differ by row",
          "A volatile default, an identity or a stored expression writes the whole table anew "
          "under "
          "a lock. Add the column without it, set the default, and fill the rows in batches.",
          {{on_postgresql, users_to_scan,
            "ALTER TABLE users ADD COLUMN token UUID DEFAULT gen_random_uuid();\n",
            "ALTER TABLE users ADD COLUMN token UUID;\n"
            "ALTER TABLE users ALTER COLUMN token SET DEFAULT gen_random_uuid();\n"}}},
         rewriting_columns});
    to.push_back(
        {{"RL-P10",
          warning,
          on_postgresql,
          false,
          "a change of type writes the table anew",
          "The table and its indexes are written anew under a lock. Add a column of the new type, "
          "fill it in batches, and change over. Longer texts and more digits need no rewrite.",
          {{on_postgresql, users_to_scan, "ALTER TABLE users ALTER COLUMN age TYPE BIGINT;\n",
            "ALTER TABLE users ADD COLUMN age_long BIGINT;\n"}}},
         rewriting_types});
}

}  // namespace relata::migrate::lints
