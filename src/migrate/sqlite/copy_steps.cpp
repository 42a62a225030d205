// SPDX-License-Identifier: BSL-1.0

#include "migrate/sqlite/create_table.hpp"
#include "migrate/sqlite/table_steps.hpp"
#include "migrate/sqlite/tokens.hpp"

#include <algorithm>

namespace relata::migrate::sqlite {

namespace {

namespace catalog = schema::catalog;

catalog::column const* find_column(catalog::table const& t, std::string_view name) {
    auto const at = std::find_if(t.columns.begin(), t.columns.end(),
                                 [&](auto const& column) { return same_name(column.name, name); });
    return at == t.columns.end() ? nullptr : &*at;
}

// The name after of a column that is there before; empty when it goes.
std::string name_after(table_change const& change, std::string const& before) {
    for (auto const& each : change.columns)
        if (each.before && each.before->name == before)
            return each.after ? each.after->name : std::string();
    return find_column(change.after, before)->name;
}

bool has_rowid(catalog::table const& t) {
    return !find(t.options, "without rowid") && !find_column(t, "rowid");
}

// Whether a column is the rowid under its own name.
bool rowid_is_column(catalog::table const& t) {
    if (!t.primary || t.primary->parts.size() != 1 || t.primary->parts[0].descending) return false;
    auto const* column = find_column(t, t.primary->parts[0].column);
    return column && same_name(column->type, "integer");
}

bool counts(catalog::table const& t) {
    return std::any_of(t.columns.begin(), t.columns.end(), [](auto const& column) {
        return column.identity == catalog::identity::auto_increment;
    });
}

struct copied {
    std::vector<std::string> from;
    std::vector<std::string> to;
};

// The values that are in both tables. The rowid is one of them: full-text indexes refer to it.
copied copied_columns(table_change const& change) {
    copied both;
    if (has_rowid(change.before) && has_rowid(change.after) && !rowid_is_column(change.after)) {
        both.from.emplace_back("rowid");
        both.to.emplace_back("rowid");
    }
    for (auto const& column : change.before.columns) {
        auto const name = name_after(change, column.name);
        if (name.empty() || find_column(change.after, name)->computed != catalog::computed::none)
            continue;
        both.from.push_back(column.name);
        both.to.push_back(name);
    }
    return both;
}

bool loses_values(table_change const& change) {
    return std::any_of(change.columns.begin(), change.columns.end(), [](auto const& each) {
        return each.before && !each.after && each.before->computed == catalog::computed::none;
    });
}

// The counter of AUTOINCREMENT, which may be higher than any row.
void add_counter_steps(std::vector<step>& to, std::string const& name, std::string const& spare) {
    to.push_back({"DELETE FROM sqlite_sequence WHERE name = '" + spare + "'"});
    auto text = std::string("INSERT INTO sqlite_sequence (name, seq) SELECT '") + spare +
                "', seq FROM sqlite_sequence WHERE name = '";
    for (char const c : name) text.append(c == '\'' ? 2 : 1, c);
    to.push_back({text + "'"});
}

}  // namespace

void add_copy_steps(std::vector<step>& to, table_change const& change, std::string const& spare) {
    auto const& name = change.after.name.name;
    to.push_back({create_table(change.after, spare)});
    auto const columns = copied_columns(change);
    if (!columns.to.empty()) {
        auto& copy = to.emplace_back();
        copy.text = "INSERT INTO " + quote_name(spare) + " (" + quote_name(columns.to) +
                    ") SELECT " + quote_name(columns.from) + " FROM " + quote_name(name);
        copy.copies_rows = true;
    }
    if (counts(change.before) && counts(change.after)) add_counter_steps(to, name, spare);
    auto& drop = to.emplace_back();
    drop.text = "DROP TABLE " + quote_name(name);
    drop.destroys = loses_values(change) || columns.to.empty();
    to.push_back({"ALTER TABLE " + quote_name(spare) + " RENAME TO " + quote_name(name)});
}

}  // namespace relata::migrate::sqlite
