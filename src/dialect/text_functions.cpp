// SPDX-License-Identifier: BSL-1.0
//
// Functions of text: code points, ASCII case, positions from 1.

#include "dialect/renderer.hpp"

#include <string>

namespace relata::dialect {
namespace {

// Text is bytes in Firebird, which compare without padding; its letters are counted in UTF-8.
constexpr char const* firebird_letters = "CAST(%0 AS VARCHAR(8191) CHARACTER SET UTF8)";

std::string firebird_bytes(std::string const& text) {
    return "CAST(" + text + " AS VARCHAR(16000) CHARACTER SET OCTETS)";
}

std::string my_case(std::string_view function, std::string_view text) {
    std::string out = "CONVERT(CONVERT(";
    out.append(function) += "(CONVERT(CONVERT(";
    out.append(text) += " USING binary) USING tis620)) USING binary) USING utf8mb4)";
    return out;
}

}  // namespace

void renderer::text_function(term t) {
    node const& n = *t.node;
    switch (n.kind) {
    case op::concat:
        return write(my() ? "concat(%0, %1)" : "(%0 || %1)",
                     {{n.a, t.at}, {n.b, t.at + params_of(n.a)}});
    case op::lower: return change_case({n.a, t.at}, true);
    case op::upper: return change_case({n.a, t.at}, false);
    case op::length: return length(t);
    case op::trim:
        return write(sqlite() ? "trim(%0, ' ')" : "trim(BOTH ' ' FROM %0)", {{n.a, t.at}});
    case op::substr: return substr(t);
    case op::replace: return replace(t);
    default: return match(t);
    }
}

// The searched text is never a pattern, so nothing in it needs an escape.
void renderer::match(term t) {
    node const& n = *t.node;
    bool const fold = folds(*n.a);
    auto const terms = {term{n.a, t.at, {}, fold}, term{n.b, t.at + params_of(n.a), {}, fold}};
    switch (n.kind) {
    case op::contains:
        if (postgresql() || firebird()) return write("(position(%1 IN %0) > 0)", terms);
        return write(my() ? "(locate(%1, %0) > 0)" : "(instr(%0, %1) > 0)", terms);
    case op::starts_with:
        if (postgresql()) return write("starts_with(%0, %1)", terms);
        if (firebird())
            return write(("(left(" + firebird_bytes("%0") + ", octet_length(%1)) = %1)").c_str(),
                         terms);
        return write(my() ? "(left(%0, char_length(%1)) = %1)" : "(substr(%0, 1, length(%1)) = %1)",
                     terms);
    case op::ends_with:
        if (firebird())
            return write(("(right(" + firebird_bytes("%0") + ", octet_length(%1)) = %1)").c_str(),
                         terms);
        if (!sqlite()) return write("(right(%0, char_length(%1)) = %1)", terms);
        // from the right end SQLite cannot count zero characters
        return write("(substr(%0, length(%0) - length(%1) + 1) = %1)", terms);
    default:
        return write(firebird()
                         ? "(CAST(%0 AS VARCHAR(8191) CHARACTER SET UTF8) LIKE %1 ESCAPE '\\')"
                         : "(%0 LIKE %1 ESCAPE '\\')",
                     terms);
    }
}

// Letters outside ASCII stay as they are, because databases disagree on them. MySQL would change
// them; read as tis620, a character set of one byte whose upper half has no case, it does not.
void renderer::change_case(term t, bool lower) {
    std::string const function = lower ? "lower" : "upper";
    term const text{t.node, t.at};
    if (firebird())  // of a text without a character set it changes the letters of ASCII only
        return write(
            firebird_bytes(function + "(CAST(%0 AS VARCHAR(16000) CHARACTER SET NONE))").c_str(),
            {text});
    if (sqlite()) return write((function + "(%0)").c_str(), {text});
    if (postgresql()) return write((function + "(%0 COLLATE \"C\")").c_str(), {text});
    write(("(" + my_case(function, "%0") + " COLLATE " + std::string(binary_collation()) + ")")
              .c_str(),
          {text});
}

void append_folded(std::string& out, std::string_view column, dialect const& spelling) {
    switch (spelling.id()) {
    case family::sqlite: (out += "lower(").append(column) += ")"; return;
    case family::postgresql: (out += "lower(").append(column) += " COLLATE \"C\")"; return;
    case family::mysql:
    case family::mariadb: out += my_case("lower", column); return;
    case family::firebird: break;  // no such index is made
    }
}

void renderer::length(term t) {
    term const text{t.node->a, t.at};
    bool const bytes = t.node->a->type && stored_type(*t.node->a->type).kind == kind::bytes;
    if (sqlite()) return write("length(%0)", {text});
    if (firebird() && !bytes)
        return write(("char_length(" + std::string(firebird_letters) + ")").c_str(), {text});
    write(bytes ? "octet_length(%0)" : "char_length(%0)", {text});
}

// Positions before the first character count as the first, negative lengths as zero.
void renderer::substr(term t) {
    node const& n = *t.node;
    node const* start = n.b->kind == op::list ? n.b->a : n.b;
    node const* rest = n.b->kind == op::list ? n.b->b : nullptr;
    node const* length = rest && rest->kind == op::list ? rest->a : rest;
    if (length && length->kind == op::end) length = nullptr;
    term const text{n.a, t.at};
    term const from{start, t.at + params_of(n.a)};
    term const count{length, from.at + params_of(start)};
    // PostgreSQL takes int4, and SQLite cuts to as much; a text has less than 2^30 characters
    std::string const position =
        postgresql()
            ? "(CASE WHEN # < $ THEN $ WHEN # > 1073741824 THEN 1073741824 ELSE # END)::int4"
        : sqlite()   ? "min(max(#, $), 1073741824)"
        : firebird() ? "minvalue(maxvalue(CAST(# AS BIGINT), $), 1073741824)"
                     : "greatest(#, $)";
    auto const clamped = [&](char const* operand, char const* least) {
        std::string out;
        for (char const c : position) {
            if (c == '#') out += operand;
            else if (c == '$') out += least;
            else out += c;
        }
        return out;
    };
    auto pattern =
        firebird() ? "substring(" + std::string(firebird_letters) + " FROM " : "substr(%0, ";
    pattern += clamped("%1", "1");
    if (length) pattern += (firebird() ? " FOR " : ", ") + clamped("%2", "0");
    pattern += ")";
    if (firebird()) pattern = firebird_bytes(pattern);
    if (!length) return write(pattern.c_str(), {text, from});
    write(pattern.c_str(), {text, from, count});
}

void renderer::replace(term t) {
    node const& n = *t.node;
    node const* what = n.b->a;
    node const* with = n.b->b->kind == op::list ? n.b->b->a : n.b->b;
    auto const at = t.at + params_of(n.a);
    write("replace(%0, %1, %2)", {{n.a, t.at}, {what, at}, {with, at + params_of(what)}});
}

}  // namespace relata::dialect
