// SPDX-License-Identifier: BSL-1.0
//
// Opening a file, running statements without rows, transactions.
#include "connection.hpp"

#include "errors.hpp"
#include "statement.hpp"

#include <relata/types/json.hpp>

#include <utility>

namespace tiny {

namespace {

relata::outcome outcome_of(int code) {
    return code == SQLITE_NOMEM ? relata::outcome::not_sent : relata::outcome::rejected;
}

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (char const c : name) out.append(c == '"' ? 2 : 1, c);
    return out += '"';
}

// SQLite's own takes NULL for invalid in some versions, and others know other rules.
void json_valid(sqlite3_context* context, int, sqlite3_value** values) {
    if (sqlite3_value_type(values[0]) == SQLITE_NULL) return sqlite3_result_null(context);
    auto const* text = reinterpret_cast<char const*>(sqlite3_value_text(values[0]));
    std::string_view const found(text ? text : "", std::size_t(sqlite3_value_bytes(values[0])));
    sqlite3_result_int(context, relata::valid_json(found));
}

}  // namespace

// [connect]
connection::connection(relata::driver::address const& where) {
    if (!where.host.empty() || !where.user.empty() || where.database.empty() ||
        where.database == ":memory:")
        relata::fail(error_kind::invalid_url, "write tiny:<file>");
    sqlite3* raw = nullptr;
    int const code = sqlite3_open_v2(where.database.c_str(), &raw,
                                     SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                                         SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
                                     nullptr);
    db_.reset(raw);  // also a failed open gives a handle that must be closed
    if (code != SQLITE_OK) {
        error_info info = describe(raw, code);
        info.outcome = relata::outcome::not_sent;
        info.connection_usable = false;
        throw relata::error(std::move(info));
    }
    sqlite3_busy_timeout(raw, 5000);
    prepare_session();

    can_.server = std::string("SQLite ") + sqlite3_libversion();
    can_.version = 34000;  // the dialect of this version is spoken
    spelling_ = &relata::dialect::dialect_for(relata::dialect::family::sqlite, can_.version);
    // [connect end]
    // [capabilities]
    can_.max_params = std::uint32_t(sqlite3_limit(raw, SQLITE_LIMIT_VARIABLE_NUMBER, -1));
    can_.key = relata::driver::generated_key::last_id;
    can_.concurrent_streams = true;
    can_.returning = false;  // refused in prepare()
    can_.update_returning = false;
    can_.cancel = false;                  // cancel() does nothing
    can_.server_process = false;          // a file, not a server
    can_.read_only_transactions = false;  // refused in begin()
    can_.constraint_names = false;        // SQLite names columns, not constraints
    can_.alive_check = false;
    // [capabilities end]
}

// What relata's SQL counts on, whatever SQLite was built with.
void connection::prepare_session() {
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_FKEY, 1, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    sqlite3_create_function_v2(handle(), "json_valid", 1, SQLITE_UTF8 | SQLITE_DETERMINISTIC,
                               nullptr, &json_valid, nullptr, nullptr, nullptr);
    run("PRAGMA case_sensitive_like = on");
    run("PRAGMA query_only = off");
    run("PRAGMA journal_mode = wal; PRAGMA synchronous = normal");
}

statement_handle connection::compile(std::string_view& sql) {
    if (sql.find('\0') != sql.npos)
        relata::fail(error_kind::syntax, "the statement contains a NUL");
    if (sql.size() > std::size_t(sqlite3_limit(handle(), SQLITE_LIMIT_SQL_LENGTH, -1)))
        relata::fail(error_kind::limit_exceeded, "the statement is too long");
    sqlite3_stmt* raw = nullptr;
    char const* rest = nullptr;
    int const code = sqlite3_prepare_v2(handle(), sql.data(), int(sql.size()), &raw, &rest);
    if (code != SQLITE_OK) raise(code);
    sql.remove_prefix(std::size_t(rest - sql.data()));
    return statement_handle(raw);
}

void connection::raise(int code) {
    error_info info = describe(handle(), code);
    info.outcome = outcome_of(code);
    raise(std::move(info));
}

