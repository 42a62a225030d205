// SPDX-License-Identifier: BSL-1.0
//
// Connecting: what a URL means, from its text to the address that a driver gets.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"
#include "engine/url.hpp"

#include <array>
#include <filesystem>
#include <random>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

std::string encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const each : text) {
        auto const c = static_cast<unsigned char>(each);
        if (std::isalnum(c)) {
            out += each;
            continue;
        }
        out += '%';
        out += digits[c >> 4];
        out += digits[c & 15];
    }
    return out;
}

// The URL of a server; the address has no list of hosts.
std::string url_of(driver::address const& a) {
    std::string url = a.scheme + "://" + encoded(a.user);
    if (!a.password.empty()) url += ":" + encoded(a.password);
    url += "@" + a.host;
    if (!a.port.empty()) url += ":" + a.port;
    url += "/" + encoded(a.database);
    char mark = '?';
    for (auto const& [name, text] : a.options) {
        url += mark + name + "=" + encoded(text);
        mark = '&';
    }
    return url;
}

bool same(driver::address const& a, driver::address const& b) {
    return a.scheme == b.scheme && a.user == b.user && a.password == b.password &&
           a.host == b.host && a.port == b.port && a.database == b.database &&
           a.options == b.options;
}

// Characters that each have a meaning somewhere in a URL, in a path or in SQL.
std::string every_character(std::string_view without) {
    std::string text;
    for (char c = 0x21; c < 0x7f; ++c)
        if (without.find(c) == without.npos) text += c;
    return text + "\xc3\xa4\xe2\x82\xac\xf0\x9f\x90\x98";
}

void encoded_server_parts(subject& s) {
    std::vector<std::string> texts{every_character("")};
    for (char c = 0x21; c < 0x7f; ++c) texts.emplace_back(1, c);
    for (auto const& text : texts) {
        driver::address a{s.address().scheme, text, "p" + text, "localhost", "", "d" + text, {}};
        auto const back = engine::parse_url(url_of(a));
        s.equal(a.user, back.user, "the user");
        s.equal(a.password, back.password, "the password");
        s.equal(a.database, back.database, "the database");
    }
    auto there = s.address();
    there.user = "kit " + every_character("");
    there.password = every_character("");
    auto const expected =
        s.can().any_credentials ? error_kind::auth_failed : error_kind::invalid_url;
    s.throws(expected, [&] { (void)s.connect_to(there); }, "a user with every character is nobody",
             {there.password});
}

void encoded_file_name(subject& s) {
    auto const path = s.folder() + "/" + every_character("/");
    auto const url = s.address().scheme + ":" + encoded(path);
    s.equal(path, engine::parse_url(url).database, "the path");
    {
        auto const db = relata::open(url);
        db.script("CREATE TABLE kit_here (n INTEGER)");
    }
    s.check(std::filesystem::exists(path), "the file has the name that the URL tells");
    auto where = s.address();
    where.database = path;
    s.equal(std::vector<std::int64_t>{0},
            read_column<std::int64_t>(*s.connect_to(where), "SELECT count(*) FROM kit_here"),
            "rows in the table of that file");
}

void percent_encoding(subject& s) {
    if (s.can().server_process) encoded_server_parts(s);
    else encoded_file_name(s);
}

void kinds_of_hosts(subject& s) {
    s.needs(&driver::capabilities::server_process);
    auto const scheme = s.address().scheme;
    auto const six = engine::parse_url(scheme + "://u@[::1]:4711/d");
    s.equal("::1", six.host, "the host of an IPv6 address in brackets");
    s.equal("4711", six.port, "the port after the brackets");
    auto const socket = engine::parse_url(scheme + "://%2Frun%2Fkit/d");
    s.equal("/run/kit", socket.host, "the host of a path");
    s.equal("/run/kit", engine::parse_url(scheme + ":///d?host=/run/kit").host,
            "the same, as option");
    s.equal("", engine::parse_url(scheme + ":///d").host, "the host where there is none");
    auto there = s.address();
    there.host = s.folder();
    there.port.clear();
    s.throws(
        error_kind::connection_failed, [&] { (void)s.connect_to(there); },
        "an empty folder in place of a socket");
    there.host = "::1";
    there.port = "1";
    s.throws(
        error_kind::connection_failed, [&] { (void)s.connect_to(there); },
        "a closed port of an IPv6 address");
}

