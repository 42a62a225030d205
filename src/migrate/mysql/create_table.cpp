// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/ddl.hpp"
#include "migrate/mysql/words.hpp"

#include <algorithm>

namespace relata::migrate::mysql {

namespace {

bool is_period(catalog::column const& column) {
    return column.expression == "ROW START" || column.expression == "ROW END";
}

std::string computed_clause(catalog::column const& column) {
    if (column.computed == catalog::computed::none) return {};
    if (is_period(column)) return " GENERATED ALWAYS AS " + column.expression;
    return " GENERATED ALWAYS AS (" + column.expression +
           (column.computed == catalog::computed::stored ? ") STORED" : ") VIRTUAL");
}

std::string null_clause(catalog::column const& column) {
    if (is_period(column)) return {};
    if (!column.nullable) return " NOT NULL";
    // Without explicit_defaults_for_timestamp it would be NOT NULL.
    return column.type.starts_with("timestamp") ? " NULL" : "";
}

std::string value_clause(catalog::column const& column) {
    std::string out;
    if (column.default_value) out += " DEFAULT " + *column.default_value;
    if (auto const* const text = find_option(column.options, "on update"))
        out += " ON UPDATE " + *text;
    if (column.identity != catalog::identity::none) out += " AUTO_INCREMENT";
    return out;
}

// PERIOD FOR SYSTEM_TIME, when its columns are the program's own.
std::string period_clause(catalog::table const& table) {
    std::string start;
    std::string end;
    for (auto const& c : table.columns) {
        if (c.expression == "ROW START") start = quote_name(c.name);
        if (c.expression == "ROW END") end = quote_name(c.name);
    }
    if (start.empty()) return {};
    return "PERIOD FOR SYSTEM_TIME (" + start + ',' + end + ')';
}

}  // namespace

bool is_of_column(catalog::check const& check) {
    return find_option(check.options, "of column") != nullptr;
}

std::string column_clause(catalog::table const& table, catalog::column const& column) {
    auto out = quote_name(column.name) + ' ' + column.type;
    if (!column.collation.empty()) out += " COLLATE " + column.collation;
    out += computed_clause(column);
    out += null_clause(column);
    if (auto const* const srid = find_option(column.options, "srid")) out += " SRID " + *srid;
    if (find_option(column.options, "invisible")) out += " INVISIBLE";
    if (find_option(column.options, "without system versioning"))
        out += " WITHOUT SYSTEM VERSIONING";
    out += value_clause(column);
    if (!column.comment.empty()) out += " COMMENT " + text_literal(column.comment);
    for (auto const& check : table.checks)
        if (check.name == column.name && is_of_column(check))
            out += " CHECK (" + check.condition + ')';
    return out;
}

std::string options_clause(catalog::table const& table) {
    std::string out;
    for (auto const& o : table.options) {
        if (o.name == "system versioning") continue;
        out += out.empty() ? "" : " ";
        out += o.value.empty() ? o.name : o.name + '=' + o.value;
    }
    if (!table.comment.empty()) out += " COMMENT=" + text_literal(table.comment);
    if (find_option(table.options, "system versioning")) out += " WITH SYSTEM VERSIONING";
    return out;
}

std::string partition_clause(catalog::partitioning const& partitioning) {
    if (partitioning.by.empty()) return {};
    auto out = "PARTITION BY " + partitioning.by;
    auto const& parts = partitioning.parts;
    bool usual = partitioning.by.starts_with("HASH") || partitioning.by.starts_with("KEY") ||
                 partitioning.by.starts_with("LINEAR");
    std::string list;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        list += (i == 0 ? "" : ",\n ") + parts[i];
        usual = usual && parts[i] == "PARTITION `p" + std::to_string(i) + '`';
    }
    if (usual) return out + "\nPARTITIONS " + std::to_string(parts.size());
    return out + "\n(" + list + ')';
}

std::string create_table(catalog::table const& table, catalog::engine engine,
                         std::vector<catalog::reference const*> const& references) {
    std::string out = "CREATE TABLE " + quote_name(table.name) + " (";
    bool first = true;
    auto const add = [&](std::string const& line) {
        if (line.empty()) return;
        out += first ? "\n  " : ",\n  ";
        out += line;
        first = false;
    };
    for (auto const& c : table.columns) add(column_clause(table, c));
    if (table.primary) add(primary_clause(*table.primary));
    for (auto const& k : table.uniques) add(unique_clause(k));
    for (auto const& i : table.indexes) add(index_clause(i));
    for (auto const* r : references) add(reference_clause(*r, engine));
    for (auto const& c : table.checks)
        if (!is_of_column(c)) add(check_clause(c));
    add(period_clause(table));
    out += "\n) " + options_clause(table);
    auto const parts = partition_clause(table.partitioning);
    return parts.empty() ? out : out + '\n' + parts;
}

}  // namespace relata::migrate::mysql
