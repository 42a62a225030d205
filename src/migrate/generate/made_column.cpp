// SPDX-License-Identifier: BSL-1.0
//
// Types, as the engines spell those that relata chooses.

#include "migrate/generate/made.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace relata::migrate::generate {

namespace {

using relata::kind;

constexpr unsigned longest_varchar = 16000;
constexpr unsigned key_bound = 255;

std::string sized(char const* name, unsigned size) {
    return std::string(name) + "(" + std::to_string(size) + ")";
}
std::string numeric(char const* name, cpp_type const& t) {
    return std::string(name) + "(" + std::to_string(t.precision) + "," + std::to_string(t.scale) +
           ")";
}

std::string sqlite_spelling(cpp_type const& t) {
    switch (t.is) {
    case kind::float32:
    case kind::float64: return "REAL";
    case kind::bytes:
    case kind::uuid: return "BLOB";
    case kind::boolean:
    case kind::decimal: return "INTEGER";
    case kind::uint64: return "TEXT";
    default: return is_integer(t.is) ? "INTEGER" : "TEXT";
    }
}

std::string postgresql_spelling(mapped_column const& c) {
    switch (c.type.is) {
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
    case kind::decimal_wide: return numeric("numeric", c.type);
    case kind::bytes: return "bytea";
    case kind::date: return "date";
    case kind::time: return "time(6) without time zone";
    case kind::timestamp: return "timestamp(6) without time zone";
    case kind::instant: return "timestamp(6) with time zone";
    case kind::uuid: return "uuid";
    case kind::json: return "json";
    default: return c.text_bound() > 0 ? sized("character varying", c.text_bound()) : "text";
    }
}

// MySQL does not tell the width of an integer any more, MariaDB does.
std::string integer(catalog::engine engine, char const* name, unsigned width, bool is_unsigned) {
    std::string text = name;
    if (engine == catalog::engine::mariadb) text = sized(name, width);
    return is_unsigned ? text + " unsigned" : text;
}

std::string mysql_spelling(catalog::engine engine, mapped_column const& c) {
    switch (c.type.is) {
    case kind::boolean: return "tinyint(1)";
    case kind::int8: return integer(engine, "tinyint", 4, false);
    case kind::int16: return integer(engine, "smallint", 6, false);
    case kind::int32: return integer(engine, "int", 11, false);
    case kind::int64: return integer(engine, "bigint", 20, false);
    case kind::uint8: return integer(engine, "tinyint", 3, true);
    case kind::uint16: return integer(engine, "smallint", 5, true);
    case kind::uint32: return integer(engine, "int", 10, true);
    case kind::uint64: return integer(engine, "bigint", 20, true);
    case kind::float32: return "float";
    case kind::float64: return "double";
    case kind::decimal:
    case kind::decimal_wide: return numeric("decimal", c.type);
    case kind::bytes: return c.in_key ? sized("varbinary", key_bound) : "longblob";
    case kind::date: return "date";
    case kind::time: return "time(6)";
    case kind::timestamp:
    case kind::instant: return "datetime(6)";
    case kind::uuid: return "binary(16)";
    case kind::json: return "longtext";
    default:
        if (c.text_bound() == 0 || c.text_bound() > longest_varchar) return "longtext";
        return sized("varchar", c.text_bound());
    }
}

bool is_any_text(kind k) { return is_text(k) || k == kind::enumeration; }

bool at_least(std::string_view version, int major, int minor) {
    int found_major = 0, found_minor = 0;
    auto const end = version.data() + version.size();
    auto const read = std::from_chars(version.data(), end, found_major);
    if (read.ptr != end && *read.ptr == '.') std::from_chars(read.ptr + 1, end, found_minor);
    return found_major > major || (found_major == major && found_minor >= minor);
}

}  // namespace

unsigned mapped_column::text_bound() const {
    if (type.is == kind::text) return in_key ? key_bound : 0;
    return is_any_text(type.is) ? type.length : 0;
}

catalog::column made_column(catalog::schema const& in, mapped_column const& c) {
    catalog::column out;
    out.name = c.name;
    switch (in.engine) {
    case catalog::engine::sqlite: out.type = sqlite_spelling(c.type); break;
    case catalog::engine::postgresql:
        out.type = postgresql_spelling(c);
        if (is_any_text(c.type.is)) out.collation = "\"C\"";
        break;
    case catalog::engine::mysql:
    case catalog::engine::mariadb:
        out.type = mysql_spelling(in.engine, c);
        if (c.type.is == kind::json && in.engine == catalog::engine::mariadb)
            out.collation = "utf8mb4_bin";
        break;
    }
    return out;
}

std::vector<catalog::option> made_options(catalog::schema const& in) {
    switch (in.engine) {
    case catalog::engine::sqlite:
        if (at_least(in.version, 3, 37)) return {{"strict", ""}};
        return {};
    case catalog::engine::postgresql: return {};
    case catalog::engine::mysql: return {{"collate", "utf8mb4_0900_bin"}, {"engine", "InnoDB"}};
    case catalog::engine::mariadb: return {{"collate", "utf8mb4_nopad_bin"}, {"engine", "InnoDB"}};
    }
    return {};
}

std::string quoted(catalog::engine engine, std::string_view name) {
    // PostgreSQL's words that are not names by themselves
    static constexpr std::string_view words =
        " all analyse analyze and any array as asc asymmetric authorization "
        "between bigint binary "
        "bit boolean both case cast char character check coalesce collate "
        "collation column "
        "concurrently constraint create cross current_catalog current_date "
        "current_role "
        "current_schema current_time current_timestamp current_user dec decimal "
        "default deferrable "
        "desc distinct do else end except exists extract false fetch float for "
        "foreign freeze from "
        "full grant greatest group grouping having ilike in initially inner "
        "inout int integer "
        "intersect interval into is isnull join lateral leading least left like "
        "limit localtime "
        "localtimestamp national natural nchar none normalize not notnull null "
        "nullif numeric "
        "offset on only or order out outer overlaps overlay placing position "
        "precision primary "
        "real references returning right row select session_user setof similar "
        "smallint some "
        "substring symmetric table tablesample then time timestamp to trailing "
        "treat trim true "
        "union unique user using values varchar variadic verbose when where "
        "window with "
        "xmlattributes xmlconcat xmlelement xmlexists xmlforest xmlnamespaces "
        "xmlparse xmlpi "
        "xmlroot xmlserialize xmltable ";
    bool const plain = !name.empty() && !(name[0] >= '0' && name[0] <= '9') &&
                       std::all_of(name.begin(), name.end(), [](char c) {
                           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
                       });
    auto const spaced = " " + std::string(name) + " ";
    if (engine == catalog::engine::postgresql && plain && words.find(spaced) == words.npos)
        return std::string(name);
    bool const my = engine == catalog::engine::mysql || engine == catalog::engine::mariadb;
    char const quote = my ? '`' : '"';
    std::string out(1, quote);
    for (char const c : name) out.append(c == quote ? 2 : 1, c);
    return out + quote;
}

}  // namespace relata::migrate::generate
