// SPDX-License-Identifier: BSL-1.0
/// \file
/// The rules of a query, checked while compiling by walks over its constant tree.
#pragma once

#include <relata/sql/shape.hpp>

namespace relata::sql {

constexpr bool same_text(char const* a, char const* b) {
    if (!a || !b) return a == b;
    for (; *a && *a == *b; ++a, ++b) {}
    return *a == *b;
}
constexpr bool same_table(node const* a, node const* b) { return a->table == b->table && same_text(a->text, b->text); }

constexpr bool is_join(op k) { return k >= op::inner_join && k <= op::cross_join; }
constexpr bool is_root(op k) { return k == op::from || k == op::update || k == op::insert || k == op::remove; }
constexpr bool is_aggregate(op k) {
    return k == op::count_all || k == op::count || k == op::count_distinct || k == op::sum || k == op::min || k == op::max ||
           k == op::avg;
}
/// Nodes whose `a` is a query of its own, with its own scope.
constexpr bool opens_query(op k) { return k == op::exists || k == op::subquery; }
constexpr bool compares_with_query(op k) { return k == op::in_query || k == op::not_in_query; }

/// The table of a join node's list.
constexpr node const* joined_table(node const* join) { return join->b->a; }

/// Whether the chain names the table.
constexpr bool has_table(node const* chain, node const* table) {
    for (; chain; chain = chain->a) {
        if (is_root(chain->kind) || chain->kind == op::correlate) {
            if (same_table(chain->b, table)) return true;
        } else if (is_join(chain->kind) && same_table(joined_table(chain), table)) {
            return true;
        }
    }
    return false;
}

constexpr bool in_scope(node const* chain, node const* e);

/// The tables that a subquery borrows from the query around it are there.
constexpr bool correlated_in(node const* chain, node const* subquery) {
    for (; subquery; subquery = subquery->a)
        if (subquery->kind == op::correlate && !has_table(chain, subquery->b)) return false;
    return true;
}

/// Every column of the expression belongs to a table of the chain.
constexpr bool in_scope(node const* chain, node const* e) {
    if (!e) return true;
    if (e->kind == op::column || e->kind == op::all_columns) return has_table(chain, e->a);
    if (e->kind == op::table) return true;
    if (opens_query(e->kind)) return correlated_in(chain, e->a);
    if (compares_with_query(e->kind)) return in_scope(chain, e->a) && correlated_in(chain, e->b);
    return in_scope(chain, e->a) && in_scope(chain, e->b);
}

/// Whether a table's columns can be NULL because an outer join finds no row of it. The walk meets the
/// later joins first: a right or full join makes everything before it optional.
constexpr bool is_outer(node const* chain, node const* table) {
    bool outer = false;
    for (node const* c = chain; c; c = c->a) {
        if (is_root(c->kind)) return outer && same_table(c->b, table);
        if (!is_join(c->kind)) continue;
        if (same_table(joined_table(c), table))
            return outer || c->kind == op::left_join || c->kind == op::full_join;
        if (c->kind == op::right_join || c->kind == op::full_join) outer = true;
    }
    return false;
}

/// Whether an outer join can make the expression NULL although its type cannot be.
constexpr bool made_nullable(node const* chain, node const* e) {
    if (!e) return false;
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
    default: return made_nullable(chain, e->a) || made_nullable(chain, e->b);
    }
}

constexpr bool has_aggregate(node const* e) {
    if (!e) return false;
    if (is_aggregate(e->kind)) return true;
    if (opens_query(e->kind) || e->kind == op::column || e->kind == op::all_columns) return false;
    if (compares_with_query(e->kind)) return has_aggregate(e->a);
    return has_aggregate(e->a) || has_aggregate(e->b);
}

constexpr bool same_expression(node const* a, node const* b) {
    if (a == b) return true;
    return a && b && a->kind == op::column && b->kind == op::column && a->path == b->path && same_table(a->a, b->a);
}

constexpr bool is_grouped(node const* chain, node const* e) {
    for (; chain; chain = chain->a) {
        if (chain->kind != op::group_by) continue;
        for (node const* g = chain->b; g->kind == op::list; g = g->b)
            if (same_expression(g->a, e)) return true;
    }
    return false;
}

/// Every column outside an aggregate is grouped.
constexpr bool columns_are_grouped(node const* chain, node const* e) {
    if (!e || is_aggregate(e->kind) || is_grouped(chain, e)) return true;
    if (e->kind == op::column || e->kind == op::all_columns) return false;
    if (e->kind == op::table || opens_query(e->kind)) return true;
    if (compares_with_query(e->kind)) return columns_are_grouped(chain, e->a);
    return columns_are_grouped(chain, e->a) && columns_are_grouped(chain, e->b);
}

