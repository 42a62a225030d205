// SPDX-License-Identifier: BSL-1.0

#include "dialect/firebird_types.hpp"

#include "dialect/column_types.hpp"

#include <relata/core/error.hpp>

namespace relata::dialect {
namespace {

constexpr std::uint32_t longest_firebird_text = 4000;  // code points; rows have 64 KiB
constexpr char const* ascii = " CHARACTER SET ASCII";

std::uint32_t firebird_text_bound(schema::column const& c) {
    return c.text_bound() ? c.text_bound() : longest_firebird_text;
}

// What is no UTF-8 or too long cannot be cast, and the error says which.
std::string firebird_text(schema::column const& c, std::string const& name) {
    return "char_length(CAST(" + name + " AS " + sized("VARCHAR", firebird_text_bound(c)) +
           " CHARACTER SET UTF8)) >= 0";
}

}  // namespace

// SOCI reads no BOOLEAN, and a TIMESTAMP of Firebird has no microseconds: as on SQLite, what has no
// exact type is a number or a text that sorts alike. Text is UTF-8 in OCTETS: every other character
// set compares without the spaces at the end.
std::string firebird_type(schema::column const& c, type_info const& t) {
    switch (t.kind) {
    case kind::boolean:
    case kind::int8:
    case kind::int16:
    case kind::uint8: return "SMALLINT";
    case kind::int32:
    case kind::uint16: return "INTEGER";
    case kind::int64:
    case kind::uint32:
    case kind::decimal: return "BIGINT";
    case kind::float32: return "FLOAT";
    case kind::float64: return "DOUBLE PRECISION";
    case kind::uint64: return sized("VARCHAR", 20) + ascii;
    case kind::decimal_wide: return sized("VARCHAR", t.precision + 1U) + ascii;
    case kind::date: return sized("VARCHAR", 10) + ascii;
    case kind::time: return sized("VARCHAR", 15) + ascii;
    case kind::timestamp:
    case kind::instant: return sized("VARCHAR", 26) + ascii;
    case kind::uuid: return sized("CHAR", 16) + " CHARACTER SET OCTETS";
    case kind::bytes:
        if (c.in_key)
            fail(error_kind::not_supported,
                 "Firebird: column " + c.name +
                     " cannot be in a key: zeros at the end of bytes do not count there");
        return "BLOB SUB_TYPE BINARY";
    case kind::json: return "BLOB SUB_TYPE TEXT CHARACTER SET UTF8";
    default: break;
    }
    auto const bound = firebird_text_bound(c);
    if (bound > longest_firebird_text)
        fail(error_kind::not_supported,
             "Firebird: column " + c.name + " has more than 4000 characters");
    return sized("VARCHAR", bound * 4) + " CHARACTER SET OCTETS";
}

std::string firebird_condition(schema::column const& c, type_info const& t,
                               std::string const& name) {
    constexpr char const* day = "[0-9]{4}#-[01][0-9]#-[0-3][0-9]";
    constexpr char const* clock = "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9]{6}";
    auto const like = [&](std::string const& pattern) {
        return name + " SIMILAR TO '" + pattern + "' ESCAPE '#'";
    };
    switch (t.kind) {
    case kind::boolean: return name + " IN (0, 1)";
    case kind::decimal: {
        std::string const most(t.precision, '9');
        return name + " BETWEEN -" + most + " AND " + most;
    }
    case kind::uint64: return like("[0-9]{20}");
    case kind::decimal_wide: return like("[0-9]{" + std::to_string(t.precision + 1) + "}");
    case kind::date: return like(day);
    case kind::time: return like(clock);
    case kind::timestamp:
    case kind::instant: return like(std::string(day) + " " + clock);
    case kind::text:
    case kind::bounded_text: return firebird_text(c, name);
    case kind::int16:
    case kind::int32: return "";
    default: {
        auto const range = range_of(t.kind);
        return range.empty() ? "" : name + " " + range;
    }
    }
}

}  // namespace relata::dialect
