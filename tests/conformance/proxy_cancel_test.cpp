// SPDX-License-Identifier: BSL-1.0
//
// Cancels that the network lets meet another statement than they were meant for, or none.
#include "conformance/proxied.hpp"
#include "database/back_end.hpp"

#include <relata/conformance/proxy.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

using namespace relata;
using namespace relata::conformance;

namespace {

void rest() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

connection connect_behind(fault_proxy const& proxy) {
    return open(proxy.url(test::url_with("pool_size=1&connect_timeout=5"))).connect();
}

void sleep_long(connection& c) {
    if (test::on("postgresql")) c.script("SELECT pg_sleep(20)");
    else (void)c.one(sql_query<"select sleep(20)", std::int64_t>());
}
void sleep_a_second(connection& c) {
    if (test::on("postgresql")) c.script("SELECT pg_sleep(1)");
    else (void)c.one(sql_query<"select sleep(1)", std::int64_t>());
}

// How the call ended: the kind of its error, nothing when it went well.
template <class Call> std::string end_of(Call call) {
    try {
        call();
    } catch (error const& e) {
        return std::string(name_of(e.kind()));
    }
    return {};
}

std::uint64_t ended(fault_proxy const& proxy) {
    return proxy.messages(way::to_client, message::done);
}

}  // namespace

TEST_CASE("fault proxy: a cancel that overtakes its statement is lost, and the next one stops it",
          "[threads]") {
    if (test::no_server()) return;
    fault_proxy proxy(test::back_end_url());
    auto c = connect_behind(proxy);
    proxy.when(before(way::to_server, message::query), fault::hold);
    bool held = false;
    std::uint64_t overtook = 0;
    std::jthread stop([&](std::stop_token const& over) {
        held = proxy.wait_fired(1, 10'000);
        c.cancel();
        overtook = proxy.messages(way::to_server, message::cancel);
        proxy.release();
        for (; !over.stop_requested(); rest()) c.cancel();
    });
    CHECK(end_of([&] { sleep_long(c); }) == "cancelled");
    stop.request_stop();
    stop.join();
    CHECK(held);
    CHECK(overtook == 1);
    if (test::on("postgresql")) CHECK(proxy.messages(way::to_server, message::cancel) > 1);
    CHECK(c.one(sql_query<"select 1", std::int32_t>()).m0 == 1);
}

TEST_CASE("fault proxy: a cancel that arrives after its statement does not hit the next one",
          "[threads]") {
    if (test::no_server()) return;
    fault_proxy proxy(test::back_end_url());
    auto c = connect_behind(proxy);
    proxy.when(before(way::to_server, message::cancel), fault::hold);
    bool held = false;
    std::jthread stop([&] {
        rest();
        rest();
        c.cancel();
    });
    // the driver waits for its cancel before it sends the next statement
    std::jthread late([&] {
        held = proxy.wait_fired(1, 10'000);
        auto const before = ended(proxy);
        while (held && ended(proxy) == before) rest();
        rest();
        proxy.release();
    });
    CHECK(end_of([&] { sleep_a_second(c); }) == "");
    CHECK(end_of([&] { sleep_a_second(c); }) == "");
    stop.join();
    late.join();
    CHECK(held);
    CHECK(proxy.messages(way::to_server, message::cancel) == 1);
}
