// SPDX-License-Identifier: BSL-1.0
// RL-M: changes of MySQL and MariaDB that copy a table, or do less than they say.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

// Whether the server keeps the rows as they are: a longer VARCHAR with as many bytes of length, more
// labels at the end of an ENUM.
bool is_quick(type const& before, type const& after) {
    if (before.is == type::family::enumeration && after.is == before.is)
        return before.name == after.name && before.labels.size() <= after.labels.size() &&
               std::equal(before.labels.begin(), before.labels.end(), after.labels.begin());
    return before.name == "varchar" && after.name == before.name && before.size <= after.size &&
           (before.size * 4 < 256) == (after.size * 4 < 256);
}

std::string new_column_for(subject const& at, table_change const& t, catalog::column const& before,
                           catalog::column const& after) {
    return at.planned(t.before.name, [&](catalog::table& table) {
        table.columns.push_back(after);
        auto& column = table.columns.back();
        column.name = before.name + "_new";
        column.nullable = true;
        column.default_value.reset();
        column.identity = catalog::identity::none;
    });
}

void copied_rows(subject const& at) {
    char const* const message = "all rows are copied, and nobody writes to the table meanwhile";
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (before.type == after.type && before.collation == after.collation) return;
        auto const was = type_of(before.type, at.changes.engine);
        auto const now = type_of(after.type, at.changes.engine);
        if (before.collation == after.collation && is_quick(was, now)) return;
        if (at.find(t.after, {{"algorithm"}})) return;
        at.report(text_of(t.after, after.name), message, new_column_for(at, t, before, after));
    });
    for (auto const& t : at.changes.altered) {
        if (at.find(t.after, {{"algorithm"}})) continue;
        if (t.primary && t.primary->before && !t.primary->after)
            at.report(text_of(t.after), message,
                      at.alter(t.before) + " DROP PRIMARY KEY, ADD PRIMARY KEY (" +
                          at.list(columns_of(t.primary->before->parts)) + ");\n");
        for (auto const& c : t.columns)
            if (!c.before && c.after && c.after->computed == catalog::computed::stored)
                at.report(text_of(t.after, c.after->name), message,
                          at.planned(t.before.name, [&](catalog::table& table) {
                              table.columns.push_back(*c.after);
                              table.columns.back().computed = catalog::computed::on_read;
                          }));
    }
}

// The columns of a CREATE TABLE that have REFERENCES in their own line.
void ignored_references(subject const& at) {
    auto const refers = [](catalog::table const& t, std::string const& column) {
        return std::any_of(t.references.begin(), t.references.end(), [&](auto const& r) {
            return std::any_of(r.columns.begin(), r.columns.end(),
                               [&](auto const& c) { return same_name(c, column); });
        });
    };
    for (auto const& s : at.sql.statements) {
        if (!s.begins({"create", "table"}) && !s.begins({"alter", "table"})) continue;
        auto const of = s.table();
        auto const table =
            std::find_if(at.changes.after.tables.begin(), at.changes.after.tables.end(),
                         [&](auto const& t) { return same_name(t.name.name, of); });
        auto const words = s.find({"references"});
        if (table == at.changes.after.tables.end() || words == std::string_view::npos ||
            s.has({"foreign", "key"}) || words + 1 >= s.tokens.size())
            continue;
        for (auto const& c : table->columns) {
            bool const before_it =
                std::any_of(s.tokens.begin(), s.tokens.begin() + static_cast<std::ptrdiff_t>(words),
                            [&](token const& t) { return same_name(name_of(t), c.name); });
            if (!before_it || refers(*table, c.name) ||
                (table->primary && columns_of(table->primary->parts)[0] == c.name))
                continue;
            auto const other = name_of(s.tokens[words + 1]);
            at.report(s, text_of(*table, c.name),
                      "REFERENCES in the line of a column does nothing here",
                      at.alter(*table) + " ADD FOREIGN KEY (" + at.quoted(c.name) +
                          ") REFERENCES " + at.quoted(other) + " (id);\n");
        }
    }
}

