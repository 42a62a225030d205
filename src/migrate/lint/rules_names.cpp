// SPDX-License-Identifier: BSL-1.0
// RL-X: names.

#include "migrate/lint/rule.hpp"
#include "migrate/characters.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <array>
#include <regex>

namespace relata::migrate::lints {

namespace {

// Names that the migration brings, with the object to report and its table.
struct named {
    std::string name;
    std::string object;
    std::string safe_sql;  ///< to `better`
};

void each_new_name(subject const& at, std::string const& better,
                   std::function<void(named const&)> const& look) {
    for (auto const& t : at.changes.created)
        look({t.name.name, text_of(t), at.alter(t) + " RENAME TO " + at.quoted(better) + ";\n"});
    for (auto const& t : at.changes.altered)
        if (t.renamed)
            look({t.after.name.name, text_of(t.after),
                  at.alter(t.after) + " RENAME TO " + at.quoted(better) + ";\n"});
    at.each_new_column([&](new_column const& c) {
        look({c.column.name, text_of(c.table, c.column.name),
              at.alter(c.table) + " RENAME COLUMN " + at.quoted(c.column.name) + " TO " +
                  at.quoted(better) + ";\n"});
    });
    at.each_changed_column([&](auto const& t, auto const& before, auto const& after) {
        if (before.name != after.name)
            look({after.name, text_of(t.after, after.name),
                  at.alter(t.after) + " RENAME COLUMN " + at.quoted(after.name) + " TO " +
                      at.quoted(better) + ";\n"});
    });
}

constexpr std::size_t longest = 63;

// The statement with a shorter name in place of this one.
std::string with_shorter(statement const& s, std::string const& name) {
    std::string sql(s.text());
    for (auto at = sql.find(name); at != sql.npos; at = sql.find(name))
        sql.erase(at + 40, name.size() - 40);
    return sql + ";\n";
}

void long_names(subject const& at) {
    for (auto const& s : at.sql.statements)
        for (auto const& t : s.tokens) {
            if (t.is != token::kind::word && t.is != token::kind::quoted) continue;
            auto const name = name_of(t);
            if (name.size() <= longest || (!s.begins({"create"}) && !s.begins({"alter"}))) continue;
            at.report_at(
                t.line, name.substr(0, longest),
                at.changes.engine == engine::postgresql
                    ? "PostgreSQL cuts the name after 63 bytes, and two names may become one"
                    : "the name is longer than the 63 bytes that each engine takes",
                with_shorter(s, name));
        }
}

// Words that PostgreSQL, MySQL, MariaDB or SQLite take for their own where a name could stand.
constexpr std::array<std::string_view, 101> reserved{
    "all",          "alter",        "analyze",
    "and",          "any",          "array",
    "as",           "asc",          "before",
    "between",      "both",         "by",
    "call",         "cascade",      "case",
    "cast",         "change",       "check",
    "collate",      "column",       "condition",
    "constraint",   "create",       "cross",
    "current_date", "current_time", "current_timestamp",
    "current_user", "database",     "default",
    "delete",       "desc",         "describe",
    "distinct",     "do",           "drop",
    "each",         "else",         "end",
    "except",       "exists",       "explain",
    "false",        "fetch",        "for",
    "foreign",      "from",         "function",
    "grant",        "group",        "groups",
    "having",       "in",           "index",
    "inner",        "insert",       "intersect",
    "interval",     "into",         "is",
    "join",         "key",          "keys",
    "lateral",      "leading",      "left",
    "like",         "limit",        "lock",
    "match",        "natural",      "not",
    "null",         "of",           "offset",
    "on",           "or",           "order",
    "outer",        "over",         "primary",
    "procedure",    "range",        "rank",
    "read",         "references",   "release",
    "rename",       "right",        "row",
    "rows",         "select",       "table",
    "then",         "to",           "trigger",
    "union",        "user",         "using",
    "when",         "where"};

void reserved_names(subject const& at) {
    // the safe SQL must know the name: it is made for each in turn
    each_new_name(at, "", [&](named const& found) {
        if (std::find(reserved.begin(), reserved.end(), lowered(found.name)) == reserved.end())
            return;
        auto safe = found.safe_sql;
        auto const empty = safe.rfind(at.quoted(""));
        safe.replace(empty, 2, at.quoted(found.name + "_"));
        at.report(found.object, "is a word of SQL: wherever it is used it must be in quotes", safe);
    });
}

// letters in lower case, and underscores for what is no letter or digit
std::string usual_name(std::string const& name) {
    std::string out;
    for (std::size_t i = 0; i < name.size(); ++i) {
        char const c = name[i];
        bool const capital = c >= 'A' && c <= 'Z';
        if (capital && i > 0 && out.back() != '_' && !(name[i - 1] >= 'A' && name[i - 1] <= 'Z'))
            out += '_';
        bool const usual = capital || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        out += usual ? lower(c) : '_';
    }
    return out;
}

void other_names(subject const& at) {
    if (at.options.names.empty()) return;
    std::regex pattern;
    try {
        pattern = std::regex(at.options.names);
    } catch (std::regex_error const&) {
        fail(error_kind::invalid_argument,
             "lint: this expression for names cannot be read: " + at.options.names);
    }
    each_new_name(at, "", [&](named const& found) {
        if (std::regex_match(found.name, pattern)) return;
        auto safe = found.safe_sql;
        safe.replace(safe.rfind(at.quoted("")), 2, at.quoted(usual_name(found.name)));
        at.report(found.object,
                  "the name is not spelled as the others are (" + at.options.names + ")", safe);
    });
}

std::string const long_name = std::string(40, 'a') + std::string(30, 'b');

}  // namespace

void add_name_rules(std::vector<rule>& to) {
    using enum severity;
    to.push_back(
        {{"RL-X03",
          warning,
          on_all,
          true,
          "a name that is too long",
          "PostgreSQL cuts names after 63 bytes without an error, MySQL refuses more than 64 "
          "characters: give it a shorter one.",
          {{on_postgresql, "",
            "CREATE TABLE " + long_name + " (id INTEGER NOT NULL PRIMARY KEY);\n",
            "CREATE TABLE a_shorter_name (id INTEGER NOT NULL PRIMARY KEY);\n"}}},
         long_names});
    to.push_back({{"RL-X04",
                   warning,
                   on_all,
                   true,
                   "a word of SQL as a name",
                   "It must be in quotes wherever it is used, and is spelled differently by people "
                   "and tools.",
                   {{{engine::sqlite, engine::postgresql},
                     "",
                     "CREATE TABLE \"order\" (id INTEGER NOT NULL PRIMARY KEY);\n",
                     "CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY);\n"},
                    {on_mysql, "", "CREATE TABLE `order` (id INTEGER NOT NULL PRIMARY KEY);\n",
                     "CREATE TABLE orders (id INTEGER NOT NULL PRIMARY KEY);\n"}}},
                  reserved_names});
    to.push_back(
        {{"RL-X05",
          note,
          on_all,
          true,
          "a name that is not spelled as the others are",
          "Capital letters need quotes on PostgreSQL, and depend on the file system on MySQL. The "
          "expression for names is an option; an empty one turns the rule off.",
          {{{engine::sqlite, engine::postgresql},
            "",
            "CREATE TABLE \"OrderLine\" (id INTEGER NOT NULL PRIMARY KEY);\n",
            "CREATE TABLE order_line (id INTEGER NOT NULL PRIMARY KEY);\n"},
           {on_mysql, "", "CREATE TABLE sales (id INTEGER NOT NULL PRIMARY KEY, `soldAt` DATE);\n",
            "CREATE TABLE sales (id INTEGER NOT NULL PRIMARY KEY, sold_at DATE);\n"}}},
         other_names});
}

}  // namespace relata::migrate::lints
