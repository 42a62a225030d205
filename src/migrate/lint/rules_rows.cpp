// SPDX-License-Identifier: BSL-1.0
// RL-F: what may fail on the rows that are there.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

std::string with_same(subject const& at, catalog::table const& t,
                      std::vector<std::string> const& columns) {
    auto const list = at.list(columns);
    return "SELECT " + list + ", count(*) FROM " + at.quoted(t.name) + " GROUP BY " + list +
           " HAVING count(*) > 1;\n";
}

// Names of columns as they are before the migration, where they are there.
std::vector<std::string> old_names(table_change const& t, std::vector<std::string> names) {
    for (auto& name : names)
        for (auto const& c : t.columns)
            if (c.after && c.after->name == name && c.before) name = c.before->name;
    return names;
}
bool are_old(table_change const& t, std::vector<std::string> const& names) {
    return std::all_of(names.begin(), names.end(), [&](auto const& name) {
        return std::any_of(t.before.columns.begin(), t.before.columns.end(),
                           [&](auto const& c) { return c.name == name; });
    });
}

void unique_on_rows(subject const& at) {
    for (auto const& t : at.changes.altered) {
        auto const look = [&](std::vector<catalog::part> const& parts) {
            auto const names = old_names(t, columns_of(parts));
            if (names.empty() || !are_old(t, names) || at.prepares(t.before)) return;
            at.report(text_of(t.after, columns_of(parts)[0]),
                      "fails when two rows have the same values", with_same(at, t.before, names));
        };
        auto const same_parts = [](auto const& c) {
            return c.before && c.before->parts == c.after->parts;
        };
        for (auto const& c : t.uniques)
            if (c.after && !same_parts(c)) look(c.after->parts);
        for (auto const& c : t.indexes)
            if (c.after && c.after->unique && !(same_parts(c) && c.before->unique))
                look(c.after->parts);
        if (t.primary && t.primary->after && !same_parts(*t.primary)) look(t.primary->after->parts);
    }
}

void not_null_on_rows(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (!before.nullable || after.nullable || at.prepares(t.before)) return;
        at.report(text_of(t.after, after.name), "fails when a row has no value here",
                  "SELECT count(*) FROM " + at.quoted(t.before.name) + " WHERE " +
                      at.quoted(before.name) + " IS NULL;\n");
    });
}

std::string orphans(subject const& at, table_change const& t, catalog::reference const& r) {
    auto const names = old_names(t, r.columns);
    if (!are_old(t, names) || at.is_new(r.other.name)) return {};
    std::string on;
    std::string given;
    for (std::size_t i = 0; i < names.size() && i < r.other_columns.size(); ++i) {
        on += (i == 0 ? "" : " AND ") + ("other." + at.quoted(r.other_columns[i])) + " = one." +
              at.quoted(names[i]);
        given += " AND one." + at.quoted(names[i]) + " IS NOT NULL";
    }
    return "SELECT one.* FROM " + at.quoted(t.before.name) +
           " one WHERE NOT EXISTS (SELECT 1 FROM " + at.quoted(r.other) + " other WHERE " + on +
           ")" + given + ";\n";
}

void references_on_rows(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.references) {
            bool const same = c.before && c.after && c.before->columns == c.after->columns &&
                              c.before->other == c.after->other;
            if (!c.after || same || at.prepares(t.before)) continue;
            if (!are_old(t, old_names(t, c.after->columns))) continue;
            at.report(text_of(t.after, c.after->columns[0]),
                      "fails when a row refers to none of " + c.after->other.name,
                      orphans(at, t, *c.after));
        }
}

void checks_on_rows(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.checks) {
            if (!c.after || (c.before && c.before->condition == c.after->condition)) continue;
            bool const of_new_column =
                std::any_of(t.columns.begin(), t.columns.end(), [&](auto const& column) {
                    return column.after && !column.before && c.after->name == column.after->name;
                });
            if (of_new_column || at.prepares(t.before)) continue;
            at.report(text_of(t.after), "the check fails when a row does not keep it",
                      "SELECT count(*) FROM " + at.quoted(t.before.name) + " WHERE NOT (" +
                          c.after->condition + ");\n");
        }
}

void casts_on_rows(subject const& at) {
    auto const on = at.changes.engine;
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (before.type == after.type || after.computed != catalog::computed::none) return;
        if (conversion_of(type_of(before.type, on), type_of(after.type, on), on) !=
                conversion::casts ||
            at.prepares(t.before))
            return;
        at.report(text_of(t.after, after.name),
                  "from " + before.type + " to " + after.type +
                      ": fails on values that cannot be read so",
                  "SELECT DISTINCT " + at.quoted(before.name) + " FROM " +
                      at.quoted(t.before.name) + ";\n");
    });
}