constexpr node const* find_clause(node const* chain, op k) {
    for (; chain; chain = chain->a)
        if (chain->kind == k) return chain;
    return nullptr;
}

/// A query with an aggregate or with groups selects, orders and filters groups by grouped columns only.
constexpr bool grouping_holds(node const* chain) {
    bool aggregated = false;
    for (node const* c = chain; c; c = c->a)
        aggregated = aggregated || c->kind == op::group_by || c->kind == op::having ||
                     ((c->kind == op::select || c->kind == op::order_by) && has_aggregate(c->b));
    if (!aggregated) return true;
    for (node const* c = chain; c; c = c->a)
        if ((c->kind == op::select || c->kind == op::having || c->kind == op::order_by) && !columns_are_grouped(chain, c->b))
            return false;
    return true;
}

/// Parts whose text depends on their values: the rendered text is the key of such a query.
constexpr bool is_dynamic(node const* e) {
    if (!e) return false;
    switch (e->kind) {
    case op::in_list:
    case op::not_in_list:
    case op::toggle:
    case op::clause: return true;
    case op::reference_on: return false;  // its chain is walked where it stands
    default: return is_dynamic(e->a) || is_dynamic(e->b);
    }
}

// ---------------------------------------------------------------- facts of a table's description

template <class Def> constexpr unsigned key_columns(Def const& def) {
    for (unsigned i = 0; i < def.count_; ++i)
        if (def.items_[i].kind == schema::item_kind::key) return def.items_[i].column_count;
    return 0;
}
template <class Def> constexpr schema::item const* key_item(Def const& def) {
    for (unsigned i = 0; i < def.count_; ++i)
        if (def.items_[i].kind == schema::item_kind::key) return &def.items_[i];
    return nullptr;
}
/// How many declared references lead from one table to the other.
template <class Def> constexpr unsigned references_to(Def const& def, schema::table_ref other) {
    unsigned n = 0;
    for (unsigned i = 0; i < def.count_; ++i)
        if (def.items_[i].kind == schema::item_kind::reference && def.items_[i].other == other) ++n;
    return n;
}
// The tables of a chain, found in its type.
template <class Table> struct table_of_shape;
template <class T> struct table_of_shape<table_<T>> { using type = T; };
template <class T, fixed_string Alias> struct table_of_shape<aliased_table_<T, Alias>> { using type = T; };

template <class T, class Table> consteval unsigned references_with() {
    using U = typename table_of_shape<Table>::type;
    unsigned n = references_to(relata::table<T>, &relata::detail::table_data_of<U>);
    if constexpr (!std::is_same_v<T, U>) n += references_to(relata::table<U>, &relata::detail::table_data_of<T>);
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
            n += references_with<T, std::remove_pointer_t<decltype(first_shape(static_cast<B*>(nullptr)))>>();
        if constexpr (!std::is_void_v<Chain>) n += references_between<T, Chain>::count();
        return n;
    }
};

/// Whether an insert may leave the column out: generated, defaulted, ignored.
template <class Def> constexpr bool has_own_value(Def const& def, schema::column_path path) {
    for (unsigned i = 0; i < def.count_; ++i) {
        auto const& item = def.items_[i];
        bool const fills = item.kind == schema::item_kind::default_value || item.kind == schema::item_kind::default_now ||
                           item.kind == schema::item_kind::ignore ||
                           (item.kind == schema::item_kind::key && item.generated);
        if (!fills) continue;
        for (unsigned c = 0; c < item.column_count; ++c)
            if (item.columns[c] == path) return true;
    }
    return false;
}
constexpr bool sets_column(node const* list, schema::column_path path) {
    for (; list && list->kind == op::list; list = list->b)
        if (list->a->a->path == path) return true;
    return false;
}
template <class Def>
constexpr bool all_required_set(Def const& def, object_info const& object, node const* list, schema::column_path prefix,
                                unsigned shift) {
    for (unsigned i = 0; i < object.count; ++i) {
        auto const& member = object.members[i];
        auto const path = prefix | schema::column_path(i + 1) << shift;
        if (has_own_value(def, path)) continue;
        if (member.type->kind == kind::object) {
            if (!all_required_set(def, *member.type->object, list, path, shift + 8)) return false;
        } else if (!member.type->nullable && !sets_column(list, path)) {
            return false;
        }
    }
    return true;
}

}  // namespace relata::sql
