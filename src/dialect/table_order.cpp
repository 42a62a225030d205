// SPDX-License-Identifier: BSL-1.0

#include "dialect/table_order.hpp"

#include <algorithm>

namespace relata::dialect {
namespace {

using table_list = std::vector<schema::table const*>;

bool contains(table_list const& tables, schema::table const* t) {
    return std::find(tables.begin(), tables.end(), t) != tables.end();
}

void visit(schema::table const* t, table_list const& given, table_list& begun, table_list& out) {
    if (contains(begun, t)) return;
    begun.push_back(t);
    for (auto const& r : t->references)
        for (auto const* other : given)
            if (other->data == &r.other()) visit(other, given, begun, out);
    out.push_back(t);
}

}  // namespace

table_list referenced_first(table_list const& tables) {
    table_list begun, out;
    for (auto const* t : tables) visit(t, tables, begun, out);
    return out;
}

bool exists_before(table_list const& ordered, schema::table const& table,
                   schema::table_data const& other) {
    if (table.data == &other) return true;
    for (auto const* t : ordered) {
        if (t->data == &other) return true;
        if (t == &table) break;
    }
    return std::none_of(ordered.begin(), ordered.end(),
                        [&](auto const* t) { return t->data == &other; });
}

}  // namespace relata::dialect
