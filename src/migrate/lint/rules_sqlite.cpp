// SPDX-License-Identifier: BSL-1.0
// RL-S: SQLite.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

// The statement without its NOT NULL.
std::string nullable(statement const& s) {
    std::string sql(s.text());
    auto const from = s.tokens[s.find({"not", "null"})].text.data() - s.text().data();
    auto const& null = s.tokens[s.find({"not", "null"}) + 1].text;
    auto const to = null.data() + null.size() - s.text().data();
    sql.erase(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    return sql + ";\n";
}

void refused_columns(subject const& at) {
    for (auto const& s : at.sql.statements) {
        auto const add = s.find({"add"});
        if (!s.begins({"alter", "table"}) || add == std::string_view::npos) continue;
        if (!s.has({"not", "null"}) || s.has({"default"}) || s.has({"generated"}) || s.has({"as"}))
            continue;
        auto const name =
            add + 1 < s.tokens.size() && is(s.tokens[add + 1], "column") ? add + 2 : add + 1;
        if (name >= s.tokens.size()) continue;
        auto const column = name_of(s.tokens[name]);
        at.report(s, s.table() + '.' + column,
                  "SQLite refuses it when the table has rows: they have no value for it",
                  nullable(s));
    }
}

void copied_tables(subject const& at) {
    for (auto const& s : at.sql.statements) {
        if (!s.begins({"insert", "into"}) || !s.has({"select"})) continue;
        auto const from = s.find({"from"});
        if (from == std::string_view::npos || from + 1 >= s.tokens.size()) continue;
        auto const source = name_of(s.tokens[from + 1]);
        auto const drops =
            std::any_of(at.sql.statements.begin(), at.sql.statements.end(), [&](auto const& d) {
                return d.begins({"drop", "table"}) && same_name(d.table(), source);
            });
        auto const* const table = at.changes.before.find({"", source});
        if (!drops || !table) continue;
        if (table->estimated_rows >= 0 && table->estimated_rows < at.options.large_table) continue;
        at.report(s, source,
                  "all rows of the table are copied, and nobody writes to the database meanwhile",
                  "SELECT count(*) FROM " + at.quoted(source) + ";\n");
    }
}

void loose_tables(subject const& at) {
    for (auto const& t : at.changes.created)
        if (!option_of(t.options, "strict"))
            at.report(text_of(t), "a column takes values of any type, whatever its own says",
                      at.planned([&](catalog::schema& all) {
                          all.tables.push_back(t);
                          auto& made = all.tables.back();
                          made.options.push_back({"strict", ""});
                          std::sort(made.options.begin(), made.options.end(),
                                    [](auto const& a, auto const& b) { return a.name < b.name; });
                          for (auto& c : made.columns) {
                              using family = type::family;
                              auto const is = type_of(c.type, engine::sqlite).is;
                              c.type = is == family::integer                             ? "INTEGER"
                                       : is == family::floating || is == family::decimal ? "REAL"
                                       : is == family::bytes                             ? "BLOB"
                                                                                         : "TEXT";
                          }
                          std::sort(all.tables.begin(), all.tables.end(),
                                    [](auto const& a, auto const& b) { return a.name < b.name; });
                      }));
}

void late_pragmas(subject const& at) {
    for (auto const& s : at.sql.statements) {
        if (!s.begins({"pragma"})) continue;
        bool const defer = s.names("defer_foreign_keys");
        if (!defer && !(s.names("foreign_keys") && s.in_transaction)) continue;
        at.report(
            s, {},
            defer ? "does not keep ON DELETE CASCADE from deleting what refers to a dropped table"
                  : "has no effect inside of a transaction",
            "-- relata:outside\nPRAGMA foreign_keys = OFF;\n");
    }
}

char const* const sqlite_users =
    "CREATE TABLE users (id INTEGER PRIMARY KEY, email TEXT) STRICT;\n";

}  // namespace

void add_sqlite_rules(std::vector<rule>& to) {
    using enum severity;
    to.push_back(
        {{"RL-S01",
          error,
          on_sqlite,
          false,
          "ADD COLUMN … NOT NULL without a default",
          "SQLite refuses it when the table has rows. Give a default, or leave NOT NULL to a later "
          "copy of the table.",
          {{on_sqlite,
            std::string(sqlite_users) + "INSERT INTO users VALUES (1, 'a@example.org');\n",
            "ALTER TABLE users ADD COLUMN points INTEGER NOT NULL;\n",
            "ALTER TABLE users ADD COLUMN points INTEGER NOT NULL DEFAULT 0;\n", true}}},
         refused_columns});
    std::string const copy =
        "CREATE TABLE users_2 (id INTEGER PRIMARY KEY, email TEXT NOT NULL) STRICT;\n"
        "INSERT INTO users_2 SELECT id, email FROM users;\n"
        "DROP TABLE users;\nALTER TABLE users_2 RENAME TO users;\n";
    to.push_back(
        {{"RL-S02",
          note,
          on_sqlite,
          false,
          "a table is copied",
          "Most changes of a table need a copy of it. Nobody writes to the database meanwhile, and "
          "it needs room for both. Columns can be added, renamed and dropped without.",
          {{on_sqlite, sqlite_users, copy, "ALTER TABLE users ADD COLUMN points INTEGER;\n"}}},
         copied_tables});
    to.push_back(
        {{"RL-S03",
          note,
          on_sqlite,
          true,
          "a table that is not STRICT",
          "Its columns take values of any type: 'many' in a column of integers is found when it is "
          "read. Say STRICT.",
          {{on_sqlite, "", "CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER);\n",
            "CREATE TABLE users (id INTEGER PRIMARY KEY, age INTEGER) STRICT;\n"}}},
         loose_tables});
    to.push_back({{"RL-S04",
                   warning,
                   on_sqlite,
                   true,
                   "a PRAGMA on foreign keys that does not help",
                   "DROP TABLE deletes what refers to the rows by ON DELETE CASCADE. Only "
                   "foreign_keys = OFF "
                   "keeps it from that, and only before the transaction begins: inside it has no "
                   "effect, and "
                   "defer_foreign_keys never has this one.",
                   {{on_sqlite, sqlite_users, "PRAGMA defer_foreign_keys = ON;\n",
                     "-- relata:outside\nPRAGMA foreign_keys = OFF;\n"}}},
                  late_pragmas});
}

}  // namespace relata::migrate::lints
