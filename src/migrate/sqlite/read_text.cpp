// SPDX-License-Identifier: BSL-1.0

#include "migrate/sqlite/read_text.hpp"

#include "migrate/sqlite/tokens.hpp"

#include <algorithm>
#include <deque>
#include <tuple>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

// The name, which may have that of its database before it.
void skip_name(reader& from) {
    if (from.take("if", "not")) from.expect("exists");
    (void)from.name();
    if (from.take(".")) (void)from.name();
}

void skip_temporary(reader& from) {
    if (!from.take("temp")) (void)from.take("temporary");
}

bool at_table_constraint(reader const& from) {
    return from.at("constraint") || (from.at("primary") && from.at(1, "key")) ||
           (from.at("foreign") && from.at(1, "key")) || (from.at("unique") && from.at(1, "(")) ||
           (from.at("check") && from.at(1, "("));
}

void read_options(reader& from, catalog::table& to) {
    while (!from.done() && !from.at(";")) {
        if (from.take("without", "rowid")) to.options.push_back({"without rowid", ""});
        else if (from.take("strict")) to.options.push_back({"strict", ""});
        else from.refuse();
        (void)from.take(",");
    }
    std::sort(to.options.begin(), to.options.end(),
              [](auto const& a, auto const& b) { return a.name < b.name; });
}

// SQLite makes the rowid of a key with one INTEGER column, whatever order is asked for with the table;
// not so where DESC stands with the column.
void forget_order_of_rowid(catalog::table& t) {
    if (!t.primary || t.primary->parts.size() != 1) return;
    for (auto const& option : t.options)
        if (option.name == "without rowid") return;
    for (auto const& column : t.columns)
        if (same_name(column.name, t.primary->parts[0].column) && same_name(column.type, "integer"))
            t.primary->parts[0].descending = false;
}

std::string columns_of(std::vector<catalog::part> const& parts) {
    std::string all;
    for (auto const& each : parts) all += each.column + '\n';
    return all;
}

void sort(catalog::table& t) {
    std::sort(t.uniques.begin(), t.uniques.end(), [](auto const& a, auto const& b) {
        return std::tuple(a.name, columns_of(a.parts)) < std::tuple(b.name, columns_of(b.parts));
    });
    std::sort(t.references.begin(), t.references.end(), [](auto const& a, auto const& b) {
        return std::tie(a.name, a.columns, a.other, a.other_columns) <
               std::tie(b.name, b.columns, b.other, b.other_columns);
    });
    std::sort(t.checks.begin(), t.checks.end(), [](auto const& a, auto const& b) {
        return std::tie(a.name, a.condition) < std::tie(b.name, b.condition);
    });
}

// Whether the token is a name in double quotes that SQLite takes for a text, there being no column of
// that name.
bool is_text(std::vector<token> const& tokens, std::size_t i, catalog::table const& t) {
    auto const& it = tokens[i];
    if (it.is != token::kind::quoted || it.text[0] != '"') return false;
    if (i > 0 && (tokens[i - 1].text == "." || same_name(tokens[i - 1].text, "collate") ||
                  same_name(tokens[i - 1].text, "as")))
        return false;
    if (i + 1 < tokens.size() && (tokens[i + 1].text == "." || tokens[i + 1].text == "("))
        return false;
    auto const name = name_of(it);
    for (std::string_view const rowid : {"rowid", "oid", "_rowid_"})
        if (same_name(name, rowid)) return false;
    return std::none_of(t.columns.begin(), t.columns.end(),
                        [&](auto const& column) { return same_name(column.name, name); });
}

// The expression with such texts in single quotes, as every connection understands them.
void spell_texts(std::string& expression, catalog::table const& t) {
    if (expression.find('"') == std::string::npos) return;
    auto const before = expression;
    auto tokens = tokens_of(before);
    std::deque<std::string> texts;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
        if (!is_text(tokens, i, t)) continue;
        auto& text = texts.emplace_back("'");
        for (char const c : name_of(tokens[i])) text.append(c == '\'' ? 2 : 1, c);
        text += '\'';
        tokens[i] = {token::kind::string, text};
    }
    expression = joined(tokens);
}

void spell_texts(catalog::table& t) {
    for (auto& check : t.checks) spell_texts(check.condition, t);
    for (auto& column : t.columns) spell_texts(column.expression, t);
}

bool ends_with(std::vector<token> const& tokens, std::string_view word) {
    return tokens.size() > 1 && tokens.back().is == token::kind::word &&
           same_name(tokens.back().text, word);
}

// A part of an index: a column of the table, or an expression.
catalog::part read_part(std::vector<token> tokens, catalog::table const& on) {
    catalog::part part;
    if (ends_with(tokens, "asc")) {
        tokens.pop_back();
    } else if (ends_with(tokens, "desc")) {
        tokens.pop_back();
        part.descending = true;
    }
    if (auto const n = tokens.size(); n > 2 && same_name(tokens[n - 2].text, "collate")) {
        part.options.push_back({"collate", name_of(tokens[n - 1])});
        tokens.resize(n - 2);
    }
    bool const is_name = tokens.size() == 1 &&
                         (tokens[0].is == token::kind::word || tokens[0].is == token::kind::quoted);
    if (is_name)
        for (auto const& column : on.columns)
            if (same_name(column.name, name_of(tokens[0]))) part.column = column.name;
    if (part.column.empty()) {
        part.expression = joined(tokens);
        spell_texts(part.expression, on);
    }
    return part;
}

}  // namespace

catalog::table read_table(std::string_view text, std::string const& name) {
    reader from(text, "table " + name);
    from.expect("create");
    skip_temporary(from);
    from.expect("table");
    skip_name(from);
    catalog::table to;
    to.name.name = name;
    from.expect("(");
    bool constraints = false;
    bool key_with_column = false;
    std::vector<std::size_t> columns;
    do {
        constraints = constraints || at_table_constraint(from);
        if (!constraints) {
            columns.push_back(std::size_t(from.next().text.data() - text.data()));
            read_column(from, to);
            key_with_column = to.primary.has_value();
            continue;
        }
        // SQLite does not ask for commas between these
        while (at_table_constraint(from)) read_table_constraint(from, to);
    } while (from.take(","));
    from.expect(")");
    read_options(from, to);
    if (!key_with_column) forget_order_of_rowid(to);
    spell_texts(to);
    sort(to);
    read_marks(text, columns, to);
    return to;
}

catalog::index read_index(std::string_view text, catalog::table const& on,
                          std::string const& name) {
    reader from(text, "index " + name);
    from.expect("create");
    catalog::index to;
    to.name = name;
    to.unique = from.take("unique");
    from.expect("index");
    skip_name(from);
    from.expect("on");
    (void)from.name();
    from.expect("(");
    do to.parts.push_back(read_part(from.part(), on));
    while (from.take(","));
    from.expect(")");
    if (from.take("where")) {
        std::vector<token> condition;
        while (!from.done() && !from.at(";")) condition.push_back(from.any());
        to.where = joined(condition);
        spell_texts(to.where, on);
    }
    return to;
}

catalog::view read_view(std::string_view text, std::string const& name) {
    reader from(text, "view " + name);
    from.expect("create");
    skip_temporary(from);
    from.expect("view");
    skip_name(from);
    catalog::view to;
    to.name.name = name;
    if (from.at("(")) to.options.push_back({"columns", from.in_parentheses()});
    from.expect("as");
    to.query = from.rest();
    return to;
}

}  // namespace relata::migrate::sqlite