// [raise]
void connection::raise(error_info info) {
    if (!sqlite3_get_autocommit(handle())) {
        info.transaction = transaction_state::open;
    } else if (begun_) {  // SQLite has rolled back by itself
        info.transaction = transaction_state::rolled_back;
        info.retry = relata::retry_advice::transaction;
    }
    throw relata::error(std::move(info));
}
// [raise end]

std::unique_ptr<relata::driver::statement>
connection::prepare(std::string_view sql, type_info const* const*, unsigned count) {
    if (count > can_.max_params) relata::fail(error_kind::limit_exceeded, "too many values");
    return std::make_unique<statement>(*this, sql, count);
}

void connection::script(std::string_view sql) {
    while (!sql.empty()) {
        auto const one = compile(sql);
        if (!one) continue;
        int code = SQLITE_ROW;
        while (code == SQLITE_ROW) code = sqlite3_step(one.get());
        if (code != SQLITE_DONE) raise(code);
    }
}

void connection::run(std::string const& sql) { script(sql); }

// [bulk]
std::int64_t connection::bulk_insert(relata::driver::bulk_target const& target, field const* plan,
                                     unsigned fields, relata::driver::row_source rows) {
    statement insert(*this, target.insert, unsigned(target.types.size()));
    std::int64_t row = 0;
    try {
        for (; void const* object = rows.next(rows.context); ++row)
            insert.execute_from(plan, fields, object);
    } catch (relata::error const& e) {
        error_info info = e.info();
        info.row = row;
        throw relata::error(std::move(info));
    }
    return row;
}
// [bulk end]

// [begin]
void connection::begin(relata::isolation, bool read_only) {
    if (read_only) relata::fail(error_kind::not_supported, "tiny has no read-only transactions");
    if (!sqlite3_get_autocommit(handle()))
        relata::fail(error_kind::invalid_argument, "a transaction is open already");
    run("BEGIN IMMEDIATE");  // every level is serializable here
    begun_ = true;
}
// [begin end]

void connection::require_open() {
    if (!sqlite3_get_autocommit(handle())) return;
    if (!begun_) relata::fail(error_kind::invalid_argument, "no transaction is open");
    error_info info;
    info.kind = error_kind::transaction_rolled_back;
    info.message = "SQLite had rolled the transaction back";
    raise(std::move(info));
}

// [commit]
void connection::commit() {
    require_open();
    try {
        run("COMMIT");
    } catch (relata::error const& e) {
        if (e.kind() != error_kind::foreign_key_violation) throw;
        error_info info = e.info();  // a reference that was checked late: the transaction is over
        rollback();
        info.transaction = transaction_state::rolled_back;
        throw relata::error(std::move(info));
    }
    begun_ = false;
}
// [commit end]

void connection::rollback() {
    if (!sqlite3_get_autocommit(handle())) run("ROLLBACK");
    begun_ = false;
}

void connection::savepoint(std::string_view name) {
    require_open();
    run("SAVEPOINT " + quoted(name));
}
void connection::release(std::string_view name) {
    require_open();
    run("RELEASE " + quoted(name));
}
void connection::rollback_to(std::string_view name) {
    require_open();
    run("ROLLBACK TO " + quoted(name));
}

transaction_state connection::transaction() noexcept {
    return sqlite3_get_autocommit(handle()) ? transaction_state::none : transaction_state::open;
}

// A session may have been changed by hand-written SQL.
void connection::reset() {
    rollback();
    prepare_session();
    std::string_view list =
        "SELECT 'DROP ' || type || ' temp.\"' || replace(name, '\"', '\"\"') || '\"' "
        "FROM sqlite_temp_schema WHERE type IN ('view', 'trigger', 'table') "
        "ORDER BY type DESC";
    std::string drops;
    auto const temporaries = compile(list);
    while (sqlite3_step(temporaries.get()) == SQLITE_ROW) {
        drops += reinterpret_cast<char const*>(sqlite3_column_text(temporaries.get(), 0));
        drops += ';';
    }
    sqlite3_reset(temporaries.get());
    script(drops);
}

}  // namespace tiny
