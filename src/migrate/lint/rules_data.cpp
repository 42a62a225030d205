// SPDX-License-Identifier: BSL-1.0
// RL-D: what destroys data.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

std::string rename_table(subject const& at, catalog::table const& t) {
    return at.alter(t) + " RENAME TO " + at.quoted(t.name.name + "_dropped") + ";\n";
}

void dropped_tables(subject const& at) {
    for (auto const& t : at.changes.dropped)
        at.report(text_of(t), "the table and its rows go", rename_table(at, t));
}

void dropped_columns(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.columns)
            if (c.before && !c.after && c.before->computed == catalog::computed::none)
                at.report(text_of(t.before, c.before->name), "the values of the column go",
                          at.alter(t.before) + " RENAME COLUMN " + at.quoted(c.before->name) +
                              " TO " + at.quoted(c.before->name + "_dropped") + ";\n");
}

void dropped_views(subject const& at) {
    for (auto const& v : at.changes.views)
        if (v.before && !v.after)
            at.report(v.before->name.name,
                      "the view goes, and with it what programs read through it",
                      std::string("CREATE ") + (v.before->materialized ? "MATERIALIZED " : "") +
                          "VIEW " + at.quoted(v.before->name.name + "_kept") +
                          " AS SELECT * FROM " + at.quoted(v.before->name) + ";\n");
}

bool is_renamed(subject const& at, std::string const& space) {
    return std::any_of(at.sql.statements.begin(), at.sql.statements.end(), [&](auto const& s) {
        return s.begins({"alter", "schema"}) && s.has({"rename", "to"}) && s.names(space);
    });
}

void dropped_spaces(subject const& at) {
    for (auto const& s : at.changes.spaces)
        if (s.before && !s.after && !is_renamed(at, *s.before))
            at.report(*s.before, "the schema goes with all that is in it",
                      "ALTER SCHEMA " + at.quoted(*s.before) + " RENAME TO " +
                          at.quoted(*s.before + "_dropped") + ";\n");
}

std::string copied_column(subject const& at, table_change const& t, catalog::column const& before,
                          catalog::column const& after) {
    return at.planned(t.before.name, [&](catalog::table& table) {
        auto copy = after;
        copy.name = before.name + "_new";
        copy.nullable = true;
        copy.default_value.reset();
        copy.identity = catalog::identity::none;
        table.columns.push_back(copy);
    });
}

void narrowed_columns(subject const& at) {
    auto const on = at.changes.engine;
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (before.type == after.type || after.computed != catalog::computed::none) return;
        auto const was = type_of(before.type, on);
        auto const now = type_of(after.type, on);
        if (conversion_of(was, now, on) == conversion::narrows)
            at.report(text_of(t.after, after.name),
                      "from " + before.type + " to " + after.type +
                          ": values that do not fit are cut, rounded or refused",
                      copied_column(at, t, before, after));
    });
}

void changed_signs(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        auto const was = type_of(before.type, at.changes.engine);
        auto const now = type_of(after.type, at.changes.engine);
        if (was.is == type::family::integer && now.is == was.is &&
            was.is_unsigned != now.is_unsigned)
            at.report(text_of(t.after, after.name),
                      "from " + before.type + " to " + after.type +
                          (now.is_unsigned ? ": negative" : ": the largest") +
                          " numbers do not fit",
                      copied_column(at, t, before, after));
    });
}

bool loses_label(std::vector<std::string> const& before, std::vector<std::string> const& after) {
    return std::any_of(before.begin(), before.end(), [&](auto const& label) {
        return std::find(after.begin(), after.end(), label) == after.end();
    });
}

