// SPDX-License-Identifier: BSL-1.0
// RL-X: the migration among the others.

#include "migrate/lint/rule.hpp"

#include <algorithm>

namespace relata::migrate::lints {

namespace {

void without_way_back(subject const& at) {
    if (!at.options.has_down && !at.changes.empty())
        at.report({}, "there is no down file: a mistake can only be undone by another migration",
                  {});
}

// Tables in the order in which a migration locks them; those that it makes itself lock nobody out.
std::vector<std::string> locked_tables(text const& sql) {
    std::vector<std::string> made;
    std::vector<std::string> tables;
    auto const among = [](std::vector<std::string> const& list, std::string const& name) {
        return std::any_of(list.begin(), list.end(),
                           [&](auto const& each) { return same_name(each, name); });
    };
    for (auto const& s : sql.statements) {
        auto const table = s.table();
        if (table.empty() || !s.in_transaction) continue;
        if (s.begins({"create", "table"})) made.push_back(table);
        bool const locks = s.begins({"alter", "table"}) || s.begins({"drop", "table"}) ||
                           s.begins({"update"}) || s.begins({"delete"}) || s.begins({"insert"}) ||
                           s.begins({"truncate"}) || s.begins({"create", "index"}) ||
                           s.begins({"create", "unique", "index"});
        if (locks && !among(made, table) && !among(tables, table)) tables.push_back(table);
    }
    return tables;
}

std::size_t place(std::vector<std::string> const& in, std::string const& name) {
    auto const at =
        std::find_if(in.begin(), in.end(), [&](auto const& each) { return same_name(each, name); });
    return static_cast<std::size_t>(at - in.begin());
}

void other_order(subject const& at) {
    auto const now = locked_tables(at.sql);
    for (auto earlier = at.options.earlier.rbegin(); earlier != at.options.earlier.rend();
         ++earlier) {
        auto const then = locked_tables(sql_text::read(*earlier, at.changes.engine));
        for (std::size_t i = 0; i + 1 < now.size(); ++i) {
            auto const first = place(then, now[i]);
            auto const second = place(then, now[i + 1]);
            if (first >= then.size() || second >= then.size() || first < second) continue;
            at.report(now[i + 1],
                      "is locked after " + now[i] +
                          ", in an earlier migration before it: programs that keep one order may "
                          "deadlock",
                      "LOCK TABLE " + at.quoted(now[i + 1]) + ", " + at.quoted(now[i]) +
                          " IN ACCESS EXCLUSIVE MODE;\n");
            return;
        }
    }
}

}  // namespace

void add_folder_rules(std::vector<rule>& to) {
    using enum severity;
    std::string const add = "ALTER TABLE users ADD COLUMN age INTEGER;\n";
    std::string const table = "CREATE TABLE users (id INTEGER NOT NULL PRIMARY KEY);\n";
    to.push_back(
        {{"RL-X06",
          note,
          on_all,
          true,
          "no way back",
          "There is no down file. relata generates one for whatever it can plan; for the others "
          "write it by hand, or say why there is none.",
          {{on_all, table, add, add}}},
         without_way_back});
    to.push_back(
        {{"RL-X07",
          warning,
          on_postgresql,
          false,
          "tables are locked in another order than before",
          "Two transactions that lock the same tables in two orders wait for each other, and one "
          "is ended as a deadlock. Keep the order of earlier migrations.",
          {{on_postgresql, table + "CREATE TABLE teams (id INTEGER NOT NULL PRIMARY KEY);\n",
            "ALTER TABLE users ADD COLUMN age INTEGER;\nALTER TABLE teams ADD COLUMN size "
            "INTEGER;\n",
            "ALTER TABLE teams ADD COLUMN size INTEGER;\nALTER TABLE users ADD COLUMN age "
            "INTEGER;\n"}}},
         other_order});
    to.push_back({{"RL-X08",
                   error,
                   on_all,
                   true,
                   "a relata:nolint without a reason, or for no rule",
                   "Whoever reads it later must know why the rule did not matter here.",
                   {{on_all, table, "-- relata:nolint RL-B04\n" + add,
                     "-- relata:nolint RL-B04 the table is empty so far\n" + add}}},
                  nullptr});
}

}  // namespace relata::migrate::lints
