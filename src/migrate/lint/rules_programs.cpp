// SPDX-License-Identifier: BSL-1.0
// RL-B: what breaks programs that run while, or after, the schema changes.

#include "migrate/lint/rule.hpp"
#include "migrate/characters.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

void renamed_tables(subject const& at) {
    for (auto const& t : at.changes.altered) {
        auto const old_name = t.before.name;
        bool const viewed =
            std::any_of(at.changes.views.begin(), at.changes.views.end(),
                        [&](auto const& v) { return v.after && v.after->name == old_name; });
        if (t.renamed && !viewed)
            at.report(text_of(t.before), "programs that name the table fail until they are changed",
                      "CREATE VIEW " + at.quoted(t.after.name) + " AS SELECT * FROM " +
                          at.quoted(old_name) + ";\n");
    }
}

void renamed_columns(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (before.name != after.name)
            at.report(text_of(t.before, before.name),
                      "programs that name the column fail until they are changed",
                      at.planned(t.before.name, [&](catalog::table& table) {
                          table.columns.push_back(after);
                          table.columns.back().nullable = true;
                          table.columns.back().identity = catalog::identity::none;
                      }));
    });
}

void dropped_defaults(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        bool const null = after.default_value && lowered(*after.default_value) == "null";
        if (!before.default_value || (after.default_value && !null) ||
            lowered(*before.default_value) == "null" || after.identity != catalog::identity::none ||
            after.computed != catalog::computed::none)
            return;
        at.report(text_of(t.after, after.name),
                  after.nullable ? "programs that give no value write NULL from now on"
                                 : "programs that give no value fail from now on",
                  "SELECT count(*) FROM " + at.quoted(t.before.name) + " WHERE " +
                      at.quoted(before.name) + " = " + *before.default_value + ";\n");
    });
}

void required_columns(subject const& at) {
    at.each_new_column([&](new_column const& c) {
        if (c.of_new_table || c.column.nullable || c.column.default_value ||
            c.column.identity != catalog::identity::none ||
            c.column.computed != catalog::computed::none)
            return;
        at.report(text_of(c.table, c.column.name),
                  "programs that do not know the column can insert no rows any more",
                  at.planned(c.table.name, [&](catalog::table& t) {
                      t.columns.push_back(c.column);
                      t.columns.back().nullable = true;
                  }));
    });
}

char const* const users_of_programs = "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, login "
                                      "VARCHAR(100), state VARCHAR(9) DEFAULT "
                                      "'new' NOT NULL);\n";

}  // namespace

void add_program_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const rename = "ALTER TABLE users RENAME TO people;\n";
    to.push_back(
        {{"RL-B01",
          warning,
          on_all,
          false,
          "a table gets another name",
          "Programs that run during the change use the old name and fail. Leave a view of the old "
          "name until all are changed.",
          {{on_all, users_of_programs, rename,
            rename + "CREATE VIEW users AS SELECT * FROM people;\n"}}},
         renamed_tables});
    to.push_back(
        {{"RL-B02",
          warning,
          on_all,
          false,
          "a column gets another name",
          "Programs that run during the change use the old name and fail. Add the new column, let "
          "programs write both, copy the values, and drop the old one in a later migration.",
          {{on_all, users_of_programs, "ALTER TABLE users RENAME COLUMN login TO handle;\n",
            "ALTER TABLE users ADD COLUMN handle VARCHAR(100);\nUPDATE users SET handle = "
            "login;\n"}}},
         renamed_columns});
    std::string const drop = "ALTER TABLE users ALTER COLUMN state DROP DEFAULT;\n";
    to.push_back(
        {{"RL-B03",
          warning,
          on_all,
          false,
          "a default is dropped",
          "Programs that leave the value to the database fail, or write NULL. Change the programs "
          "first, or set another default.",
          {{on_servers, users_of_programs, drop,
            "ALTER TABLE users ALTER COLUMN state SET DEFAULT 'fresh';\n"}}},
         dropped_defaults});
    to.push_back(
        {{"RL-B04",
          warning,
          on_all,
          false,
          "a new column that every INSERT must name",
          "Programs that do not know the column cannot insert rows any more. Give it a default, or "
          "let it be NULL until all programs write it.",
          {{on_servers, users_of_programs,
            "ALTER TABLE users ADD COLUMN points INTEGER NOT NULL;\n",
            "ALTER TABLE users ADD COLUMN points INTEGER DEFAULT 0 NOT NULL;\n"}}},
         required_columns});
}

}  // namespace relata::migrate::lints
