// SPDX-License-Identifier: BSL-1.0
#include "errors.hpp"

#include <algorithm>
#include <string_view>

namespace tiny {

using relata::error_kind;
using relata::retry_advice;

namespace {

// [codes]
struct by_code {
    int code;  // extended, or a primary code for all of its extended ones
    error_kind kind;
    char const* message;  // ours: names no value
};

constexpr by_code codes[] = {
    {SQLITE_CONSTRAINT_UNIQUE, error_kind::unique_violation, "duplicate value"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, error_kind::unique_violation, "duplicate value"},
    {SQLITE_CONSTRAINT_ROWID, error_kind::unique_violation, "duplicate value"},
    {SQLITE_CONSTRAINT_NOTNULL, error_kind::not_null_violation, "NULL is not allowed here"},
    {SQLITE_CONSTRAINT_CHECK, error_kind::check_violation, "a value breaks a check"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, error_kind::foreign_key_violation,
     "a row refers to one that does not exist, or is still referred to"},
    {SQLITE_CONSTRAINT_TRIGGER, error_kind::constraint_violation, "a trigger refused the row"},
    {SQLITE_CONSTRAINT_DATATYPE, error_kind::type_mismatch, "a value of another type"},
    // [codes end]
    {SQLITE_CONSTRAINT, error_kind::constraint_violation, "a constraint is violated"},
    {SQLITE_BUSY_SNAPSHOT, error_kind::serialization_failure, "another transaction wrote first"},
    {SQLITE_BUSY, error_kind::lock_timeout, "another connection holds the lock"},
    {SQLITE_LOCKED, error_kind::lock_timeout, "an open result of this connection is in the way"},
    {SQLITE_READONLY, error_kind::read_only, "the database cannot be written"},
    {SQLITE_PERM, error_kind::permission_denied, "access is denied"},
    {SQLITE_AUTH, error_kind::permission_denied, "access is denied"},
    {SQLITE_FULL, error_kind::disk_full, "the disk is full"},
    {SQLITE_NOMEM, error_kind::out_of_memory, "not enough memory"},
    {SQLITE_CORRUPT, error_kind::corrupt, "the file is damaged"},
    {SQLITE_NOTADB, error_kind::corrupt, "the file is not a database"},
    {SQLITE_TOOBIG, error_kind::limit_exceeded, "text or bytes that are too long"},
    {SQLITE_RANGE, error_kind::invalid_argument, "no such placeholder"},
    {SQLITE_MISMATCH, error_kind::type_mismatch, "a value of another type"},
    {SQLITE_ABORT_ROLLBACK, error_kind::transaction_rolled_back,
     "the transaction of this result was rolled back"},
    {SQLITE_CANTOPEN, error_kind::connection_failed, "the file cannot be opened"},
};

// SQLITE_ERROR has no finer code; its text begins in a few known ways.
struct by_text {
    std::string_view words;
    error_kind kind;
    char const* message;
};

constexpr by_text texts[] = {
    {"no such table: ", error_kind::table_not_found, "no such table"},
    {"no such column: ", error_kind::column_not_found, "no such column"},
    {" has no column named ", error_kind::column_not_found, "no such column"},
    {" already exists", error_kind::already_exists, "the name is taken"},
    {"there is already ", error_kind::already_exists, "the name is taken"},
    {"duplicate column name", error_kind::already_exists, "the column is there already"},
    {"integer overflow", error_kind::out_of_range, "a number that does not fit"},
    {"too many ", error_kind::limit_exceeded, "the statement is too large"},
    {"Expression tree is too large", error_kind::limit_exceeded, "the statement is too deep"},
    {"parser stack overflow", error_kind::limit_exceeded, "the statement is too deep"},
    {"string or blob too big", error_kind::limit_exceeded, "text or bytes that are too long"},
    {"malformed JSON", error_kind::value_invalid, "text that is not JSON"},
    {"no such savepoint", error_kind::invalid_argument, "no such savepoint"},
};

void classify(relata::error_info& info, int code) {
    if ((code & 0xff) == SQLITE_ERROR) {
        info.kind = error_kind::syntax;
        info.message = "SQLite does not understand the statement";
        for (auto const& line : texts) {
            if (info.native_message.find(line.words) == std::string::npos) continue;
            info.kind = line.kind;
            info.message = line.message;
            return;
        }
        return;
    }
    // what ON DELETE RESTRICT says comes under the code of triggers
    if (code == SQLITE_CONSTRAINT_TRIGGER && info.native_message == "FOREIGN KEY constraint failed")
        code = SQLITE_CONSTRAINT_FOREIGNKEY;
    info.message = "SQLite reported an error";
    for (auto const& line : codes) {
        if (line.code != code && line.code != (code & 0xff)) continue;
        info.kind = line.kind;
        info.message = line.message;
        return;
    }
}

// "NOT NULL constraint failed: table.column"; of a unique constraint there may be several.
// [columns]
void name_columns(relata::error_info& info) {
    std::string_view list = info.native_message;
    auto const at = list.find(" constraint failed: ");
    bool const names_columns =
        info.kind == error_kind::not_null_violation || info.kind == error_kind::unique_violation;
    if (at == list.npos || !names_columns) return;
    list.remove_prefix(at + 20);
    while (!list.empty()) {
        auto const one = list.substr(0, list.find(", "));
        list.remove_prefix(std::min(list.size(), one.size() + 2));
        auto const dot = one.find('.');
        if (dot == one.npos) return;  // the name of an index
        info.table = one.substr(0, dot);
        info.columns.emplace_back(one.substr(dot + 1));
    }
}
// [columns end]

}  // namespace

relata::error_info describe(sqlite3* db, int code) {
    relata::error_info info;
    info.native_code = code;
    info.native_message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    classify(info, code);
    name_columns(info);
    if (info.kind == error_kind::lock_timeout) info.retry = retry_advice::statement;
    if (info.kind == error_kind::serialization_failure) info.retry = retry_advice::transaction;
    return info;
}

char const* words(error_kind kind) noexcept {
    switch (kind) {
    case error_kind::null_value: return "the column holds NULL";
    case error_kind::type_mismatch: return "the column holds another type";
    case error_kind::out_of_range: return "the value does not fit";
    case error_kind::value_too_long: return "the value is too long";
    case error_kind::text_invalid: return "the text is not UTF-8 or contains a NUL";
    default: return "the type does not allow this value";
    }
}

}  // namespace tiny
