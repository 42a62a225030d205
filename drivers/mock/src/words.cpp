// SPDX-License-Identifier: BSL-1.0

#include "words.hpp"

namespace relata::mock::detail {

std::string_view words(error_kind kind) {
    switch (kind) {
    case error_kind::out_of_range: return "the value does not fit";
    case error_kind::value_too_long: return "the value is too long";
    case error_kind::text_invalid: return "the text is not UTF-8 or contains a NUL";
    case error_kind::not_supported: return "values of this type cannot be stored";
    default: return "the type does not allow this value";
    }
}

std::string_view name_of(relata::kind kind) {
    switch (kind) {
    case kind::none: return "NULL";
    case kind::boolean: return "a boolean";
    case kind::float32:
    case kind::float64: return "a floating-point number";
    case kind::decimal:
    case kind::decimal_wide: return "a decimal";
    case kind::text:
    case kind::bounded_text: return "text";
    case kind::bytes: return "bytes";
    case kind::date: return "a date";
    case kind::time: return "a time of day";
    case kind::timestamp: return "a timestamp";
    case kind::instant: return "an instant";
    case kind::uuid: return "a uuid";
    case kind::json: return "json";
    case kind::enumeration: return "an enumerator";
    case kind::object: return "an object";
    case kind::custom: return "a type with a codec";
    default: return "an integer";
    }
}

std::string_view name_of(step s) {
    constexpr std::string_view names[] = {
        "connect",  "close",     "prepare", "execute",     "script", "bulk",  "begin", "commit",
        "rollback", "savepoint", "release", "rollback_to", "ping",   "reset", "cancel"};
    return names[unsigned(s)];
}

}  // namespace relata::mock::detail
