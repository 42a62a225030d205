// SPDX-License-Identifier: BSL-1.0
//
// What is true, false or NULL.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <string>

namespace relata::dialect {

void renderer::condition(term t) {
    node const& n = *t.node;
    switch (n.kind) {
    case op::eq:
    case op::ne:
    case op::lt:
    case op::gt:
    case op::le:
    case op::ge:
    case op::distinct_from:
    case op::not_distinct_from: return compare(t);
    case op::and_:
    case op::or_: return both(t, n.kind == op::and_);
    case op::not_: return write("(NOT %0)", {{n.a, t.at}});
    case op::is_null: return write("(%0 IS NULL)", {{n.a, t.at}});
    case op::is_not_null: return write("(%0 IS NOT NULL)", {{n.a, t.at}});
    case op::in_list:
    case op::not_in_list: return in_list(t);
    case op::in_query:
    case op::not_in_query: return in_query(t);
    case op::exists: put("EXISTS "); return subselect({n.a, t.at}, false);
    case op::between: return between(t);
    case op::toggle:
        if (param_at(t.at).count == 0) return truth(true);
        return expression({n.b, t.at + params_of(n.a)});
    default: fail(error_kind::invalid_argument, "a query tree has a clause for an expression");
    }
}

void renderer::compare(term t) {
    node const& n = *t.node;
    refuse_json(*n.a);
    refuse_json(*n.b);
    form const to = common(form_of(*n.a), form_of(*n.b));
    bool const fold = folds(*n.a) || folds(*n.b);
    term const a{n.a, t.at, to, fold};
    term const b{n.b, t.at + params_of(n.a), to, fold};
    if (firebird() && (is_bytes(*n.a) || is_bytes(*n.b))) return compare_bytes(n.kind, a, b);
    switch (n.kind) {
    case op::eq: return write("(%0 = %1)", {a, b});
    case op::ne: return write("(%0 <> %1)", {a, b});
    case op::lt: return write("(%0 < %1)", {a, b});
    case op::gt: return write("(%0 > %1)", {a, b});
    case op::le: return write("(%0 <= %1)", {a, b});
    case op::ge: return write("(%0 >= %1)", {a, b});
    default: break;
    }
    bool const same = n.kind == op::not_distinct_from;
    if (my()) write(same ? "(%0 <=> %1)" : "(NOT (%0 <=> %1))", {a, b});
    else if (sqlite()) write(same ? "(%0 IS %1)" : "(%0 IS NOT %1)", {a, b});
    else write(same ? "(%0 IS NOT DISTINCT FROM %1)" : "(%0 IS DISTINCT FROM %1)", {a, b});
}

// Firebird fills up the shorter one with zeros.
void renderer::compare_bytes(op kind, term a, term b) {
    switch (kind) {
    case op::eq: return write("(%0 = %1 AND octet_length(%0) = octet_length(%1))", {a, b});
    case op::ne: return write("(%0 <> %1 OR octet_length(%0) <> octet_length(%1))", {a, b});
    case op::lt:
        return write("(%0 < %1 OR (%0 = %1 AND octet_length(%0) < octet_length(%1)))", {a, b});
    case op::gt: return compare_bytes(op::lt, b, a);
    case op::le:
        put("(NOT ");
        compare_bytes(op::lt, b, a);
        return put(")");
    case op::ge:
        put("(NOT ");
        compare_bytes(op::lt, a, b);
        return put(")");
    default: refuse_bytes();
    }
}

void renderer::refuse_bytes() const {
    unsupported("bytes are compared by = <> < > <= and >= only; they are neither in lists nor "
                "ordered, grouped or told apart by DISTINCT");
}

void renderer::refuse_bytes(node const& n) const {
    if (firebird() && is_bytes(n)) refuse_bytes();
}

// A side whose switch is off is left out: it is true under AND, and makes OR true as a whole.
void renderer::both(term t, bool all) {
    term const a{t.node->a, t.at};
    term const b{t.node->b, t.at + params_of(t.node->a)};
    if (all && left_out(a) && left_out(b)) return truth(true);
    if (all && left_out(a)) return expression(b);
    if (all && left_out(b)) return expression(a);
    write(all ? "(%0 AND %1)" : "(%0 OR %1)", {a, b});
}

void renderer::in_list(term t) {
    node const& n = *t.node;
    refuse_json(*n.a);
    refuse_bytes(*n.a);
    bool const negative = n.kind == op::not_in_list;
    auto const& values = param_at(t.at + params_of(n.a));
    if (values.role != param::role::list)
        fail(error_kind::invalid_argument, "IN takes a list of values");
    if (values.count == 0) return truth(negative);
    form const to = common(form_of(*n.a), form_of_column(*values.type));
    bool const fold = folds(*n.a);
    write(negative ? "(%0 NOT IN (" : "(%0 IN (", {{n.a, t.at, to, fold}});
    list_elements(values, to, fold);
    put("))");
}

void renderer::in_query(term t) {
    node const& n = *t.node;
    refuse_json(*n.a);
    refuse_bytes(*n.a);
    auto const mine = form_of(*n.a);
    if (sqlite() && common(mine, form_of_query(*n.b)) != mine)
        unsupported("IN compares numbers that are stored differently; cast one of them");
    write(n.kind == op::in_query ? "(%0 IN " : "(%0 NOT IN ", {{n.a, t.at}});
    subselect({n.b, t.at + params_of(n.a)}, true);
    put(")");
}

void renderer::between(term t) {
    node const& n = *t.node;
    node const* low = n.b->a;
    node const* high = n.b->b->kind == op::list ? n.b->b->a : n.b->b;
    refuse_json(*n.a);
    refuse_bytes(*n.a);
    form const to = common(common(form_of(*n.a), form_of(*low)), form_of(*high));
    bool const fold = folds(*n.a);
    auto const low_at = t.at + params_of(n.a);
    write("(%0 BETWEEN %1 AND %2)", {{n.a, t.at, to, fold},
                                     {low, low_at, to, fold},
                                     {high, low_at + params_of(low), to, fold}});
}

bool renderer::is_bytes(node const& n) {
    return n.type && stored_type(*n.type).kind == kind::bytes;
}

// Databases disagree on when two documents are the same.
void renderer::refuse_json(node const& n) const {
    if (n.type && stored_type(*n.type).kind == kind::json)
        fail(error_kind::not_supported, "JSON values cannot be compared or ordered; compare their "
                                        "parts, or keep the document as text");
}

// Whether comparing disregards the case of ASCII letters.
bool renderer::folds(node const& n) const {
    if (n.kind == op::alias) return folds(*n.a);
    return n.kind == op::column && schema::model_of(n.a->table()).at(n.path).ascii_ci;
}

}  // namespace relata::dialect
