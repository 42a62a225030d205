// SPDX-License-Identifier: BSL-1.0

#include "migrate/diff_rules.hpp"
#include "migrate/characters.hpp"

#include <algorithm>

namespace relata::migrate {

namespace {

namespace catalog = schema::catalog;

constexpr bool is_quote(char c) { return c == '\'' || c == '"' || c == '`'; }

struct text_piece {
    std::size_t begin;
    std::size_t end;
    char quote;  // or 0
};

// The next word or quoted thing of an expression.
text_piece next_piece(std::string_view text, std::size_t at) {
    while (at < text.size() && !is_word(text[at]) && !is_quote(text[at])) ++at;
    if (at == text.size()) return {at, at, 0};
    auto end = at + 1;
    if (is_quote(text[at])) {
        while (end < text.size() && text[end] != text[at]) ++end;
        return {at, std::min(end + 1, text.size()), text[at]};
    }
    while (end < text.size() && is_word(text[end])) ++end;
    return {at, end, 0};
}

bool is_name_at(std::string_view text, text_piece const& p, std::string_view name) {
    if (p.quote == '\'') return false;
    auto const inner = p.quote ? text.substr(p.begin + 1, p.end - p.begin - 2)
                               : text.substr(p.begin, p.end - p.begin);
    return inner == name;
}

void rename_word(std::string& text, std::string_view from, std::string_view to) {
    if (text.find(from) == std::string::npos) return;
    std::string out;
    std::size_t copied = 0;
    for (auto p = next_piece(text, 0); p.begin < text.size(); p = next_piece(text, p.end)) {
        if (!is_name_at(text, p, from)) continue;
        std::size_t const quote = p.quote ? 1 : 0;
        out.append(text, copied, p.begin + quote - copied).append(to);
        copied = p.end - quote;
    }
    text = out.append(text, copied);
}

void rename_name(std::string& name, std::string const& from, std::string const& to) {
    if (name == from) name = to;
}
void rename_name(std::vector<std::string>& names, std::string const& from, std::string const& to) {
    for (auto& each : names) rename_name(each, from, to);
}
void rename_name(std::vector<catalog::part>& parts, std::string const& from,
                 std::string const& to) {
    for (auto& each : parts) {
        rename_name(each.column, from, to);
        rename_word(each.expression, from, to);
    }
}

// All expressions of a table.
template <class F> void each_expression(catalog::table& t, F&& f) {
    for (auto& check : t.checks) f(check.condition);
    for (auto& column : t.columns) f(column.expression);
    for (auto& index : t.indexes) {
        f(index.where);
        for (auto& part : index.parts) f(part.expression);
    }
}

void rename_inside(catalog::table& t, std::string const& from, std::string const& to) {
    for (auto& column : t.columns) rename_name(column.name, from, to);
    if (t.primary) rename_name(t.primary->parts, from, to);
    for (auto& key : t.uniques) rename_name(key.parts, from, to);
    for (auto& reference : t.references) rename_name(reference.columns, from, to);
    for (auto& check : t.checks) rename_word(check.condition, from, to);
    for (auto& column : t.columns) rename_word(column.expression, from, to);
    for (auto& index : t.indexes) {
        rename_name(index.parts, from, to);
        rename_name(index.include, from, to);
        rename_word(index.where, from, to);
    }
}

}  // namespace

bool mentions(std::string_view expression, std::string_view name) {
    for (auto p = next_piece(expression, 0); p.begin < expression.size();
         p = next_piece(expression, p.end)) {
        if (p.quote == '\'') continue;
        auto const inner = p.quote ? expression.substr(p.begin + 1, p.end - p.begin - 2)
                                   : expression.substr(p.begin, p.end - p.begin);
        if (folded(catalog::engine::sqlite, inner) == folded(catalog::engine::sqlite, name))
            return true;
    }
    return false;
}

// By value: the name may be that of the table itself.
void rename_table(catalog::schema& in, catalog::object_name from, catalog::object_name const& to) {
    for (auto& table : in.tables) {
        for (auto& reference : table.references)
            if (reference.other == from) reference.other = to;
        if (table.partitioning.parent == from) table.partitioning.parent = to;
        if (table.name != from) continue;
        table.name = to;
        each_expression(table, [&](std::string& text) { rename_word(text, from.name, to.name); });
    }
    for (auto& other : in.others)
        if (other.on == from) other.on = to;
}

void rename_column(catalog::schema& in, catalog::object_name table, std::string const& from,
                   std::string const& to) {
    for (auto& each : in.tables) {
        for (auto& reference : each.references)
            if (reference.other == table) rename_name(reference.other_columns, from, to);
        if (each.name == table) rename_inside(each, from, to);
    }
}

}  // namespace relata::migrate
