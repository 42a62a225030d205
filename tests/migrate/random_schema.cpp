// SPDX-License-Identifier: BSL-1.0

#include "migrate/random_schema.hpp"

#include <algorithm>

namespace test {

namespace {

namespace catalog = relata::schema::catalog;

constexpr unsigned table_count = 6;
constexpr unsigned column_count = 7;

std::string table_name(unsigned number) { return "t " + std::to_string(number); }
std::string column_name(unsigned number) { return "c\"" + std::to_string(number); }
std::string quoted(std::string const& name) {
    std::string text = "\"";
    for (char const c : name) text.append(c == '"' ? 2 : 1, c);
    return text + "\"";
}
catalog::part on(std::string column) { return {std::move(column), "", false, {}}; }

}  // namespace

catalog::schema random_schema::next() {
    catalog::schema to;
    std::vector<unsigned> tables;
    for (unsigned i = 0; i < table_count; ++i)
        if (now(70)) tables.push_back(i);
    if (tables.empty()) tables.push_back(0);
    for (auto const number : tables) to.tables.push_back(table(number, tables));
    add_rest(to);
    return to;
}

catalog::table random_schema::table(unsigned number, std::vector<unsigned> const& tables) {
    catalog::table to;
    to.name.name = table_name(number);
    add_key(to);
    add_columns(to);
    add_references(to, tables);
    add_constraints(to);
    add_indexes(to);
    if (now(20)) std::swap(to.columns.front(), to.columns.back());
    return to;
}

// The key `id` has numbers in every kind of table.
void random_schema::add_key(catalog::table& to) {
    auto& id = to.columns.emplace_back();
    id.name = "id";
    id.type = "INTEGER";
    auto const kind = now(50) ? 0 : source_() % 5;
    if (kind == 4) {
        id.nullable = false;
        to.uniques.push_back({now(50) ? "id once" : "", {on("id")}, "", {}});
    } else {
        to.primary = catalog::key{now(10) ? "the key" : "", {on("id")}, "", {}};
    }
    if (kind == 1) id.identity = catalog::identity::auto_increment;
    if (kind == 2) id.type = "INT";
    if (now(15)) to.options.push_back({"strict", ""});
    if (kind == 3) to.options.push_back({"without rowid", ""});
}

void random_schema::add_columns(catalog::table& to) {
    static constexpr char const* types[] = {"INT", "TEXT", "REAL"};
    for (unsigned i = 0; i < column_count; ++i) {
        if (!now(60)) continue;
        auto& column = to.columns.emplace_back();
        column.name = column_name(i);
        column.type = types[(i + (now(15) ? 1 : 0)) % 3];
        if (now(25)) column.default_value = now(70) ? "7" : now(50) ? "'8'" : "9 + 1";
        column.nullable = !column.default_value || now(50);
        if (column.type == "TEXT" && now(25)) column.collation = "nocase";
    }
    if (!now(30)) return;
    auto& column = to.columns.emplace_back();
    column.name = "computed";
    column.type = "INT";
    column.expression = now(70) ? "id * 2" : "id + 1";
    column.computed = now(50) ? catalog::computed::stored : catalog::computed::on_read;
}

// to_<table> refers to that table where it is, and is a plain column else.
void random_schema::add_references(catalog::table& to, std::vector<unsigned> const& tables) {
    for (unsigned i = 0; i < table_count; ++i) {
        if (!now(20)) continue;
        auto& column = to.columns.emplace_back();
        column.name = "to_" + std::to_string(i);
        column.type = "INT";
        if (std::find(tables.begin(), tables.end(), i) == tables.end() || now(20)) continue;
        auto& reference = to.references.emplace_back();
        if (now(30)) reference.name = "to " + std::to_string(i);
        reference.columns = {column.name};
        reference.other.name = table_name(i);
        reference.other_columns = {"id"};
        if (now(30)) reference.deleted = catalog::action::cascade;
        if (now(20)) reference.options.push_back({"deferrable", "initially deferred"});
    }
}

void random_schema::add_constraints(catalog::table& to) {
    for (auto const& column : to.columns) {
        if (column.computed != catalog::computed::none) continue;
        auto const name = quoted(column.name);
        if (now(10))
            to.checks.push_back(
                {now(50) ? "small " + column.name : "",
                 name + " is null or length(" + name + ") < " + (now(50) ? "100" : "50"),
                 "",
                 {}});
        if (now(10))
            to.uniques.push_back(
                {now(50) ? "once " + column.name : "", {on("id"), on(column.name)}, "", {}});
    }
}

void random_schema::add_indexes(catalog::table& to) {
    for (auto const& column : to.columns) {
        if (!now(15)) continue;
        auto& index = to.indexes.emplace_back();
        index.name = "on " + to.name.name + " " + column.name;
        auto part = on(column.name);
        part.descending = now(30);
        if (now(20)) part = {"", "length(" + quoted(column.name) + ")", false, {}};
        index.parts = {part};
        index.unique = part.column == "id" && now(40);
        if (now(20)) index.parts.push_back(on("id"));
        if (now(20)) index.where = quoted(column.name) + " is not null";
    }
}

void random_schema::add_rest(catalog::schema& to) {
    for (auto const& table : to.tables) {
        auto const name = quoted(table.name.name);
        if (now(25)) {
            auto& view = to.views.emplace_back();
            view.name.name = "view of " + table.name.name;
            view.query = "select id" + std::string(now(50) ? ", 1 as one" : "") + " from " + name;
        }
        if (now(25))
            to.others.push_back({"trigger",
                                 {"", "after " + table.name.name},
                                 {"", table.name.name},
                                 "CREATE TRIGGER \"after " + table.name.name + "\" AFTER " +
                                     (now(70) ? "DELETE" : "INSERT") + " ON " + name +
                                     " BEGIN DELETE FROM " + name + " WHERE id = 1000; END"});
    }
}

std::vector<std::string> random_schema::rows(catalog::schema const& in) {
    std::vector<std::string> statements;
    for (int row = 1; row <= 5; ++row)
        for (auto const& table : in.tables) {
            std::string names;
            std::string values;
            for (auto const& column : table.columns) {
                if (column.computed != catalog::computed::none) continue;
                bool const refers =
                    std::any_of(table.references.begin(), table.references.end(),
                                [&](auto const& each) { return each.columns[0] == column.name; });
                bool const none = column.name.starts_with("to_") && !refers;
                names += (names.empty() ? "" : ", ") + quoted(column.name);
                values += (values.empty() ? "" : ", ") +
                          (none ? std::string("null") : std::to_string(row));
            }
            statements.push_back("insert into " + quoted(table.name.name) + " (" + names +
                                 ") values (" + values + ")");
        }
    statements.insert(statements.begin(), "pragma foreign_keys = off");
    return statements;
}

}  // namespace test
