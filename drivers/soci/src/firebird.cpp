// SPDX-License-Identifier: BSL-1.0
//
// SOCI's firebird back end: opening, transactions. Those go by the client library's own functions,
// because statements do; see firebird_wire.cpp.

#include "firebird_connection.hpp"

#include "firebird_errors.hpp"
#include "firebird_script.hpp"
#include "firebird_wire.hpp"
#include "options.hpp"

namespace relata::soci::detail {
namespace {

constexpr int lock_timeout = 10;  // seconds

}  // namespace

std::unique_ptr<wire> firebird_connection::make_wire(std::string_view sql,
                                                     type_info const* const* types, unsigned count,
                                                     std::vector<bound>&) {
    auto out = std::make_unique<firebird_wire>(*this, sql, types, count);
    settle();
    return out;
}

void firebird_connection::check(ISC_STATUS const* status) {
    if (status[0] == isc_arg_gds && status[1] != 0) {
        auto info = describe_firebird({status, status + ISC_STATUS_LENGTH}, words_of(status));
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
        ISC_STATUS_ARRAY status{};
        isc_dsql_execute_immediate(status, &backend_->dbhp_, transaction_handle(), 0, each.c_str(),
                                   3, nullptr);
        check(status);
        settle();
    }
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
    wanted.insert(wanted.end(), {isc_tpb_lock_timeout, 4, char(lock_timeout), 0, 0, 0});
    ISC_STATUS_ARRAY status{};
    isc_start_transaction(status, &handle_, 1, &backend_->dbhp_, short(wanted.size()),
                          wanted.data());
    check(status);
}

void firebird_connection::end(bool keep) {
    if (handle_ == 0) return;
    ISC_STATUS_ARRAY status{};
    if (keep) isc_commit_transaction(status, &handle_);
    else isc_rollback_transaction(status, &handle_);
    if (!keep) handle_ = 0;  // of a dead connection
    else check(status);
}

std::string firebird_connection::words_of(ISC_STATUS const* status) {
    std::string out;
    char line[512];
    while (fb_interpret(line, sizeof line, &status) != 0) (out += out.empty() ? "" : "\n") += line;
    return out;
}

void firebird_connection::fill_capabilities() {
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
    can_.max_packet = 10'485'760;  // of a statement's text
    can_.streaming = false;
    can_.key = driver::generated_key::returning;
    can_.update_returning = false;
    can_.transactional_ddl = false;  // what was made can be used after the commit only
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

}  // namespace

std::unique_ptr<driver::connection> connect_firebird(driver::address const& where) {
    check_options(where, "firebird");
    if (where.host.find(',') != where.host.npos)
        fail(error_kind::not_supported, "SOCI takes one host for Firebird");
    bool const is_ipv6 = where.host.find(':') != where.host.npos;
    std::string service = is_ipv6 ? "[" + where.host + "]" : where.host;
    if (!where.port.empty()) service += "/" + where.port;
    if (!service.empty()) service += ":";
    std::string parameters;
    add(parameters, "service", service + where.database);
    add(parameters, "user", where.user);
    add(parameters, "password", where.password);
    add(parameters, "charset", "UTF8");
    session_handle session;
    try {
        session = open_session("firebird", parameters);
    } catch (::soci::firebird_soci_error const& e) {
        error_info info = describe_firebird(e.status_, e.get_error_message());
        if (info.kind == error_kind::connection_lost) info.kind = error_kind::connection_failed;
        info.outcome = outcome::not_sent;
        info.connection_usable = false;
        throw error(std::move(info));
    }
    return begin_session<firebird_connection>(std::move(session));
}

std::unique_ptr<driver::connection> adopt_firebird(session_handle) {
    fail(error_kind::not_supported,
         "a session of Firebird cannot be lent: SOCI keeps its transaction to itself");
}

}  // namespace relata::soci::detail
