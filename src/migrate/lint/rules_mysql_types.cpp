// SPDX-License-Identifier: BSL-1.0
// RL-M: tables and columns of MySQL and MariaDB that will trouble somebody later.

#include "migrate/lint/rule.hpp"
#include "migrate/characters.hpp"

#include <algorithm>
#include <array>

namespace relata::migrate::lints {

namespace {

bool is_old_utf8(std::string const& collation) {
    return collation.starts_with("utf8mb3") || collation.starts_with("utf8_");
}

void short_utf8(subject const& at) {
    auto const modern = " CONVERT TO CHARACTER SET utf8mb4;\n";
    for (auto const& t : at.changes.created) {
        auto const* const collation = option_of(t.options, "collate");
        if (collation && is_old_utf8(*collation))
            at.report(text_of(t), "holds no character beyond the first 65,536, such as emoji",
                      at.alter(t) + modern);
    }
    at.each_new_column([&](new_column const& c) {
        if (is_old_utf8(c.column.collation))
            at.report(text_of(c.table, c.column.name),
                      "holds no character beyond the first 65,536, such as emoji",
                      at.alter(c.table) + modern);
    });
}

void without_key(subject const& at) {
    for (auto const& t : at.changes.created)
        if (!t.primary)
            at.report(text_of(t),
                      "rows cannot be told apart: replication and tools that copy go row by row",
                      at.alter(t) + " ADD COLUMN " + at.quoted("row_id") +
                          " BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY;\n");
}

void zero_dates(subject const& at) {
    at.each_new_column([&](new_column const& c) {
        if (!c.column.default_value ||
            c.column.default_value->find("0000-00-00") == std::string::npos)
            return;
        at.report(text_of(c.table, c.column.name),
                  "the default is no date, and strict mode refuses it",
                  at.alter(c.table) + " MODIFY COLUMN " + at.quoted(c.column.name) + ' ' +
                      c.column.type + " NULL DEFAULT NULL;\n");
    });
}

bool is_money(std::string const& name) {
    static constexpr std::array<std::string_view, 11> words{
        "price", "amount", "cost", "total",   "balance", "fee",
        "money", "salary", "tax",  "revenue", "payment"};
    auto const small = lowered(name);
    return std::any_of(words.begin(), words.end(),
                       [&](auto word) { return small.find(word) != std::string::npos; });
}

void floating_money(subject const& at) {
    at.each_new_column([&](new_column const& c) {
        if (type_of(c.column.type, at.changes.engine).is != type::family::floating ||
            !is_money(c.column.name))
            return;
        at.report(text_of(c.table, c.column.name), "sums of money come out wrong by fractions",
                  at.alter(c.table) + " MODIFY COLUMN " + at.quoted(c.column.name) +
                      " DECIMAL(19,4)" + (c.column.nullable ? "" : " NOT NULL") + ";\n");
    });
}

void without_transactions(subject const& at) {
    for (auto const& t : at.changes.created) {
        auto const* const storage = option_of(t.options, "engine");
        if (storage && lowered(*storage) != "innodb")
            at.report(text_of(t), *storage + " keeps no transactions and no foreign keys",
                      at.alter(t) + " ENGINE=InnoDB;\n");
    }
}

std::string mysql_table_with(std::string const& column, std::string const& end = "") {
    return "CREATE TABLE sales (id INT PRIMARY KEY, " + column + ")" + end + ";\n";
}

}  // namespace

void add_mysql_type_rules(std::vector<rule>& to) {
    using enum severity;
    to.push_back(
        {{"RL-M04",
          warning,
          on_mysql,
          true,
          "utf8mb3",
          "It holds characters of up to three bytes only: emoji and many Chinese characters are "
          "refused. Use utf8mb4.",
          {{on_mysql, "", mysql_table_with("note VARCHAR(20)", " CHARACTER SET utf8mb3"),
            mysql_table_with("note VARCHAR(20)", " CHARACTER SET utf8mb4")}}},
         short_utf8});
    to.push_back({{"RL-M05",
                   warning,
                   on_mysql,
                   true,
                   "a table without a primary key",
                   "Replication looks at all rows for each change, and clusters refuse the table.",
                   {{on_mysql, "", "CREATE TABLE sales (sold INT);\n",
                     "CREATE TABLE sales (id BIGINT AUTO_INCREMENT PRIMARY KEY, sold INT);\n"}}},
                  without_key});
    to.push_back(
        {{"RL-M06",
          warning,
          on_mysql,
          true,
          "a zero date as default",
          "'0000-00-00' is no date: strict mode refuses it, and other engines cannot hold it. Use "
          "NULL.",
          {{on_mysql, "",
            "SET sql_mode = '';\n" + mysql_table_with("sold DATE NOT NULL DEFAULT '0000-00-00'"),
            mysql_table_with("sold DATE NULL DEFAULT NULL")}}},
         zero_dates});
    to.push_back(
        {{"RL-M07",
          warning,
          on_mysql,
          true,
          "money as a floating number",
          "Binary fractions cannot hold 0.10: sums come out wrong, and comparisons miss rows. Use "
          "DECIMAL.",
          {{on_mysql, "", mysql_table_with("price DOUBLE"),
            mysql_table_with("price DECIMAL(19,4)")}}},
         floating_money});
    to.push_back(
        {{"RL-M08",
          warning,
          on_mysql,
          true,
          "a table that is not kept by InnoDB",
          "Other storage engines keep no transactions, no foreign keys, and lose rows in a crash.",
          {{on_mysql, "", mysql_table_with("sold INT", " ENGINE=MyISAM"),
            mysql_table_with("sold INT")}}},
         without_transactions});
}

}  // namespace relata::migrate::lints
