// SPDX-License-Identifier: BSL-1.0

#include "migrate/values.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace relata::migrate::values {

namespace {

using schema::catalog::engine;
using family = type::family;

struct known {
    std::string_view name;
    family is;
    std::int64_t size;
};
constexpr std::array<known, 50> known_types{{
    {"tinyint", family::integer, 8},
    {"smallint", family::integer, 16},
    {"int2", family::integer, 16},
    {"year", family::integer, 16},
    {"mediumint", family::integer, 24},
    {"int", family::integer, 32},
    {"int4", family::integer, 32},
    {"integer", family::integer, 32},
    {"serial", family::integer, 32},
    {"bigint", family::integer, 64},
    {"int8", family::integer, 64},
    {"bigserial", family::integer, 64},
    {"numeric", family::decimal, type::unlimited},
    {"decimal", family::decimal, type::unlimited},
    {"real", family::floating, 32},
    {"float", family::floating, 32},
    {"float4", family::floating, 32},
    {"double", family::floating, 64},
    {"double precision", family::floating, 64},
    {"float8", family::floating, 64},
    {"char", family::text, 1},
    {"character", family::text, 1},
    {"bpchar", family::text, type::unlimited},
    {"varchar", family::text, type::unlimited},
    {"character varying", family::text, type::unlimited},
    {"text", family::text, type::unlimited},
    {"tinytext", family::text, 255},
    {"mediumtext", family::text, type::unlimited},
    {"longtext", family::text, type::unlimited},
    {"citext", family::text, type::unlimited},
    {"name", family::text, 63},
    {"binary", family::bytes, 1},
    {"varbinary", family::bytes, type::unlimited},
    {"tinyblob", family::bytes, 255},
    {"blob", family::bytes, 65535},
    {"mediumblob", family::bytes, 16777215},
    {"longblob", family::bytes, type::unlimited},
    {"bytea", family::bytes, type::unlimited},
    {"date", family::date, 0},
    {"datetime", family::timestamp, 0},
    {"timestamp", family::timestamp, 0},
    {"timestamptz", family::timestamp, 0},
    {"timestamp without time zone", family::timestamp, 0},
    {"timestamp with time zone", family::timestamp, 0},
    {"enum", family::enumeration, 0},
    {"set", family::enumeration, 0},
    {"nvarchar", family::text, type::unlimited},
    {"boolean", family::integer, 1},
    {"bool", family::integer, 1},
    {"bit", family::other, 0},
}};

// 'a','b' → the parts with their quotes
std::vector<std::string> parts_of(std::string_view list) {
    std::vector<std::string> parts(1);
    bool quoted = false;
    for (char const c : list) {
        if (c == '\'') quoted = !quoted;
        if (c == ',' && !quoted) parts.emplace_back();
        else if (c != ' ' || quoted) parts.back() += c;
    }
    return parts;
}

void set_sizes(type& to, std::string_view in_parentheses, engine on) {
    if (in_parentheses.empty()) {
        bool const on_mysql = on == engine::mysql || on == engine::mariadb;
        if (to.is == family::decimal && on_mysql) to.size = 10;
        if (to.name == "text" && on_mysql) to.size = 65535;
        if (to.name == "mediumtext") to.size = 16777215;
        return;
    }
    auto const parts = parts_of(in_parentheses);
    if (to.is == family::enumeration) {
        to.labels = parts;
    } else if (to.is == family::decimal || to.is == family::text || to.is == family::bytes) {
        to.size = std::atoll(parts[0].c_str());
        if (parts.size() > 1) to.scale = std::atoll(parts[1].c_str());
    }
}

conversion numbers(type const& before, type const& after) {
    auto const digits = [](type const& t) {
        if (t.size == type::unlimited) return t.size;
        return t.is == family::decimal ? t.size - t.scale : t.size * 3 / 10 + 1;
    };
    auto const narrows = [](bool does) { return does ? conversion::narrows : conversion::keeps; };
    if (before.is == after.is && before.is != family::decimal)
        return narrows(after.size < before.size);
    if (before.is == family::floating) return conversion::narrows;
    if (after.is == family::floating) return narrows(before.size > after.size * 3 / 4);
    if (after.size == type::unlimited) return conversion::keeps;
    return narrows(digits(after) < digits(before) ||
                   (before.is == family::decimal &&
                    (before.size == type::unlimited || after.scale < before.scale)));
}

bool is_number(type const& t) {
    return t.is == family::integer || t.is == family::decimal || t.is == family::floating;
}

}  // namespace

type type_of(std::string_view spelled, engine on) {
    type t;
    auto const open = spelled.find('(');
    auto const close = spelled.rfind(')');
    for (auto i = std::size_t{0}; i < spelled.size(); ++i) {
        if (open != spelled.npos && i >= open && i <= close) continue;
        t.name += static_cast<char>(std::tolower(static_cast<unsigned char>(spelled[i])));
    }
    if (auto const at = t.name.find(" unsigned"); at != t.name.npos) {
        t.is_unsigned = true;
        t.name.resize(at);
    }
    while (t.name.ends_with(' ')) t.name.pop_back();
    auto const found = std::find_if(known_types.begin(), known_types.end(),
                                    [&](known const& each) { return each.name == t.name; });
    if (found == known_types.end()) return t;
    t.is = found->is;
    t.size = found->size;
    if (open != spelled.npos) set_sizes(t, spelled.substr(open + 1, close - open - 1), on);
    else set_sizes(t, {}, on);
    return t;
}

conversion conversion_of(type const& before, type const& after, engine on) {
    if (on == engine::sqlite)
        return before.is == after.is || before.is == family::other || after.is == family::other ||
                       (is_number(before) && is_number(after))
                   ? conversion::keeps
                   : conversion::casts;
    if (is_number(before) && is_number(after)) return numbers(before, after);
    if (before.is == family::timestamp && after.is == family::date) return conversion::narrows;
    if (before.is == family::date && after.is == family::timestamp) return conversion::keeps;
    if (before.is == after.is) {
        if (before.is == family::other)
            return before.name == after.name ? conversion::keeps : conversion::casts;
        return after.size < before.size ? conversion::narrows : conversion::keeps;
    }
    if (after.is == family::text && after.size == type::unlimited) return conversion::keeps;
    return conversion::casts;
}

}  // namespace relata::migrate::values
