// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>

#include <libpq-fe.h>
#include <unistd.h>

namespace relata::postgresql_family {

char const* const option_names[] = {
    "sslmode",
    "insecure",
    "sslrootcert",
    "sslcert",
    "sslkey",
    "connect_timeout",
    "read_timeout",
    "statement_timeout",
    "search_path",
    "application_name",
    "target_session_attrs",
    "keepalives_idle",
    "tcp_user_timeout",
    "statements",
    nullptr,
};

namespace {

using words = std::initializer_list<std::string_view>;

[[noreturn]] void refuse(std::string_view option, std::string_view allowed) {
    fail(error_kind::invalid_url, fmt::format("option {} must be {}", option, allowed));
}

std::string one_of(driver::address const& where, std::string_view option,
                   std::string_view otherwise, words allowed) {
    auto const value = where.option(option, otherwise);
    if (std::find(allowed.begin(), allowed.end(), value) == allowed.end())
        refuse(option, fmt::format("one of {}", fmt::join(allowed, ", ")));
    return std::string(value);
}

std::string number(driver::address const& where, std::string_view option,
                   std::string_view otherwise, int least, int most) {
    auto const value = where.option(option, otherwise);
    if (value.empty()) return {};
    int parsed = 0;
    auto const read = std::from_chars(value.data(), value.data() + value.size(), parsed);
    if (read.ec != std::errc() || read.ptr != value.data() + value.size() || parsed < least ||
        parsed > most)
        refuse(option, fmt::format("a number from {} to {}", least, most));
    return std::to_string(parsed);
}

bool is_local(std::string_view host) {
    return host.empty() || host.front() == '/' || host.front() == '@' || host == "localhost" ||
           host == "::1" || host.substr(0, 4) == "127.";
}

// Every one of several hosts must be local. What the URL leaves out libpq takes from the
// environment, so the environment has a say in where the connection goes.
bool all_local(std::string_view hosts) {
    auto const environment = [](char const* name) -> std::string_view {
        char const* value = std::getenv(name);
        return value ? value : "";
    };
    if (!is_local(environment("PGHOSTADDR"))) return false;
    if (hosts.empty() && !environment("PGSERVICE").empty()) return false;
    if (hosts.empty()) hosts = environment("PGHOST");
    for (;;) {
        auto const comma = hosts.find(',');
        if (!is_local(hosts.substr(0, comma))) return false;
        if (comma == hosts.npos) return true;
        hosts.remove_prefix(comma + 1);
    }
}

// libpq looks for authorities in the user's home only; the system's are what a browser would use.
std::string system_authorities() {
    if (PQlibVersion() >= 160000) return "system";
    for (char const* file :
         {"/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
          "/etc/ssl/ca-bundle.pem", "/etc/ssl/cert.pem"})
        if (access(file, R_OK) == 0) return file;
    return {};
}

void add(connect_options& out, char const* keyword, std::string value) {
    if (value.find('\0') != value.npos)
        fail(error_kind::invalid_url, fmt::format("a NUL in the {} of the URL", keyword));
    if (!value.empty()) out.keywords.emplace_back(keyword, std::move(value));
}

void add_security(connect_options& out, driver::address const& where) {
    bool const local = all_local(where.host);
    bool const insecure = one_of(where, "insecure", "0", {"0", "1"}) == "1";
    auto const mode = one_of(where, "sslmode", local || insecure ? "prefer" : "verify-full",
                             {"disable", "allow", "prefer", "require", "verify-ca", "verify-full"});
    auto root = std::string(where.option("sslrootcert"));
    if (root.empty() && mode == "verify-full" && where.option("sslmode").empty())
        root = system_authorities();
    add(out, "sslmode", mode);
    add(out, "sslrootcert", std::move(root));
    // libpq goes on without a certificate that is not there
    std::string certificate(where.option("sslcert"));
    if (!certificate.empty() && access(certificate.c_str(), R_OK) != 0)
        refuse("sslcert", "a file that can be read");
    add(out, "sslcert", std::move(certificate));
    add(out, "sslkey", std::string(where.option("sslkey")));
}

}  // namespace

connect_options read_options(driver::address const& where) {
    connect_options out;
    add(out, "host", where.host);
    add(out, "port", where.port);
    add(out, "user", where.user);
    add(out, "password", where.password);
    add(out, "dbname", where.database);
    add_security(out, where);
    add(out, "application_name", std::string(where.option("application_name", "relata")));
    auto const timeout = number(where, "connect_timeout", "10", 1, 3600);
    out.connect_timeout = std::atoi(timeout.c_str());
    add(out, "connect_timeout", timeout);
    out.read_timeout = std::atoi(number(where, "read_timeout", "0", 0, 86400).c_str());
    add(out, "target_session_attrs",
        one_of(where, "target_session_attrs", "any",
               {"any", "read-write", "read-only", "primary", "standby", "prefer-standby"}));
    // without these a network that swallows packets would make a statement wait for ever
    add(out, "keepalives", "1");
    add(out, "keepalives_idle", number(where, "keepalives_idle", "30", 1, 86400));
    add(out, "keepalives_interval", "10");
    add(out, "keepalives_count", "3");
    add(out, "tcp_user_timeout", number(where, "tcp_user_timeout", "30000", 0, 86400000));
    add(out, "client_encoding", "UTF8");
    out.several_hosts = where.host.find(',') != where.host.npos;
    out.named_statements = one_of(where, "statements", "named", {"named", "unnamed"}) == "named";
    out.statement_timeout = number(where, "statement_timeout", "", 0, 2147483647);
    out.search_path = where.option("search_path");
    return out;
}

}  // namespace relata::postgresql_family
