// SPDX-License-Identifier: BSL-1.0
//
// Opening a session of SOCI's mysql back end.

#include "mysql_connection.hpp"
#include "options.hpp"

#include <mysql_family/errors.hpp>
#include <mysql_family/options.hpp>

#include <algorithm>

namespace relata::soci::detail {
namespace {

void add(std::string& to, char const* name, std::string_view value) {
    if (value.empty()) return;
    (to += name) += "='";
    for (char const c : value) {
        if (c == '\'' || c == '\\') to += '\\';
        to += c;
    }
    to += "' ";
}

std::string parameters_of(mysql_family::options const& wanted) {
    std::string out;
    if (wanted.socket.empty()) {
        add(out, "host", wanted.host);
        if (wanted.port != 0) add(out, "port", std::to_string(wanted.port));
    }
    add(out, "unix_socket", wanted.socket);
    add(out, "user", wanted.user);
    add(out, "password", wanted.password);
    add(out, "dbname", wanted.database);
    add(out, "sslca", wanted.ssl_ca);
    add(out, "sslcert", wanted.ssl_cert);
    add(out, "sslkey", wanted.ssl_key);
    add(out, "charset", "utf8mb4");
    add(out, "connect_timeout", std::to_string(wanted.connect_timeout));
    if (wanted.read_timeout) add(out, "read_timeout", std::to_string(wanted.read_timeout));
    if (wanted.write_timeout) add(out, "write_timeout", std::to_string(wanted.write_timeout));
    return out;
}

[[noreturn]] void refuse_connection(::soci::mysql_soci_error const& e) {
    mysql_family::report report;
    report.code = e.err_num_;
    report.text = e.get_error_message();
    error_info info = mysql_family::describe(report, "");
    if (info.kind == error_kind::connection_lost) info.kind = error_kind::connection_failed;
    if (report.code == 1044) info.kind = error_kind::permission_denied;
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    throw error(std::move(info));
}

}  // namespace

std::unique_ptr<driver::connection> connect_mysql(driver::address const& where) {
    check_options(where, "mysql");
    auto const wanted = mysql_family::read_options(where);
    using mysql_family::security;
    if (wanted.tls == security::verified)
        fail(error_kind::tls_failed, "SOCI cannot check the certificate of a MySQL server; add "
                                     "insecure=1 to do without, or use mysql:// instead");
    auto const parameters = parameters_of(wanted);
    auto hurried = wanted;  // for the connection of a cancel
    hurried.connect_timeout = std::min(hurried.connect_timeout, 5U);
    hurried.read_timeout = hurried.write_timeout = 5;
    session_handle session;
    try {
        session = open_session("mysql", parameters);
    } catch (::soci::mysql_soci_error const& e) {
        refuse_connection(e);
    }
    auto* const conn =
        static_cast<::soci::mysql_session_backend*>(session.session->get_backend())->conn_;
    if (wanted.tls == security::required && !mysql_get_ssl_cipher(conn))
        fail(error_kind::tls_failed, "SOCI made no secure connection with this server");
    return begin_session<mysql_connection>(std::move(session), parameters_of(hurried),
                                           wanted.statement_timeout);
}

std::unique_ptr<driver::connection> adopt_mysql(session_handle session) {
    return std::make_unique<mysql_connection>(std::move(session), "", 0);
}

}  // namespace relata::soci::detail
