// SPDX-License-Identifier: BSL-1.0
//
// SQLite has no decimal numbers: decimals of up to 18 digits are integers there, scaled by a power
// of ten, and wider ones and uint64 are text that sorts as the numbers do. Here operands are brought
// to a common form. What could not be exact is refused. On other back ends every form is natural.

#include "dialect/renderer.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <string>

namespace relata::dialect {
namespace {

using shape = number_shape;

form scaled(unsigned scale) { return {shape::scaled, 0, static_cast<unsigned char>(scale)}; }

// Form of a result that SQLite computed, where even wide decimals are integers.
form computed(type_info const& t) {
    if (is_real(t.kind)) return {shape::real};
    if (is_integer(t.kind)) return scaled(0);
    return is_decimal(t.kind) ? scaled(t.scale) : form{};
}

std::string ten_to(unsigned n) { return "1" + std::string(n, '0'); }

}  // namespace

form renderer::form_of_column(type_info const& type) const {
    if (!plain()) return {};
    auto const& t = stored_type(type);
    if (t.kind == kind::uint64) return {shape::u64};
    if (t.kind == kind::decimal_wide) return {shape::wide, t.precision, t.scale};
    return computed(t);
}

form renderer::form_of(node const& n) const {
    if (!plain() || !n.type) return {};
    switch (n.kind) {
    case op::column:
    case op::value:
    case op::named:
    case op::raw: return form_of_column(*n.type);
    case op::alias:
    case op::min:
    case op::max: return form_of(*n.a);
    case op::subquery: return form_of_query(*n.a);
    case op::coalesce:
    case op::nullif:
    case op::case_: return form_of_branches(n);
    default: return computed(stored_type(*n.type));
    }
}

form renderer::form_of_query(node const& chain) const {
    if (!plain()) return {};
    auto const parts = parts_of(chain, 0);
    if (!parts.select) return {};
    node const* first = parts.select.node->b;
    return form_of(first->kind == op::list ? *first->a : *first);
}

form renderer::form_of_branches(node const& n) const {
    form result;
    if (n.kind != op::case_) {
        result = common(form_of(*n.a), form_of(*n.b));
    } else {
        bool first = true;
        auto const add = [&](node const& value) {
            result = first ? form_of(value) : common(result, form_of(value));
            first = false;
        };
        for (auto const* l = n.a; l && l->kind == op::list; l = l->b) add(*l->a->b);
        if (n.b && n.b->kind != op::end) add(*n.b);
    }
    // rows are decoded with the scale of the node's type
    if (result.shape == shape::scaled) return computed(stored_type(*n.type));
    return result;
}

form renderer::common(form a, form b) const {
    if (a == b || b.shape == shape::natural) return a;
    if (a.shape == shape::natural) return b;
    if (a.shape == b.shape && a.shape != shape::scaled)
        unsupported("decimals of more than 18 digits compare only if their types are the same");
    bool const text = a.shape == shape::wide || b.shape == shape::wide || a.shape == shape::u64 ||
                      b.shape == shape::u64;
    if (a.shape == shape::real || b.shape == shape::real) {
        if (text)
            unsupported(
                "uint64 and decimals of more than 18 digits do not mix with floating point");
        return {shape::real};
    }
    // write_as refuses what is not a value that can be brought to an integer
    return scaled(std::max<unsigned>(a.scale, b.scale));
}

// The form in which a node can be computed with.
form renderer::number(node const& n) const {
    auto const f = form_of(n);
    return f.shape == shape::wide || f.shape == shape::u64 ? scaled(f.scale) : f;
}

void renderer::write_as(term t) {
    if (t.fold) return change_case(t, true);
    if (t.to.shape == shape::natural) return expression(t);
    auto const from = form_of(*t.node);
    if (from.shape == shape::natural || from == t.to) return expression(t);
    switch (from.shape) {
    case shape::scaled: return scaled_as(t, from);
    case shape::wide:
        if (t.to.shape == shape::scaled) return narrow(t, from);
        break;
    case shape::real:
        unsupported("a floating point number does not become a decimal by itself; cast it");
    case shape::u64:
    case shape::natural: break;
    }
    unsupported("uint64 and decimals of more than 18 digits are kept as text; they can be compared "
                "with their own type, ordered and assigned, and nothing else");
}

void renderer::scaled_as(term t, form from) {
    term const exact{t.node, t.at};
    switch (t.to.shape) {
    case shape::real:
        if (firebird())  // its own quotient would have digits of a decimal
            return write(("(CAST(%0 AS DOUBLE PRECISION) / " + ten_to(from.scale) + ")").c_str(),
                         {exact});
        if (from.scale == 0) return expression(exact);
        return write(("(%0 / " + ten_to(from.scale) + ".0)").c_str(), {exact});
    case shape::scaled:
        if (t.to.scale < from.scale) return rounded(exact, from.scale - t.to.scale);
        return write(("(%0 * " + ten_to(t.to.scale - from.scale) + ")").c_str(), {exact});
    default:
        unsupported("a computed number does not become a uint64 or a decimal of more than 18 "
                    "digits, which are kept as text");
    }
}

// Drops digits of a scaled integer; half goes away from zero.
void renderer::rounded(term t, unsigned drop) {
    auto const half = "5" + std::string(drop - 1, '0');
    write(("((%0 + CASE WHEN %0 < 0 THEN -" + half + " ELSE " + half + " END) / " + ten_to(drop) +
           ")")
              .c_str(),
          {t});
}

// A value of a wide type beside computed decimals: its text, a sign and digits, becomes an integer.
// Digits of a negative number are nines' complements. Beyond 64 bits SQLite takes the largest one,
// which compares with every computed decimal as the value would.
void renderer::narrow(term t, form from) {
    if (firebird()) unsupported("decimals of more than 18 digits are not computed with");
    if (t.node->kind != op::value && t.node->kind != op::named)
        unsupported("decimals of more than 18 digits are kept as text; they can be compared with "
                    "their own type, ordered and assigned, and nothing else");
    std::string digits = "substr(%0, 2)";
    for (char const* swap : {"0x9", "1y8", "2z7", "3v6", "4w5"}) {
        auto const low = std::string(1, swap[0]), spare = std::string(1, swap[1]),
                   high = std::string(1, swap[2]);
        digits = "replace(replace(replace(" + digits + ", '" + low + "', '" + spare + "'), '" +
                 high + "', '" + low + "'), '" + spare + "', '" + high + "')";
    }
    std::string pattern = "CASE substr(%0, 1, 1) WHEN '1' THEN CAST(substr(%0, 2) AS INTEGER) "
                          "WHEN '0' THEN -CAST(" +
                          digits + " AS INTEGER) END";
    if (t.to.scale > from.scale)
        pattern = "(" + pattern + " * " + ten_to(t.to.scale - from.scale) + ")";
    write(pattern.c_str(), {{t.node, t.at}});
}

}  // namespace relata::dialect
