// SPDX-License-Identifier: BSL-1.0
//
// Connecting. The library's own defaults are not safe (the server may ask for files, TLS is dropped
// without a word), so everything is said, and TLS is checked afterwards.

#include "client.hpp"

#include "logins.hpp"

#include <mutex>
#include <optional>
#include <string>

#include <mysql_driver.h>

namespace relata::mysql_connector::detail {

using namespace mysql_family;

namespace {

// The library keeps its drivers in a table without a lock.
vendor::Driver& library() {
    static std::mutex mutex;
    std::lock_guard const lock(mutex);
    return *vendor::mysql::get_mysql_driver_instance();
}

void set_security(vendor::ConnectOptionsMap& map, options const& o) {
    map["sslEnforce"] = o.tls != security::plain;
    map["sslVerify"] = o.tls == security::verified;
    if (!o.ssl_ca.empty()) map["sslCA"] = vendor::SQLString(o.ssl_ca);
    if (!o.ssl_cert.empty()) map["sslCert"] = vendor::SQLString(o.ssl_cert);
    if (!o.ssl_key.empty()) map["sslKey"] = vendor::SQLString(o.ssl_key);
}

vendor::ConnectOptionsMap options_map(options const& o) {
    vendor::ConnectOptionsMap map;
    // the library takes the host text apart: brackets keep the colons of an IPv6 address together
    if (o.socket.empty()) {
        map["hostName"] = vendor::SQLString("[" + o.host + "]");
        map["port"] = int(o.port);
    } else {
        map["hostName"] = vendor::SQLString("unix://" + o.socket);
    }
    map["userName"] = vendor::SQLString(o.user);
    map["password"] = vendor::SQLString(o.password);
    if (!o.database.empty()) map["schema"] = vendor::SQLString(o.database);
    map["OPT_LOCAL_INFILE"] = 0;  // on by default: a server could read the client's files
    map["OPT_RECONNECT"] = false;
    map["OPT_CHARSET_NAME"] = vendor::SQLString("utf8mb4");
    map["OPT_CONNECT_TIMEOUT"] = int(o.connect_timeout);
    if (o.read_timeout) map["OPT_READ_TIMEOUT"] = int(o.read_timeout);
    if (o.write_timeout) map["OPT_WRITE_TIMEOUT"] = int(o.write_timeout);
    map["CLIENT_FOUND_ROWS"] = true;
    // Used by scripts only: everything else is prepared, and a prepared text is one statement.
    map["CLIENT_MULTI_STATEMENTS"] = true;
    set_security(map, o);
    return map;
}

[[noreturn]] void raise_connect(report const& r) {
    auto info = describe(r, "");
    info.outcome = outcome::not_sent;
    info.connection_usable = false;
    info.retry = retry_advice::no;
    if (info.kind == error_kind::connection_lost || info.kind == error_kind::connection_failed) {
        info.kind = error_kind::connection_failed;  // there was no connection to lose yet
        info.message = "no server answers at this address";
        info.retry = retry_advice::reconnect;
    }
    if (r.code == 1044) info.kind = error_kind::permission_denied;
    throw error(std::move(info));
}

// sslEnforce alone goes on in plain text with a server that has no TLS.
void check_cipher(vendor::Connection& client) {
    std::unique_ptr<vendor::Statement> const statement(client.createStatement());
    std::unique_ptr<vendor::ResultSet> const rows(
        statement->executeQuery("SHOW SESSION STATUS LIKE 'Ssl_cipher'"));
    if (!rows->next() || rows->getString(2).length() == 0)
        fail(error_kind::tls_failed, "the server offers no secure connection");
}

}  // namespace

char const* client_name() noexcept {
    try {
        static std::string const name = [] {
            auto& driver = library();
            return "MySQL Connector/C++ " + std::to_string(driver.getMajorVersion()) + "." +
                   std::to_string(driver.getMinorVersion()) + "." +
                   std::to_string(driver.getPatchVersion());
        }();
        return name.c_str();
    } catch (...) {
        return "MySQL Connector/C++";
    }
}

std::unique_ptr<vendor::Connection> open_client(options const& o) {
    try {
        auto map = options_map(o);
        std::optional<restricted_logins> logins;
        if (o.tls != security::verified && o.socket.empty())
            map["readDefaultFile"] = vendor::SQLString(logins.emplace().path());
        std::unique_ptr<vendor::Connection> client(library().connect(map));
        if (!client) fail(error_kind::out_of_memory, "out of memory");
        if (o.tls == security::required || o.tls == security::verified) check_cipher(*client);
        return client;
    } catch (vendor::SQLException const& e) {
        refuse_unable(e);
        raise_connect(report_of(e));
    } catch (std::bad_alloc const&) {
        fail(error_kind::out_of_memory, "out of memory");
    }
}

report report_of(vendor::SQLException const& e) {
    return {unsigned(e.getErrorCode()), e.getSQLState(), e.what()};
}

void refuse_unable(vendor::SQLException const& e) {
    if (e.getErrorCode() != 0) return;
    error_info info;
    info.kind = error_kind::not_supported;
    info.native_message = e.what();
    bool const column = info.native_message.find("rbind") != std::string::npos;
    info.message = column ? "the result has a column of a type that the client library cannot read"
                          : "the client library cannot do this";
    throw error(std::move(info));
}

}  // namespace relata::mysql_connector::detail
