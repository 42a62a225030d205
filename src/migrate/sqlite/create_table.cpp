// SPDX-License-Identifier: BSL-1.0

#include "migrate/sqlite/create_table.hpp"

#include "migrate/sqlite/tokens.hpp"

#include <relata/dialect/dialect.hpp>

#include <algorithm>
#include <array>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

std::string constraint(std::string const& name) {
    return name.empty() ? std::string() : "CONSTRAINT " + quote_name(name) + " ";
}

std::string conflict(std::vector<catalog::option> const& options, std::string_view name) {
    auto const* what = find(options, name);
    return what ? " ON CONFLICT " + *what : std::string();
}

std::string_view word(catalog::action action) {
    static constexpr std::array<std::string_view, 5> words{"NO ACTION", "RESTRICT", "CASCADE",
                                                           "SET NULL", "SET DEFAULT"};
    return words.at(static_cast<std::size_t>(action));
}

std::string part_text(catalog::part const& part) {
    auto text = part.column.empty() ? part.expression : quote_name(part.column);
    if (auto const* collation = find(part.options, "collate"))
        text += " COLLATE " + quote_name(*collation);
    if (part.descending) text += " DESC";
    return text;
}

std::string parts_text(std::vector<catalog::part> const& parts) {
    std::string text = "(";
    for (auto const& each : parts) {
        if (text.size() > 1) text += ", ";
        text += part_text(each);
    }
    return text + ")";
}

std::string key_text(catalog::key const& key, std::string_view kind) {
    return constraint(key.name) + std::string(kind) + " " + parts_text(key.parts) +
           conflict(key.options, "on conflict");
}

// A literal may stand without parentheses; a word must, as it may be a text without quotes.
std::string default_text(std::string const& value) {
    auto const tokens = tokens_of(value);
    bool const sign = tokens.size() == 2 && (tokens[0].text == "-" || tokens[0].text == "+");
    return tokens.size() == 1 || sign ? value : "(" + value + ")";
}

// AUTOINCREMENT and the order of a rowid stand with the column only.
bool key_with_column(catalog::table const& t, catalog::column const& column) {
    return t.primary && t.primary->parts.size() == 1 &&
           same_name(t.primary->parts[0].column, column.name) &&
           (t.primary->parts[0].descending || column.identity != catalog::identity::none);
}

std::string key_of_column(catalog::table const& t, catalog::column const& column) {
    auto const& key = *t.primary;
    return " " + constraint(key.name) + "PRIMARY KEY" + (key.parts[0].descending ? " DESC" : "") +
           conflict(key.options, "on conflict") +
           (column.identity != catalog::identity::none ? " AUTOINCREMENT" : "");
}

std::string options_text(catalog::table const& t) {
    std::string text;
    if (find(t.options, "strict")) text = " STRICT";
    if (find(t.options, "without rowid"))
        text += text.empty() ? " WITHOUT ROWID" : ", WITHOUT ROWID";
    return text;
}

}  // namespace

std::string quote_name(std::string_view name) {
    static auto const& spelling = dialect::dialect_for(dialect::family::sqlite, 33700);
    std::string text;
    spelling.append_identifier(text, name);
    return text;
}

std::string quote_name(std::vector<std::string> const& names) {
    std::string text;
    for (auto const& each : names) {
        if (!text.empty()) text += ", ";
        text += quote_name(each);
    }
    return text;
}

std::string const* find(std::vector<catalog::option> const& options, std::string_view name) {
    auto const at = std::find_if(options.begin(), options.end(),
                                 [&](auto const& each) { return each.name == name; });
    return at == options.end() ? nullptr : &at->value;
}

std::string column_text(catalog::column const& column) {
    auto text = quote_name(column.name);
    if (!column.type.empty()) text += " " + column.type;
    if (!column.nullable) {
        auto const* name = find(column.options, "not null name");
        text += " " + (name ? constraint(*name) : std::string()) + "NOT NULL" +
                conflict(column.options, "not null on conflict");
    }
    if (!column.collation.empty()) text += " COLLATE " + quote_name(column.collation);
    if (column.default_value) text += " DEFAULT " + default_text(*column.default_value);
    if (column.computed != catalog::computed::none)
        text += " GENERATED ALWAYS AS (" + column.expression + ")" +
                (column.computed == catalog::computed::stored ? " STORED" : " VIRTUAL");
    return text;
}

std::string references_text(catalog::reference const& reference) {
    auto text = "REFERENCES " + quote_name(reference.other.name);
    if (!reference.other_columns.empty()) text += " (" + quote_name(reference.other_columns) + ")";
    if (reference.deleted != catalog::action::no_action)
        text.append(" ON DELETE ").append(word(reference.deleted));
    if (reference.updated != catalog::action::no_action)
        text.append(" ON UPDATE ").append(word(reference.updated));
    if (auto const* match = find(reference.options, "match")) text += " MATCH " + *match;
    if (auto const* deferrable = find(reference.options, "deferrable"))
        text += deferrable->empty() ? " DEFERRABLE" : " DEFERRABLE INITIALLY DEFERRED";
    return text;
}

std::string create_table(catalog::table const& table, std::string_view name) {
    std::vector<std::string> lines;
    bool key_written = false;
    for (auto const& column : table.columns) {
        auto text = column_text(column);
        if (key_with_column(table, column)) {
            text += key_of_column(table, column);
            key_written = true;
        }
        lines.push_back(std::move(text));
    }
    if (table.primary && !key_written) lines.push_back(key_text(*table.primary, "PRIMARY KEY"));
    for (auto const& key : table.uniques) lines.push_back(key_text(key, "UNIQUE"));
    for (auto const& each : table.references)
        lines.push_back(constraint(each.name) + "FOREIGN KEY (" + quote_name(each.columns) + ") " +
                        references_text(each));
    for (auto const& each : table.checks)
        lines.push_back(constraint(each.name) + "CHECK (" + each.condition + ")");
    std::string text = "CREATE TABLE " + quote_name(name) + " (";
    for (auto const& line : lines) text += (&line == lines.data() ? "\n    " : ",\n    ") + line;
    return text + "\n)" + options_text(table);
}

std::string create_index(catalog::index const& index, std::string_view table) {
    auto text = std::string(index.unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ") +
                quote_name(index.name) + " ON " + quote_name(table) + " " + parts_text(index.parts);
    if (!index.where.empty()) text += " WHERE " + index.where;
    return text;
}

std::string create_view(catalog::view const& view) {
    auto const* columns = find(view.options, "columns");
    return "CREATE VIEW " + quote_name(view.name.name) + (columns ? " (" + *columns + ")" : "") +
           " AS " + view.query;
}

}  // namespace relata::migrate::sqlite
