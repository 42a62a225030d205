// SPDX-License-Identifier: BSL-1.0

#include "options.hpp"

#include <charconv>
#include <utility>

namespace relata::mysql_family {

namespace {

[[noreturn]] void refuse(std::string_view option, std::string_view rule) {
    fail(error_kind::invalid_url, std::string(option) + ": " + std::string(rule));
}

std::uint64_t number(driver::address const& where, std::string_view name, std::uint64_t otherwise,
                     std::uint64_t most) {
    auto const text = where.option(name);
    if (text.empty()) return otherwise;
    std::uint64_t value = 0;
    auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size() || value > most)
        refuse(name, "a whole number from 0 to " + std::to_string(most) + " is expected");
    return value;
}

// 1 for yes, 0 for no, -1 where the option is absent.
int choice(driver::address const& where, std::string_view name) {
    auto const text = where.option(name);
    if (text.empty()) return -1;
    if (text == "on" || text == "1") return 1;
    if (text == "off" || text == "0") return 0;
    refuse(name, "on or off is expected");
}

bool is_local(options const& o) {
    return !o.socket.empty() || o.host == "::1" || o.host.starts_with("127.");
}

security choose_security(driver::address const& where, options const& o) {
    bool const insecure = choice(where, "insecure") == 1;
    bool const files = !(o.ssl_ca.empty() && o.ssl_cert.empty() && o.ssl_key.empty());
    switch (choice(where, "ssl")) {
    case 1: return insecure ? security::required : security::verified;
    case 0:
        if (files) refuse("ssl", "off makes no sense with ssl_ca, ssl_cert or ssl_key");
        if (!is_local(o) && !insecure)
            refuse("ssl", "off needs insecure=1 for a server that is not local");
        return security::plain;
    default: break;
    }
    if (is_local(o) && !files) return security::plain;
    return insecure ? security::prefer : security::verified;
}

// The client library takes some host texts for connection strings with options of their own.
void check_host(std::string_view host) {
    for (char const c : host) {
        bool const plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                           (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_' || c == ':' ||
                           c == '%';
        if (!plain) refuse("host", "a host name or address is expected");
    }
}

void refuse_nul(options const& o) {
    for (auto const* text :
         {&o.user, &o.password, &o.database, &o.socket, &o.ssl_ca, &o.ssl_cert, &o.ssl_key})
        if (text->find('\0') != std::string::npos) refuse("url", "no part of it may hold a NUL");
}

}  // namespace

options read_options(driver::address const& where) {
    options o;
    o.host = where.host.empty() || where.host == "localhost" ? "127.0.0.1" : where.host;
    if (o.host.size() > 2 && o.host.front() == '[' && o.host.back() == ']')
        o.host = o.host.substr(1, o.host.size() - 2);
    o.socket = where.option("socket");
    if (o.host.starts_with('/')) {  // the path of a socket, as a postgresql URL takes it
        if (!o.socket.empty()) refuse("socket", "the host is the path of a socket already");
        if (!where.port.empty()) refuse("port", "a socket has none");
        o.socket = std::exchange(o.host, "127.0.0.1");
    }
    check_host(o.host);
    o.user = where.user;
    o.password = where.password;
    o.database = where.database;
    o.ssl_ca = where.option("ssl_ca");
    o.ssl_cert = where.option("ssl_cert");
    o.ssl_key = where.option("ssl_key");
    refuse_nul(o);
    if (!where.port.empty()) {
        driver::address port;
        port.options.emplace_back("port", where.port);
        o.port = unsigned(number(port, "port", 0, 65535));
    }
    o.connect_timeout = unsigned(number(where, "connect_timeout", 10, 3600));
    if (o.connect_timeout == 0) refuse("connect_timeout", "at least 1 second is expected");
    o.read_timeout = unsigned(number(where, "read_timeout", 0, 86400));
    o.write_timeout = unsigned(number(where, "write_timeout", 0, 86400));
    o.statement_timeout = number(where, "statement_timeout", 0, 86400000);
    auto const bulk = where.option("bulk", "arrays");
    if (bulk != "arrays" && bulk != "values") refuse("bulk", "arrays or values is expected");
    o.bulk_arrays = bulk == "arrays";
    o.tls = choose_security(where, o);
    if (o.tls != security::plain && where.host == "localhost") o.host = where.host;  // as certified
    return o;
}

}  // namespace relata::mysql_family
