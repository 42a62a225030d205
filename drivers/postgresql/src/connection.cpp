// SPDX-License-Identifier: BSL-1.0
#include "connection.hpp"

#include "statement.hpp"

#include <postgresql_family/connect.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include <unistd.h>

namespace relata::postgresql::detail {

using namespace postgresql_family;

namespace {

std::string_view parameter(PGconn* connection, char const* name) {
    char const* value = PQparameterStatus(connection, name);
    return value ? value : "";
}

driver::capabilities describe_server(PGconn* connection) {
    driver::capabilities can;
    auto const version = parameter(connection, "server_version");
    can.server = fmt::format("PostgreSQL {}", version.substr(0, version.find(' ')));
    auto const number = std::uint32_t(PQserverVersion(connection));  // 15.2 is 150002
    can.version = number / 10000 * 10000 + number % 10000 * 100;
    can.max_params = 65535;
    can.max_identifier = 63;
    can.several_hosts = true;
    can.max_packet = most_bytes;
    can.key = driver::generated_key::returning;
    return can;
}

}  // namespace

bool succeeded(PGresult const* result) noexcept {
    switch (PQresultStatus(result)) {
    case PGRES_COMMAND_OK:
    case PGRES_TUPLES_OK:
    case PGRES_SINGLE_TUPLE:
    case PGRES_EMPTY_QUERY: return true;
    default: return false;
    }
}

connection::connection(driver::address const& where) : process_(getpid()) {
    auto const options = read_options(where);
    using clock = std::chrono::steady_clock;
    auto const deadline = clock::now() + std::chrono::seconds(options.connect_timeout);
    named_statements_ = options.named_statements;
    statement_timeout_ = options.statement_timeout;
    search_path_ = options.search_path;
    handle_.reset(connect(options));
    socket_.copy(PQsocket(handle()));
    can_ = describe_server(handle());
    demand_server();
    spelling_ = &dialect::dialect_for(dialect::family::postgresql, can_.version);
    cancel_.reset(PQgetCancel(handle()), &PQfreeCancel);
    auto const left = std::chrono::ceil<std::chrono::milliseconds>(deadline - clock::now());
    begin_session(std::max(1000, int(left.count())));
    read_timeout_ = options.read_timeout * 1000;
}

// Until the settings are made the connection is not there yet, and its time is that for connecting.
void connection::begin_session(int milliseconds) {
    read_timeout_ = milliseconds;
    try {
        prepare_session();
    } catch (error const& e) {
        error_info info = e.info();
        info.connection_usable = false;
        if (info.kind != error_kind::connection_lost) throw error(std::move(info));
        info.kind = error_kind::connection_failed;
        info.outcome = outcome::not_sent;
        info.message = "no server answers at this address";
        throw error(std::move(info));
    }
}

void connection::demand_server() const {
    if (can_.version < 120000)
        fail(error_kind::not_supported, "the server is older than PostgreSQL 12");
    if (parameter(handle(), "server_encoding") != "UTF8")
        fail(error_kind::not_supported,
             "the database's encoding is not UTF8, so it cannot keep every text");
    if (parameter(handle(), "integer_datetimes") != "on")
        fail(error_kind::not_supported, "the server keeps times as floating-point numbers");
}

void connection::prepare_session() {
    speak_utc();
    if (statement_timeout_.empty() && search_path_.empty()) return;
    char const* const values[] = {statement_timeout_.empty() ? nullptr : statement_timeout_.c_str(),
                                  search_path_.empty() ? nullptr : search_path_.c_str()};
    auto known = start();
    result_handle const result(ask(PQsendQueryParams(
        handle(),
        "SELECT set_config('statement_timeout', "
        "coalesce($1, current_setting('statement_timeout')), false), "
        "set_config('search_path', coalesce($2, current_setting('search_path')), false)",
        2, nullptr, values, nullptr, nullptr, 0)));
    stop(known);
    if (!succeeded(result.get())) raise(result.get(), known);
}

// The server reports these settings whenever they change, so looking costs nothing.
void connection::speak_utc() {
    PGconn* const c = handle();
    if (parameter(c, "client_encoding") == "UTF8" && parameter(c, "TimeZone") == "UTC" &&
        parameter(c, "DateStyle").substr(0, 3) == "ISO" &&
        parameter(c, "standard_conforming_strings") == "on")
        return;
    run("SET client_encoding TO 'UTF8'; SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; "
        "SET standard_conforming_strings TO on");
}

void connection::demand_free() const {
    if (streaming_)
        fail(error_kind::invalid_argument, "a result of this connection is still being read; "
                                           "finish it or take another connection");
}

circumstances connection::start() noexcept {
    before_ = transaction();
    circumstances known;
    known.before = before_;
    known.sent = !broken_ && PQstatus(handle()) == CONNECTION_OK;
    phase_.store(running, std::memory_order_release);
    return known;
}

// A cancel that is under way is waited for: when PQcancel has returned, the server has passed the
// request on, and it ignores one that finds nothing to stop. So the next statement is never hit.
void connection::stop(circumstances& known) noexcept {
    for (int seen = running; !phase_.compare_exchange_strong(seen, idle); seen = cancelled) {
        phase_.wait(cancelling);
        known.cancel_asked = true;
    }
}

void connection::raise(PGresult const* result, circumstances const& known) const {
    throw error(describe_failure(handle(), result, known));
}

result_handle connection::run(char const* sql, bool committing) {
    demand_free();
    auto known = start();
    known.committing = committing;
    result_handle result(exec(sql));
    bool const copying = PQresultStatus(result.get()) == PGRES_COPY_IN ||
                         PQresultStatus(result.get()) == PGRES_COPY_OUT;
    if (copying) {
        if (PQresultStatus(result.get()) == PGRES_COPY_IN)
            PQputCopyEnd(handle(), "COPY is not possible in a script");
        drain();
    }
    stop(known);
    if (copying) {
        error_info info = describe_failure(handle(), nullptr, known);
        info.kind = error_kind::not_supported;
        info.message = "COPY from or to the client is not possible in a script";
        throw error(std::move(info));
    }
    if (!succeeded(result.get())) raise(result.get(), known);
    return result;
}

void connection::script(std::string_view sql) {
    if (sql.find('\0') != sql.npos) fail(error_kind::text_invalid, "a NUL in a statement");
    session_changed();  // it may SET, LISTEN, lock, or make temporary tables
    run(std::string(sql).c_str());
}

std::unique_ptr<driver::statement>
connection::prepare(std::string_view sql, type_info const* const* types, unsigned count) {
    if (sql.find('\0') != sql.npos) fail(error_kind::text_invalid, "a NUL in a statement");
    if (count > can_.max_params)
        fail(error_kind::limit_exceeded, "more than 65535 values in one statement");
    demand_free();
    if (forgotten_.size() >= 8) forget_now();
    return std::make_unique<statement>(*this, sql, types, count);
}

void connection::begin(driver::isolation level, bool read_only) {
    if (transaction() != transaction_state::none)
        fail(error_kind::invalid_argument, "a transaction is open already");
    char const* words = "READ COMMITTED";
    if (level == driver::isolation::snapshot) words = "REPEATABLE READ";
    if (level == driver::isolation::serializable) words = "SERIALIZABLE";
    run(fmt::format("BEGIN ISOLATION LEVEL {} {}", words, read_only ? "READ ONLY" : "READ WRITE")
            .c_str());
}

void connection::commit() {
    if (transaction() == transaction_state::none)
        fail(error_kind::invalid_argument, "there is no transaction to commit");
    auto const result = run("COMMIT", true);
    if (std::strcmp(PQcmdStatus(result.get()), "ROLLBACK") != 0) return;
    error_info info;
    info.kind = error_kind::transaction_rolled_back;
    info.transaction = transaction_state::rolled_back;
    info.retry = retry_advice::transaction;
    info.message = "the server rolled back where commit was asked for, because of an earlier error";
    throw error(std::move(info));
}

void connection::rollback() {
    if (transaction() != transaction_state::none) run("ROLLBACK");
}

void connection::run_named(char const* verb, std::string_view name) {
    if (transaction() == transaction_state::none)
        fail(error_kind::invalid_argument, "a savepoint needs a transaction");
    std::string sql = verb;
    spelling_->append_identifier(sql, name);
    run(sql.c_str());
}

void connection::savepoint(std::string_view name) { run_named("SAVEPOINT ", name); }
void connection::release(std::string_view name) { run_named("RELEASE SAVEPOINT ", name); }
void connection::rollback_to(std::string_view name) { run_named("ROLLBACK TO SAVEPOINT ", name); }

transaction_state connection::transaction() noexcept {
    switch (PQtransactionStatus(handle())) {
    case PQTRANS_IDLE: return transaction_state::none;
    case PQTRANS_ACTIVE: return before_;
    case PQTRANS_INTRANS: return transaction_state::open;
    case PQTRANS_INERROR: return transaction_state::failed;
    case PQTRANS_UNKNOWN: break;
    }
    return transaction_state::unknown;
}

// DISCARD ALL would take the prepared statements too; this is the rest of what it stands for.
void connection::reset() {
    demand_free();
    rollback();
    if (changed_) {
        run("SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; "
            "SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES");
        prepare_session();
        changed_ = false;
    } else {
        speak_utc();
    }
    forget_now();
}

void connection::forget(std::string name) noexcept {
    try {
        forgotten_.push_back(std::move(name));
    } catch (...) {  // without memory for the note the statement stays until the session ends
    }
}

// A DEALLOCATE that fails would fail an open transaction too, so it waits until there is none.
void connection::forget_now() noexcept {
    if (forgotten_.empty() || streaming_ || transaction() != transaction_state::none) return;
    for (auto const& name : forgotten_) {
        std::string const sql = "DEALLOCATE " + name;
        PQclear(exec(sql.c_str()));
    }
    forgotten_.clear();
}

}  // namespace relata::postgresql::detail
