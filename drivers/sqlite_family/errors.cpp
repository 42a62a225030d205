// SPDX-License-Identifier: BSL-1.0
//
// The classification is data: one table by code, one by the beginning of SQLite's own words for the
// general code SQLITE_ERROR.

#include "errors.hpp"

namespace relata::sqlite_family {
namespace {

struct by_code {
    int code;  // extended code, or a primary code for all of its extended ones
    error_kind kind;
    retry_advice retry;
    bool usable;
    char const* message;
};

// The first line that fits is taken: extended codes stand before their primary code.
constexpr by_code codes[] = {
    {SQLITE_CONSTRAINT_UNIQUE, error_kind::unique_violation, retry_advice::no, true,
     "duplicate value"},
    {SQLITE_CONSTRAINT_PRIMARYKEY, error_kind::unique_violation, retry_advice::no, true,
     "duplicate value"},
    {SQLITE_CONSTRAINT_ROWID, error_kind::unique_violation, retry_advice::no, true,
     "duplicate value"},
    {SQLITE_CONSTRAINT_NOTNULL, error_kind::not_null_violation, retry_advice::no, true,
     "NULL in a column that does not allow it"},
    {SQLITE_CONSTRAINT_CHECK, error_kind::check_violation, retry_advice::no, true,
     "a value breaks a check constraint"},
    {SQLITE_CONSTRAINT_FOREIGNKEY, error_kind::foreign_key_violation, retry_advice::no, true,
     "a row refers to one that does not exist, or is still referred to"},
    {SQLITE_CONSTRAINT_DATATYPE, error_kind::type_mismatch, retry_advice::no, true,
     "a value of another type than the column"},
    {SQLITE_CONSTRAINT_TRIGGER, error_kind::constraint_violation, retry_advice::no, true,
     "a trigger refused the change"},
    {SQLITE_CONSTRAINT, error_kind::constraint_violation, retry_advice::no, true,
     "a constraint is violated"},
    {SQLITE_BUSY_SNAPSHOT, error_kind::serialization_failure, retry_advice::transaction, true,
     "another transaction wrote after this one had begun to read"},
    {SQLITE_BUSY, error_kind::lock_timeout, retry_advice::statement, true,
     "the database is locked by another connection"},
    {SQLITE_LOCKED, error_kind::lock_timeout, retry_advice::no, true,
     "the table is in use by an open result of this connection"},
    {SQLITE_PROTOCOL, error_kind::lock_timeout, retry_advice::statement, true,
     "the locks of the database file were not given in time"},
    {SQLITE_READONLY, error_kind::read_only, retry_advice::no, true,
     "the database or the transaction cannot be written"},
    {SQLITE_PERM, error_kind::permission_denied, retry_advice::no, true, "access is denied"},
    {SQLITE_AUTH, error_kind::permission_denied, retry_advice::no, true, "access is denied"},
    {SQLITE_INTERRUPT, error_kind::cancelled, retry_advice::no, true,
     "the statement was cancelled"},
    {SQLITE_FULL, error_kind::disk_full, retry_advice::no, true,
     "the disk or the database is full"},
    {SQLITE_NOMEM, error_kind::out_of_memory, retry_advice::no, true, "not enough memory"},
    {SQLITE_IOERR_SHMSIZE, error_kind::disk_full, retry_advice::no, true,
     "the disk has no room for the index of the journal"},
    {SQLITE_IOERR_NOMEM, error_kind::out_of_memory, retry_advice::no, true, "not enough memory"},
    {SQLITE_IOERR_SHORT_READ, error_kind::corrupt, retry_advice::no, true,
     "the database file is cut short"},
    {SQLITE_IOERR_CORRUPTFS, error_kind::corrupt, retry_advice::no, true,
     "the file system is damaged"},
    {SQLITE_IOERR_DATA, error_kind::corrupt, retry_advice::no, true,
     "the database file is damaged"},
    {SQLITE_IOERR, error_kind::unknown, retry_advice::no, true,
     "the operating system could not read or write the database file"},
    {SQLITE_CORRUPT, error_kind::corrupt, retry_advice::no, true, "the database file is damaged"},
    {SQLITE_NOTADB, error_kind::corrupt, retry_advice::no, false, "the file is not a database"},
    {SQLITE_CANTOPEN, error_kind::connection_failed, retry_advice::no, true,
     "the database file, or one beside it, cannot be opened"},
    {SQLITE_TOOBIG, error_kind::limit_exceeded, retry_advice::no, true,
     "text or bytes that are too long"},
    {SQLITE_MISMATCH, error_kind::type_mismatch, retry_advice::no, true,
     "a value of another type than the column"},
    {SQLITE_RANGE, error_kind::invalid_argument, retry_advice::no, true, "no such placeholder"},
    {SQLITE_NOLFS, error_kind::limit_exceeded, retry_advice::no, true,
     "the file would be too large"},
    {SQLITE_ABORT_ROLLBACK, error_kind::transaction_rolled_back, retry_advice::no, true,
     "the transaction of this result was rolled back"},
    {SQLITE_SCHEMA, error_kind::unknown, retry_advice::statement, true,
     "the schema changed meanwhile"},
    {SQLITE_MISUSE, error_kind::invalid_argument, retry_advice::no, true,
     "SQLite was called out of order"},
};

struct by_words {
    std::string_view words;
    bool anywhere;  // else at the beginning
    error_kind kind;
    char const* message;
};

constexpr by_words texts[] = {
    {"no such table: ", false, error_kind::table_not_found, "no such table"},
    {"no such view: ", false, error_kind::table_not_found, "no such view"},
    {"no such column: ", false, error_kind::column_not_found, "no such column"},
    {" has no column named ", true, error_kind::column_not_found, "no such column"},
    {"unknown column ", false, error_kind::column_not_found, "no such column"},
    {" already exists", true, error_kind::already_exists, "the name is taken"},
    {"there is already ", false, error_kind::already_exists, "the name is taken"},
    {"duplicate column name", false, error_kind::already_exists, "the column is there already"},
    {"no such savepoint", false, error_kind::invalid_argument, "no such savepoint"},
    {"cannot start a transaction", false, error_kind::invalid_argument,
     "a transaction is open already"},
    {"cannot commit", false, error_kind::invalid_argument, "no transaction is open"},
    {"cannot rollback", false, error_kind::invalid_argument, "no transaction is open"},
    {"integer overflow", false, error_kind::out_of_range, "a number that does not fit"},
    {"malformed JSON", false, error_kind::value_invalid, "text that is not JSON"},
    {"too many ", false, error_kind::limit_exceeded, "the statement is too large"},
    {"Expression tree is too large", false, error_kind::limit_exceeded,
     "the statement is too deep"},
    {"parser stack overflow", false, error_kind::limit_exceeded, "the statement is too deep"},
    {"string or blob too big", false, error_kind::limit_exceeded,
     "text or bytes that are too long"},
    {"at most ", false, error_kind::limit_exceeded, "the statement is too large"},
};

void classify_by_code(int code, error_info& info) {
    for (auto const& line : codes) {
        if (line.code != code && line.code != (code & 0xff)) continue;
        info.kind = line.kind;
        info.retry = line.retry;
        info.connection_usable = line.usable;
        info.message = line.message;
        return;
    }
    info.kind = error_kind::unknown;
    info.message = "SQLite reported an error";
}

// The name after the words, without what SQLite says behind it.
std::string name_after(std::string_view text, std::size_t at) {
    text.remove_prefix(at);
    return std::string(text.substr(0, text.find(" - ")));
}

void name_missing(error_info& info, std::string_view text, std::size_t after) {
    std::string name = name_after(text, after);
    if (info.kind == error_kind::table_not_found) {
        if (auto const dot = name.find('.'); dot != std::string::npos) name.erase(0, dot + 1);
        info.table = std::move(name);
    } else if (info.kind == error_kind::column_not_found) {
        if (auto const dot = name.rfind('.'); dot != std::string::npos) {
            info.table = name.substr(0, dot);
            name.erase(0, dot + 1);
        }
        info.columns.push_back(std::move(name));
    }
}

// SQLITE_ERROR: most of the time the statement could not be compiled.
void classify_by_words(std::string_view text, error_info& info) {
    for (auto const& line : texts) {
        auto const at = text.find(line.words);
        if (at == std::string_view::npos || (at != 0 && !line.anywhere)) continue;
        info.kind = line.kind;
        info.message = line.message;
        return name_missing(info, text, at + line.words.size());
    }
    info.kind = error_kind::syntax;
    info.message = "SQLite does not understand the statement";
}

bool starts(std::string_view text, std::string_view words, std::string_view& rest) {
    if (!text.starts_with(words)) return false;
    rest = text.substr(words.size());
    return true;
}

void read_constraint(std::string_view text, error_info& info) {
    std::string_view rest;
    if (starts(text, "UNIQUE constraint failed: index '", rest))
        info.constraint = rest.substr(0, rest.find('\''));
    else if (starts(text, "UNIQUE constraint failed: ", rest)) read_columns(rest, info);
    else if (starts(text, "NOT NULL constraint failed: ", rest)) read_columns(rest, info);
    else if (starts(text, "CHECK constraint failed: ", rest)) info.constraint = rest;
    else if (info.native_code == SQLITE_CONSTRAINT_DATATYPE) {
        // "cannot store TEXT value in INTEGER column t.c"
        // and a real for an integer is the result of arithmetic beyond 64 bits
        if (text.starts_with("cannot store REAL value in INT")) {
            info.kind = error_kind::out_of_range;
            info.message = "a number that is no integer of 64 bits";
        }
        if (auto const at = text.rfind(" column "); at != std::string_view::npos)
            read_columns(text.substr(at + 8), info);
    } else if (text == "FOREIGN KEY constraint failed" &&
               info.kind == error_kind::constraint_violation) {
        // ON DELETE RESTRICT is done by an inner trigger
        info.kind = error_kind::foreign_key_violation;
        info.message = "a row refers to one that does not exist, or is still referred to";
    }
}

}  // namespace

void read_columns(std::string_view list, error_info& into) {
    while (!list.empty()) {
        auto const end = list.find(", ");
        std::string_view const one = list.substr(0, end);
        auto const dot = one.find('.');
        if (dot != std::string_view::npos) into.table = one.substr(0, dot);
        into.columns.emplace_back(dot == std::string_view::npos ? one : one.substr(dot + 1));
        if (end == std::string_view::npos) break;
        list.remove_prefix(end + 2);
    }
}

error_info describe(sqlite3* db, int code) {
    error_info info;
    info.native_code = code;
    info.native_message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    if ((code & 0xff) == SQLITE_ERROR) classify_by_words(info.native_message, info);
    else classify_by_code(code, info);
    if ((code & 0xff) == SQLITE_CONSTRAINT) read_constraint(info.native_message, info);
    return info;
}

}  // namespace relata::sqlite_family
