// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"

#include <relata/core/error.hpp>

#include <map>
#include <optional>

namespace relata::migrate::mysql {

namespace {

// A column of a foreign key.
struct key_column_row {
    std::string table;
    std::string name;
    std::string column;
    std::optional<std::string> space;
    std::string other;
    std::string other_column;
};

struct rule_row {
    std::string table;
    std::string name;
    std::string updated;
    std::string deleted;
};

struct check_row {
    std::string table;
    std::string name;
    std::string condition;
    std::string level;
    std::string enforced;
};

catalog::action action_of(std::string_view rule) {
    if (rule == "CASCADE") return catalog::action::cascade;
    if (rule == "SET NULL") return catalog::action::set_null;
    if (rule == "SET DEFAULT") return catalog::action::set_default;
    if (rule == "RESTRICT") return catalog::action::restrict;
    return catalog::action::no_action;
}

std::vector<check_row> checks_of(reading& r) {
    if (r.mariadb) {
        return r.from.all(
            sql_query<"select table_name, constraint_name, check_clause, level, 'YES' "
                      "from information_schema.check_constraints "
                      "where constraint_schema = database()",
                      check_row>());
    }
    auto const sql = "select t.table_name, c.constraint_name, " + recoded("c.check_clause") +
                     ", 'Table', t.enforced from information_schema.check_constraints c "
                     "join information_schema.table_constraints t "
                     "using (constraint_schema, constraint_name) "
                     "where c.constraint_schema = database() and t.constraint_type = 'CHECK'";
    return r.from.all(sql_query<check_row>(unsafe_sql(sql)));
}

}  // namespace

void read_references(reading& r) {
    // Two queries: a join of the two would make MariaDB open each table for each row.
    auto rules =
        r.from.all(sql_query<"select table_name, constraint_name, update_rule, delete_rule "
                             "from information_schema.referential_constraints "
                             "where constraint_schema = database()",
                             rule_row>());
    std::map<std::pair<std::string_view, std::string_view>, rule_row const*> by_name;
    for (auto const& rule : rules) by_name.try_emplace({rule.table, rule.name}, &rule);
    auto columns = r.from.all(
        sql_query<"select table_name, constraint_name, column_name, "
                  "nullif(referenced_table_schema, database()), referenced_table_name, "
                  "referenced_column_name from information_schema.key_column_usage "
                  "where table_schema = database() and referenced_table_name is not null "
                  "order by table_name, constraint_name, ordinal_position",
                  key_column_row>());
    for (auto& found : columns) {
        auto* const table = r.table(found.table);
        auto const rule = by_name.find({found.table, found.name});
        if (!table || rule == by_name.end()) continue;  // changed in between
        auto& list = table->references;
        if (list.empty() || list.back().name != found.name) {
            auto& added = list.emplace_back();
            added.name = std::move(found.name);
            added.other = {std::move(found.space).value_or(""), std::move(found.other)};
            added.deleted = action_of(rule->second->deleted);
            added.updated = action_of(rule->second->updated);
        }
        list.back().columns.push_back(std::move(found.column));
        list.back().other_columns.push_back(std::move(found.other_column));
    }
    for (auto& t : r.found.tables) std::ranges::sort(t.references, {}, &catalog::reference::name);
}

void read_checks(reading& r) {
    for (auto& found : checks_of(r)) {
        auto* const table = r.table(found.table);
        if (!table) continue;
        catalog::check check;
        check.name = std::move(found.name);
        check.condition =
            without_database(r.mariadb ? found.condition : unescaped(found.condition), r.database);
        // MariaDB: written in the column's line, whose name it has.
        if (found.level == "Column") check.options.push_back({"of column", ""});
        if (found.enforced == "NO") check.options.push_back({"not enforced", ""});
        table->checks.push_back(std::move(check));
    }
    for (auto& t : r.found.tables) std::ranges::sort(t.checks, {}, &catalog::check::name);
}

}  // namespace relata::migrate::mysql
