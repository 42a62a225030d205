// SPDX-License-Identifier: BSL-1.0
#include "conformance/echo.hpp"

#include <relata/core/error.hpp>

#include <catch2/catch.hpp>

#include <optional>

#include <sys/wait.h>

using namespace relata::conformance;
using echo::client;

namespace {

struct station {
    echo::server server;
    fault_proxy proxy{"127.0.0.1", server.port(), wire::bytes};
};

std::string noise(std::size_t size) {
    std::string out;
    for (unsigned x = 1; out.size() < size; x = x * 1664525 + 1013904223) out += char(x >> 24);
    return out;
}

// What a client still gets of twenty bytes, and how its connection ends.
void expect_cut(client& c, std::string_view rest, int problem) {
    CHECK(c.hear(100) == rest);
    CHECK(c.ended());
    CHECK(c.problem() == problem);
}

}  // namespace

TEST_CASE("fault proxy: passes bytes on as they are, at every pace", "[threads]") {
    station s;
    auto const bytes = noise(100000);
    struct named_pace {
        char const* name;
        pace how;
        std::size_t size;
    };
    for (auto const& [name, how, size] :
         {named_pace{"as they come", {}, 100000}, named_pace{"single bytes", {0, 0, 1, 0}, 20000},
          named_pace{"late", {5, 20, 0, 0}, 100000},
          named_pace{"slow", {0, 0, 0, 200000}, 50000}}) {
        INFO(name);
        s.proxy.slow(how);
        client c(s.proxy.port());
        std::thread talk([&, most = size] { c.say(std::string_view(bytes).substr(0, most)); });
        CHECK(c.hear(size, 10000) == bytes.substr(0, size));
        talk.join();
    }
    CHECK(s.proxy.connections() == 4);
    CHECK(s.proxy.bytes(way::to_server) == 270000);
    CHECK(s.proxy.bytes(way::to_client) == 270000);
}

TEST_CASE("fault proxy: delays and throttles") {
    station s;
    client c(s.proxy.port());
    s.proxy.slow({.delay = 60});
    auto start = echo::clock::now();
    c.say("ab");
    CHECK(c.hear(2) == "ab");
    CHECK(echo::milliseconds_since(start) >= 120);
    s.proxy.slow({.bytes_per_second = 10000});
    start = echo::clock::now();
    c.say(std::string(2000, 'x'));
    CHECK(c.hear(2000).size() == 2000);
    CHECK(echo::milliseconds_since(start) >= 180);
    s.proxy.slow({.slice = 1, .bytes_per_second = 100});
    c.say("0123456789");
    auto const before = c.pieces();
    CHECK(c.hear(10) == "0123456789");
    CHECK(c.pieces() - before >= 8);
}

TEST_CASE("fault proxy: cuts after a byte, in order or not") {
    for (auto const what : {fault::close, fault::reset})
        for (std::uint64_t const count : {0u, 1u, 7u, 20u}) {
            station s;
            s.proxy.when(after_bytes(way::to_client, count), what);
            client c(s.proxy.port());
            c.say("01234567890123456789");
            expect_cut(c, std::string("01234567890123456789").substr(0, count),
                       what == fault::reset ? ECONNRESET : 0);
            CHECK(s.proxy.wait_fired(1, 1000));
            // the other way: the bytes that went there come back
            client d(s.proxy.port());
            s.proxy.when(after_bytes(way::to_server, count), what);
            d.say("01234567890123456789");
            CHECK(d.hear(100).size() <= count);
            CHECK(d.ended());
            CHECK(s.proxy.bytes(way::to_server) == 20 + count);
        }
}

TEST_CASE("fault proxy: a rule holds once, or every time") {
    station s;
    s.proxy.when(after_bytes(way::to_client, 3), fault::close);
    client a(s.proxy.port());
    a.say("abcdef");
    CHECK(a.hear(6) == "abc");
    client b(s.proxy.port());
    b.say("abcdef");
    CHECK(b.hear(6) == "abcdef");
    s.proxy.when(after_bytes(way::to_client, 2), fault::close, true);
    for (int i = 0; i < 3; ++i) {
        client c(s.proxy.port());
        c.say("abcdef");
        CHECK(c.hear(6) == "ab");
    }
    CHECK(s.proxy.fired() == 4);
    CHECK_FALSE(s.proxy.wait_fired(5, 50));
    s.proxy.clear();
    client d(s.proxy.port());
    d.say("abcdef");
    CHECK(d.hear(6) == "abcdef");
}

TEST_CASE("fault proxy: swallows, one way or both, and looks open") {
    for (auto const what : {fault::swallow, fault::black_hole}) {
        station s;
        client c(s.proxy.port());
        s.proxy.when(after_bytes(way::to_client, 2), what);
        c.say("abcd");
        CHECK(c.hear(4, 300) == "ab");
        CHECK_FALSE(c.ended());
        auto const there = s.proxy.bytes(way::to_server);
        c.say("efgh");
        CHECK(c.hear(4, 100).empty());
        CHECK_FALSE(c.ended());
        CHECK(s.proxy.bytes(way::to_server) == there + (what == fault::swallow ? 4 : 0));
    }
}

