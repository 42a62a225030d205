// SPDX-License-Identifier: BSL-1.0
//
// Connecting: what is refused, how, and that no message tells a secret.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"
#include "engine/url.hpp"

#include <filesystem>

namespace relata::conformance {
namespace {

constexpr char secret[] = "hunter2secret";

bool holds(std::string_view text, std::string_view part) { return text.find(part) != text.npos; }

void opens_and_answers(subject& s) {
    auto const opened = s.connect();
    s.check(opened->alive(false), "a new connection is alive without asking the server");
    s.check(opened->alive(true), "a new connection is alive when the server is asked");
    s.check(opened->transaction() == transaction_state::none, "no transaction is open at first");
    s.equal(std::vector<std::int64_t>{1}, read_column<std::int64_t>(*opened, "SELECT 1"),
            "the answer to SELECT 1");
    auto where = s.address();
    where.user = "alice";
    where.password = secret;
    where.options.emplace_back("password", secret);
    auto const text = engine::redacted(where);
    s.check(!holds(text, secret), "the address as text has no password");
    s.check(!holds(text, "\n") && !text.empty(), "the address as text is one line");
}

void wrong_password(subject& s) {
    s.needs(&driver::capabilities::server_process);
    auto where = s.address();
    where.user = "kit_nobody";
    where.password = secret;
    auto const unknown = s.throws(error_kind::auth_failed, [&] { (void)s.connect_to(where); },
                                  "a user that the server does not know", {secret});
    s.check(!unknown.connection_usable, "the error says that there is no connection");
    s.check(unknown.outcome == outcome::not_sent, "the error says that nothing was sent");
    for (auto const& text : {unknown.message, unknown.native_message, unknown.detail})
        s.check(!holds(text, secret), "no text of the error has the password");
    where.password.clear();
    s.throws(
        error_kind::auth_failed, [&] { (void)s.connect_to(where); },
        "an unknown user without a password");
}

void unknown_database(subject& s) {
    auto where = s.address();
    if (!s.can().server_process) {
        where.database = s.folder() + "/no_such_folder/no_such_file.db";
        s.throws(
            {error_kind::database_not_found, error_kind::connection_failed},
            [&] { (void)s.connect_to(where); }, "a file in a folder that does not exist");
        s.check(!std::filesystem::exists(s.folder() + "/no_such_folder"), "no folder was made");
        return;
    }
    where.database = "kit_no_such_database";
    s.throws(
        error_kind::database_not_found, [&] { (void)s.connect_to(where); },
        "a database that the server does not have");
    where = s.address();
    where.host = "no-such-host.invalid";
    if (s.has_option("insecure")) where.options.emplace_back("insecure", "1");  // TLS is not asked
    where.password = secret;
    auto const nobody = s.throws(error_kind::connection_failed, [&] { (void)s.connect_to(where); },
                                 "a host without address", {secret});
    s.check(holds(nobody.message + nobody.native_message, where.host), "the error names the host");
}

void unknown_options(subject& s) {
    for (std::string const name : {"no_such_option", "pool_sizes", "Connect_Timeout"}) {
        auto const unknown =
            s.throws(error_kind::invalid_url, [&] { (void)s.open(name + "=" + secret); },
                     "an option that nobody knows: " + name, {secret});
        s.check(holds(unknown.message, name), "the message names the option " + name);
    }
    s.throws(
        error_kind::invalid_url, [&] { (void)s.open("pool_size=1&pool_size=1"); },
        "an option of the pool that stands there twice");
    for (auto const option : s.options()) {
        std::string const name(option);
        auto const twice = s.throws(
            error_kind::invalid_url, [&] { (void)s.open(name + "=1&" + name + "=1"); },
            "an option of the driver that stands there twice: " + name);
        s.check(holds(twice.message, name), "the message names the option " + name);
    }
}

void bad_numbers(subject& s) {
    std::vector<std::string> names{"pool_size", "pool_timeout", "pool_check", "statement_cache"};
    for (auto const name : s.options())
        if (name.ends_with("_timeout")) names.emplace_back(name);
    for (auto const& name : names)
        for (std::string const bad :
             {"", "x", "-1", "+1", "1x", "1.5e3", "0x10", "%20", "99999999999999999999", "true"})
            s.throws(
                error_kind::invalid_url, [&] { (void)s.open(name + "=" + bad); },
                name + " is '" + bad + "'");
}

void bad_ports(subject& s) {
    s.needs(&driver::capabilities::server_process);
    auto const scheme = s.address().scheme;
    for (std::string const port : {"70000", "0", "65536", "-1", "5433x", "x", "", "+1", "%35"})
        s.throws(
            error_kind::invalid_url,
            [&] { (void)relata::open(scheme + "://u:" + secret + "@127.0.0.1:" + port + "/d"); },
            "the port is '" + port + "'", {secret});
}

void bad_values(subject& s) {
    bad_numbers(s);
    bad_ports(s);
}

void nul_bytes(subject& s) {
    auto const scheme = s.address().scheme;
    std::vector<std::string> urls{scheme + ":a%00b", scheme + ":a?no_such=%00",
                                  scheme + ":a?pool_size=1%00"};
    if (s.can().server_process)
        for (auto const* rest : {"u%00:pw@h/d", "u:pw%00@h/d", "u:pw@h%00/d", "u:pw@h:1%00/d",
                                 "u:pw@h/d%00", "u:pw@h/d%00?pool_size=1"})
            urls.push_back(scheme + "://" + rest);
    for (auto const& url : urls) {
        s.throws(error_kind::invalid_url, [&] { (void)relata::open(url); }, "NUL in " + url);
        auto raw = url;
        raw.replace(raw.find("%00"), 3, 1, '\0');
        s.throws(error_kind::invalid_url, [&] { (void)relata::open(raw); }, "raw NUL for " + url);
    }
}

void secrets_are_hidden(subject& s) {
    auto const scheme = s.address().scheme;
    std::string const word = secret;
    for (std::string const& rest :
         {"://u:" + word + "@h:x/d", "://u:" + word + "@h/d?a=1&a=2", "://u:" + word + "@h/d%00",
          ":d?password=" + word + "%", ":d?sslpassword=" + word + "&sslpassword=" + word,
          ":d?token=" + word, ":d?no_such=" + word, ":d?" + word, ":d?pool_size=" + word,
          "://u:p?" + word + "@h/d", "://u:#" + word + "@h/d", "://u/" + word + "@h/d"})
        s.throws({error_kind::invalid_url}, [&] { (void)relata::open(scheme + rest); },
                 "a wrong URL with a secret", {secret});
    s.throws(error_kind::driver_not_found,
             [&] { (void)relata::open("kitnosuch://u:" + word + "@h/d?password=" + word); },
             "a URL without driver", {secret});
}

constexpr case_entry connect_refused_table[] = {
    {"CON-01",
     "A valid URL opens a connection that is alive, has no transaction and answers SELECT 1; the "
     "address as text is one line without a password.",
     &opens_and_answers},
    {"CON-02",
     "A user that the server refuses is auth_failed, with nothing sent and no connection left; no "
     "text of the error has the password.",
     &wrong_password},
    {"CON-03",
     "A database that is not there is database_not_found; a host that has no address is "
     "connection_failed and the error names the host.",
     &unknown_database},
    {"CON-10",
     "An option that nobody knows, and one that stands in the URL twice, is invalid_url with the "
     "name of the option; none is ignored.",
     &unknown_options},
    {"CON-11",
     "A port or an option whose value is empty, no number, negative or too large is invalid_url.",
     &bad_values},
    {"CON-12",
     "A NUL in any part of a URL, plain or percent-encoded, is invalid_url before anything "
     "connects.",
     &nul_bytes},
    {"CON-14", "Errors about a URL tell neither its password nor the values of its options.",
     &secrets_are_hidden},
};

}  // namespace

std::span<case_entry const> connect_refused_cases() { return connect_refused_table; }

}  // namespace relata::conformance
