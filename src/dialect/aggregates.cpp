// SPDX-License-Identifier: BSL-1.0
//
// Aggregates with one result type on all back ends.

#include "dialect/renderer.hpp"

#include <string>

namespace relata::dialect {

void renderer::aggregate(term t) {
    node const& n = *t.node;
    switch (n.kind) {
    case op::count_all: return put("count(*)");
    case op::count: return write("count(%0)", {{n.a, t.at}});
    case op::count_distinct:
        refuse_json(*n.a);
        refuse_bytes(*n.a);
        // Firebird takes texts for the same here when they differ in spaces at the end only
        return write(firebird() && n.a->type && is_text(stored_type(*n.a->type).kind)
                         ? "count(DISTINCT %0 || '.')"
                         : "count(DISTINCT %0)",
                     {{n.a, t.at, {}, folds(*n.a)}});
    case op::sum: return sum(t);
    case op::avg: return average(t);
    default: return extreme(t, n.kind == op::min);
    }
}

// PostgreSQL and MySQL sum integers into decimals; both conversions back fail beyond 64 bits, where
// a plain CAST of MySQL would cut.
void renderer::sum(term t) {
    node const& n = *t.node;
    term const values{n.a, t.at, number(*n.a)};
    auto const k = n.type ? stored_type(*n.type).kind : kind::none;
    if (postgresql() && is_small_integer(k)) return write("sum(%0)::bigint", {values});
    if (postgresql() && k == kind::float64) return write("sum(%0::float8)", {values});
    if (my() && is_integer(k)) return write("(sum(%0) DIV 1)", {values});
    write("sum(%0)", {values});
}

// The exact sum, rounded once to floating point, by the count: the same digits everywhere.
void renderer::average(term t) {
    node const& n = *t.node;
    form const from = number(*n.a);
    term const values{n.a, t.at, from};
    if (postgresql()) {
        bool const real = n.a->type && is_real(stored_type(*n.a->type).kind);
        return write(real ? "(sum(%0::float8) / count(%0))" : "(sum(%0)::float8 / count(%0))",
                     {values});
    }
    if (my()) return write("((sum(%0) + 0e0) / count(%0))", {values});
    if (firebird())
        return write(("(CAST(sum(%0) AS DOUBLE PRECISION) / 1" + std::string(from.scale, '0') +
                      " / count(%0))")
                         .c_str(),
                     {values});
    if (from.shape == number_shape::scaled && from.scale > 0)
        return write(("(sum(%0) / 1" + std::string(from.scale, '0') + ".0 / count(%0))").c_str(),
                     {values});
    write("avg(%0)", {values});
}

void renderer::extreme(term t, bool least) {
    node const& n = *t.node;
    refuse_json(*n.a);
    refuse_bytes(*n.a);
    auto const k = n.a->type ? stored_type(*n.a->type).kind : kind::none;
    std::string const function = least ? "min" : "max";
    if (postgresql()) {
        // types that have no minimum there, by way of one that sorts alike
        if (k == kind::boolean) return write(least ? "bool_and(%0)" : "bool_or(%0)", {{n.a, t.at}});
        if (k == kind::uuid)
            return write((function + "(%0::text COLLATE \"C\")::uuid").c_str(), {{n.a, t.at}});
        if (k == kind::bytes)
            return write(
                ("decode(" + function + "(encode(%0, 'hex') COLLATE \"C\"), 'hex')").c_str(),
                {{n.a, t.at}});
    }
    write((function + "(%0)").c_str(), {{n.a, t.at}});
}

}  // namespace relata::dialect
