// SPDX-License-Identifier: BSL-1.0
//
// Connecting: what the client library is told before the first byte goes out. Every setting that
// matters for safety is set here, because the library's own defaults differ between versions.

#include "session.hpp"

#include <memory>
#include <mutex>

namespace relata::mysql::detail {

using namespace mysql_family;

report report_of(MYSQL* client) {
    return {mysql_errno(client), mysql_sqlstate(client), mysql_error(client)};
}

report report_of(MYSQL_STMT* statement) {
    if (mysql_stmt_errno(statement) == 0 && statement->mysql) return report_of(statement->mysql);
    return {mysql_stmt_errno(statement), mysql_stmt_sqlstate(statement),
            mysql_stmt_error(statement)};
}

namespace {

// mysql_init would do it too, but not safely from several threads at once. The per-thread calls
// mysql_thread_init and mysql_thread_end do nothing in MariaDB Connector/C, so there are none here.
void start_library() {
    static std::once_flag once;
    std::call_once(once, [] {
        if (mysql_library_init(0, nullptr, nullptr))
            fail(error_kind::unknown, "the client library cannot be started");
    });
}

struct closer {
    void operator()(MYSQL* client) const { mysql_close(client); }
};

template <class T> void set(MYSQL* client, mysql_option option, T const& value) {
    if (mysql_options(client, option, &value))
        fail(error_kind::unknown, "the client library refuses an option");
}

void set_text(MYSQL* client, mysql_option option, char const* value) {
    if (mysql_options(client, option, value))
        fail(error_kind::unknown, "the client library refuses an option");
}

void set_security(MYSQL* client, options const& o) {
    my_bool const use = o.tls != security::plain;
    my_bool const verify = o.tls == security::verified;
    set(client, MYSQL_OPT_SSL_ENFORCE, use);
    set(client, MYSQL_OPT_SSL_VERIFY_SERVER_CERT, verify);
    if (!o.ssl_ca.empty()) set_text(client, MYSQL_OPT_SSL_CA, o.ssl_ca.c_str());
    if (!o.ssl_cert.empty()) set_text(client, MYSQL_OPT_SSL_CERT, o.ssl_cert.c_str());
    if (!o.ssl_key.empty()) set_text(client, MYSQL_OPT_SSL_KEY, o.ssl_key.c_str());
    // A server may ask for the password in clear text; only one that has proved its name gets it.
    if (!verify && o.socket.empty())
        set_text(
            client, MARIADB_OPT_RESTRICTED_AUTH,
            "mysql_native_password,client_ed25519,caching_sha2_password,sha256_password,parsec");
}

void set_options(MYSQL* client, options const& o) {
    unsigned const off = 0;
    my_bool const no = 0;
    set(client, MYSQL_OPT_LOCAL_INFILE,
        off);  // on by default: a server could read the client's files
    set(client, MYSQL_OPT_RECONNECT, no);
    set(client, MYSQL_OPT_CONNECT_TIMEOUT, o.connect_timeout);
    if (o.read_timeout) set(client, MYSQL_OPT_READ_TIMEOUT, o.read_timeout);
    if (o.write_timeout) set(client, MYSQL_OPT_WRITE_TIMEOUT, o.write_timeout);
    set_text(client, MYSQL_SET_CHARSET_NAME, "utf8mb4");
    unsigned const protocol = o.socket.empty() ? MYSQL_PROTOCOL_TCP : MYSQL_PROTOCOL_SOCKET;
    set(client, MYSQL_OPT_PROTOCOL, protocol);
    set_security(client, o);
}

[[noreturn]] void raise_connect(MYSQL* client) {
    auto const r = report_of(client);
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

}  // namespace

MYSQL* open_client(options const& o) {
    start_library();
    std::unique_ptr<MYSQL, closer> client(mysql_init(nullptr));
    if (!client) fail(error_kind::out_of_memory, "out of memory");
    set_options(client.get(), o);
    bool const by_socket = !o.socket.empty();
    if (!mysql_real_connect(client.get(), by_socket ? nullptr : o.host.c_str(), o.user.c_str(),
                            o.password.c_str(), o.database.empty() ? nullptr : o.database.c_str(),
                            by_socket ? 0 : o.port, by_socket ? o.socket.c_str() : nullptr,
                            CLIENT_FOUND_ROWS))
        raise_connect(client.get());
    // ENFORCE alone goes on in plain text with a server that has no TLS.
    bool const needed = o.tls == security::required || o.tls == security::verified;
    if (needed && !mysql_get_ssl_cipher(client.get()))
        fail(error_kind::tls_failed, "the server offers no secure connection");
    return client.release();
}

}  // namespace relata::mysql::detail