void moved_labels(subject const& at) {
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        auto const was = type_of(before.type, at.changes.engine);
        auto const now = type_of(after.type, at.changes.engine);
        if (was.is != type::family::enumeration || now.is != was.is || is_quick(was, now)) return;
        auto labels = was.labels;
        for (auto const& each : now.labels)
            if (std::find(labels.begin(), labels.end(), each) == labels.end())
                labels.push_back(each);
        if (labels == now.labels) return;
        std::string list;
        for (auto const& each : labels) list += (list.empty() ? "" : ",") + each;
        at.report(text_of(t.after, after.name),
                  "values get other numbers: the table is copied, and ORDER BY gives another order",
                  at.planned(t.before.name, [&](catalog::table& table) {
                      for (auto& c : table.columns)
                          if (c.name == before.name) c.type = was.name + '(' + list + ')';
                  }));
    });
}

// Whether the server copies the rows anyway, and so looks at them.
bool is_copied(subject const& at, table_change const& t, std::string const& column) {
    if (at.find(t.after, {{"algorithm", "=", "copy"}}) || at.find(t.after, {{"algorithm", "copy"}}))
        return true;
    return std::any_of(t.columns.begin(), t.columns.end(), [&](auto const& c) {
        return c.before && c.after && c.after->name == column && c.before->type != c.after->type &&
               !is_quick(type_of(c.before->type, at.changes.engine),
                         type_of(c.after->type, at.changes.engine));
    });
}

void unproved_check(subject const& at) {
    for (auto const& t : at.changes.altered)
        for (auto const& c : t.checks) {
            if (!c.after || !option_of(c.after->options, "of column") ||
                is_copied(at, t, c.after->name))
                continue;
            at.report(text_of(t.after, c.after->name),
                      "rows that are there may break the new check, and nothing says so",
                      at.alter(t.before) + " ADD CONSTRAINT " +
                          at.quoted(c.after->name + "_is_right") + " CHECK (" + c.after->condition +
                          ");\n");
        }
}

char const* const mysql_users =
    "CREATE TABLE users (id INT NOT NULL PRIMARY KEY, age INT, state ENUM('new','done'));\n";

}  // namespace

void add_mysql_rules(std::vector<rule>& to) {
    using enum severity;
    to.push_back(
        {{"RL-M01",
          warning,
          on_mysql,
          false,
          "a change copies the table",
          "Another type or character set, a primary key that goes, a stored expression: all rows "
          "are "
          "copied while nobody writes. Add a column beside it, or say ALGORITHM=INPLACE or "
          "INSTANT, "
          "so that the server refuses instead.",
          {{on_mysql, mysql_users, "ALTER TABLE users MODIFY COLUMN age BIGINT;\n",
            "ALTER TABLE users ADD COLUMN age_long BIGINT, ALGORITHM=INPLACE, LOCK=NONE;\n"}}},
         copied_rows});
    to.push_back(
        {{"RL-M02",
          error,
          {engine::mysql},
          true,
          "REFERENCES in the line of a column",
          "MySQL before 9.0 reads it and makes no foreign key. Write FOREIGN KEY as a constraint "
          "of the "
          "table.",
          {{{engine::mysql},
            "CREATE TABLE customers (id INT PRIMARY KEY);\n",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT REFERENCES customers "
            "(id));\n",
            "CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT, FOREIGN KEY (customer_id) "
            "REFERENCES customers (id));\n"}}},
         ignored_references});
    to.push_back(
        {{"RL-M03",
          warning,
          on_mysql,
          false,
          "a value in the middle of an ENUM or SET",
          "Values are kept as numbers: those behind the new one change, so that the table is "
          "copied "
          "and sorts in another way. Put new values at the end.",
          {{on_mysql, mysql_users,
            "ALTER TABLE users MODIFY COLUMN state ENUM('new','old','done');\n",
            "ALTER TABLE users MODIFY COLUMN state ENUM('new','done','old');\n"}}},
         moved_labels});
    to.push_back(
        {{"RL-M09",
          error,
          {engine::mariadb},
          false,
          "a check in the line of a column",
          "To a table that is there MariaDB adds it by changing the description only, and does not "
          "look at the rows. Add the check as a constraint of the table, or say ALGORITHM=COPY.",
          {{{engine::mariadb},
            mysql_users,
            "ALTER TABLE users MODIFY COLUMN age INT CHECK (age >= 0);\n",
            "ALTER TABLE users ADD CONSTRAINT age_is_right CHECK (age >= 0);\n"}}},
         unproved_check});
}

}  // namespace relata::migrate::lints
