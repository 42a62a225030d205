// SPDX-License-Identifier: BSL-1.0
/// \file
/// The rules of a query, checked while compiling by walks over its constant tree.
#pragma once

#include <relata/sql/shape.hpp>

namespace relata::sql {

constexpr bool same_text(char const* a, char const* b) {
    for (; *a && *a == *b; ++a, ++b) {}
    return *a == *b;
}
constexpr bool same_table(node const* a, node const* b) { return a->table_id == b->table_id; }

constexpr bool is_join(op k) { return k >= op::inner_join && k <= op::cross_join; }
constexpr bool is_root(op k) {
    return k == op::from || k == op::update || k == op::insert || k == op::remove;
}
constexpr bool is_aggregate(op k) {
    return k == op::count_all || k == op::count || k == op::count_distinct || k == op::sum ||
           k == op::min || k == op::max || k == op::avg;
}
/// Nodes whose `a` is a query of its own, with its own scope.
constexpr bool opens_query(op k) { return k == op::exists || k == op::subquery; }
constexpr bool compares_with_query(op k) { return k == op::in_query || k == op::not_in_query; }

/// The table of a join node's list.
constexpr node const* joined_table(node const* join) { return join->b->a; }

/// Calls f for each clause of a chain, from the last to the first, until it says stop (true).
template <class F> constexpr bool any_clause(node const* chain, F f) {
    for (;; chain = chain->a) {
        if (f(chain)) return true;
        if (!chain->has_a) return false;
    }
}
/// Whether a test holds for the left or for the right part of a node.
template <class F> constexpr bool any_part(node const* e, F f) {
    return (e->has_a && f(e->a)) || (e->has_b && f(e->b));
}
template <class F> constexpr bool every_part(node const* e, F f) {
    return (!e->has_a || f(e->a)) && (!e->has_b || f(e->b));
}

/// Whether the chain names the table.
constexpr bool has_table(node const* chain, node const* table) {
    return any_clause(chain, [&](node const* c) {
        if (is_root(c->kind) || c->kind == op::correlate) return same_table(c->b, table);
        return is_join(c->kind) && same_table(joined_table(c), table);
    });
}

/// The tables that a subquery borrows from the query around it are there.
constexpr bool correlated_in(node const* chain, node const* subquery) {
    return !any_clause(subquery, [&](node const* c) {
        return c->kind == op::correlate && !has_table(chain, c->b);
    });
}

/// Every column of the expression belongs to a table of the chain.
constexpr bool in_scope(node const* chain, node const* e) {
    if (e->kind == op::column || e->kind == op::all_columns) return has_table(chain, e->a);
    if (e->kind == op::table) return true;
    if (opens_query(e->kind)) return correlated_in(chain, e->a);
    if (compares_with_query(e->kind)) return in_scope(chain, e->a) && correlated_in(chain, e->b);
    return every_part(e, [&](node const* part) { return in_scope(chain, part); });
}

/// Whether a table's columns can be NULL because an outer join finds no row of it. The walk meets the
/// later joins first: a right or full join makes everything before it optional.
constexpr bool is_outer(node const* chain, node const* table) {
    bool outer = false, mine = false;
    any_clause(chain, [&](node const* c) {
        if (is_root(c->kind)) mine = outer && same_table(c->b, table);
        if (!is_join(c->kind)) return is_root(c->kind);
        if (same_table(joined_table(c), table)) {
            mine = outer || c->kind == op::left_join || c->kind == op::full_join;
            return true;
        }
        outer = outer || c->kind == op::right_join || c->kind == op::full_join;
        return false;
    });
    return mine;
}

/// Whether an outer join can make the expression NULL although its type cannot be.
constexpr bool made_nullable(node const* chain, node const* e) {
    switch (e->kind) {
    case op::column:
    case op::all_columns: return is_outer(chain, e->a);
    case op::table:
    case op::is_null:
    case op::is_not_null:
    case op::distinct_from:
    case op::not_distinct_from:
    case op::count_all:
    case op::count:
    case op::count_distinct:
    case op::exists:
    case op::subquery: return false;
    case op::in_query:
    case op::not_in_query: return made_nullable(chain, e->a);
    case op::coalesce: return made_nullable(chain, e->b);
    default: return any_part(e, [&](node const* part) { return made_nullable(chain, part); });
    }
}

constexpr bool has_aggregate(node const* e) {
    if (is_aggregate(e->kind)) return true;
    if (opens_query(e->kind) || e->kind == op::column || e->kind == op::all_columns) return false;
    if (compares_with_query(e->kind)) return has_aggregate(e->a);
    return any_part(e, has_aggregate);
}

/// The same expression over the same columns. Two bound values are never the same, not even for a database.
constexpr bool same_expression(node const* a, node const* b) {
    if (a->kind != b->kind || a->path != b->path || a->table_id != b->table_id) return false;
    if (a->has_a != b->has_a || a->has_b != b->has_b) return false;
    switch (a->kind) {
    case op::value:
    case op::named:
    case op::raw:
    case op::clause:
    case op::exists:
    case op::subquery: return false;
    case op::cast:
    case op::round:
        return a->type->kind == b->type->kind && a->type->scale == b->type->scale &&
               same_expression(a->a, b->a);
    default:
        return (!a->has_a || same_expression(a->a, b->a)) &&
               (!a->has_b || same_expression(a->b, b->b));
    }
}

constexpr bool is_grouped(node const* chain, node const* e) {
    return any_clause(chain, [&](node const* c) {
        if (c->kind != op::group_by) return false;
        for (node const* g = c->b; g->kind == op::list; g = g->b)
            if (same_expression(g->a, e)) return true;
        return false;
    });
}

/// Every column outside an aggregate is grouped.
constexpr bool columns_are_grouped(node const* chain, node const* e) {
    if (is_aggregate(e->kind) || is_grouped(chain, e)) return true;
    if (e->kind == op::column || e->kind == op::all_columns) return false;
    if (e->kind == op::table || opens_query(e->kind)) return true;
    if (compares_with_query(e->kind)) return columns_are_grouped(chain, e->a);
    return every_part(e, [&](node const* part) { return columns_are_grouped(chain, part); });
}

/// A query with an aggregate or with groups selects, orders and filters groups by grouped columns only.
constexpr bool grouping_holds(node const* chain) {
    bool const aggregated = any_clause(chain, [](node const* c) {
        return c->kind == op::group_by || c->kind == op::having ||
               ((c->kind == op::select || c->kind == op::order_by) && has_aggregate(c->b));
    });
    if (!aggregated) return true;
    return !any_clause(chain, [&](node const* c) {
        bool const shown =
            c->kind == op::select || c->kind == op::having || c->kind == op::order_by;
        return shown && !columns_are_grouped(chain, c->b);
    });
}

/// Parts whose text depends on their values: the rendered text is the key of such a query.
constexpr bool is_dynamic(node const* e) {
    switch (e->kind) {
    case op::in_list:
    case op::not_in_list:
    case op::toggle:
    case op::clause: return true;
    case op::reference_on: return false;  // its chain is walked where it stands
    default: return any_part(e, is_dynamic);
    }
}

// ---------------------------------------------------------------- joins and inserts

// The tables of a chain, found in its type.
template <class Table> struct table_of_shape;
template <class T> struct table_of_shape<table_<T>> {
    using type = T;
};
template <class T, fixed_string Alias> struct table_of_shape<aliased_table_<T, Alias>> {
    using type = T;
};

template <class T, class Table> consteval unsigned references_with() {
    using U = typename table_of_shape<Table>::type;
    unsigned n = schema::references_to(relata::table<T>, relata::detail::type_id<U>);
    if constexpr (!std::is_same_v<T, U>)
        n += schema::references_to(relata::table<U>, relata::detail::type_id<T>);
    return n;
}
template <class Table, class... Rest> Table* first_shape(list_<Table, Rest...>*);

/// How many declared references there are between T and the tables of the chain.
template <class T, class Chain> struct references_between;
template <class T, op O, class Chain, class B> struct references_between<T, op_<O, Chain, B>> {
    static consteval unsigned count() {
        unsigned n = 0;
        if constexpr (O == op::from) n += references_with<T, B>();
        else if constexpr (is_join(O))
            n += references_with<
                T, std::remove_pointer_t<decltype(first_shape(static_cast<B*>(nullptr)))>>();
        if constexpr (!std::is_void_v<Chain>) n += references_between<T, Chain>::count();
        return n;
    }
};

constexpr bool sets_column(node const* list, schema::column_path path) {
    for (; list->kind == op::list; list = list->b)
        if (list->a->a->path == path) return true;
    return false;
}
template <unsigned N>
constexpr bool all_required_set(schema::table_facts<N> const& table, object_info const& object,
                                node const* list, schema::column_path prefix, unsigned shift) {
    for (unsigned i = 0; i < object.count; ++i) {
        auto const& member = object.members[i];
        auto const path = prefix | schema::column_path(i + 1) << shift;
        if (schema::has_own_value(table, path)) continue;
        if (member.type->kind == kind::object) {
            if (!all_required_set(table, *member.type->object, list, path, shift + 8)) return false;
        } else if (!member.type->nullable && !sets_column(list, path)) {
            return false;
        }
    }
    return true;
}

}  // namespace relata::sql
