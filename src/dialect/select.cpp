// SPDX-License-Identifier: BSL-1.0
//
// SELECT, also inside other statements.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/values.hpp>

#include <utility>

namespace relata::dialect {

void renderer::select(statement_parts const& parts, source const* query) {
    auto const qualified = std::exchange(qualify_, true);
    auto const outer_joined = full_joined_;
    auto const full = begin_full_join(parts);
    put(parts.distinct ? "SELECT DISTINCT " : "SELECT ");
    select_list(parts);
    put(" FROM ");
    if (full) full_join(parts, full);
    else table(*parts.head.node->b);
    joins(parts, full);
    conditions(" WHERE ", parts.wheres, query);
    char const* separator = " GROUP BY ";
    for (auto const& l : parts.groups) {
        refuse_incomparable_in(l.node->b);
        put(std::exchange(separator, ", "));
        list({l.node->b, l.at});
    }
    conditions(" HAVING ", parts.havings, nullptr);
    order_by(parts, query);
    limits(parts, query);
    // A writing transaction of SQLite has the whole database for itself: nothing to lock.
    if (parts.lock && !sqlite()) put(firebird() ? " WITH LOCK" : " FOR UPDATE");
    qualify_ = qualified;
    full_joined_ = outer_joined;
}

void renderer::refuse_incomparable_in(node const* list) const {
    for (; list && list->kind == op::list; list = list->b) {
        refuse_json(*list->a);
        refuse_bytes(*list->a);
    }
}

void renderer::select_list(statement_parts const& parts) {
    if (parts.distinct && parts.select) refuse_incomparable_in(parts.select.node->b);
    if (parts.select) list({parts.select.node->b, parts.select.at});
    else all_columns(*parts.head.node->b);
}

// An expression may stand in place of a list of one.
void renderer::list(term t, char const* separator) {
    char const* word = "";
    while (t.node && t.node->kind == op::list) {
        put(std::exchange(word, separator));
        expression({t.node->a, t.at});
        t = {t.node->b, t.at + params_of(t.node->a)};
    }
    if (!t.node || t.node->kind == op::end) return;
    put(word);
    expression(t);
}

void renderer::joins(statement_parts const& parts, std::size_t first) {
    for (auto i = first; i < parts.joins.size(); ++i)
        join(parts.joins[i], parts.joins[i].node->kind);
}

void renderer::join(link const& l, op kind) {
    switch (kind) {
    case op::left_join: put(" LEFT JOIN "); break;
    case op::right_join:
        if (sqlite() && spelling_.version() < 33900)
            unsupported("RIGHT JOIN needs version 3.39; swap the tables for a LEFT JOIN");
        put(" RIGHT JOIN ");
        break;
    case op::full_join:
        if (sqlite() && spelling_.version() < 33900) unsupported("FULL JOIN needs version 3.39");
        put(" FULL JOIN ");
        break;
    case op::cross_join: put(" CROSS JOIN "); break;
    default: put(" JOIN "); break;
    }
    node const& tables = *l.node->b;
    table(joined_table(l));
    if (kind == op::cross_join) return;
    put(" ON ");
    node const* condition = tables.b;
    if (condition->kind == op::list) condition = condition->a;
    expression({condition, l.at + params_of(tables.a)});
}

void renderer::order_by(statement_parts const& parts, source const* query) {
    bool outer = false;
    for (auto const& l : parts.joins)
        if (l.node->kind != op::inner_join && l.node->kind != op::cross_join) outer = true;
    char const* separator = " ORDER BY ";
    for (auto const& l : parts.orders) {
        term t{l.node->b, l.at};
        for (; t.node && t.node->kind == op::list; t = {t.node->b, t.at + params_of(t.node->a)}) {
            put(std::exchange(separator, ", "));
            order_item({t.node->a, t.at}, parts, outer);
        }
        if (!t.node || t.node->kind == op::end) continue;
        put(std::exchange(separator, ", "));
        order_item(t, parts, outer);
    }
    if (!query) return;
    for (unsigned i = 0; i < query->order_count; ++i) {
        added_orders(parts, *query->orders[i], separator, outer);
        separator = ", ";
    }
}

// Orders added at run time have their own values; an alias has none and looks into the query's.
void renderer::added_orders(statement_parts const& parts, sql::clause const& added,
                            char const* separator, bool outer) {
    for (term t{added.tree, 0}; t.node && t.node->kind == op::list;
         t = {t.node->b, t.at + params_of(t.node->a)}) {
        put(std::exchange(separator, ", "));
        if (params_of(t.node->a) == 0) {
            order_item({t.node->a, 0}, parts, outer);
        } else {
            auto const outer_params = std::exchange(params_, added.params);
            auto const outer_count = std::exchange(count_, added.count);
            auto const outer_in_clause = std::exchange(in_clause_, true);
            order_item({t.node->a, t.at}, parts, outer);
            params_ = outer_params;
            count_ = outer_count;
            in_clause_ = outer_in_clause;
        }
    }
}

// The selected expression that has this alias, without the alias; else the node itself.
term renderer::named_output(term t, statement_parts const& parts) const {
    if (t.node->kind != op::output || !parts.select) return t;
    term rest{parts.select.node->b, parts.select.at};
    for (; rest.node && rest.node->kind == op::list;
         rest = {rest.node->b, rest.at + params_of(rest.node->a)}) {
        node const& n = *rest.node->a;
        if (n.kind == op::alias && std::string_view(n.b->text) == t.node->text)
            return {n.a, rest.at};
    }
    return t;
}

// NULLs come last when ascending and first when descending, as if NULL were the largest value: what
// PostgreSQL does by itself. The others get words, but only where NULL can occur: they would keep
// the database from reading rows in the order of an index.
void renderer::order_item(term t, statement_parts const& parts, bool outer) {
    enum class nulls : std::uint8_t { by_order, first, last } place = nulls::by_order;
    node const* n = t.node;
    if (n->kind == op::nulls_first || n->kind == op::nulls_last) {
        place = n->kind == op::nulls_first ? nulls::first : nulls::last;
        n = n->a;
    }
    bool const descending = n->kind == op::desc;
    if (descending || n->kind == op::asc) n = n->a;
    refuse_json(*n);
    refuse_bytes(*n);
    // MySQL knows an alias in an expression only if it does not stand for an aggregate
    term const meant = named_output({n, t.at}, parts);
    bool const first = place == nulls::by_order ? descending : place == nulls::first;
    bool const nullable = outer || !meant.node->type || meant.node->type->nullable;
    bool const natural = !nullable || (postgresql() ? first == descending : first != descending);
    if (!natural && my()) write(first ? "(%0 IS NULL) DESC, " : "(%0 IS NULL), ", {meant});
    write_as({n, t.at, {}, folds(*n)});
    if (descending) put(" DESC");
    if (!natural && !my()) put(first ? " NULLS FIRST" : " NULLS LAST");
}

void renderer::limits(statement_parts const& parts, source const* query) {
    bool const limited = parts.limit || (query && query->limit >= 0);
    if (firebird()) {
        if (parts.offset || (query && query->offset >= 0)) {
            put(" OFFSET ");
            row_count(parts.offset, query ? query->offset : -1);
            put(" ROWS");
        }
        if (!limited) return;
        put(" FETCH NEXT ");
        row_count(parts.limit, query ? query->limit : -1);
        return put(" ROWS ONLY");
    }
    if (limited) {
        put(" LIMIT ");
        row_count(parts.limit, query ? query->limit : -1);
    }
    if (!parts.offset && !(query && query->offset >= 0)) return;
    if (!limited && my()) put(" LIMIT 18446744073709551615");  // OFFSET does not stand alone
    if (!limited && sqlite()) put(" LIMIT -1");
    put(" OFFSET ");
    row_count(parts.offset, query ? query->offset : -1);
}

// A number given at run time comes in place of the one in the tree.
void renderer::row_count(link l, std::int64_t added) {
    if (added < 0) return expression({l.node->b, l.at});
    auto const outer_in_clause = std::exchange(in_clause_, true);
    place(relata::detail::number_param(type_of<std::int64_t>, added), 0);
    in_clause_ = outer_in_clause;
}

// MySQL and MariaDB take no LIMIT in a query after IN, and MySQL none that reads the table which the
// statement changes; both take it as a table of its own.
void renderer::subselect(term chain, bool in_condition) {
    auto const parts = parts_of(*chain.node, chain.at);
    if (parts.head.node->kind != op::from)
        fail(error_kind::invalid_argument, "a statement inside a query is not a SELECT");
    bool const reads_changed = changed_ == &parts.table() && id() == family::mysql;
    bool const apart = (in_condition && my() && (parts.limit || parts.offset)) || reads_changed;
    if (apart && parts.correlated)
        unsupported("this query inside another cannot name the outer query's tables");
    put(apart ? "(SELECT * FROM (" : "(");
    select(parts, nullptr);
    put(apart ? ") AS relata_rows)" : ")");
}

}  // namespace relata::dialect
