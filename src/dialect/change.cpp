// SPDX-License-Identifier: BSL-1.0
//
// INSERT, UPDATE, DELETE and what they return.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <utility>

namespace relata::dialect {
namespace {

std::vector<term> assignments_of(statement_parts const& parts) {
    std::vector<term> found;
    for (auto const& l : parts.sets) {
        term t{l.node->b, l.at};
        for (; t.node && t.node->kind == sql::op::list;
             t = {t.node->b, t.at + params_of(t.node->a)})
            found.push_back({t.node->a, t.at});
        if (t.node && t.node->kind != sql::op::end) found.push_back(t);
    }
    return found;
}

// An assignment's value, to be written as its column stores it.
term value_of(term assign) { return {assign.node->b, assign.at + params_of(assign.node->a)}; }

bool reads_column(sql::node const* n, sql::node const& column) {
    if (!n) return false;
    if (n->kind == sql::op::column)
        return n->path == column.path && &n->a->table() == &column.a->table();
    return reads_column(n->a, column) || reads_column(n->b, column);
}

void refuse_select_words(statement_parts const& parts) {
    if (!parts.joins.empty() || !parts.groups.empty() || !parts.havings.empty() ||
        !parts.orders.empty() || parts.limit || parts.offset || parts.distinct || parts.lock)
        fail(error_kind::not_supported,
             "UPDATE and DELETE have conditions only; put joins and limits into a query after IN");
}

}  // namespace

void renderer::insert(statement_parts const& parts, source const* query) {
    if (!parts.wheres.empty() || query->extra_count)
        fail(error_kind::invalid_argument, "an INSERT has no conditions");
    auto const& model = schema::model_of(parts.table());
    qualify_ = false;
    put("INSERT INTO ");
    name(model.name);
    auto const assigns = assignments_of(parts);
    if (parts.sets.empty()) {
        insert_object(model);  // whole_object.cpp
    } else if (assigns.empty()) {
        put(my() ? " () VALUES ()" : " DEFAULT VALUES");
    } else {
        char const* separator = " (";
        for (auto const& a : assigns) {
            put(std::exchange(separator, ", "));
            name(model.at(a.node->a->path).name);
        }
        separator = ") VALUES (";
        for (auto const& a : assigns) {
            auto v = value_of(a);
            v.to = form_of_column(*a.node->a->type);
            put(std::exchange(separator, ", "));
            write_as(v);
        }
        put(")");
    }
    if (auto const key = model.generated_key(); query->return_key && key >= 0) {
        if (id() == family::mysql) unsupported("there is no RETURNING");
        put(" RETURNING ");
        name(model.columns[static_cast<std::size_t>(key)].name);
        return;
    }
    returning(parts);
}

void renderer::update(statement_parts const& parts, source const* query) {
    refuse_select_words(parts);
    changed_ = &parts.table();
    put("UPDATE ");
    table(*parts.head.node->b);
    put(" SET ");
    assignments(parts);
    conditions(" WHERE ", parts.wheres, query);
    returning(parts);
}

void renderer::assignments(statement_parts const& parts) {
    auto const assigns = assignments_of(parts);
    if (assigns.empty()) fail(error_kind::invalid_argument, "an UPDATE sets no column");
    if (id() == family::mysql) refuse_reading_what_was_set(assigns);
    auto const& model = schema::model_of(parts.table());
    char const* separator = "";
    for (auto const& a : assigns) {
        put(std::exchange(separator, ", "));
        name(model.at(a.node->a->path).name);
        put(" = ");
        auto v = value_of(a);
        v.to = form_of_column(*a.node->a->type);
        write_as(v);
    }
}

// MySQL assigns one after the other and would read the new value; all others read the old one.
void renderer::refuse_reading_what_was_set(std::vector<term> const& assigns) const {
    for (std::size_t i = 1; i < assigns.size(); ++i)
        for (std::size_t earlier = 0; earlier < i; ++earlier)
            if (reads_column(assigns[i].node->b, *assigns[earlier].node->a))
                unsupported("an assignment reads a column that the same UPDATE has set before; "
                            "put that assignment first or use two statements");
}

void renderer::remove(statement_parts const& parts, source const* query) {
    refuse_select_words(parts);
    changed_ = &parts.table();
    auto const& target = *parts.head.node->b;
    if (target.text && my()) {
        // the form for several tables is the one that knows aliases in every version
        put("DELETE ");
        name(target.text);
        put(" FROM ");
    } else {
        put("DELETE FROM ");
    }
    table(target);
    conditions(" WHERE ", parts.wheres, query);
    if (!parts.returnings.empty() && target.text && my())
        unsupported("DELETE ... RETURNING has no alias; leave the alias out");
    returning(parts);
}

void renderer::returning(statement_parts const& parts) {
    if (parts.returnings.empty()) return;
    if (id() == family::mysql) unsupported("there is no RETURNING");
    if (firebird() && parts.head.node->kind != op::insert)
        unsupported("UPDATE and DELETE return one row at most");
    if (id() == family::mariadb && parts.head.node->kind == op::update)
        unsupported("there is no UPDATE ... RETURNING");
    if (id() == family::mariadb && parts.head.node->kind == op::insert &&
        spelling_.version() < 100500)
        unsupported("INSERT ... RETURNING needs version 10.5");
    if (sqlite() && spelling_.version() < 33500) unsupported("RETURNING needs version 3.35");
    auto const qualified = std::exchange(qualify_, false);
    char const* separator = " RETURNING ";
    for (auto const& l : parts.returnings) {
        put(std::exchange(separator, ", "));
        list({l.node->b, l.at});
    }
    qualify_ = qualified;
}

}  // namespace relata::dialect