TEST_CASE("fault proxy: a side that leaves a black hole is not missed by the other") {
    station s;
    {
        client c(s.proxy.port());
        c.say("a");
        CHECK(c.hear(1) == "a");
        s.proxy.now(fault::black_hole);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    CHECK(s.proxy.open_connections() == 1);
    CHECK(s.server.open() == 1);
}

TEST_CASE("fault proxy: holds until it is told to let go") {
    station s;
    client c(s.proxy.port());
    c.say("a");
    CHECK(c.hear(1) == "a");
    s.proxy.now(fault::hold);
    c.say("bcd");
    CHECK(c.hear(3, 100).empty());
    s.proxy.release();
    CHECK(c.hear(3) == "bcd");
    s.proxy.when(after_bytes(way::to_client, 1), fault::hold);
    c.say("efg");
    CHECK(c.hear(3, 100) == "e");
    s.proxy.release();
    CHECK(c.hear(2) == "fg");
}

TEST_CASE("fault proxy: corrupts one byte") {
    station s;
    client c(s.proxy.port());
    s.proxy.when(after_bytes(way::to_client, 2), fault::corrupt);
    c.say("abcd");
    CHECK(c.hear(4) == std::string("ab") + char(~'c') + "d");
    s.proxy.when(after_bytes(way::to_client, 0), fault::corrupt, true);
    c.say("xyz");
    CHECK(c.hear(3) == std::string{char(~'x'), char(~'y'), char(~'z')});
}

TEST_CASE("fault proxy: refuses or ignores who comes") {
    station s;
    s.proxy.arrivals(arrival::refuse);
    CHECK(client(s.proxy.port()).problem() == ECONNREFUSED);
    s.proxy.arrivals(arrival::silence);
    client ignored(s.proxy.port());
    CHECK(ignored.problem() == 0);
    ignored.say("hello");
    CHECK(ignored.hear(5, 100).empty());
    CHECK_FALSE(ignored.ended());
    CHECK(s.server.open() == 0);
    s.proxy.clear();
    client welcome(s.proxy.port());
    welcome.say("hello");
    CHECK(welcome.hear(5) == "hello");
}

TEST_CASE("fault proxy: ends all connections now") {
    station s;
    client a(s.proxy.port()), b(s.proxy.port());
    for (auto* c : {&a, &b}) {
        c->say("x");
        CHECK(c->hear(1) == "x");
    }
    CHECK(s.proxy.open_connections() == 2);
    s.proxy.now(fault::reset);
    CHECK(s.proxy.open_connections() == 0);
    expect_cut(a, "", ECONNRESET);
    expect_cut(b, "", ECONNRESET);
}

TEST_CASE("fault proxy: passes the end of a side on") {
    station s;
    client c(s.proxy.port());
    c.say("last words");
    c.leave();
    CHECK(c.hear(100) == "last words");
    CHECK(c.ended());
    CHECK(c.problem() == 0);
}

TEST_CASE("fault proxy: breaks connections off when the server is away") {
    unsigned port = 0;
    {
        echo::server gone;
        port = gone.port();
    }
    fault_proxy proxy("127.0.0.1", port);
    client c(proxy.port());
    CHECK(c.hear(1).empty());
    CHECK(c.ended());
}

TEST_CASE("fault proxy: takes the server's place in a URL") {
    station s;
    auto const here = "127.0.0.1:" + std::to_string(s.proxy.port());
    CHECK(s.proxy.url("postgresql://u:p%40@db.example:5433/n?a=b") ==
          "postgresql://u:p%40@" + here + "/n?a=b");
    CHECK(s.proxy.url("mysql://[::1]:3306/n") == "mysql://" + here + "/n");
    CHECK(s.proxy.url("mysql://?x=1") == "mysql://" + here + "?x=1");
    for (char const* wrong :
         {"sqlite:file.db", "mysql://a,b/n", "mysql://a:0/n", "mysql://a:x/n"}) {
        INFO(wrong);
        CHECK_THROWS_AS(fault_proxy(wrong), relata::error);
    }
    fault_proxy named("x://u@127.0.0.1:" + std::to_string(s.server.port()) + "/n");
    client c(named.port());
    c.say("hello");
    CHECK(c.hear(5) == "hello");
    CHECK(named.protocol() == wire::bytes);
}

TEST_CASE("fault proxy: is refused to a forked process") {
    station s;
    std::optional<fault_proxy> other(std::in_place, "127.0.0.1", s.server.port());
    pid_t const child = fork();
    if (child == 0) {
        try {
            other.reset();
            s.proxy.now(fault::close);
        } catch (relata::error const& e) {
            _exit(e.kind() == relata::error_kind::invalid_argument ? 0 : 2);
        }
        _exit(1);
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(status == 0);
}
