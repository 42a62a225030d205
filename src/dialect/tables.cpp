// SPDX-License-Identifier: BSL-1.0
//
// Tables, columns and the declared reference between two tables.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <utility>

namespace relata::dialect {

void renderer::table(node const& t) {
    name(schema::model_of(t.table()).name);
    if (!t.text) return;
    put(" AS ");
    name(t.text);
}

void renderer::qualified(node const& table_node, std::string_view column) {
    if (qualify_) {
        name(table_node.text ? std::string_view(table_node.text)
                             : std::string_view(schema::model_of(table_node.table()).name));
        put(".");
    }
    name(column);
}

void renderer::column(node const& n) {
    qualified(*n.a, schema::model_of(n.a->table()).at(n.path).name);
}

void renderer::all_columns(node const& table_node) {
    char const* separator = "";
    for (auto const& c : schema::model_of(table_node.table()).columns) {
        put(std::exchange(separator, ", "));
        qualified(table_node, c.name);
    }
}

namespace {

// Fills `found` with the references from one table to the other.
void find_references(schema::table const& from, schema::table_data const& to, bool backward,
                     std::vector<std::pair<schema::reference const*, bool>>& found) {
    for (auto const& r : from.references)
        if (&r.other() == &to) found.emplace_back(&r, backward);
}

}  // namespace

void renderer::reference_on(node const& n) {
    auto const& left = schema::model_of(n.a->table());
    auto const& right = schema::model_of(n.b->table());
    std::vector<std::pair<schema::reference const*, bool>> found;
    find_references(left, *right.data, false, found);
    find_references(right, *left.data, true, found);
    if (found.size() != 1)
        fail(error_kind::invalid_schema,
             (found.empty() ? "there is no reference between " : "several references between ") +
                 left.name + " and " + right.name + "; write the join's condition");
    auto const& reference = *found[0].first;
    node const& from = found[0].second ? *n.b : *n.a;
    node const& to = found[0].second ? *n.a : *n.b;
    auto const& from_model = found[0].second ? right : left;
    auto const& to_model = found[0].second ? left : right;
    char const* separator = "(";
    for (std::size_t i = 0; i < reference.columns.size(); ++i) {
        put(std::exchange(separator, " AND "));
        qualified(from, from_model.columns[reference.columns[i]].name);
        put(" = ");
        qualified(to, to_model.at(reference.other_columns[i]).name);
    }
    put(")");
}

}  // namespace relata::dialect