void print_and_parse(subject& s) {
    std::mt19937 random(20240611);
    auto const pick = [&](std::string_view from, unsigned most) {
        std::string text;
        for (auto n = random() % (most + 1); n > 0; --n) text += from[random() % from.size()];
        return text;
    };
    auto const any = every_character("").substr(0, 94) + " \xc3\xa4";
    std::string const scheme = s.can().server_process ? s.address().scheme : "postgresql";
    unsigned wrong = 0;
    constexpr unsigned rounds = 10000;
    for (unsigned i = 0; i < rounds; ++i) {
        // whole characters only: the last two bytes of `any` are one
        auto const text = [&](unsigned most) {
            return pick(std::string_view(any).substr(0, 95), most) +
                   (random() % 4 ? "" : "\xc3\xa4");
        };
        driver::address a{scheme,
                          "u" + text(12),
                          text(20),
                          "host" + pick("abc0123.-", 9) + "x",
                          std::to_string(1 + random() % 65535),
                          text(12),
                          {}};
        if (random() % 2) a.options.emplace_back("first", "1" + text(8));
        if (random() % 2) a.options.emplace_back("second", "2" + text(8));
        auto const once = engine::parse_url(url_of(a));
        if (!same(a, once) || !same(once, engine::parse_url(url_of(once)))) ++wrong;
        if (i % 1000 == 999) s.equal(0, wrong, "addresses that changed on the way");
    }
}

// Listens on a free port of the loopback address.
class listener {
public:
    listener() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in any{};
        any.sin_family = AF_INET;
        any.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof any;
        auto* const at = reinterpret_cast<sockaddr*>(&any);
        if (::bind(socket_, at, size) != 0 || ::listen(socket_, 8) != 0 ||
            ::getsockname(socket_, at, &size) != 0)
            fail(error_kind::unknown, "no port can be listened on");
        port_ = ntohs(any.sin_port);
    }
    ~listener() { ::close(socket_); }
    listener(listener const&) = delete;
    listener& operator=(listener const&) = delete;

    [[nodiscard]] std::string port() const { return std::to_string(port_); }
    [[nodiscard]] bool called(int milliseconds) const {
        pollfd it{socket_, POLLIN, 0};
        return ::poll(&it, 1, milliseconds) == 1;
    }

private:
    int socket_;
    unsigned port_ = 0;
};

void nothing_is_sent_by_parsing(subject& s) {
    if (!s.can().server_process) {
        auto const path = s.folder() + "/new.db";
        auto where = engine::parse_url(s.address().scheme + ":" + path);
        engine::check_options(where, s.entry());
        s.check(!std::filesystem::exists(path), "reading the URL makes no file");
        return;
    }
    listener const server;
    auto const url = s.address().scheme + "://u:p@127.0.0.1:" + server.port() + "/d";
    auto where = engine::parse_url(url + "?pool_size=3");
    (void)engine::take_pool_options(where);
    engine::check_options(where, s.entry());
    s.check(!server.called(100), "reading the URL calls no server");
    s.throws(
        error_kind::invalid_url, [&] { (void)relata::open(url + "?no_such_option=1"); },
        "a URL with a mistake");
    s.check(!server.called(100), "a URL with a mistake calls no server");
}

constexpr case_entry connect_address_table[] = {
    {"CON-07",
     "Every printable ASCII character and UTF-8 text, percent-encoded, comes through in user, "
     "password and database, or in the path of a file.",
     &percent_encoding},
    {"CON-08",
     "An IPv6 address in brackets, the folder of a socket and an absent host are understood, and "
     "what "
     "does not answer there is connection_failed.",
     &kinds_of_hosts},
    {"CON-13", "10,000 generated addresses are the same after writing and reading them as URLs.",
     &print_and_parse},
    {"CON-21", "Reading a URL and refusing a wrong one calls no server and makes no file.",
     &nothing_is_sent_by_parsing},
};

}  // namespace

std::span<case_entry const> connect_address_cases() { return connect_address_table; }

}  // namespace relata::conformance
