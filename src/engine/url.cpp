// SPDX-License-Identifier: BSL-1.0
//
// Most wrong URLs hold a password with a letter that cuts it in two, so that a piece of it turns up
// as a host, a port, a path or an option. That is why no text of the URL gets into a message, and
// why an '@' in a wrong place is refused instead of being taken literally.

#include "engine/url.hpp"

#include "core/shown.hpp"

#include <relata/types/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include <uriparser/Uri.h>

namespace relata::engine {
namespace {

constexpr std::size_t longest = 64 * 1024;

// A piece of the URL that remembers where it stood.
struct piece {
    std::string_view text;
    std::size_t at = 0;  // bytes before it

    [[nodiscard]] piece from(std::size_t i) const { return {text.substr(i), at + i}; }
    [[nodiscard]] piece until(std::size_t i) const { return {text.substr(0, i), at}; }
};

[[noreturn]] void refuse(std::size_t at, std::string_view why) {
    fail(error_kind::invalid_url, fmt::format("connection URL, byte {}: {}", at + 1, why));
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

void check_bytes(std::string_view url) {
    if (url.empty()) refuse(0, "the URL is empty; write for instance sqlite:<path>");
    if (url.size() > longest) refuse(longest, "the URL is longer than 64 KiB");
    for (std::size_t i = 0; i < url.size(); ++i) {
        auto const byte = static_cast<unsigned char>(url[i]);
        if (byte == 0) refuse(i, "a NUL");
        if (byte < 0x20 || byte == 0x7F) refuse(i, "a control character");
        if (url[i] != '%') continue;
        if (i + 2 >= url.size() || !is_hex(url[i + 1]) || !is_hex(url[i + 2]))
            refuse(i, "two hexadecimal digits must follow a '%'; the sign itself is written %25");
        if (url[i + 1] == '0' && url[i + 2] == '0') refuse(i, "an encoded NUL");
    }
    if (!valid_utf8(url)) refuse(0, "the URL is not UTF-8; write other bytes percent-encoded");
}

std::string decoded(std::string_view text) {
    std::string out(text);
    char const* const end = uriUnescapeInPlaceExA(out.data(), URI_FALSE, URI_BR_DONT_TOUCH);
    out.resize(std::size_t(end - out.data()));
    return out;
}

// Checks the rest of the grammar. Spaces and letters beyond ASCII mean themselves here, though
// RFC 3986 wants them encoded.
void check_grammar(std::string text, std::size_t skip, std::size_t at) {
    for (char& c : text)
        if (c == ' ' || static_cast<unsigned char>(c) >= 0x80) c = 'x';
    UriUriA uri;
    char const* wrong = text.data();
    int const problem = uriParseSingleUriExA(&uri, text.data(), text.data() + text.size(), &wrong);
    if (problem == URI_SUCCESS) return uriFreeUriMembersA(&uri);
    if (problem == URI_ERROR_MALLOC) fail(error_kind::out_of_memory, "no memory for the URL");
    auto const byte = wrong ? std::size_t(wrong - text.data()) : 0;
    refuse(at + (byte > skip ? byte - skip : 0),
           "this may not stand here; what is no letter or digit is written percent-encoded, "
           "such as %40 for '@' and %2F for '/'");
}

struct parts {
    std::string scheme;
    bool has_authority = false;
    piece authority, path, query;
};

std::string read_scheme(std::string_view url) {
    auto const end = std::min(url.find_first_of(":/?#"), url.size());
    if (end == url.size() || url[end] != ':' || end == 0)
        refuse(0, "the scheme is missing; write for instance sqlite:<path> or "
                  "postgresql://<host>/<database>");
    std::string scheme(url.substr(0, end));
    for (std::size_t i = 0; i < end; ++i) {
        char& c = scheme[i];
        bool const inside = is_digit(c) || c == '+' || c == '-' || c == '.';
        if (!is_letter(c) && (i == 0 || !inside))
            refuse(i, "a scheme has only letters, digits, '+', '-' and '.'");
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    }
    return scheme;
}

parts split(std::string_view url) {
    parts out;
    out.scheme = read_scheme(url);
    piece rest = piece{url}.from(out.scheme.size() + 1);
    if (auto const hash = rest.text.find('#'); hash != rest.text.npos)
        refuse(rest.at + hash, "a '#' is written %23");
    out.path = rest;
    if (rest.text.starts_with("//")) {
        rest = rest.from(2);
        auto const end = std::min(rest.text.find_first_of("/?"), rest.text.size());
        out.has_authority = true;
        out.authority = rest.until(end);
        out.path = rest.from(end);
    }
    out.query = {{}, url.size()};
    if (auto const mark = out.path.text.find('?'); mark != out.path.text.npos) {
        out.query = out.path.from(mark + 1);
        out.path = out.path.until(mark);
        if (out.query.text.empty()) refuse(out.query.at - 1, "no option follows the '?'");
    }
    return out;
}

// "soci+mysql" is a mysql that is reached through SOCI.
std::string_view product_of(std::string_view scheme) {
    constexpr std::string_view soci = "soci+";
    return scheme.starts_with(soci) ? scheme.substr(soci.size())
                                    : scheme.substr(0, scheme.find('+'));
}

bool is_server(std::string_view scheme) {
    auto const name = product_of(scheme);
    return name == "postgresql" || name == "postgres" || name == "mysql" || name == "mariadb";
}

void check_port(piece port) {
    unsigned number = 0;
    char const* const end = port.text.data() + port.text.size();
    auto const [stop, problem] = std::from_chars(port.text.data(), end, number);
    if (problem != std::errc() || stop != end || number < 1 || number > 65535)
        refuse(port.at, "the port must be a number from 1 to 65535; "
                        "in a password ':' is written %3A, '/' %2F, '?' %3F, '#' %23 and '@' %40");
}

// One host of the list, with its port.
void add_host(driver::address& out, piece item, bool several) {
    auto const bracket = item.text.starts_with('[') ? item.text.find(']') : 0;
    if (bracket == item.text.npos) refuse(item.at, "the ']' of the IPv6 address is missing");
    auto const colon = item.text.find(':', bracket);
    piece host = item.until(colon);
    if (colon != item.text.npos) {
        piece const port = item.from(colon + 1);
        check_port(port);
        out.port += port.text;
    }
    if (several && host.text.empty()) refuse(host.at, "a host of the list is missing");
    if (host.text.find(' ') != host.text.npos) refuse(host.at, "a host name has no space");
    check_grammar("x://" + std::string(host.text), 4, host.at);
    if (bracket) {
        auto const inside = host.text.substr(1, bracket - 1);
        if (inside.find(':') == inside.npos) refuse(host.at, "this is no IPv6 address");
        host.text = inside;
    }
    auto const name = decoded(host.text);
    for (char const c : name)
        if (static_cast<unsigned char>(c) <= 0x20 || c == ',' || c == '@')
            refuse(host.at, "a host name has no control character, space, ',' or '@'");
    out.host += name;
}

void read_hosts(driver::address& out, piece hosts) {
    bool const several = hosts.text.find(',') != hosts.text.npos;
    auto const name = product_of(out.scheme);
    if (several && name != "postgresql" && name != "postgres")
        refuse(hosts.at, "only a postgresql URL may list several hosts");
    for (;;) {
        auto const comma = hosts.text.find(',');
        add_host(out, hosts.until(comma), several);
        if (comma == hosts.text.npos) break;
        hosts = hosts.from(comma + 1);
        out.host += ',';
        out.port += ',';
    }
    // all hosts with their usual port
    if (out.port.find_first_not_of(',') == std::string::npos) out.port.clear();
}

void read_authority(driver::address& out, piece authority) {
    piece hosts = authority;
    if (auto const at = authority.text.rfind('@'); at != authority.text.npos) {
        piece const user = authority.until(at);
        hosts = authority.from(at + 1);
        if (auto const more = user.text.find('@'); more != user.text.npos)
            refuse(user.at + more, "an '@' in a user name or password is written %40");
        auto const colon = user.text.find(':');
        out.user = decoded(user.text.substr(0, colon));
        if (colon != user.text.npos) out.password = decoded(user.text.substr(colon + 1));
    }
    read_hosts(out, hosts);
}

void check_whole(std::string_view url, parts const& p) {
    std::string text(url);
    // Lists of hosts are unknown to RFC 3986, and each host is checked on its own.
    auto const at = p.authority.text.rfind('@');
    auto const hosts = p.authority.from(at == p.authority.text.npos ? 0 : at + 1);
    std::fill_n(text.begin() + std::ptrdiff_t(hosts.at), hosts.text.size(), 'x');
    if (is_file(p.scheme)) return check_grammar(std::move(text), 0, 0);
    if (auto const space = url.find(' '); space != url.npos)
        refuse(space, "a space is written %20");
    // Even where a user stands before the host: the first '@' may have been meant for the password.
    auto const sign = url.find('@', p.authority.at + p.authority.text.size());
    if (sign != url.npos)
        refuse(sign, "an '@' after the host is written %40; in a user name or password "
                     "'/' is written %2F, '?' %3F and '@' %40");
    check_grammar(std::move(text), 0, 0);
}

void read_file_path(driver::address& out, parts const& p) {
    if (!p.authority.text.empty())
        refuse(p.authority.at, "a sqlite URL has no host; write sqlite:<path> or "
                               "sqlite:///<absolute path>");
    out.database = decoded(p.path.text);
    if (out.database.empty())
        refuse(p.path.at, "the path is missing; write sqlite:<path> or sqlite::memory:");
    if (out.database == "/:memory:")
        refuse(p.path.at, "a database in memory is written sqlite::memory:");
}

void read_database(driver::address& out, parts const& p) {
    piece name = p.path;
    if (!p.has_authority) {
        if (is_server(out.scheme))
            refuse(name.at,
                   fmt::format("'//' is missing; write {}://<host>/<database>", out.scheme));
        out.database = decoded(name.text);
        return;
    }
    if (name.text.starts_with('/')) name = name.from(1);
    if (auto const slash = name.text.find('/'); slash != name.text.npos && is_server(out.scheme))
        refuse(name.at + slash, "a '/' in the name of a database is written %2F");
    out.database = decoded(name.text);
}

// Plainly a name of an option, and no piece of a password that went astray.
bool is_option_name(std::string_view name) {
    if (name.empty() || name.size() > 40 || !is_letter(name.front())) return false;
    return std::all_of(name.begin(), name.end(), [](char c) {
        return is_letter(c) || is_digit(c) || c == '_' || c == '.' || c == '-';
    });
}

void add_option(driver::address& out, piece item) {
    auto const equals = item.text.find('=');
    auto name = decoded(item.text.substr(0, equals));
    if (!is_option_name(name))
        refuse(item.at, "this is no name of an option; in a value or a password "
                        "'&' is written %26 and '?' %3F");
    if (equals == item.text.npos || equals + 1 == item.text.size())
        refuse(item.at, "an option without a value; write <name>=<value>");
    for (auto const& [other, value] : out.options)
        if (other == name) refuse(item.at, fmt::format("option {} stands here again", name));
    out.options.emplace_back(std::move(name), decoded(item.text.substr(equals + 1)));
}

// Where a host cannot stand before the path, since it is a path itself.
void take_place(driver::address& out, std::string_view name, std::string& place, std::size_t at) {
    auto const found = std::find_if(out.options.begin(), out.options.end(),
                                    [&](auto const& each) { return each.first == name; });
    if (found == out.options.end()) return;
    if (!place.empty())
        refuse(at, fmt::format("the {} stands before the path and among the options", name));
    if (name == "port") check_port({found->second, at});
    place = std::move(found->second);
    out.options.erase(found);
}

void read_options(driver::address& out, piece query) {
    constexpr std::size_t most = 100;
    while (!query.text.empty()) {
        if (out.options.size() == most) refuse(query.at, "more than 100 options");
        auto const end = std::min(query.text.find('&'), query.text.size());
        add_option(out, query.until(end));
        if (end + 1 == query.text.size()) refuse(query.at + end, "no option follows the '&'");
        query = query.from(std::min(end + 1, query.text.size()));
    }
}

}  // namespace

bool is_file(std::string_view scheme) noexcept {
    auto const name = product_of(scheme);
    return name == "sqlite" || name == "sqlite3";
}

driver::address parse_url(std::string_view url) {
    check_bytes(url);
    parts const p = split(url);
    driver::address out;
    out.scheme = p.scheme;
    bool const file = is_file(p.scheme);
    if (!file) read_authority(out, p.authority);
    check_whole(url, p);
    file ? read_file_path(out, p) : read_database(out, p);
    read_options(out, p.query);
    if (!file) {
        take_place(out, "host", out.host, p.query.at);
        take_place(out, "port", out.port, p.query.at);
    }
    return out;
}

std::string redacted(driver::address const& where) {
    using detail::shown;
    auto const& a = where;
    if (is_file(a.scheme)) return fmt::format("{}:{}", a.scheme, shown(a.database));
    auto text = a.scheme + "://";
    std::string_view hosts = a.host;
    std::string_view ports = a.port;
    for (;;) {
        auto const host = hosts.substr(0, hosts.find(','));
        bool const bare = host.find(':') == host.npos;
        text += bare ? shown(host) : fmt::format("[{}]", shown(host));
        auto const port = ports.substr(0, ports.find(','));
        if (!port.empty()) (text += ':') += shown(port);
        if (host.size() == hosts.size()) break;
        hosts.remove_prefix(host.size() + 1);
        // one port for all hosts stays
        if (port.size() != ports.size()) ports.remove_prefix(port.size() + 1);
        text += ',';
    }
    if (!a.database.empty()) (text += '/') += shown(a.database);
    return text;
}

}  // namespace relata::engine
