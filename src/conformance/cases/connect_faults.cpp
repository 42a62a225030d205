// SPDX-License-Identifier: BSL-1.0
//
// Connecting to servers that are away, deaf, silent, or gone in the middle.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

constexpr std::int64_t slack = 1000;  // milliseconds that a busy machine may add

// A listener whose queue is full: who comes is not even greeted by the system.
class deaf_listener {
public:
    deaf_listener() {
        sockets_.push_back(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        at_.sin_family = AF_INET;
        at_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof at_;
        ::bind(sockets_[0], reinterpret_cast<sockaddr*>(&at_), size);
        ::listen(sockets_[0], 0);
        getsockname(sockets_[0], reinterpret_cast<sockaddr*>(&at_), &size);
        for (int i = 0; i < 8; ++i) {
            int const one = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
            connect(one, reinterpret_cast<sockaddr*>(&at_), size);
            sockets_.push_back(one);
        }
    }
    ~deaf_listener() {
        for (int const each : sockets_) close(each);
    }
    deaf_listener(deaf_listener const&) = delete;
    deaf_listener& operator=(deaf_listener const&) = delete;
    [[nodiscard]] std::string port() const { return std::to_string(ntohs(at_.sin_port)); }

private:
    std::vector<int> sockets_;
    sockaddr_in at_{};
};

void expect_failure(subject& s, error_info const& info, std::string_view what) {
    s.check(info.outcome == outcome::not_sent, fmt::format("{}: nothing was sent", what));
    s.check(!info.connection_usable, fmt::format("{}: there is no usable connection", what));
}

void closed_or_deaf(subject& s) {
    network net(s);
    net.proxy.arrivals(arrival::refuse);
    stopwatch const closed;
    auto const info =
        s.throws(error_kind::connection_failed, [&] { (void)net.connect(); }, "a closed port");
    expect_failure(s, info, "a closed port");
    s.check(closed.elapsed() < 1000, "a closed port is told within a second");
    s.needs(has_option(s, "connect_timeout"), "option connect_timeout");
    deaf_listener const deaf;
    // a client library that waits by itself may take one second for two, as libpq does
    int const seconds = s.can().watches_network ? 1 : 2;
    auto where = net.address({{"connect_timeout", std::to_string(seconds)}});
    where.port = deaf.port();
    stopwatch const waited;
    expect_failure(s,
                   s.throws(
                       error_kind::connection_failed, [&] { (void)s.connect_to(where); },
                       "a listener that never accepts"),
                   "a listener that never accepts");
    auto const time = waited.elapsed();
    s.check(time >= 1000 * seconds - 250 && time <= 1000 * seconds + slack,
            fmt::format("a deaf listener is left after {} s, not after {} ms", seconds, time));
}

void silent_server(subject& s) {
    network net(s);
    s.needs(has_option(s, "connect_timeout"), "option connect_timeout");
    auto fails_in_time = [&](std::string const& what) {
        stopwatch const waited;
        expect_failure(s,
                       s.throws(
                           error_kind::connection_failed,
                           [&] { (void)net.connect({{"connect_timeout", "1"}}); }, what),
                       what);
        auto const time = waited.elapsed();
        s.check(time >= 750 && time <= 1500 + slack,
                fmt::format("{}: left after {} ms", what, time));
    };
    net.proxy.arrivals(arrival::silence);
    fails_in_time("a server that says nothing");
    s.needs(&driver::capabilities::watches_network);
    net.proxy.arrivals(arrival::pass);
    (void)net.connect();
    auto const all = net.proxy.bytes(way::to_client);
    for (auto const part : {all / 10, all / 2, all - 1}) {
        net.proxy.when(after_bytes(way::to_client, part), fault::black_hole, true);
        fails_in_time(fmt::format("silence after {} of {} bytes", part, all));
        net.proxy.clear();
    }
}

void cut_at_every_byte(subject& s) {
    network net(s);
    auto first = net.connect();
    auto const all = net.proxy.bytes(way::to_client);
    first.reset();  // what it says then is no handshake
    s.demand(all > 0, "the server says something while connecting");
    // a client library may keep open what it opens for its first error, such as a file of texts
    net.proxy.when(after_bytes(way::to_client, 0), fault::close, true);
    s.throws(error_kind::connection_failed, [&] { (void)net.connect(); }, "the first failure");
    net.proxy.clear();
    auto const files = open_files();
    for (auto const what : {fault::close, fault::reset})
        for (std::uint64_t at = 0; at < all; ++at) {
            net.proxy.when(after_bytes(way::to_client, at), what, true);
            auto const text = fmt::format("cut after {} of {} bytes", at, all);
            stopwatch const waited;
            expect_failure(
                s,
                s.throws(error_kind::connection_failed, [&] { (void)net.connect(); }, text), text);
            s.check(waited.elapsed() < 2000, text + ": told at once");
            net.proxy.clear();
        }
    // the proxy closes its side in its own time
    for (int i = 0; i < 100 && open_files() > files; ++i) pause(30);
    s.check(open_files() <= files, "no file stays open after failures to connect");
    (void)net.connect();
}

void several_hosts(subject& s) {
    network dead(s), live(s);
    auto where = dead.address({{"connect_timeout", "2"}});
    if (!has_option(s, "connect_timeout")) where = dead.address();
    where.host = "127.0.0.1,127.0.0.1";
    where.port = fmt::format("{},{}", dead.proxy.port(), live.proxy.port());
    dead.proxy.arrivals(arrival::refuse);
    if (!s.can().several_hosts) {
        s.throws(
            {error_kind::invalid_url, error_kind::not_supported},
            [&] { (void)s.connect_to(where); }, "a list of hosts is refused");
        s.equal(0U, live.proxy.connections(), "connections that were tried nevertheless");
        return;
    }
    stopwatch const waited;
    auto const c = s.connect_to(where);
    s.check(waited.elapsed() < 2000, "a host that refuses costs no time");
    s.check(c->alive(true), "the second host serves");
    s.equal(1U, live.proxy.connections(), "connections to the second host");
    dead.proxy.arrivals(arrival::silence);
    stopwatch const again;
    (void)s.connect_to(where);
    s.check(again.elapsed() < 4000 + slack, "a silent host costs its connect_timeout at most");
    live.proxy.arrivals(arrival::refuse);
    dead.proxy.arrivals(arrival::refuse);
    auto const info = s.throws(
        error_kind::connection_failed, [&] { (void)s.connect_to(where); }, "both hosts are dead");
    for (auto const* each : {&dead, &live})
        s.check(info.native_message.find(std::to_string(each->proxy.port())) != std::string::npos,
                "the error keeps what was said of each host");
}

constexpr case_entry connect_faults_table[] = {
    {"CON-04",
     "A closed port is connection_failed within a second; a listener that never accepts is left "
     "when "
     "connect_timeout is over.",
     &closed_or_deaf, nullptr, 30, true},
    {"CON-05",
     "connect_timeout covers all of connecting: a server that accepts and then says nothing, or "
     "falls "
     "silent anywhere in the handshake, is connection_failed when it is over.",
     &silent_server, nullptr, 40, true},
    {"CON-06",
     "A server that drops the connection after any byte of the handshake is connection_failed at "
     "once, "
     "and leaves no open file behind.",
     &cut_at_every_byte, nullptr, 300, true},
    {"CON-09",
     "Of several hosts the first that serves is taken, in bounded time, and when none does the "
     "error "
     "tells about each. A driver that takes one host only refuses the list.",
     &several_hosts, nullptr, 40, true},
};

}  // namespace

std::span<case_entry const> connect_faults_cases() { return connect_faults_table; }

}  // namespace relata::conformance
