// SPDX-License-Identifier: BSL-1.0
//
// Conversions as C++ makes them: towards zero, and an error where the value does not fit. Those that
// databases spell differently (floating point as text) or guess (text as a number) are refused.

#include "dialect/renderer.hpp"

#include <string>

namespace relata::dialect {

void renderer::cast(term t) {
    auto const& to = stored_type(*t.node->type);
    auto const& from = stored_type(*t.node->a->type);
    if (is_integer(to.kind)) return cast_to_integer(t, from, to);
    if (is_real(to.kind)) return cast_to_real(t, from);
    if (is_decimal(to.kind)) return cast_to_decimal(t, from, to);
    if (is_text(to.kind)) return cast_to_text(t, from);
    if (to.kind == kind::date || to.kind == kind::timestamp || to.kind == kind::instant)
        return cast_to_moment(t, from, to);
    if (to.kind == from.kind) return expression({t.node->a, t.at});
    unsupported("this conversion has no meaning that all databases share");
}

void renderer::cast_to_integer(term t, type_info const& from, type_info const& to) {
    term const value{t.node->a, t.at};
    bool const number = is_integer(from.kind) || is_decimal(from.kind) || is_real(from.kind);
    if (!number && from.kind != kind::boolean)
        unsupported("only numbers and booleans become integers");
    if (plain()) {
        auto const f = form_of(*t.node->a);
        if (firebird() && f.shape == number_shape::real)
            unsupported("floating point numbers do not become integers");
        if (to.kind == kind::uint64 || f.shape == number_shape::u64 ||
            f.shape == number_shape::wide)
            unsupported("uint64 and decimals of more than 18 digits are kept as text: no cast");
        if (f.shape == number_shape::scaled && f.scale > 0)
            return write(("(%0 / 1" + std::string(f.scale, '0') + ")").c_str(), {value});
        if (f.shape != number_shape::real) return expression(value);
        // a CAST would cut what does not fit; abs() of the lowest integer is the error instead
        return write("CASE WHEN %0 >= 9223372036854775808.0 OR %0 < -9223372036854775808.0 "
                     "THEN abs(-9223372036854775807 - 1) ELSE CAST(%0 AS INTEGER) END",
                     {value});
    }
    // DIV is the one conversion of MySQL that fails instead of cutting; it drops the fraction
    bool const whole = is_integer(from.kind) || from.kind == kind::boolean;
    if (my()) return whole ? expression(value) : write("(%0 DIV 1)", {value});
    std::string type = "bigint";
    if (to.kind == kind::int8 || to.kind == kind::int16 || to.kind == kind::uint8)
        type = "smallint";
    else if (to.kind == kind::int32 || to.kind == kind::uint16) type = "integer";
    else if (to.kind == kind::uint64) type = "numeric";
    if (from.kind == kind::boolean) return write(("%0::integer::" + type).c_str(), {value});
    if (is_integer(from.kind)) return write(("%0::" + type).c_str(), {value});
    write(("trunc(%0)::" + type).c_str(), {value});
}

void renderer::cast_to_real(term t, type_info const& from) {
    term const value{t.node->a, t.at};
    if (!is_integer(from.kind) && !is_decimal(from.kind) && !is_real(from.kind))
        unsupported("only numbers become floating point numbers");
    if (postgresql()) return write("%0::float8", {value});
    if (my()) return write("(%0 + 0e0)", {value});
    auto const f = number(*t.node->a);
    if (f.shape == number_shape::scaled && f.scale == 0)
        return write(firebird() ? "CAST(%0 AS DOUBLE PRECISION)" : "CAST(%0 AS REAL)",
                     {{value.node, value.at, f}});
    write_as({value.node, value.at, {number_shape::real}});
}

void renderer::cast_to_decimal(term t, type_info const& from, type_info const& to) {
    term const value{t.node->a, t.at};
    if (!is_integer(from.kind) && !is_decimal(from.kind))
        unsupported("only integers and decimals become decimals; floating point has no exact one");
    bool const drops = is_decimal(from.kind) && from.scale > to.scale;
    auto const scale = std::to_string(to.scale);
    if (plain()) {
        auto const f = number(*t.node->a);
        term const exact{value.node, value.at, f};
        if (drops)
            return write(("(%0 / 1" + std::string(f.scale - to.scale, '0') + ")").c_str(), {exact});
        return write_as({value.node, value.at, form_of(*t.node)});
    }
    if (postgresql()) {
        auto const type = "numeric(" + std::to_string(to.precision) + "," + scale + ")";
        return write(((drops ? "trunc(%0, " + scale + ")" : "%0") + "::" + type).c_str(), {value});
    }
    // CAST(x AS DECIMAL) cuts large values without an error; adding a zero only sets the scale
    if (drops) return write(("truncate(%0, " + scale + ")").c_str(), {value});
    write(("(%0 + CAST(0 AS DECIMAL(38," + scale + ")))").c_str(), {value});
}

void renderer::cast_to_text(term t, type_info const& from) {
    term const value{t.node->a, t.at};
    auto const with_collation = [&](char const* pattern) {
        write(("(" + std::string(pattern) + " COLLATE " + std::string(binary_collation()) + ")")
                  .c_str(),
              {value});
    };
    if (is_text(from.kind)) return expression(value);
    if (firebird() && (is_decimal(from.kind) || from.kind == kind::uuid))
        unsupported("decimals and UUIDs do not become text");
    if (is_decimal(from.kind) && sqlite()) return decimal_as_text(t, from.scale);
    if (from.kind == kind::uuid) return uuid_as_text(t);
    bool const moment = from.kind == kind::date || from.kind == kind::time ||
                        from.kind == kind::timestamp || from.kind == kind::instant;
    bool const small = is_small_integer(from.kind);
    if (!small && !moment && from.kind != kind::uint64 && !is_decimal(from.kind))
        unsupported("databases write values of this type differently as text");
    if (sqlite()) return small ? write("CAST(%0 AS TEXT)", {value}) : expression(value);
    if (firebird())
        return write(small ? "CAST(%0 AS VARCHAR(20) CHARACTER SET OCTETS)"
                           : "CAST(%0 AS VARCHAR(26) CHARACTER SET OCTETS)",
                     {value});
    if (my()) return with_collation("CAST(%0 AS CHAR)");
    switch (from.kind) {
    case kind::time: return with_collation("to_char(%0, 'HH24:MI:SS.US')");
    case kind::timestamp: return with_collation("to_char(%0, 'YYYY-MM-DD HH24:MI:SS.US')");
    case kind::instant:
        return with_collation("to_char(%0 AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US')");
    case kind::date: return with_collation("to_char(%0, 'YYYY-MM-DD')");
    default: return with_collation("%0::text");
    }
}

// Sign, whole part, point and fraction of a scaled integer.
void renderer::decimal_as_text(term t, unsigned scale) {
    term const value{t.node->a, t.at, number(*t.node->a)};
    if (scale == 0) return write("CAST(%0 AS TEXT)", {value});
    auto const ten = "1" + std::string(scale, '0');
    write(("(CASE WHEN %0 < 0 THEN '-' ELSE '' END || (abs(%0) / " + ten + ") || '.' || substr('" +
           std::string(scale, '0') + "' || (abs(%0) %% " + ten + "), -" + std::to_string(scale) +
           "))")
              .c_str(),
          {value});
}

void renderer::uuid_as_text(term t) {
    term const value{t.node->a, t.at};
    if (postgresql()) return write("(%0::text COLLATE \"C\")", {value});
    std::string pattern = sqlite() ? "(" : "(concat(";
    std::string const hex = "lower(hex(%0))";
    struct part {
        int from, size;
    };
    char const* separator = "";
    for (auto const& [from, size] : {part{1, 8}, {9, 4}, {13, 4}, {17, 4}, {21, 12}}) {
        pattern += separator;
        pattern +=
            "substr(" + hex + ", " + std::to_string(from) + ", " + std::to_string(size) + ")";
        separator = sqlite() ? " || '-' || " : ", '-', ";
    }
    pattern += sqlite() ? ")" : ") COLLATE " + std::string(binary_collation()) + ")";
    write(pattern.c_str(), {value});
}

// A date is its midnight; a moment's date is that in UTC.
void renderer::cast_to_moment(term t, type_info const& from, type_info const& to) {
    term const value{t.node->a, t.at};
    bool const moment = from.kind == kind::timestamp || from.kind == kind::instant;
    if (from.kind != kind::date && !moment) unsupported("only dates and moments become moments");
    if (from.kind == to.kind) return expression(value);
    if (to.kind == kind::date) {
        if (firebird()) return write("substring(%0 FROM 1 FOR 10)", {value});
        if (sqlite()) return write("substr(%0, 1, 10)", {value});
        if (my()) return write("date(%0)", {value});
        return write(from.kind == kind::instant ? "(%0 AT TIME ZONE 'UTC')::date" : "%0::date",
                     {value});
    }
    if (from.kind == kind::date) {
        if (plain()) return write("(%0 || ' 00:00:00.000000')", {value});
        if (my()) return write("CAST(%0 AS DATETIME(6))", {value});
        return write(to.kind == kind::instant ? "(%0::timestamp AT TIME ZONE 'UTC')"
                                              : "%0::timestamp",
                     {value});
    }
    // between a moment in time and what a clock in UTC shows
    if (!postgresql()) return expression(value);
    write("(%0 AT TIME ZONE 'UTC')", {value});
}

void renderer::date_part(term t) {
    node const& n = *t.node;
    term const date{n.a, t.at};
    if (firebird())
        return write(n.kind == op::year    ? "CAST(substring(%0 FROM 1 FOR 4) AS BIGINT)"
                     : n.kind == op::month ? "CAST(substring(%0 FROM 6 FOR 2) AS BIGINT)"
                                           : "CAST(substring(%0 FROM 9 FOR 2) AS BIGINT)",
                     {date});
    if (sqlite()) {
        if (n.kind == op::year) return write("CAST(substr(%0, 1, 4) AS INTEGER)", {date});
        return write(n.kind == op::month ? "CAST(substr(%0, 6, 2) AS INTEGER)"
                                         : "CAST(substr(%0, 9, 2) AS INTEGER)",
                     {date});
    }
    std::string pattern = n.kind == op::year    ? "extract(YEAR FROM %0"
                          : n.kind == op::month ? "extract(MONTH FROM %0"
                                                : "extract(DAY FROM %0";
    if (postgresql()) {
        // whatever the session's time zone is
        if (n.a->type && stored_type(*n.a->type).kind == kind::instant)
            pattern += " AT TIME ZONE 'UTC'";
        return write((pattern + ")::bigint").c_str(), {date});
    }
    write((pattern + ")").c_str(), {date});
}

}  // namespace relata::dialect
