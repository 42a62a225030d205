// SPDX-License-Identifier: BSL-1.0

#include "engine/diagnose.hpp"

#include "schema/names.hpp"

#include <relata/schema/model.hpp>

#include <algorithm>

namespace relata::engine {
namespace {

using sql::op;

void add_tables(sql::node const* tree, std::vector<schema::table const*>& out) {
    for (; tree; tree = tree->a) {
        sql::node const* table = nullptr;
        if (tree->b && tree->b->kind == op::table) table = tree->b;
        else if (tree->b && tree->b->kind == op::list && tree->b->a &&
                 tree->b->a->kind == op::table)
            table = tree->b->a;
        if (table) out.push_back(&schema::model_of(table->table()));
    }
}

std::vector<std::string> names(schema::table const& table, std::vector<unsigned> const& columns) {
    std::vector<std::string> out;
    for (unsigned c : columns) out.push_back(table.columns[c].name);
    return out;
}

bool same_columns(std::vector<std::string> a, std::vector<std::string> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    return a == b;
}

// Unique constraints, indexes and the primary key of a table by name or by columns.
bool complete_key(error_info& info, schema::table const& table, schema::key const& key) {
    if (key.columns.empty()) return false;
    auto const columns = names(table, key.columns);
    bool const by_name = !info.constraint.empty() && info.constraint == key.name;
    bool const by_columns =
        info.constraint.empty() && info.table == table.name && same_columns(info.columns, columns);
    if (!by_name && !by_columns) return false;
    info.constraint = key.name;
    info.table = table.name;
    info.columns = columns;
    return true;
}

bool complete_reference(error_info& info, schema::table const& table,
                        schema::reference const& reference) {
    auto const columns = names(table, reference.columns);
    bool const by_name = !info.constraint.empty() && info.constraint == reference.name;
    bool const by_columns =
        info.constraint.empty() && info.table == table.name && same_columns(info.columns, columns);
    if (!by_name && !by_columns) return false;
    info.constraint = reference.name;
    info.table = table.name;
    info.columns = columns;
    return true;
}

// Where a back end keeps a bound of a column's type as a check, its violation is what the others say.
error_kind kind_of_misfit(kind stored) {
    switch (stored) {
    case kind::text:
    case kind::bounded_text:
    case kind::bytes: return error_kind::value_too_long;
    case kind::boolean:
    case kind::enumeration:
    case kind::json:
    case kind::uuid: return error_kind::value_invalid;
    default: return error_kind::out_of_range;
    }
}

bool complete_bound(error_info& info, schema::table const& table) {
    for (auto const& column : table.columns) {
        if (info.constraint != schema::constraint_name(table.name, column.name, "check")) continue;
        info.kind = kind_of_misfit(column.stored().kind);
        info.message = "a value that does not fit its column";
        info.table = table.name;
        info.columns = {column.name};
        return true;
    }
    return false;
}

bool complete_from(error_info& info, schema::table const& table) {
    if (info.kind == error_kind::unique_violation) {
        if (complete_key(info, table, table.primary)) return true;
        for (auto const& key : table.uniques)
            if (complete_key(info, table, key)) return true;
    }
    if (info.kind == error_kind::foreign_key_violation)
        for (auto const& reference : table.references)
            if (complete_reference(info, table, reference)) return true;
    if (info.kind != error_kind::check_violation) return false;
    for (auto const& check : table.checks)
        if (info.constraint == check.name) {
            info.table = table.name;
            return true;
        }
    return complete_bound(info, table);
}

// The same words on every back end.
std::string_view portable_message(error_kind kind) {
    switch (kind) {
    case error_kind::unique_violation: return "another row has these values already";
    case error_kind::foreign_key_violation:
        return "a reference to a row that is not there, or still needed";
    case error_kind::not_null_violation: return "NULL in a column that does not allow it";
    case error_kind::check_violation: return "a value that a check of the table does not allow";
    default: return "";
    }
}

}  // namespace

void complete_names(error_info& info, sql::node const* tree) {
    switch (info.kind) {
    case error_kind::unique_violation:
    case error_kind::foreign_key_violation:
    case error_kind::not_null_violation:
    case error_kind::check_violation: break;
    default: return;
    }
    info.message = portable_message(info.kind);
    if (!tree) return;
    std::vector<schema::table const*> tables;
    add_tables(tree, tables);
    for (auto const* table : tables)
        if (complete_from(info, *table)) return;
    if (info.table.empty() && tables.size() == 1) info.table = tables.front()->name;
}

}  // namespace relata::engine