void removed_labels(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        auto const was = type_of(before.type, at.changes.engine);
        auto const now = type_of(after.type, at.changes.engine);
        if (!was.labels.empty() && !now.labels.empty() && loses_label(was.labels, now.labels))
            at.report(text_of(t.after, after.name),
                      "a value of the enumeration goes; rows may have it",
                      "SELECT " + at.quoted(before.name) + ", count(*) FROM " +
                          at.quoted(t.before.name) + " GROUP BY " + at.quoted(before.name) + ";\n");
    });
    for (auto const& e : at.changes.enumerations)
        if (e.before && e.after && loses_label(e.before->labels, e.after->labels))
            at.report(e.after->name.name, "a value of the enumeration goes; rows may have it",
                      "SELECT enum_range(NULL::" + at.quoted(e.before->name) + ");\n");
}

std::string collation_of(catalog::table const& t, catalog::column const& c) {
    if (!c.collation.empty()) return c.collation;
    auto const* const of_table = option_of(t.options, "collate");
    return of_table ? *of_table : "";
}

void changed_collations(subject const& at) {
    auto const look = [&](table_change const& t, catalog::column const& before,
                          catalog::column const& after) {
        auto const now = collation_of(t.after, after);
        if (collation_of(t.before, before) == now || !is_unique(t.after, after.name)) return;
        if (type_of(after.type, at.changes.engine).is != type::family::text) return;
        auto const by = at.quoted(before.name) + (now.empty() ? "" : " COLLATE " + now);
        at.report(
            text_of(t.after, after.name),
            "values that differ now may be equal under the new collation, and the key refuses them",
            "SELECT min(" + at.quoted(before.name) + "), count(*) FROM " +
                at.quoted(t.before.name) + " GROUP BY " + by + " HAVING count(*) > 1;\n");
    };
    for (auto const& t : at.changes.altered)
        for (auto const& after : t.after.columns) {
            auto name = after.name;
            for (auto const& c : t.columns)
                if (c.before && c.after && c.after->name == name) name = c.before->name;
            for (auto const& before : t.before.columns)
                if (before.name == name) look(t, before, after);
        }
}

void emptied_tables(subject const& at) {
    for (auto const& s : at.sql.statements) {
        bool const all = s.begins({"truncate"}) || (s.begins({"delete"}) && !s.has({"where"}));
        auto const table = s.table();
        if (!all || at.is_new(table)) continue;
        at.report(s, table, "all rows of the table go",
                  "CREATE TABLE " + at.quoted(table + "_kept") + " AS SELECT * FROM " +
                      at.quoted(table) + ";\n");
    }
}

char const* const users = "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, email "
                          "VARCHAR(100), login VARCHAR(100));\n";

}  // namespace

