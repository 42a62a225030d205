// SPDX-License-Identifier: BSL-1.0
//
// What each engine calls its types.

#include "migrate/generate/named_kind.hpp"

#include "migrate/picture/parts.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace relata::migrate::generate {

namespace {

using relata::kind;

constexpr std::array postgresql_names = {
    named_kind{"boolean", kind::boolean},
    named_kind{"smallint", kind::int16},
    named_kind{"integer", kind::int32},
    named_kind{"bigint", kind::int64},
    named_kind{"real", kind::float32},
    named_kind{"double precision", kind::float64},
    named_kind{"text", kind::text},
    named_kind{"name", kind::text},
    named_kind{"citext", kind::text},
    named_kind{"bytea", kind::bytes},
    named_kind{"date", kind::date},
    named_kind{"time without time zone", kind::time},
    named_kind{"timestamp without time zone", kind::timestamp},
    named_kind{"timestamp with time zone", kind::instant},
    named_kind{"uuid", kind::uuid},
    named_kind{"json", kind::json},
    named_kind{"jsonb", kind::json},
};

constexpr std::array mysql_names = {
    named_kind{"tinyint", kind::int8},      named_kind{"tinyint unsigned", kind::uint8},
    named_kind{"smallint", kind::int16},    named_kind{"smallint unsigned", kind::uint16},
    named_kind{"mediumint", kind::int32},   named_kind{"mediumint unsigned", kind::uint32},
    named_kind{"int", kind::int32},         named_kind{"int unsigned", kind::uint32},
    named_kind{"bigint", kind::int64},      named_kind{"bigint unsigned", kind::uint64},
    named_kind{"float", kind::float32},     named_kind{"double", kind::float64},
    named_kind{"tinytext", kind::text},     named_kind{"text", kind::text},
    named_kind{"mediumtext", kind::text},   named_kind{"longtext", kind::text},
    named_kind{"varbinary", kind::bytes},   named_kind{"tinyblob", kind::bytes},
    named_kind{"blob", kind::bytes},        named_kind{"mediumblob", kind::bytes},
    named_kind{"longblob", kind::bytes},    named_kind{"date", kind::date},
    named_kind{"time", kind::time},         named_kind{"datetime", kind::timestamp},
    named_kind{"timestamp", kind::instant}, named_kind{"year", kind::int16},
    named_kind{"json", kind::json},
};

// The name is the whole word or a part of it, as SQLite itself looks at types.
constexpr std::array sqlite_parts = {
    named_kind{"bool", kind::boolean},       named_kind{"int", kind::int64},
    named_kind{"datetime", kind::timestamp}, named_kind{"timestamp", kind::timestamp},
    named_kind{"date", kind::date},          named_kind{"json", kind::json},
    named_kind{"char", kind::text},          named_kind{"clob", kind::text},
    named_kind{"text", kind::text},          named_kind{"blob", kind::bytes},
    named_kind{"real", kind::float64},       named_kind{"floa", kind::float64},
    named_kind{"doub", kind::float64},       named_kind{"decimal", kind::float64},
    named_kind{"numeric", kind::float64},
};

}  // namespace

cpp_type postgresql_type(catalog::schema const& in, std::string const& type) {
    for (auto const& e : in.enumerations)
        if (type == picture::full_name(e.name)) return label_type(e.labels);
    for (auto const& d : in.domains)
        if (type == picture::full_name(d.name)) return postgresql_type(in, d.type);
    auto const words = words_of_type(type);
    if (words.name == "character varying" || words.name == "character")
        return text_type(words.number(0));
    if (words.name == "numeric")
        return words.arguments.empty() ? decimal_type(38, 10)
                                       : decimal_type(words.number(0), words.number(1));
    return find_kind(postgresql_names, words.name);
}

cpp_type mysql_type(std::string const& type) {
    auto words = words_of_type(type);
    if (auto const at = words.name.find(" zerofill"); at != std::string::npos) words.name.erase(at);
    if (words.name == "tinyint" && words.number(0) == 1) return {kind::boolean, 0, 0, 0, {}};
    if (words.name == "varchar" || words.name == "char") return text_type(words.number(0));
    if (words.name == "decimal") return decimal_type(words.number(0), words.number(1));
    if (words.name == "enum") return label_type(words.arguments);
    if (words.name == "binary")
        return {words.number(0) == 16 ? kind::uuid : kind::bytes, 0, 0, 0, {}};
    return find_kind(mysql_names, words.name);
}

cpp_type sqlite_type(std::string const& type) {
    auto const words = words_of_type(type);
    for (auto const& [part, is] : sqlite_parts) {
        if (words.name.find(part) == std::string::npos) continue;
        if (is == kind::text) return text_type(words.number(0));
        return {is, 0, 0, 0, {}};
    }
    return {};
}

}  // namespace relata::migrate::generate
