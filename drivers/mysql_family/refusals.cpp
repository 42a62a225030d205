// SPDX-License-Identifier: BSL-1.0

#include "refusals.hpp"

namespace relata::mysql_family {
namespace {

char const* words_of(error_kind kind) {
    switch (kind) {
    case error_kind::null_value:
        return "NULL in a column that is read into a type without a place for it";
    case error_kind::type_mismatch:
        return "the column holds another type than the one it is read as";
    case error_kind::out_of_range:
        return "a number, date or time that does not fit the type it is read into";
    case error_kind::value_too_long:
        return "a text that is longer than the type it is read into allows";
    case error_kind::value_invalid: return "a value that the type it is read into does not have";
    default: return "the column cannot be read into this type";
    }
}

char const* words_of_refusal(error_kind kind) {
    switch (kind) {
    case error_kind::text_invalid: return "text that is not UTF-8 or holds a NUL";
    case error_kind::value_too_long: return "a text or value that is too long";
    case error_kind::out_of_range: return "a number, date or time that no database keeps";
    case error_kind::value_invalid: return "a value that its type does not allow";
    case error_kind::limit_exceeded:
        return "values that are larger together than the server takes in one packet";
    default: return "a value of a type that cannot be sent";
    }
}

}  // namespace

void refuse_value(error_kind kind, unsigned placeholder, std::int64_t at_row) {
    error_info info;
    info.kind = kind;
    info.outcome = outcome::not_sent;
    info.message = words_of_refusal(kind);
    if (kind != error_kind::limit_exceeded)
        info.message += " (placeholder " + std::to_string(placeholder + 1) + ")";
    info.row = at_row;
    throw error(std::move(info));
}

void refuse_cell(error_kind kind, std::string column, std::string table, transaction_state state) {
    error_info info;
    info.kind = kind;
    info.transaction = state;
    info.message = words_of(kind);
    info.columns = {std::move(column)};
    info.table = std::move(table);
    throw error(std::move(info));
}

}  // namespace relata::mysql_family
