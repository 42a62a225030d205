// SPDX-License-Identifier: BSL-1.0

#include "sql/scope.hpp"

#include <relata/core/error.hpp>
#include <relata/schema/model.hpp>
#include <relata/sql/checks.hpp>

#include <string>

namespace relata::sql {
namespace {

[[noreturn]] void refuse(node const& table, std::string_view before, std::string_view after) {
    std::string message(before);
    message += schema::model_of(table.table()).name;
    if (table.text) message += std::string(" (alias ") + table.text + ")";
    message += after;
    fail(error_kind::invalid_argument, message);
}

[[noreturn]] void refuse_table(node const& table, std::string_view query = "this query") {
    refuse(table, "a condition or order made at run time names table ",
           ", which is not in " + std::string(query) + "; join the table first");
}

unsigned params_of(node const* n) { return n ? n->params : 0; }

// A subquery: what it borrows from the query around it is there. Typed parts of it were checked while
// compiling; only conditions made at run time are still to be checked.
void check_subquery(node const* chain, node const* subquery, param const* params) {
    for (auto const* s = subquery; s; s = s->a)
        if (s->kind == op::correlate && !has_table(chain, s->b))
            refuse_table(*s->b, "the query around it");
    check_statement(subquery, params);
}

// Finds the clauses in a part of a statement whose own columns were checked while compiling.
void find_clauses(node const* chain, node const* e, param const* params, bool grouped) {
    if (!e || e->params == 0 || e->kind == op::reference_on) return;
    if (e->kind == op::clause)
        return check_clause(chain, *static_cast<clause const*>(params->object), grouped);
    if (opens_query(e->kind)) return check_subquery(chain, e->a, params);
    find_clauses(chain, e->a, params, grouped);
    if (compares_with_query(e->kind)) return check_subquery(chain, e->b, params + params_of(e->a));
    find_clauses(chain, e->b, params + params_of(e->a), grouped);
}

}  // namespace

bool is_aggregated(node const* chain) {
    for (; chain; chain = chain->a) {
        if (chain->kind == op::group_by || chain->kind == op::having) return true;
        if ((chain->kind == op::select || chain->kind == op::order_by) && has_aggregate(chain->b))
            return true;
    }
    return false;
}

void check_expression(node const* chain, node const* e, param const* params, bool grouped) {
    if (!e) return;
    switch (e->kind) {
    case op::column:
    case op::all_columns:
        if (!has_table(chain, e->a)) refuse_table(*e->a);
        if (grouped && !is_grouped(chain, e))
            refuse(*e->a, "a condition or order made at run time uses a column of table ",
                   " that is not in group_by() of a query with groups or aggregates");
        return;
    case op::table: return;
    case op::clause:
        return check_clause(chain, *static_cast<clause const*>(params->object), grouped);
    default: break;
    }
    if (opens_query(e->kind)) return check_subquery(chain, e->a, params);
    bool const within = grouped && !is_aggregate(e->kind);
    check_expression(chain, e->a, params, within);
    if (compares_with_query(e->kind)) return check_subquery(chain, e->b, params + params_of(e->a));
    check_expression(chain, e->b, params + params_of(e->a), within);
}

void check_clause(node const* chain, clause const& c, bool grouped) {
    if (c.tree) check_expression(chain, c.tree, c.params, grouped);
    for (std::uint32_t i = 0; i < c.part_count; ++i) check_clause(chain, *c.parts[i], grouped);
}

void check_statement(node const* chain, param const* params) {
    bool const groups = is_aggregated(chain);
    for (auto const* c = chain; c; c = c->a) {
        bool const of_groups =
            c->kind == op::having || c->kind == op::select || c->kind == op::order_by;
        find_clauses(chain, c->b, params + params_of(c->a), groups && of_groups);
    }
}

}  // namespace relata::sql