void required_columns_on_rows(subject const& at) {
    at.each_new_column([&](new_column const& c) {
        if (c.of_new_table || c.column.nullable || c.column.default_value ||
            c.column.identity != catalog::identity::none ||
            c.column.computed != catalog::computed::none)
            return;
        auto const what = at.on_mysql()
                              ? "rows that are there get 0 or an empty text"
                              : "fails when the table has rows: they have no value for it";
        at.report(text_of(c.table, c.column.name), what,
                  at.planned(c.table.name, [&](catalog::table& t) {
                      t.columns.push_back(c.column);
                      t.columns.back().nullable = true;
                  }));
    });
}

char const* const users_with_rows =
    "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY, email VARCHAR(100), age VARCHAR(9));\n";
char const* const customers_and_orders =
    "CREATE TABLE customers (id INTEGER NOT NULL PRIMARY KEY);\n"
    "CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY, customer_id INTEGER);\n";

}  // namespace

void add_row_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const fill = "UPDATE users SET email = 'none' WHERE email IS NULL;\n";
    std::string const once = "UPDATE users SET email = NULL WHERE id NOT IN (SELECT kept FROM "
                             "(SELECT min(id) AS kept FROM "
                             "users GROUP BY email) AS firsts);\n";
    std::string const unique = "CREATE UNIQUE INDEX users_email ON users (email);\n";
    to.push_back(
        {{"RL-F01",
          warning,
          on_all,
          false,
          "a unique key on columns that have values",
          "Two rows with the same values stop the migration. Look for them, and mend them in the "
          "migration before the key is made.",
          {{on_all, users_with_rows, unique, once + unique}}},
         unique_on_rows});
    std::string const not_null = "ALTER TABLE users ALTER COLUMN email SET NOT NULL;\n";
    std::string const modify = "ALTER TABLE users MODIFY COLUMN email VARCHAR(100) NOT NULL;\n";
    to.push_back({{"RL-F02",
                   warning,
                   on_all,
                   false,
                   "NOT NULL on a column that has rows",
                   "A row without a value stops the migration. Fill the column first.",
                   {{on_postgresql, users_with_rows, not_null, fill + not_null},
                    {on_mysql, users_with_rows, modify, fill + modify}}},
                  not_null_on_rows});
    std::string const refer = "ALTER TABLE orders ADD CONSTRAINT orders_customer FOREIGN KEY "
                              "(customer_id) REFERENCES customers "
                              "(id);\n";
    to.push_back(
        {{"RL-F03",
          warning,
          on_all,
          false,
          "a foreign key on columns that have values",
          "A row that refers to none stops the migration. Look for such rows, and mend them first.",
          {{on_servers, customers_and_orders, refer,
            "UPDATE orders SET customer_id = NULL WHERE customer_id NOT IN (SELECT id FROM "
            "customers);\n" +
                refer}}},
         references_on_rows});
    std::string const check = "ALTER TABLE users ADD CONSTRAINT email_given CHECK (email <> '');\n";
    to.push_back(
        {{"RL-F04",
          warning,
          on_all,
          false,
          "a check on rows that are there",
          "A row that does not keep the check stops the migration. Look for such rows, and mend "
          "them first.",
          {{on_servers, users_with_rows, check,
            "UPDATE users SET email = NULL WHERE email = '';\n" + check}}},
         checks_on_rows});
    std::string const cast =
        "ALTER TABLE users ALTER COLUMN age TYPE INTEGER USING age::INTEGER;\n";
    std::string const mysql_cast = "ALTER TABLE users MODIFY COLUMN age INTEGER;\n";
    to.push_back(
        {{"RL-F05",
          warning,
          on_all,
          false,
          "values are read anew as another type",
          "One value that cannot be read so stops the migration, or becomes something else. Mend "
          "the values first.",
          {{on_postgresql, users_with_rows, cast,
            "UPDATE users SET age = NULL WHERE age !~ '^[0-9]+$';\n" + cast},
           {on_mysql, users_with_rows, mysql_cast,
            "UPDATE users SET age = NULL WHERE age NOT REGEXP '^[0-9]+$';\n" + mysql_cast}}},
         casts_on_rows});
    to.push_back(
        {{"RL-F06",
          warning,
          on_servers,
          false,
          "a NOT NULL column without a default in a table with rows",
          "Rows that are there have no value for it: PostgreSQL refuses, MySQL and MariaDB "
          " put 0 or an empty text into them. Give a default, or fill the column first.",
          {{on_servers, users_with_rows, "ALTER TABLE users ADD COLUMN points INTEGER NOT NULL;\n",
            "ALTER TABLE users ADD COLUMN points INTEGER NOT NULL DEFAULT 0;\n"}}},
         required_columns_on_rows});
}

}  // namespace relata::migrate::lints
