// SPDX-License-Identifier: BSL-1.0
#include "wire.hpp"

#include <array>

namespace relata::postgresql::detail {
namespace {

struct known_type {
    Oid oid;
    wire format;
    char const* name;
};

// OIDs of built-in types never change (pg_type.dat).
constexpr std::array<known_type, 33> known_types{{
    {16, wire::boolean, "boolean"},
    {17, wire::bytes, "bytea"},
    {18, wire::character, "\"char\""},
    {19, wire::text, "name"},
    {20, wire::int8, "bigint"},
    {21, wire::int2, "smallint"},
    {23, wire::int4, "integer"},
    {25, wire::text, "text"},
    {26, wire::oid, "oid"},
    {114, wire::json, "json"},
    {142, wire::other, "xml"},
    {600, wire::other, "point"},
    {700, wire::float4, "real"},
    {701, wire::float8, "double precision"},
    {705, wire::text, "unknown"},
    {790, wire::other, "money"},
    {869, wire::other, "inet"},
    {1005, wire::other, "smallint[]"},
    {1007, wire::other, "integer[]"},
    {1009, wire::other, "text[]"},
    {1016, wire::other, "bigint[]"},
    {1042, wire::text, "character"},
    {1043, wire::text, "character varying"},
    {1082, wire::date, "date"},
    {1083, wire::time, "time"},
    {1114, wire::timestamp, "timestamp"},
    {1184, wire::instant, "timestamp with time zone"},
    {1186, wire::other, "interval"},
    {1266, wire::other, "time with time zone"},
    {1560, wire::other, "bit"},
    {1700, wire::numeric, "numeric"},
    {2950, wire::uuid, "uuid"},
    {3802, wire::jsonb, "jsonb"},
}};

known_type const* find(Oid type) noexcept {
    for (auto const& known : known_types)
        if (known.oid == type) return &known;
    return nullptr;
}

}  // namespace

wire wire_of(Oid type) noexcept {
    auto const* known = find(type);
    return known ? known->format : wire::other;
}

std::string name_of_type(Oid type) {
    auto const* known = find(type);
    return known ? known->name : "type with OID " + std::to_string(type);
}

Oid oid_of(type_info const& type) noexcept {
    switch (type.kind) {
    case kind::boolean: return 16;
    case kind::int8:
    case kind::int16:
    case kind::uint8: return 21;
    case kind::int32:
    case kind::uint16: return 23;
    case kind::int64:
    case kind::uint32: return 20;
    case kind::uint64:
    case kind::decimal:
    case kind::decimal_wide: return 1700;
    case kind::float32: return 700;
    case kind::float64: return 701;
    case kind::text:
    case kind::bounded_text:
    case kind::enumeration: return 25;
    case kind::bytes: return 17;
    case kind::date: return 1082;
    case kind::time: return 1083;
    case kind::timestamp: return 1114;
    case kind::instant: return 1184;
    case kind::uuid: return 2950;
    case kind::json: return 114;
    case kind::custom: return oid_of(*type.codec->stored);
    case kind::object:
    case kind::none: break;
    }
    return 0;
}

}  // namespace relata::postgresql::detail
