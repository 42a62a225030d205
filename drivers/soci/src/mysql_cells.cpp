// SPDX-License-Identifier: BSL-1.0
#include "mysql_cells.hpp"

#include <charconv>

namespace relata::soci::detail {
namespace {

constexpr unsigned binary_character_set = 63;

content::form form_of(MYSQL_FIELD const& column) {
    bool const is_unsigned = column.flags & UNSIGNED_FLAG;
    switch (int(column.type)) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_YEAR:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG: return content::form::integer;
    case MYSQL_TYPE_LONGLONG:
        return is_unsigned ? content::form::unsigned_integer : content::form::integer;
    case MYSQL_TYPE_DOUBLE: return content::form::real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return content::form::decimal;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE: return content::form::date;
    case MYSQL_TYPE_TIME: return content::form::time;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP: return content::form::moment;
    case MYSQL_TYPE_JSON: return content::form::json;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_ENUM:
    case MYSQL_TYPE_SET:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
        return column.charsetnr == binary_character_set ? content::form::bytes
                                                        : content::form::text;
    default: return content::form::other;
    }
}

}  // namespace

content mysql_cell(MYSQL_FIELD const& column, std::string_view text) {
    content out;
    out.is = form_of(column);
    out.text = text;
    char const* const end = out.text.data() + out.text.size();
    switch (out.is) {
    case content::form::integer:
        if (std::from_chars(out.text.data(), end, out.integer).ptr != end)
            out.is = content::form::other;
        break;
    case content::form::unsigned_integer: {
        std::uint64_t value = 0;
        if (std::from_chars(out.text.data(), end, value).ptr != end) out.is = content::form::other;
        out.integer = std::int64_t(value);
        break;
    }
    case content::form::real:
        if (std::from_chars(out.text.data(), end, out.real).ptr != end)
            out.is = content::form::other;
        break;
    default: break;
    }
    return out;
}

}  // namespace relata::soci::detail
