// SPDX-License-Identifier: BSL-1.0

#include "migrate/diff_rules.hpp"
#include "migrate/sqlite/create_table.hpp"
#include "migrate/sqlite/table_steps.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

// Whether checks or computed columns have this word. SQLite would rewrite them for a rename, in
// another spelling than the one asked for.
bool in_expressions(catalog::table const& t, std::string_view word) {
    return std::any_of(t.checks.begin(), t.checks.end(),
                       [&](auto const& check) { return mentions(check.condition, word); }) ||
           std::any_of(t.columns.begin(), t.columns.end(),
                       [&](auto const& column) { return mentions(column.expression, word); });
}

bool in_indexes(catalog::table const& t, std::string_view word) {
    return std::any_of(t.indexes.begin(), t.indexes.end(), [&](catalog::index const& index) {
        return mentions(index.where, word) ||
               std::any_of(index.parts.begin(), index.parts.end(),
                           [&](auto const& part) { return mentions(part.expression, word); });
    });
}

// Constants can be given to rows that are there without writing them.
bool is_constant(std::string const& value) {
    auto const tokens = tokens_of(value);
    if (tokens.size() == 2)
        return (tokens[0].text == "-" || tokens[0].text == "+") &&
               tokens[1].is == token::kind::number;
    if (tokens.size() != 1) return false;
    if (tokens[0].is != token::kind::word)
        return tokens[0].is == token::kind::string || tokens[0].is == token::kind::number;
    return same_name(value, "true") || same_name(value, "false") || same_name(value, "null");
}

bool has_value(catalog::column const& column) {
    return column.default_value && !same_name(*column.default_value, "null");
}

catalog::reference const* reference_of(table_change const& change, std::string_view column) {
    for (auto const& each : change.references)
        if (each.after && each.after->columns.size() == 1 &&
            same_name(each.after->columns[0], column))
            return &*each.after;
    return nullptr;
}

bool can_be_added(table_change const& change, catalog::column const& column) {
    if (column.computed == catalog::computed::stored) return false;
    if (column.default_value && !is_constant(*column.default_value)) return false;
    if (!column.nullable && (!has_value(column) || column.computed != catalog::computed::none))
        return false;
    return !has_value(column) || !reference_of(change, column.name);
}

bool can_be_renamed(catalog::table const& t, std::string_view from, std::string_view to) {
    auto const taken = std::any_of(t.columns.begin(), t.columns.end(),
                                   [&](auto const& column) { return same_name(column.name, to); });
    return !taken && !in_expressions(t, from) && !in_indexes(t, from);
}

bool is_native(table_change const& in, change<catalog::column> const& column) {
    if (!column.before) return can_be_added(in, *column.after);
    // keys, checks and references of a column that goes differ too, and ask for the copy themselves
    if (!column.after) return true;
    auto renamed = *column.before;
    renamed.name = column.after->name;
    return engine_equality(catalog::engine::sqlite).same(renamed, *column.after) &&
           can_be_renamed(in.before, column.before->name, column.after->name);
}

// Whether it is a reference of one new column, which ADD COLUMN takes along.
bool comes_with_column(table_change const& in, change<catalog::reference> const& reference) {
    if (reference.before || reference.after->columns.size() != 1) return false;
    return reference_of(in, reference.after->columns[0]) == &*reference.after &&
           std::any_of(in.columns.begin(), in.columns.end(), [&](auto const& column) {
               return !column.before && same_name(column.after->name, reference.after->columns[0]);
           });
}

std::string added(table_change const& change, catalog::column const& column) {
    auto text = column_text(column);
    if (auto const* reference = reference_of(change, column.name)) {
        if (!reference->name.empty()) text += " CONSTRAINT " + quote_name(reference->name);
        text += " " + references_text(*reference);
    }
    return text;
}

}  // namespace

bool needs_copy(table_change const& change) {
    return change.primary || !change.uniques.empty() || !change.checks.empty() || change.options ||
           change.order ||
           (change.renamed && (in_expressions(change.before, change.before.name.name) ||
                               in_indexes(change.before, change.before.name.name))) ||
           !std::all_of(change.references.begin(), change.references.end(),
                        [&](auto const& each) { return comes_with_column(change, each); }) ||
           !std::all_of(change.columns.begin(), change.columns.end(),
                        [&](auto const& each) { return is_native(change, each); });
}

bool loses_names(table_change const& change) {
    return std::any_of(change.columns.begin(), change.columns.end(), [](auto const& each) {
        return each.before && (!each.after || each.after->name != each.before->name);
    });
}

void add_native_steps(std::vector<step>& to, table_change const& change) {
    auto const alter = "ALTER TABLE " + quote_name(change.after.name.name);
    auto const& columns = change.columns;
    for (auto const& each : columns)
        if (each.before && each.after)
            to.push_back({alter + " RENAME COLUMN " + quote_name(each.before->name) + " TO " +
                          quote_name(each.after->name)});
    for (auto const& each : columns)
        if (!each.before) to.push_back({alter + " ADD COLUMN " + added(change, *each.after)});
    for (auto const& each : columns)
        if (!each.after) {
            auto& drop = to.emplace_back();
            drop.text = alter + " DROP COLUMN " + quote_name(each.before->name);
            drop.destroys = each.before->computed == catalog::computed::none;
            drop.copies_rows = true;
        }
}

}  // namespace relata::migrate::sqlite
