// SPDX-License-Identifier: BSL-1.0
#include "errors.hpp"

#include <algorithm>
#include <cstring>

namespace relata::postgresql_family {
namespace {

struct state_kind {
    char const* state;  // a whole SQLSTATE, or a class of two characters
    error_kind kind;
};

// https://www.postgresql.org/docs/current/errcodes-appendix.html; the first match counts
constexpr state_kind state_kinds[] = {
    {"08P01", error_kind::unknown},
    {"08", error_kind::connection_lost},
    {"0A", error_kind::not_supported},
    {"22001", error_kind::value_too_long},
    {"22003", error_kind::out_of_range},
    {"22004", error_kind::null_value},
    {"22008", error_kind::out_of_range},
    {"22012", error_kind::division_by_zero},
    {"22021", error_kind::text_invalid},
    {"22P05", error_kind::text_invalid},
    {"22", error_kind::value_invalid},
    {"23001", error_kind::foreign_key_violation},  // RESTRICT, from version 18 on
    {"23502", error_kind::not_null_violation},
    {"23503", error_kind::foreign_key_violation},
    {"23505", error_kind::unique_violation},
    {"23514", error_kind::check_violation},
    {"23", error_kind::constraint_violation},
    {"25006", error_kind::read_only},
    {"25P02", error_kind::transaction_failed},
    {"25P03", error_kind::connection_lost},  // ended for being idle in a transaction
    {"25P04", error_kind::connection_lost},  // ended for the length of its transaction
    {"25", error_kind::invalid_argument},
    {"28", error_kind::auth_failed},
    {"3D000", error_kind::database_not_found},
    {"3F000", error_kind::table_not_found},
    {"3B", error_kind::invalid_argument},
    {"40001", error_kind::serialization_failure},
    {"40P01", error_kind::deadlock},
    {"40002", error_kind::constraint_violation},
    {"42501", error_kind::permission_denied},
    {"42703", error_kind::column_not_found},
    {"42P01", error_kind::table_not_found},
    {"42P04", error_kind::already_exists},
    {"42P06", error_kind::already_exists},
    {"42P07", error_kind::already_exists},
    {"42701", error_kind::already_exists},
    {"42710", error_kind::already_exists},
    {"42804", error_kind::type_mismatch},
    {"42", error_kind::syntax},
    {"44", error_kind::check_violation},
    {"53100", error_kind::disk_full},
    {"53200", error_kind::out_of_memory},
    {"53", error_kind::limit_exceeded},
    {"54", error_kind::limit_exceeded},
    {"55P03", error_kind::lock_timeout},
    {"57014", error_kind::timeout},
    {"57P0", error_kind::connection_lost},
    {"XX001", error_kind::corrupt},
    {"XX002", error_kind::corrupt},
};

char const* words_for(error_kind kind) {
    switch (kind) {
    case error_kind::connection_lost: return "the connection to the server was lost";
    case error_kind::connection_failed: return "no server answers at this address";
    case error_kind::auth_failed: return "the server does not accept this user or password";
    case error_kind::database_not_found: return "the server has no such database";
    case error_kind::tls_failed: return "no secure connection with this server";
    case error_kind::not_supported: return "the server does not support this";
    case error_kind::value_too_long: return "a value is longer than its column allows";
    case error_kind::out_of_range: return "a value is outside the range of its type";
    case error_kind::null_value: return "NULL where a value is needed";
    case error_kind::division_by_zero: return "division by zero";
    case error_kind::text_invalid: return "text that is not valid UTF-8, or holds a NUL";
    case error_kind::value_invalid: return "a value that its type does not allow";
    case error_kind::foreign_key_violation:
        return "a reference to a row that is not there, or still needed";
    case error_kind::not_null_violation: return "NULL in a column that does not allow it";
    case error_kind::unique_violation: return "duplicate value";
    case error_kind::check_violation: return "a value that a check does not allow";
    case error_kind::constraint_violation: return "a constraint does not allow this";
    case error_kind::read_only: return "nothing can be written here";
    case error_kind::transaction_failed:
        return "an earlier error of this transaction forbids to go on";
    case error_kind::invalid_argument: return "this is not possible in the present transaction";
    case error_kind::table_not_found: return "no such table, view or schema";
    case error_kind::column_not_found: return "no such column";
    case error_kind::already_exists: return "something of this name is there already";
    case error_kind::permission_denied: return "the user may not do this";
    case error_kind::serialization_failure: return "another transaction was faster";
    case error_kind::deadlock: return "two transactions waited for each other";
    case error_kind::type_mismatch: return "a value of another type than the place it is used in";
    case error_kind::syntax: return "the server does not understand the statement";
    case error_kind::disk_full: return "the server's disk is full";
    case error_kind::out_of_memory: return "out of memory";
    case error_kind::limit_exceeded: return "a limit of the server was exceeded";
    case error_kind::lock_timeout: return "a lock was not given in time";
    case error_kind::timeout: return "the statement took longer than allowed";
    case error_kind::cancelled: return "the statement was cancelled";
    case error_kind::corrupt: return "the server found damaged data";
    case error_kind::in_doubt: return "the connection was lost while the commit was on its way";
    default: return "the server reported an error";
    }
}

std::string field_of(PGresult const* result, int code) {
    char const* text = result ? PQresultErrorField(result, code) : nullptr;
    return text ? text : "";
}

// The server names the columns of a broken key only in its detail, in every language alike:
// Key (a, "B")=(1, 2) … . Expressions are left out.
std::vector<std::string> columns_in(std::string const& detail) {
    std::vector<std::string> columns;
    auto const end = detail.find(")=(");
    auto at = detail.find('(');
    if (end == std::string::npos || at > end) return columns;
    while (at < end) {
        ++at;  // after the parenthesis or the comma
        while (detail[at] == ' ') ++at;
        auto next = std::min(detail.find(',', at), end);
        std::string name = detail.substr(at, next - at);
        if (name.find('(') != std::string::npos) return {};
        if (name.size() > 1 && name.front() == '"') name = name.substr(1, name.size() - 2);
        columns.push_back(std::move(name));
        at = next;
    }
    return columns;
}

// The first name in quotation marks: relation "public.t", column "c" of relation "t".
std::string first_quoted(std::string const& text) {
    auto const begin = text.find('"');
    if (begin == std::string::npos) return {};
    auto const end = text.find('"', begin + 1);
    return end == std::string::npos ? std::string() : text.substr(begin + 1, end - begin - 1);
}

// column "c" …, or, when it was written with its table: column t.c does not exist
std::string missing_column(std::string const& text) {
    auto name = first_quoted(text);
    constexpr std::string_view word = "column ";
    if (name.empty() && text.starts_with(word))
        name = text.substr(word.size(), text.find(' ', word.size()) - word.size());
    return name;
}

// The server has no fields for names that it did not find.
void describe_missing(error_info& info) {
    if (info.kind != error_kind::table_not_found && info.kind != error_kind::column_not_found)
        return;
    bool const is_table = info.kind == error_kind::table_not_found;
    std::string name =
        is_table ? first_quoted(info.native_message) : missing_column(info.native_message);
    auto const dot = name.rfind('.');
    std::string owner = dot == std::string::npos ? "" : name.substr(0, dot);
    if (dot != std::string::npos) name.erase(0, dot + 1);
    if (name.empty()) return;
    if (is_table) {
        info.table = std::move(name);
    } else {
        info.table = std::move(owner);
        info.columns = {std::move(name)};
    }
}

void describe_place(error_info& info, PGresult const* result) {
    info.native_message = field_of(result, PG_DIAG_MESSAGE_PRIMARY);
    info.detail = field_of(result, PG_DIAG_MESSAGE_DETAIL);
    info.constraint = field_of(result, PG_DIAG_CONSTRAINT_NAME);
    info.table = field_of(result, PG_DIAG_TABLE_NAME);
    if (auto column = field_of(result, PG_DIAG_COLUMN_NAME); !column.empty())
        info.columns.push_back(std::move(column));
    else if (info.kind == error_kind::unique_violation ||
             info.kind == error_kind::foreign_key_violation)
        info.columns = columns_in(info.detail);
    else describe_missing(info);
}

transaction_state state_after(PGconn* connection, transaction_state before) {
    switch (PQtransactionStatus(connection)) {
    case PQTRANS_IDLE:
        return before == transaction_state::none ? before : transaction_state::rolled_back;
    case PQTRANS_INTRANS: return transaction_state::open;
    case PQTRANS_INERROR: return transaction_state::failed;
    default: return before == transaction_state::none ? before : transaction_state::rolled_back;
    }
}

retry_advice advice(error_info const& info, transaction_state before) {
    auto const again =
        before == transaction_state::none ? retry_advice::statement : retry_advice::transaction;
    switch (info.kind) {
    case error_kind::serialization_failure:
    case error_kind::deadlock:
    case error_kind::lock_timeout: return again;
    case error_kind::connection_lost:
        return before == transaction_state::none ? retry_advice::reconnect
                                                 : retry_advice::transaction;
    case error_kind::connection_failed: return retry_advice::reconnect;
    default: return retry_advice::no;
    }
}

void describe_lost_connection(error_info& info, circumstances const& known) {
    info.connection_usable = false;
    info.outcome = known.sent ? outcome::unknown : outcome::not_sent;
    if (!known.committing || !known.sent) return;
    // the server may have committed before it went away
    info.kind = error_kind::in_doubt;
    info.outcome = outcome::in_doubt;
    info.transaction = transaction_state::unknown;
}

// "FATAL:  28P01: password …": severity in the server's language, then the state.
std::string state_in(std::string const& words) {
    for (auto at = words.find(":  "); at != std::string::npos; at = words.find(":  ", at + 1)) {
        auto const state = words.substr(at + 3, 5);
        if (state.size() != 5 || words.substr(at + 8, 2) != ": ") continue;
        bool fits = true;
        for (char c : state) fits = fits && ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'));
        if (fits) return state;
    }
    return {};
}

error_kind kind_of_refusal(PGconn* connection, std::string const& state, std::string const& words) {
    if (!state.empty()) {
        if (state == "53300") return error_kind::limit_exceeded;
        auto const kind = kind_of_sqlstate(state);
        return kind == error_kind::connection_lost ? error_kind::connection_failed : kind;
    }
    if (PQconnectionNeedsPassword(connection)) return error_kind::auth_failed;
    // libpq has no code for these; the two words are the same in all its languages
    bool const tls =
        words.find("SSL") != std::string::npos || words.find("certificate") != std::string::npos;
    return tls ? error_kind::tls_failed : error_kind::connection_failed;
}

}  // namespace

char const* words_of(error_kind kind) noexcept { return words_for(kind); }

error_kind kind_of_sqlstate(std::string_view state) noexcept {
    for (auto const& entry : state_kinds)
        if (state.substr(0, std::strlen(entry.state)) == entry.state) return entry.kind;
    return error_kind::unknown;
}

bool is_stale_statement(PGresult const* result) noexcept {
    char const* state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (!state) return false;
    if (std::strcmp(state, "26000") == 0) return true;
    if (std::strcmp(state, "0A000") != 0) return false;
    // "cached plan must not change result type" is translated; the function's name is not
    char const* function = PQresultErrorField(result, PG_DIAG_SOURCE_FUNCTION);
    return function && std::strcmp(function, "RevalidateCachedQuery") == 0;
}

error_info describe_failure(PGconn* connection, PGresult const* result,
                            circumstances const& known) {
    error_info info;
    info.sqlstate = field_of(result, PG_DIAG_SQLSTATE);
    info.kind = info.sqlstate.empty() ? error_kind::unknown : kind_of_sqlstate(info.sqlstate);
    bool const dead =
        PQstatus(connection) != CONNECTION_OK || info.kind == error_kind::connection_lost;
    if (dead) info.kind = error_kind::connection_lost;
    if (info.kind == error_kind::timeout && known.cancel_asked) info.kind = error_kind::cancelled;
    info.outcome = info.sqlstate.empty() && !known.sent ? outcome::not_sent : outcome::rejected;
    info.transaction = state_after(connection, known.before);
    if (result && is_stale_statement(result)) {
        info.kind =
            info.sqlstate == "26000" ? error_kind::unknown : error_kind::serialization_failure;
        info.message = "the prepared statement is no longer valid on the server";
    }
    if (dead) describe_lost_connection(info, known);
    describe_place(info, result);
    if (info.native_message.empty()) info.native_message = PQerrorMessage(connection);
    info.retry = result && is_stale_statement(result) ? retry_advice::transaction
                                                      : advice(info, known.before);
    if (info.message.empty()) info.message = words_for(info.kind);
    return info;
}

error_info describe_refusal(PGconn* connection, std::string words) {
    error_info info;
    info.sqlstate = state_in(words);
    info.kind = kind_of_refusal(connection, info.sqlstate, words);
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    info.message = info.kind == error_kind::limit_exceeded ? "the server has too many connections"
                                                           : words_for(info.kind);
    info.native_message = std::move(words);
    info.retry =
        info.kind == error_kind::connection_failed || info.kind == error_kind::limit_exceeded
            ? retry_advice::reconnect
            : retry_advice::no;
    return info;
}

}  // namespace relata::postgresql_family
