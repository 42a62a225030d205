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
    if (!full_joined_.empty() && full_join_column(table_node, column)) return;
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

// A declared reference and the two tables that it joins.
struct found_reference {
    schema::reference const* reference;
    sql::node const* from;
    sql::node const* to;
};

void find_references(sql::node const& from, sql::node const& to,
                     std::vector<found_reference>& out) {
    for (auto const& r : schema::model_of(from.table()).references)
        if (&r.other() == &to.table()) out.push_back({&r, &from, &to});
}

// The table that a link of the chain brings in; nullptr for other clauses.
sql::node const* table_of(sql::node const& clause) {
    switch (clause.kind) {
    case sql::op::from: return clause.b;
    case sql::op::inner_join:
    case sql::op::left_join:
    case sql::op::right_join:
    case sql::op::full_join:
    case sql::op::cross_join: return clause.b->a;
    default: return nullptr;
    }
}

}  // namespace

void renderer::reference_on(node const& n) {
    std::vector<found_reference> found;
    for (auto const* clause = n.a; clause; clause = clause->a) {
        auto const* other = table_of(*clause);
        if (!other) continue;
        find_references(*other, *n.b, found);
        find_references(*n.b, *other, found);
    }
    if (found.size() != 1)
        fail(error_kind::invalid_schema, (found.empty() ? "no reference is declared between "
                                                        : "several references lead to or from ") +
                                             schema::model_of(n.b->table()).name +
                                             " and the tables before; write the join's condition");
    auto const& [reference, from, to] = found[0];
    auto const& from_model = schema::model_of(from->table());
    auto const& to_model = schema::model_of(to->table());
    char const* separator = "(";
    for (std::size_t i = 0; i < reference->columns.size(); ++i) {
        put(std::exchange(separator, " AND "));
        qualified(*from, from_model.columns[reference->columns[i]].name);
        put(" = ");
        qualified(*to, to_model.at(reference->other_columns[i]).name);
    }
    put(")");
}

}  // namespace relata::dialect
