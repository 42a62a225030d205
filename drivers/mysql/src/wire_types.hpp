// SPDX-License-Identifier: BSL-1.0
/// \file
/// Which type of the protocol carries a value of each kind to the server.
#pragma once

#include "client.hpp"

#include <relata/types/type_info.hpp>

namespace relata::mysql::detail {

/// For a type with a codec: the type it is stored as.
inline type_info const& stored_type(type_info const& t) {
    return t.kind == kind::custom ? t.codec->stored->plain() : t;
}

inline enum_field_types wire_type(kind k) {
    switch (k) {
    case kind::boolean:
    case kind::int8:
    case kind::int16:
    case kind::int32:
    case kind::int64:
    case kind::uint8:
    case kind::uint16:
    case kind::uint32:
    case kind::uint64: return MYSQL_TYPE_LONGLONG;
    case kind::float32:
    case kind::float64: return MYSQL_TYPE_DOUBLE;
    case kind::decimal:
    case kind::decimal_wide: return MYSQL_TYPE_NEWDECIMAL;
    case kind::date: return MYSQL_TYPE_DATE;
    case kind::time: return MYSQL_TYPE_TIME;
    case kind::timestamp:
    case kind::instant: return MYSQL_TYPE_DATETIME;
    case kind::bytes:
    case kind::uuid: return MYSQL_TYPE_BLOB;
    case kind::text:
    case kind::bounded_text:
    case kind::json:
    case kind::enumeration: return MYSQL_TYPE_STRING;
    case kind::custom:
    case kind::object:
    case kind::none: break;
    }
    return MYSQL_TYPE_NULL;
}

}  // namespace relata::mysql::detail
