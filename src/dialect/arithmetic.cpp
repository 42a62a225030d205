// SPDX-License-Identifier: BSL-1.0
//
// Arithmetic that gives C++'s result, and NULL for a division by zero.

#include "dialect/renderer.hpp"

#include <algorithm>
#include <string>

namespace relata::dialect {
namespace {

// PostgreSQL computes in the wider type of the two operands and fails beyond it.
int postgresql_width(kind k) {
    switch (k) {
    case kind::int8:
    case kind::int16:
    case kind::uint8: return 2;
    case kind::int32:
    case kind::uint16:
    case kind::float32: return 4;
    case kind::int64:
    case kind::uint32:
    case kind::float64: return 8;
    default: return 16;
    }
}

}  // namespace

void renderer::arithmetic(term t) {
    node const& n = *t.node;
    switch (n.kind) {
    case op::add: return sum_or_difference(t, " + ");
    case op::sub: return sum_or_difference(t, " - ");
    case op::mul: return product(t);
    case op::div:
    case op::mod: return quotient(t);
    case op::neg: return write("(-%0)", {{n.a, t.at, number(*n.a)}});
    case op::abs: return write("abs(%0)", {{n.a, t.at, number(*n.a)}});
    default: return round(t);
    }
}

// Whether the first operand has to be cast so that the result has room; the type to cast to.
bool renderer::widened(node const& n, std::string_view& type) const {
    if (!postgresql() || !n.type || !n.a->type || !n.b->type) return false;
    auto const result = stored_type(*n.type).kind;
    auto const a = stored_type(*n.a->type).kind, b = stored_type(*n.b->type).kind;
    if (is_small_integer(result) && is_integer(a) && is_integer(b))
        type = postgresql_width(result) == 8 ? "bigint" : "integer";
    else if (result == kind::float64 && !is_decimal(a) && !is_decimal(b)) type = "float8";
    else return false;
    return postgresql_width(result) > std::max(postgresql_width(a), postgresql_width(b));
}

void renderer::sum_or_difference(term t, char const* sign) {
    node const& n = *t.node;
    form to = common(number(*n.a), number(*n.b));
    if (to.shape == number_shape::scaled) to = form_of(n);
    std::string_view type;
    std::string const cast = widened(n, type) ? "::" + std::string(type) : "";
    write(("(%0" + cast + sign + "%1)").c_str(),
          {{n.a, t.at, to}, {n.b, t.at + params_of(n.a), to}});
}

void renderer::product(term t) {
    node const& n = *t.node;
    form a = number(*n.a), b = number(*n.b);
    form const result = form_of(n);
    if (result.shape == number_shape::real) a = b = result;
    std::string_view type;
    std::string pattern = "(%0" + (widened(n, type) ? "::" + std::string(type) : "") + " * %1)";
    if (result.shape == number_shape::scaled) {
        // scales of scaled integers add up when they are multiplied
        auto const scale = static_cast<unsigned>(a.scale + b.scale);
        if (scale > result.scale) unsupported("a product drops digits; round it");
        if (scale < result.scale)
            pattern = "(" + pattern + " * 1" + std::string(result.scale - scale, '0') + ")";
    }
    write(pattern.c_str(), {{n.a, t.at, a}, {n.b, t.at + params_of(n.a), b}});
}

// SQLite's integers turn into reals beyond 64 bits. A real comes out as an error, but a remainder would
// make it an integer again: so that is an overflow here, as everywhere else.
void renderer::whole(term t) {
    auto const k = t.node->kind;
    if (k != op::add && k != op::sub && k != op::mul && k != op::neg) return write_as(t);
    write(
        "CASE typeof(%0) WHEN 'real' THEN abs((%0 IS NULL) - 9223372036854775807 - 1) ELSE %0 END",
        {t});
}

void renderer::quotient(term t) {
    node const& n = *t.node;
    auto const k = n.type ? stored_type(*n.type).kind : kind::int64;
    if (is_decimal(k)) unsupported("decimals are not divided; cast to double");
    term const a{n.a, t.at, number(*n.a)};
    term const b{n.b, t.at + params_of(n.a), number(*n.b)};
    if (n.kind == op::mod) {
        if (!is_integer(k)) unsupported("a remainder is for integers");
        if (firebird()) return write("mod(%0, NULLIF(%1, 0))", {a, b});
        if (!sqlite()) return write("(%0 %% NULLIF(%1, 0))", {a, b});
        put("(");
        whole(a);
        put(" % ");
        whole(b);
        return put(")");
    }
    if (sqlite()) return write("(%0 / %1)", {a, b});  // NULL for zero by itself
    if (is_integer(k) && my()) return write("(%0 DIV NULLIF(%1, 0))", {a, b});
    if (k == kind::uint64 && postgresql()) return write("div(%0, NULLIF(%1, 0))", {a, b});
    write("(%0 / NULLIF(%1, 0))", {a, b});
}

void renderer::round(term t) {
    node const& n = *t.node;
    auto const& to = stored_type(*n.type);
    auto const& from = stored_type(*n.a->type);
    if (!is_decimal(from.kind)) unsupported("only decimals are rounded to a number of digits");
    if (!plain())
        return write(("round(%0, " + std::to_string(to.scale) + ")").c_str(), {{n.a, t.at}});
    write_as({n.a, t.at, form_of(n)});  // to an integer of fewer digits, half away from zero
}

}  // namespace relata::dialect