void add_data_rules(std::vector<rule>& to) {
    using enum severity;
    to.push_back(
        {{"RL-D01",
          error,
          on_all,
          false,
          "a table is dropped",
          "The rows cannot come back, and programs that still use the table fail. Give it another "
          "name first, and drop it when nobody has missed it.",
          {{on_all, users, "DROP TABLE users;\n", "ALTER TABLE users RENAME TO users_dropped;\n"}}},
         dropped_tables});
    to.push_back(
        {{"RL-D02",
          error,
          on_all,
          false,
          "a column is dropped",
          "Its values cannot come back, and programs that still name it fail. Take it out of the "
          "programs first, then give it another name, and drop it when nobody has missed it.",
          {{on_all, users, "ALTER TABLE users DROP COLUMN login;\n",
            "ALTER TABLE users RENAME COLUMN login TO login_dropped;\n"}}},
         dropped_columns});
    to.push_back(
        {{"RL-D03",
          warning,
          on_all,
          false,
          "a view is dropped",
          "Programs, reports and other views may read it. Keep it until no program names it.",
          {{on_all, std::string(users) + "CREATE VIEW logins AS SELECT login FROM users;\n",
            "DROP VIEW logins;\n", "CREATE VIEW user_logins AS SELECT login FROM users;\n"}}},
         dropped_views});
    to.push_back({{"RL-D04",
                   error,
                   on_postgresql,
                   false,
                   "a schema is dropped",
                   "All tables in it go with their rows. Give it another name first.",
                   {{on_postgresql, "CREATE SCHEMA billing;\n", "DROP SCHEMA billing;\n",
                     "ALTER SCHEMA billing RENAME TO billing_dropped;\n"}}},
                  dropped_spaces});
    to.push_back(
        {{"RL-D05",
          error,
          on_servers,
          false,
          "a type becomes narrower",
          "Values that do not fit are cut or rounded, or stop the migration. Add a column of the "
          "new type, fill it in batches, look at what does not fit, and change over.",
          {{on_postgresql, users, "ALTER TABLE users ALTER COLUMN email TYPE VARCHAR(20);\n",
            "ALTER TABLE users ADD COLUMN email_short VARCHAR(20);\n"},
           {on_mysql, users, "ALTER TABLE users MODIFY COLUMN email VARCHAR(20);\n",
            "ALTER TABLE users ADD COLUMN email_short VARCHAR(20);\n"}}},
         narrowed_columns});
    to.push_back(
        {{"RL-D06",
          error,
          on_mysql,
          false,
          "a number gets or loses its sign",
          "Half of the range goes: negative numbers, or the largest. A wider type keeps all.",
          {{on_mysql, "CREATE TABLE stock (id INT PRIMARY KEY, amount INT);\n",
            "ALTER TABLE stock MODIFY COLUMN amount INT UNSIGNED;\n",
            "ALTER TABLE stock MODIFY COLUMN amount BIGINT;\n"}}},
         changed_signs});
    to.push_back(
        {{"RL-D07",
          error,
          on_servers,
          false,
          "a value of an enumeration goes",
          "Rows that have it lose it, or stop the migration. Change the rows first, and leave the "
          "value in the type while programs may still write it.",
          {{on_mysql, "CREATE TABLE jobs (id INT PRIMARY KEY, state ENUM('new','old','done'));\n",
            "ALTER TABLE jobs MODIFY COLUMN state ENUM('new','done');\n",
            "UPDATE jobs SET state = 'done' WHERE state = 'old';\n"},
           {on_postgresql, "CREATE TYPE state AS ENUM ('new', 'old', 'done');\n",
            "DROP TYPE state;\nCREATE TYPE state AS ENUM ('new', 'done');\n",
            "CREATE TYPE state_2 AS ENUM ('new', 'done');\n"}}},
         removed_labels});
    to.push_back(
        {{"RL-D08",
          error,
          on_servers,
          false,
          "the collation of a unique column changes",
          "Under another collation values that differ may be equal: the key then refuses rows, or "
          "finds other ones. Add a column with the new collation and its own key.",
          {{on_postgresql,
            std::string(users) + "CREATE UNIQUE INDEX users_email ON users (email);\n",
            "ALTER TABLE users ALTER COLUMN email TYPE VARCHAR(100) COLLATE \"C\";\n",
            "ALTER TABLE users ADD COLUMN email_c VARCHAR(100) COLLATE \"C\";\n"},
           {on_mysql, std::string(users) + "CREATE UNIQUE INDEX users_email ON users (email);\n",
            "ALTER TABLE users MODIFY COLUMN email VARCHAR(100) CHARACTER SET utf8mb4 COLLATE "
            "utf8mb4_unicode_ci;\n",
            "ALTER TABLE users ADD COLUMN email_folded VARCHAR(100) CHARACTER SET utf8mb4 COLLATE "
            "utf8mb4_unicode_ci;\n"}}},
         changed_collations});
    to.push_back(
        {{"RL-D09",
          error,
          on_all,
          false,
          "a table is emptied",
          "TRUNCATE, and DELETE without a condition, take all rows; on MySQL TRUNCATE also ends "
          "the "
          "transaction. Delete what is not needed, by a condition and in batches.",
          {{on_servers, users, "TRUNCATE TABLE users;\n",
            "DELETE FROM users WHERE login IS NULL;\n"},
           {on_sqlite, users, "DELETE FROM users;\n", "DELETE FROM users WHERE login IS NULL;\n"}}},
         emptied_tables});
}

}  // namespace relata::migrate::lints
