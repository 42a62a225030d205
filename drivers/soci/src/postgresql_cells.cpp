// SPDX-License-Identifier: BSL-1.0
#include "postgresql_cells.hpp"

#include <charconv>

namespace relata::soci::detail {
namespace {

// https://github.com/postgres/postgres/blob/REL_15_STABLE/src/include/catalog/pg_type.dat
content::form form_of(Oid type) {
    switch (type) {
    case 16: return content::form::boolean;
    case 20:
    case 21:
    case 23:
    case 26: return content::form::integer;
    case 700:
    case 701: return content::form::real;
    case 1700: return content::form::decimal;
    case 18:
    case 19:
    case 25:
    case 705:
    case 1042:
    case 1043: return content::form::text;
    case 17: return content::form::bytes;
    case 1082: return content::form::date;
    case 1083: return content::form::time;
    case 1114: return content::form::timestamp;
    case 1184: return content::form::instant;
    case 2950: return content::form::uuid;
    case 114:
    case 3802: return content::form::json;
    default: return content::form::other;
    }
}

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

// False for anything but \x and pairs of hexadecimal digits.
bool read_bytes(std::string_view text, std::string& out) {
    out.clear();
    if (!text.starts_with("\\x") || text.size() % 2 != 0) return false;
    out.reserve(text.size() / 2);
    for (std::size_t i = 2; i < text.size(); i += 2) {
        int const high = digit(text[i]), low = digit(text[i + 1]);
        if (high < 0 || low < 0) return false;
        out += char(high * 16 + low);
    }
    return true;
}

}  // namespace

content postgresql_cell(PGresult const* result, int row, int column, std::string& bytes) {
    content out;
    if (column >= PQnfields(result) || PQgetisnull(result, row, column)) return out;
    out.is = form_of(PQftype(result, column));
    out.text = {PQgetvalue(result, row, column), std::size_t(PQgetlength(result, row, column))};
    char const* const end = out.text.data() + out.text.size();
    switch (out.is) {
    case content::form::boolean: out.integer = out.text == "t"; break;
    case content::form::integer:
        if (std::from_chars(out.text.data(), end, out.integer).ptr != end)
            out.is = content::form::other;
        break;
    case content::form::real: {
        // a real's shortest digits name that real, not the double next to them
        float single = 0;
        if (PQftype(result, column) == 700) {
            if (std::from_chars(out.text.data(), end, single).ptr != end)
                out.is = content::form::other;
            out.real = double(single);
        } else if (std::from_chars(out.text.data(), end, out.real).ptr != end) {
            out.is = content::form::other;
        }
        break;
    }
    case content::form::bytes:
        if (!read_bytes(out.text, bytes)) out.is = content::form::other;
        out.text = bytes;
        break;
    case content::form::instant:
        if (out.text.ends_with("+00")) out.text.remove_suffix(3);
        break;
    default: break;
    }
    return out;
}

}  // namespace relata::soci::detail
