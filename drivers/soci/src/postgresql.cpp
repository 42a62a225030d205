// SPDX-License-Identifier: BSL-1.0
//
// SOCI's postgresql back end: opening, settings, transactions.

#include "postgresql_connection.hpp"

#include "options.hpp"
#include "postgresql_wire.hpp"

#include <postgresql_family/connect.hpp>
#include <postgresql_family/options.hpp>

#include <algorithm>
#include <utility>

namespace relata::soci::detail {

postgresql_connection::postgresql_connection(session_handle given, std::string statement_timeout,
                                             std::string search_path)
    : connection(std::move(given), storage::typed, true),
      conn_(static_cast<::soci::postgresql_session_backend*>(session().get_backend())->conn_),
      statement_timeout_(std::move(statement_timeout)), search_path_(std::move(search_path)) {
    demand_server();
    fill_capabilities();
    if (lent()) remember_settings();
    prepare_session();
    cancel_.reset(PQgetCancel(conn_), &PQfreeCancel);
    socket_.copy(PQsocket(conn_));
    // the server's messages would go to standard error, where no library may write
    if (!lent()) PQsetNoticeReceiver(conn_, [](void*, PGresult const*) {}, nullptr);
}

void postgresql_connection::end_copy(PGresult const* result) {
    auto const status = PQresultStatus(result);
    if (status == PGRES_COPY_IN) PQputCopyEnd(conn_, "not expected here");
    if (status == PGRES_COPY_OUT)
        for (char* data = nullptr; PQgetCopyData(conn_, &data, 0) > 0;) PQfreemem(data);
    if (status != PGRES_COPY_IN && status != PGRES_COPY_OUT) return;
    while (PGresult* rest = PQgetResult(conn_)) PQclear(rest);
    fail(error_kind::not_supported, "COPY from or to the client is not possible here");
}

void postgresql_connection::demand_server() const {
    if (PQserverVersion(conn_) < 120000)
        fail(error_kind::not_supported, "the server is older than PostgreSQL 12");
    if (parameter("server_encoding") != "UTF8" || parameter("client_encoding") != "UTF8")
        fail(error_kind::not_supported, "the encoding of database and session must be UTF8");
    if (static_cast<::soci::postgresql_session_backend*>(session().get_backend())->single_row_mode_)
        fail(error_kind::not_supported, "a session in SOCI's single-row mode");
}

void postgresql_connection::fill_capabilities() {
    auto const version = parameter("server_version");
    can_.server = "PostgreSQL " + std::string(version.substr(0, version.find(' ')));
    auto const number = std::uint32_t(PQserverVersion(conn_));
    can_.version = number / 10000 * 10000 + number % 10000 * 100;
    can_.max_params = 65535;
    can_.max_identifier = 63;
    can_.several_hosts = true;
    can_.streaming = false;
    can_.watches_network = false;
    can_.key = driver::generated_key::returning;
    can_.concurrent_streams = true;  // SOCI keeps whole results
    spelling_ = &dialect::dialect_for(dialect::family::postgresql, can_.version);
}

void postgresql_connection::prepare_session() {
    std::string sql = "SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET bytea_output TO "
                      "'hex'; SET standard_conforming_strings TO on; "
                      "SET extra_float_digits TO 3";
    if (!statement_timeout_.empty()) sql += "; SET statement_timeout TO " + statement_timeout_;
    set(sql);
    if (search_path_.empty()) return;
    char const* const values[] = {search_path_.c_str()};
    result_handle const result(PQexecParams(conn_, "SELECT set_config('search_path',$1,false)", 1,
                                            nullptr, values, nullptr, nullptr, 0));
    if (!succeeded(result.get())) refuse(result.get());
}

void postgresql_connection::remember_settings() {
    result_handle const result(
        PQexec(conn_, "SELECT format('SET TimeZone TO %L; SET DateStyle TO %L; "
                      "SET bytea_output TO %L; SET standard_conforming_strings TO %L; "
                      "SET extra_float_digits TO %L', current_setting('TimeZone'), "
                      "current_setting('DateStyle'), current_setting('bytea_output'), "
                      "current_setting('standard_conforming_strings'), "
                      "current_setting('extra_float_digits'))"));
    if (!succeeded(result.get())) refuse(result.get());
    had_ = PQgetvalue(result.get(), 0, 0);
}

void postgresql_connection::clean_session() {
    if (changed_) {
        set("SET SESSION AUTHORIZATION DEFAULT; RESET ALL; CLOSE ALL; UNLISTEN *; "
            "SELECT pg_advisory_unlock_all(); DISCARD TEMP; DISCARD SEQUENCES");
        prepare_session();
        changed_ = false;
    }
    speak();
}

std::vector<std::string> postgresql_connection::begin_words(driver::isolation level,
                                                            bool read_only) const {
    std::string words = "BEGIN ISOLATION LEVEL ";
    words += level == driver::isolation::serializable ? "SERIALIZABLE"
             : level == driver::isolation::snapshot   ? "REPEATABLE READ"
                                                      : "READ COMMITTED";
    return {words + (read_only ? " READ ONLY" : " READ WRITE")};
}

std::unique_ptr<wire> postgresql_connection::make_wire(std::string_view sql,
                                                       type_info const* const* types,
                                                       unsigned count, std::vector<bound>&) {
    return std::make_unique<postgresql_wire>(*this, sql, types, count);
}

transaction_state postgresql_connection::look() noexcept {
    switch (PQtransactionStatus(conn_)) {
    case PQTRANS_IDLE: return transaction_state::none;
    case PQTRANS_INERROR: return transaction_state::failed;
    case PQTRANS_UNKNOWN: return transaction_state::none;
    default: return transaction_state::open;
    }
}

error_info postgresql_connection::explain(::soci::soci_error const& e, std::string_view) {
    error_info info = postgresql_family::describe_failure(conn_, nullptr, known());
    info.native_message = e.get_error_message();
    return info;
}

void postgresql_connection::speak() {
    if (parameter("TimeZone") == "UTC" && parameter("DateStyle").starts_with("ISO") &&
        parameter("standard_conforming_strings") == "on")
        return;
    set("SET TimeZone TO 'UTC'; SET DateStyle TO 'ISO'; SET standard_conforming_strings TO on; "
        "SET bytea_output TO 'hex'; SET extra_float_digits TO 3");
}

postgresql_family::circumstances postgresql_connection::known() const {
    postgresql_family::circumstances out;
    out.before = before_;
    out.cancel_asked = cancel_asked();
    out.committing = committing_;
    return out;
}

void postgresql_connection::run_script(std::string_view sql) {
    result_handle const result(PQexec(conn_, std::string(sql).c_str()));
    if (!succeeded(result.get())) refuse(result.get());
    changed_ = true;
}

void postgresql_connection::set(std::string const& sql) {
    result_handle const result(PQexec(conn_, sql.c_str()));
    if (!succeeded(result.get())) refuse(result.get());
}

namespace {

// As a URI: SOCI takes a text with quotes apart, and loses spaces in it.
std::string conninfo(postgresql_family::connect_options const& wanted) {
    constexpr char const* digits = "0123456789ABCDEF";
    std::string out = "postgresql://";
    char before = '?';
    for (auto const& [name, value] : wanted.keywords) {
        ((out += std::exchange(before, '&')) += name) += '=';
        for (char const c : value) {
            bool const plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
                               (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
            auto const code = static_cast<unsigned char>(c);
            if (plain) out += c;
            else ((out += '%') += digits[code / 16]) += digits[code % 16];
        }
    }
    return out;
}

// Words of libpq, not of a server.
constexpr std::string_view nobody_answers[] = {"timeout expired",
                                               "server closed the connection unexpectedly",
                                               "Connection refused",
                                               "Connection reset by peer",
                                               "Connection timed out",
                                               "No such file or directory",
                                               "No route to host",
                                               "Network is unreachable",
                                               "could not translate host name"};

// SOCI tells the reason in words only, those of a server in its own language. What was refused is asked
// for once more, where nobody answered it is not: that would take as long again.
[[noreturn]] void refuse_connection(postgresql_family::connect_options const& wanted,
                                    ::soci::soci_error const& e) {
    std::string const words = e.get_error_message();
    bool const silent =
        std::any_of(std::begin(nobody_answers), std::end(nobody_answers),
                    [&](std::string_view each) { return words.find(each) != std::string::npos; });
    if (!silent) PQfinish(postgresql_family::connect(wanted));  // throws, unless all is well by now
    error_info info;
    info.kind = error_kind::connection_failed;
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    info.retry = retry_advice::reconnect;
    info.message = silent ? "no server answers at this address" : "SOCI could not connect";
    info.native_message = words;
    throw error(std::move(info));
}

}  // namespace

std::unique_ptr<driver::connection> connect_postgresql(driver::address const& where) {
    check_options(where, "postgresql");
    auto const wanted = postgresql_family::read_options(where);
    session_handle session;
    try {
        session = open_session("postgresql", conninfo(wanted));
    } catch (::soci::soci_error const& e) {
        refuse_connection(wanted, e);
    }
    return begin_session<postgresql_connection>(std::move(session), wanted.statement_timeout,
                                                wanted.search_path);
}

std::unique_ptr<driver::connection> adopt_postgresql(session_handle session) {
    return std::make_unique<postgresql_connection>(std::move(session), "", "");
}

}  // namespace relata::soci::detail
