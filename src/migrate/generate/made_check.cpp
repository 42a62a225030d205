// SPDX-License-Identifier: BSL-1.0
//
// Checks that come with a type, as the engines spell them.

#include "migrate/generate/made.hpp"

namespace relata::migrate::generate {

namespace {

using relata::kind;

struct range {
    char const* low;
    char const* high;
};
// Of integers that are stored in a wider type.
range range_of(kind k) {
    switch (k) {
    case kind::int8: return {"-128", "127"};
    case kind::int16: return {"-32768", "32767"};
    case kind::int32: return {"-2147483648", "2147483647"};
    case kind::uint8: return {"0", "255"};
    case kind::uint16: return {"0", "65535"};
    case kind::uint32: return {"0", "4294967295"};
    default: return {nullptr, nullptr};
    }
}

std::string list_of(std::vector<std::string> const& labels, char const* separator,
                    std::string const& before, char const* behind) {
    std::string out;
    for (auto const& label : labels)
        out += (out.empty() ? "" : separator) + before + in_quotes(label) + behind;
    return out;
}

std::string real_date(std::string const& text) {
    return "date(" + text + ", '+0 days') IS " + text + " AND " + text + " >= '0001-01-01'";
}
std::string real_time(std::string const& text, std::string const& before) {
    return text + " GLOB '" + before +
           "[0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]' "
           "AND " +
           text + " < '" + before + "24'";
}
std::string digits_only(std::string const& name, unsigned count) {
    return "length(" + name + ") = " + std::to_string(count) + " AND " + name +
           " NOT GLOB '*[^0-9]*'";
}

std::string sqlite_condition(mapped_column const& c, std::string const& name) {
    auto const& t = c.type;
    if (auto const r = range_of(t.is); r.low) return name + " BETWEEN " + r.low + " AND " + r.high;
    switch (t.is) {
    case kind::boolean: return name + " IN (0, 1)";
    case kind::uint64: return digits_only(name, 20) + " AND " + name + " <= '18446744073709551615'";
    case kind::decimal: {
        std::string const most(t.precision, '9');
        return name + " BETWEEN -" + most + " AND " + most;
    }
    case kind::decimal_wide: return digits_only(name, t.precision + 1);
    case kind::bytes: return c.in_key ? "length(" + name + ") <= 255" : "";
    case kind::date: return real_date(name);
    case kind::time: return real_time(name, "");
    case kind::timestamp:
    case kind::instant:
        return real_date("substr(" + name + ", 1, 10)") + " AND " +
               real_time("substr(" + name + ", 11)", " ");
    case kind::uuid: return "length(" + name + ") = 16";
    case kind::json: return "json_valid(" + name + ")";
    case kind::enumeration: return name + " IN (" + list_of(t.labels, ", ", "", "") + ")";
    default: break;
    }
    return c.text_bound() > 0 ? "length(" + name + ") <= " + std::to_string(c.text_bound()) : "";
}

std::string postgresql_condition(mapped_column const& c, std::string const& name) {
    auto const& t = c.type;
    switch (t.is) {
    case kind::int8: return "(" + name + " >= '-128'::integer) AND (" + name + " <= 127)";
    case kind::uint8: return "(" + name + " >= 0) AND (" + name + " <= 255)";
    case kind::uint16: return "(" + name + " >= 0) AND (" + name + " <= 65535)";
    case kind::uint32: return "(" + name + " >= 0) AND (" + name + " <= '4294967295'::bigint)";
    case kind::uint64:
        return "(" + name + " >= (0)::numeric) AND (" + name +
               " <= '18446744073709551615'::numeric)";
    case kind::bytes: return c.in_key ? "octet_length(" + name + ") <= 255" : "";
    case kind::enumeration:
        if (t.labels.size() == 1)
            return "(" + name + ")::text = " + in_quotes(t.labels[0]) + "::text";
        return "(" + name + ")::text = ANY ((ARRAY[" +
               list_of(t.labels, ", ", "", "::character varying") + "])::text[])";
    default: return "";
    }
}

std::string mysql_condition(catalog::engine engine, mapped_column const& c,
                            std::string const& name) {
    bool const maria = engine == catalog::engine::mariadb;
    auto const* const before_text = maria ? "" : "_utf8mb4";
    auto const in_parentheses = [&](std::string const& text) {
        return maria ? text : "(" + text + ")";
    };
    switch (c.type.is) {
    case kind::boolean: return in_parentheses(name + " in (0,1)");
    case kind::json: return "json_valid(" + name + ")";
    case kind::enumeration:
        if (c.type.labels.size() == 1)
            return in_parentheses(name + " = " + before_text + in_quotes(c.type.labels[0]));
        return in_parentheses(name + " in (" + list_of(c.type.labels, ",", before_text, "") + ")");
    default: break;
    }
    if (c.text_bound() <= 16000) return "";
    return in_parentheses("char_length(" + name + ") <= " + std::to_string(c.text_bound()));
}

}  // namespace

std::string implicit_condition(catalog::schema const& in, mapped_column const& c) {
    auto const name = quoted(in.engine, c.name);
    switch (in.engine) {
    case catalog::engine::sqlite: return sqlite_condition(c, name);
    case catalog::engine::postgresql: return postgresql_condition(c, name);
    case catalog::engine::mysql:
    case catalog::engine::mariadb: return mysql_condition(in.engine, c, name);
    }
    return "";
}

bool is_check_of_column(catalog::engine engine, cpp_type const& type) {
    return engine == catalog::engine::mariadb && type.is == kind::json;
}

}  // namespace relata::migrate::generate
