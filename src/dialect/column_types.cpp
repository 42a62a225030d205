// SPDX-License-Identifier: BSL-1.0

#include "dialect/column_types.hpp"

#include "dialect/firebird_types.hpp"
#include "dialect/form.hpp"

#include <relata/core/error.hpp>

namespace relata::dialect {
namespace {

constexpr std::uint32_t longest_varchar = 16000;  // code points; four bytes each fit a row of MySQL
constexpr std::uint32_t key_bytes = 255;

bool is_my(dialect const& d) { return d.id() == family::mysql || d.id() == family::mariadb; }

std::string numeric(char const* name, type_info const& t) {
    return std::string(name) + "(" + std::to_string(t.precision) + "," + std::to_string(t.scale) +
           ")";
}

std::string sqlite_type(type_info const& t) {
    switch (t.kind) {
    case kind::float32:
    case kind::float64: return "REAL";
    case kind::bytes:
    case kind::uuid: return "BLOB";
    case kind::boolean:
    case kind::decimal: return "INTEGER";
    default: return is_small_integer(t.kind) ? "INTEGER" : "TEXT";
    }
}

std::string postgresql_type(schema::column const& c, type_info const& t) {
    switch (t.kind) {
    case kind::boolean: return "boolean";
    case kind::int8:
    case kind::int16:
    case kind::uint8: return "smallint";
    case kind::int32:
    case kind::uint16: return "integer";
    case kind::int64:
    case kind::uint32: return "bigint";
    case kind::uint64: return "numeric(20,0)";
    case kind::float32: return "real";
    case kind::float64: return "double precision";
    case kind::decimal:
    case kind::decimal_wide: return numeric("numeric", t);
    case kind::bytes: return "bytea";
    case kind::date: return "date";
    case kind::time: return "time(6)";
    case kind::timestamp: return "timestamp(6)";
    case kind::instant: return "timestamptz(6)";
    case kind::uuid: return "uuid";
    case kind::json: return "json";
    default:
        return (c.text_bound() ? sized("varchar", c.text_bound()) : std::string("text")) +
               " COLLATE \"C\"";
    }
}

std::string mysql_type(schema::column const& c, type_info const& t, dialect const& spelling) {
    switch (t.kind) {
    case kind::boolean: return "tinyint(1)";
    case kind::int8: return "tinyint";
    case kind::int16: return "smallint";
    case kind::int32: return "int";
    case kind::int64: return "bigint";
    case kind::uint8: return "tinyint unsigned";
    case kind::uint16: return "smallint unsigned";
    case kind::uint32: return "int unsigned";
    case kind::uint64: return "bigint unsigned";
    case kind::float32: return "float";
    case kind::float64: return "double";
    case kind::decimal:
    case kind::decimal_wide:
        if (t.scale > 30 && spelling.id() == family::mysql)
            fail(error_kind::not_supported,
                 "MySQL: column " + c.name + " has more than 30 digits after the point");
        return numeric("decimal", t);
    case kind::bytes: return c.in_key ? sized("varbinary", key_bytes) : "longblob";
    case kind::date: return "date";
    case kind::time: return "time(6)";
    case kind::timestamp:
    case kind::instant: return "datetime(6)";
    case kind::uuid: return "binary(16)";
    // MySQL's own type would order the keys of documents and drop those that are there twice
    case kind::json: return spelling.id() == family::mysql ? "longtext" : "json";
    default:
        if (c.text_bound() == 0 || c.text_bound() > longest_varchar) return "longtext";
        return sized("varchar", c.text_bound());
    }
}

std::string one_of_names(enum_info const& names, dialect const& spelling) {
    std::string out = "IN (";
    type_info text;
    text.kind = kind::text;
    for (std::uint32_t i = 0; i < names.count; ++i) {
        auto const& e = names.values[i];
        param p{};
        p.type = &text;
        p.kind = kind::text;
        p.chars = {e.text + e.at, e.size};
        if (i) out += ", ";
        append_literal(out, p, spelling);
    }
    return out + ")";
}

std::string length_at_most(std::string const& name, std::uint32_t length) {
    return "length(" + name + ") <= " + std::to_string(length);
}

std::string digits_only(std::string const& name, unsigned count) {
    return "length(" + name + ") = " + std::to_string(count) + " AND " + name +
           " NOT GLOB '*[^0-9]*'";
}

// A function of SQLite answers a date that does not exist with another one, and nonsense with NULL.
// Without a modifier SQLite's date() gives back the 31st of any month as it is.
std::string real_date(std::string const& text) {
    return "date(" + text + ", '+0 days') IS " + text + " AND " + text + " >= '0001-01-01'";
}

std::string real_time(std::string const& text, std::string const& before) {
    return text + " GLOB '" + before +
           "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]' AND " + text + " < '" +
           before + "24'";
}

std::string sqlite_condition(schema::column const& c, type_info const& t, std::string const& name) {
    switch (t.kind) {
    case kind::boolean: return name + " IN (0, 1)";
    case kind::uint64: return digits_only(name, 20) + " AND " + name + " <= '18446744073709551615'";
    case kind::decimal: {
        std::string const most(t.precision, '9');
        return name + " BETWEEN -" + most + " AND " + most;
    }
    case kind::decimal_wide: return digits_only(name, t.precision + 1U);
    case kind::bytes: return c.in_key ? length_at_most(name, key_bytes) : "";
    case kind::date: return real_date(name);
    case kind::time: return real_time(name, "");
    case kind::timestamp:
    case kind::instant:
        return real_date("substr(" + name + ", 1, 10)") + " AND " +
               real_time("substr(" + name + ", 11)", " ");
    case kind::uuid: return "length(" + name + ") = 16";
    case kind::json: return "json_valid(" + name + ")";
    default: break;
    }
    if (auto const range = range_of(t.kind); !range.empty()) return name + " " + range;
    return c.text_bound() ? length_at_most(name, c.text_bound()) : "";
}

// Before STRICT tables, a column takes values of any type.
std::string storage_check(type_info const& t, std::string const& name) {
    auto type = sqlite_type(t);
    for (char& c : type) c = static_cast<char>(c | 0x20);  // typeof() answers in lower case
    return "typeof(" + name + ") IN ('" + type + "', 'null')";
}

std::string server_condition(schema::column const& c, type_info const& t, std::string const& name,
                             dialect const& spelling) {
    if (is_my(spelling)) {
        if (t.kind == kind::boolean) return name + " IN (0, 1)";
        if (t.kind == kind::json && spelling.id() == family::mysql)
            return "json_valid(" + name + ")";
        bool const unbounded = c.text_bound() > longest_varchar;
        return unbounded ? "char_length(" + name + ") <= " + std::to_string(c.text_bound()) : "";
    }
    // types of PostgreSQL that are exactly as wide need no bounds
    if (t.kind == kind::bytes && c.in_key)
        return "octet_length(" + name + ") <= " + std::to_string(key_bytes);
    if (t.kind == kind::int16 || t.kind == kind::int32) return "";
    auto const range = range_of(t.kind);
    return range.empty() ? "" : name + " " + range;
}

}  // namespace

std::string sized(char const* name, unsigned size) {
    return std::string(name) + "(" + std::to_string(size) + ")";
}

std::string range_of(kind k) {
    switch (k) {
    case kind::int8: return "BETWEEN -128 AND 127";
    case kind::int16: return "BETWEEN -32768 AND 32767";
    case kind::int32: return "BETWEEN -2147483648 AND 2147483647";
    case kind::uint8: return "BETWEEN 0 AND 255";
    case kind::uint16: return "BETWEEN 0 AND 65535";
    case kind::uint32: return "BETWEEN 0 AND 4294967295";
    case kind::uint64: return "BETWEEN 0 AND 18446744073709551615";
    default: return "";
    }
}

std::string column_type(schema::column const& c, dialect const& spelling) {
    auto const& t = stored_type(*c.type);
    switch (spelling.id()) {
    case family::sqlite: return sqlite_type(t);
    case family::postgresql: return postgresql_type(c, t);
    case family::mysql:
    case family::mariadb: return mysql_type(c, t, spelling);
    case family::firebird: return firebird_type(c, t);
    }
    return "";
}

std::string implicit_check(schema::column const& c, dialect const& spelling) {
    auto const& t = stored_type(*c.type);
    std::string name;
    spelling.append_identifier(name, c.name);
    if (t.kind == kind::enumeration) return name + " " + one_of_names(*t.names, spelling);
    if (spelling.id() == family::firebird) return firebird_condition(c, t, name);
    if (spelling.id() != family::sqlite) return server_condition(c, t, name, spelling);
    auto const condition = sqlite_condition(c, t, name);
    if (spelling.version() >= 33700) return condition;
    auto const storage = storage_check(t, name);
    return condition.empty() ? storage : storage + " AND " + condition;
}

}  // namespace relata::dialect
