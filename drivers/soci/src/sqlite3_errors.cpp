// SPDX-License-Identifier: BSL-1.0
#include "sqlite3_errors.hpp"

#include <sqlite_family/constraints.hpp>
#include <sqlite_family/errors.hpp>
#include <sqlite_family/json_valid.hpp>

#include <sqlite3.h>

namespace relata::soci::detail {
namespace {

sqlite3_stmt* statement_of(sqlite3* db, std::string_view sql) {
    for (auto* st = sqlite3_next_stmt(db, nullptr); st; st = sqlite3_next_stmt(db, st))
        if (sql == sqlite3_sql(st)) return st;
    return nullptr;
}

}  // namespace

error_info explain_sqlite3(void* handle, std::string words, std::string_view sql, bool cancelled) {
    auto* const db = static_cast<sqlite3*>(handle);
    int const code = sqlite3_extended_errcode(db);
    if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) {
        error_info info;
        info.message = "SOCI reported an error";
        info.native_message = std::move(words);
        return info;
    }
    error_info info = sqlite_family::describe(db, code);
    if (info.kind == error_kind::cancelled && !cancelled) info.kind = error_kind::timeout;
    if (info.kind == error_kind::unique_violation || info.kind == error_kind::check_violation)
        sqlite_family::name_constraint(db, info);
    else if (info.kind == error_kind::foreign_key_violation && info.constraint.empty())
        if (auto* const failed = statement_of(db, sql))
            sqlite_family::name_reference(db, failed, info);
    return info;
}

int add_json_valid_sqlite3(void* db) noexcept {
    return sqlite_family::add_json_valid(static_cast<sqlite3*>(db));
}

void remove_json_valid_sqlite3(void* db) noexcept {
    sqlite_family::remove_json_valid(static_cast<sqlite3*>(db));
}

void name_open_reference_sqlite3(void* db, error_info& info) {
    sqlite_family::name_open_reference(static_cast<sqlite3*>(db), info);
}

error_info why_sqlite3_did_not_open(std::string words) {
    error_info info;
    info.kind = error_kind::connection_failed;
    info.message = "SOCI could not open the database file";
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    info.native_message = std::move(words);
    return info;
}

}  // namespace relata::soci::detail
