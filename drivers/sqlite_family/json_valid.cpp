// SPDX-License-Identifier: BSL-1.0

#include "json_valid.hpp"

#include <relata/types/json.hpp>

namespace relata::sqlite_family {
namespace {

// SQLite 3.38 to 3.40 take their own json_valid for unsafe in a CHECK of an untrusted schema, other
// builds lack it or know other rules. This one judges as relata does before it sends a document.
void json_valid(sqlite3_context* context, int, sqlite3_value** values) {
    int const type = sqlite3_value_type(values[0]);
    if (type == SQLITE_NULL) return sqlite3_result_null(context);
    bool valid = type == SQLITE_INTEGER || type == SQLITE_FLOAT;
    if (type == SQLITE_TEXT) {
        auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(values[0]));
        valid = text && valid_json({text, std::size_t(sqlite3_value_bytes(values[0]))});
    }
    sqlite3_result_int(context, valid);
}

}  // namespace

int add_json_valid(sqlite3* db) noexcept {
    constexpr int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
    return sqlite3_create_function_v2(db, "json_valid", 1, flags, nullptr, &json_valid, nullptr,
                                      nullptr, nullptr);
}

void remove_json_valid(sqlite3* db) noexcept {
    sqlite3_create_function_v2(db, "json_valid", 1, SQLITE_UTF8, nullptr, nullptr, nullptr, nullptr,
                               nullptr);
}

}  // namespace relata::sqlite_family
