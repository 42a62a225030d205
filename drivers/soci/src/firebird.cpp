// SPDX-License-Identifier: BSL-1.0
//
// SOCI's firebird back end: opening, transactions. Those go by the client library's own functions,
// because statements do; see firebird_wire.cpp.

#include "firebird_connection.hpp"

#include "firebird_errors.hpp"
#include "firebird_script.hpp"
#include "firebird_wire.hpp"
#include "held_signals.hpp"
#include "options.hpp"

#include <atomic>

namespace relata::soci::detail {
namespace {

// Seconds. A wait that has an end sees no deadlock: of two connections that wait for each other one
// must give up first, and the server counts whole seconds of its clock.
constexpr unsigned lock_timeout = 10;
constexpr unsigned apart = 3;
constexpr unsigned lock_timeouts = 4;

unsigned next_lock_timeout() {
    static std::atomic<unsigned> connections{0};
    return lock_timeout + apart * (connections.fetch_add(1) % lock_timeouts);
}

constexpr char patience_of_cancel = 3;  // seconds
constexpr std::size_t longest_statement = 10'485'760;
constexpr ISC_STATUS no_index_columns = 336068728;  // has no name in the client's headers

}  // namespace

std::unique_ptr<wire> firebird_connection::make_wire(std::string_view sql,
                                                     type_info const* const* types, unsigned count,
                                                     std::vector<bound>&) {
    if (can_.max_statement != 0 && sql.size() > can_.max_statement)
        fail(error_kind::limit_exceeded, "a statement of more than 10485760 bytes");
    auto out = std::make_unique<firebird_wire>(*this, sql, types, count);
    settle();
    return out;
}

void firebird_connection::check(ISC_STATUS const* status, std::string_view script) {
    if (status[0] == isc_arg_gds && status[1] != 0) {
        std::vector<ISC_STATUS> const codes(status, status + ISC_STATUS_LENGTH);
        auto info = describe_firebird(codes, words_of(status));
        auto const indexed = table_of_index(script);
        // an index on no table is told like one on no column
        if (has_code(codes, no_index_columns) && !indexed.empty() && !has_table(indexed))
            info.kind = error_kind::table_not_found;
        // what it holds would keep the other one waiting
        bool const conflict = info.kind == error_kind::deadlock ||
                              info.kind == error_kind::serialization_failure ||
                              info.kind == error_kind::lock_timeout;
        if (conflict) in_transaction_ = false;
        if (!in_transaction_) end(false);
        throw_info(std::move(info));
    }
}

error_info firebird_connection::explain(::soci::soci_error const& e, std::string_view) {
    std::vector<ISC_STATUS> status;
    if (auto const* own = dynamic_cast<::soci::firebird_soci_error const*>(&e))
        status = own->status_;
    auto info = describe_firebird(status, e.get_error_message());
    if (info.connection_usable) {
        backend_->rollback();
        if (!in_transaction_) end(false);
    }
    return info;
}

void firebird_connection::run_script(std::string_view sql) {
    for (auto const& each : firebird_statements(sql)) {
        forget_statements();
        ISC_STATUS_ARRAY status{};
        isc_dsql_execute_immediate(status, &backend_->dbhp_, transaction_handle(), 0, each.c_str(),
                                   3, nullptr);
        check(status, each);
        settle();
    }
}

// What is prepared keeps its tables from being changed, and would not see the change.
void firebird_connection::forget_statements() noexcept {
    for (auto* const each : wires_) each->forget();
}

bool firebird_connection::has_table(std::string_view name) {
    std::string sql = "SELECT count(*) FROM RDB$RELATIONS WHERE RDB$RELATION_NAME = '";
    for (char const c : name) sql.append(c == '\'' ? 2 : 1, c);
    return ask(sql + "'") != "0";
}

void firebird_connection::send_begin(driver::isolation level, bool read_only) {
    std::vector<char> wanted{isc_tpb_wait};
    wanted.push_back(read_only ? isc_tpb_read : isc_tpb_write);
    if (level == driver::isolation::serializable) wanted.push_back(isc_tpb_consistency);
    else if (level == driver::isolation::snapshot) wanted.push_back(isc_tpb_concurrency);
    else wanted.insert(wanted.end(), {isc_tpb_read_committed, isc_tpb_rec_version});
    running([&] { start(std::move(wanted)); });
    in_transaction_ = true;
}

void firebird_connection::start(std::vector<char> wanted) {
    wanted.insert(wanted.begin(), char(isc_tpb_version3));
    // the server's own wait has no end: a number of four bytes, the lowest first
    wanted.insert(wanted.end(), {isc_tpb_lock_timeout, 4, char(lock_timeout_), 0, 0, 0});
    ISC_STATUS_ARRAY status{};
    isc_start_transaction(status, &handle_, 1, &backend_->dbhp_, short(wanted.size()),
                          wanted.data());
    check(status);
}

void firebird_connection::end(bool keep) {
    if (handle_ == 0) return;
    ISC_STATUS_ARRAY status{};
    if (keep) {
        isc_commit_transaction(status, &handle_);
        return check(status);
    }
    // a cancel that comes now would hit the rollback
    do isc_rollback_transaction(status, &handle_);
    while (handle_ != 0 && status[1] == isc_cancelled);
    handle_ = 0;  // of a dead connection
}

void firebird_connection::stop_if_cancelled() {
    if (!cancel_asked()) return;
    error_info info;
    info.kind = error_kind::cancelled;
    info.message = "the statement was cancelled";
    if (!in_transaction_) end(false);
    throw_info(std::move(info));
}

// A second connection carries the request. The client library has a call for it, fb_cancel_operation,
// which sends it along the connection that is to be stopped; but then the server sometimes never
// answers what that one sends at the same time.
void firebird_connection::send_cancel() noexcept {
    try {
        auto const request =
            "DELETE FROM MON$STATEMENTS WHERE MON$STATE <> 0 AND MON$ATTACHMENT_ID = " + number_;
        held_signals const no_signals;  // see connect_firebird
        ISC_STATUS_ARRAY status{};
        isc_db_handle other = 0;
        isc_tr_handle transaction = 0;
        isc_attach_database(status, 0, place_.service.c_str(), &other, short(place_.login.size()),
                            place_.login.data());
        isc_start_transaction(status, &transaction, 1, &other, 0, nullptr);
        isc_dsql_execute_immediate(status, &other, &transaction, 0, request.c_str(), 3, nullptr);
        isc_commit_transaction(status, &transaction);
        isc_detach_database(status, &other);
    } catch (...) {  // NOLINT(bugprone-empty-catch): a request; the statement then runs on
    }
}

// The server keeps a cancel that came too late, for whatever it is asked next.
void firebird_connection::forget_cancel() noexcept {
    ISC_STATUS_ARRAY status{};
    isc_tr_handle next = 0;
    if (isc_start_transaction(status, &next, 1, &backend_->dbhp_, 0, nullptr) == 0)
        isc_rollback_transaction(status, &next);
}

std::string firebird_connection::words_of(ISC_STATUS const* status) {
    std::string out;
    char line[512];
    while (fb_interpret(line, sizeof line, &status) != 0) (out += out.empty() ? "" : "\n") += line;
    return out;
}

void firebird_connection::fill_capabilities() {
    lock_timeout_ = next_lock_timeout();
    number_ = ask("SELECT CURRENT_CONNECTION FROM RDB$DATABASE");
    auto const version =
        ask("SELECT RDB$GET_CONTEXT('SYSTEM', 'ENGINE_VERSION') FROM RDB$DATABASE");
    can_.server = "Firebird " + version;
    unsigned part[3] = {}, i = 0;
    for (char const c : version) {
        if (c == '.') ++i;
        else if (i < 3 && c >= '0' && c <= '9') part[i] = part[i] * 10 + unsigned(c - '0');
    }
    can_.version = part[0] * 10000 + part[1] * 100 + part[2];
    if (can_.version < 30000)
        fail(error_kind::not_supported, "the server is older than Firebird 3");
    can_.max_params = 1400;
    can_.max_identifier = can_.version < 40000 ? 31 : 63;
    can_.max_text = 4000;
    can_.max_literal = 65535;
    can_.max_statement = longest_statement;
    can_.streaming = false;
    can_.key = driver::generated_key::returning;
    can_.update_returning = false;
    can_.watches_network = false;
    can_.row_lists = false;
    can_.nulls_apart = false;
    can_.utc_clock = false;          // it tells the time of the server's place
    can_.any_credentials = false;    // SOCI has no way to write a quote
    can_.concurrent_streams = true;  // whole results are kept
    spelling_ = &dialect::dialect_for(dialect::family::firebird, can_.version);
}

namespace {

void add(std::string& to, char const* name, std::string_view value) {
    if (value.empty()) return;
    if (value.find('"') != value.npos)
        fail(error_kind::invalid_url, std::string("SOCI cannot take a quote in the ") + name);
    ((((to += name) += "=\"") += value) += "\" ");
}

// For a connection that must not be waited for.
std::vector<char> login_of(driver::address const& where) {
    std::vector<char> out{
        isc_dpb_version1, isc_dpb_connect_timeout, 4, patience_of_cancel, 0, 0, 0};
    auto const put = [&](char what, std::string const& value) {
        out.insert(out.end(), {what, char(value.size())});
        out.insert(out.end(), value.begin(), value.end());
    };
    put(isc_dpb_user_name, where.user);
    put(isc_dpb_password, where.password);
    return out;
}

}  // namespace

std::unique_ptr<driver::connection> connect_firebird(driver::address const& where) {
    check_options(where, "firebird");
    if (where.host.find(',') != where.host.npos)
        fail(error_kind::not_supported, "SOCI takes one host for Firebird");
    bool const is_ipv6 = where.host.find(':') != where.host.npos;
    std::string service = is_ipv6 ? "[" + where.host + "]" : where.host;
    if (!where.port.empty()) service += "/" + where.port;
    if (!service.empty()) service += ":";
    if (where.user.size() > 255 || where.password.size() > 255)
        fail(error_kind::invalid_url, "SOCI takes 255 bytes at most of a user or password");
    std::string parameters;
    add(parameters, "service", service + where.database);
    add(parameters, "user", where.user);
    add(parameters, "password", where.password);
    add(parameters, "charset", "UTF8");
    session_handle session;
    try {
        // the client library takes a connect() that a signal interrupts for one that failed
        held_signals const no_signals;
        session = open_session("firebird", parameters);
    } catch (::soci::firebird_soci_error const& e) {
        error_info info = describe_firebird(e.status_, e.get_error_message());
        // an answer that was cut has no code of its own
        if (info.kind == error_kind::connection_lost || info.kind == error_kind::unknown)
            info.kind = error_kind::connection_failed;
        info.outcome = outcome::not_sent;
        info.connection_usable = false;
        throw error(std::move(info));
    }
    return begin_session<firebird_connection>(
        std::move(session), firebird_place{service + where.database, login_of(where)});
}

std::unique_ptr<driver::connection> adopt_firebird(session_handle) {
    fail(error_kind::not_supported,
         "a session of Firebird cannot be lent: SOCI keeps its transaction to itself");
}

}  // namespace relata::soci::detail
