// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxy/loop.hpp"

#include <relata/core/error.hpp>

#include <charconv>

#include <sys/stat.h>

namespace relata::conformance {
namespace {

struct authority {
    std::size_t begin, end;  // of host and port in the URL
};

authority find_authority(std::string_view url) {
    auto const slashes = url.find("://");
    if (slashes == url.npos)
        fail(error_kind::invalid_url, "a proxy needs the URL of a server, scheme://host:port/…");
    std::size_t begin = slashes + 3;
    std::size_t const end = std::min(url.find_first_of("/?#", begin), url.size());
    auto const at = url.substr(0, end).rfind('@');
    if (at != url.npos && at >= begin) begin = at + 1;
    return {begin, end};
}

int hex(char c) {
    return c >= '0' && c <= '9'                     ? c - '0'
           : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10
                                                    : -1;
}

std::string decoded(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const is_code =
            text[i] == '%' && i + 2 < text.size() && hex(text[i + 1]) >= 0 && hex(text[i + 2]) >= 0;
        if (is_code) {
            out += char(hex(text[i + 1]) * 16 + hex(text[i + 2]));
            i += 2;
        } else {
            out += text[i];
        }
    }
    return out;
}

unsigned read_port(std::string_view text) {
    unsigned port = 0;
    auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (status != std::errc() || end != text.data() + text.size() || port == 0 || port > 65535)
        fail(error_kind::invalid_url, "the port must be a number from 1 to 65535");
    return port;
}

// PostgreSQL names the folder of its socket; the file's name follows from the port.
detail::endpoint find_socket(std::string path, unsigned port) {
    struct stat found{};
    if (stat(path.c_str(), &found) == 0 && S_ISDIR(found.st_mode))
        path += "/.s.PGSQL." + std::to_string(port);
    return detail::find(path, port);
}

detail::endpoint find_server(std::string_view url) {
    auto const [begin, end] = find_authority(url);
    std::string_view where = url.substr(begin, end - begin);
    if (where.find(',') != where.npos)
        fail(error_kind::invalid_url, "a proxy stands before one server");
    unsigned port = url.substr(0, url.find(':')).find("postgres") != url.npos ? 5432 : 3306;
    auto const colon = where.rfind(':');
    if (colon != where.npos && where.find(']', colon) == where.npos) {
        port = read_port(where.substr(colon + 1));
        where = where.substr(0, colon);
    }
    if (where.size() > 1 && where.front() == '[') where = where.substr(1, where.size() - 2);
    std::string const host = decoded(where);
    if (host.starts_with('/')) return find_socket(host, port);
    return detail::find(host.empty() ? "127.0.0.1" : host, port);
}

}  // namespace

fault_proxy::fault_proxy(std::string_view url, wire protocol)
    : loop_(new loop(find_server(url), protocol)) {}

fault_proxy::fault_proxy(std::string const& host, unsigned port, wire protocol)
    : loop_(new loop(detail::find(host, port), protocol)) {}

fault_proxy::~fault_proxy() {
    if (loop_->at_home()) delete loop_;
}

unsigned fault_proxy::port() const noexcept { return loop_->port(); }

std::string fault_proxy::url(std::string_view original) const {
    auto const [begin, end] = find_authority(original);
    std::string out(original);
    return out.replace(begin, end - begin, "127.0.0.1:" + std::to_string(port()));
}

void fault_proxy::when(place where, fault what, bool every_time) {
    loop_->change([&](loop& l) { l.book.add(where, what, every_time); });
}

void fault_proxy::now(fault what) {
    loop_->change([&](loop& l) {
        for (auto& each : l.links) each.apply(what, {});
    });
}

void fault_proxy::release() {
    loop_->change([](loop& l) {
        for (auto& each : l.links) each.release();
    });
}

void fault_proxy::slow(pace how) {
    loop_->change([&](loop& l) { l.how = how; });
}

void fault_proxy::arrivals(arrival what) {
    loop_->change([&](loop& l) { l.meets = what; });
}

void fault_proxy::clear() {
    loop_->change([](loop& l) {
        l.book.clear();
        l.how = {};
        l.meets = arrival::pass;
    });
}

unsigned fault_proxy::fired() const {
    return loop_->ask([](loop& l) { return l.book.fired(); });
}

bool fault_proxy::wait_fired(unsigned count, unsigned milliseconds) const {
    return loop_->wait_fired(count, milliseconds);
}

unsigned fault_proxy::connections() const {
    return loop_->ask([](loop& l) { return l.arrived; });
}

unsigned fault_proxy::open_connections() const {
    return loop_->ask([](loop& l) {
        unsigned open = 0;
        for (auto const& each : l.links) open += !each.parting();
        return open;
    });
}

std::uint64_t fault_proxy::bytes(way w) const {
    return loop_->ask([&](loop& l) { return l.book.bytes(w); });
}

std::uint64_t fault_proxy::messages(way w, message kind) const {
    return loop_->ask([&](loop& l) { return l.book.messages(w, kind); });
}

wire fault_proxy::protocol() const {
    return loop_->ask(
        [](loop& l) { return l.links.empty() ? wire::detect : l.links.back().protocol(); });
}

}  // namespace relata::conformance
