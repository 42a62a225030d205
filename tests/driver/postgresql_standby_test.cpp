// SPDX-License-Identifier: BSL-1.0
// A primary and its standby: which of the two a connection reaches, and what happens when the
// primary dies. It is not brought back, so all of that is one test case.
#include "postgresql_server.hpp"

#include <thread>

using namespace relata;
using namespace postgresql_test;

namespace {

// The parts of "first,second" at a comma.
std::pair<std::string, std::string> halves(std::string const& both) {
    auto const comma = both.find(',');
    REQUIRE(comma != both.npos);
    return {both.substr(0, comma), both.substr(comma + 1)};
}

struct pair_of_servers {
    driver::address both = *server_test::server_of("RELATA_TEST_POSTGRESQL_STANDBY");

    [[nodiscard]] std::unique_ptr<driver::connection> reach(std::string wanted) const {
        auto where = both;
        where.options = {{"target_session_attrs", std::move(wanted)}};
        return connect_to(where);
    }
    // With the standby named first.
    [[nodiscard]] pair_of_servers turned() const {
        auto out = *this;
        auto const [host1, host2] = halves(both.host);
        auto const [port1, port2] = halves(both.port);
        out.both.host = host2 + "," + host1;
        out.both.port = port2 + "," + port1;
        return out;
    }
};

bool is_standby(driver::connection& c) { return one<bool>(c, "SELECT pg_is_in_recovery()"); }

// Waits until a condition holds; servers follow each other with a delay.
template <class Condition> bool soon(Condition const& condition) {
    for (int i = 0; i < 400; ++i) {
        if (condition()) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    return false;
}

void find_their_way(pair_of_servers const& servers) {
    for (auto const& order : {servers, servers.turned()}) {
        CHECK_FALSE(is_standby(*order.reach("read-write")));
        CHECK_FALSE(is_standby(*order.reach("primary")));
        CHECK(is_standby(*order.reach("read-only")));
        CHECK(is_standby(*order.reach("standby")));
        CHECK(is_standby(*order.reach("prefer-standby")));
    }
    CHECK_FALSE(is_standby(*servers.reach("any")));
    CHECK(is_standby(*servers.turned().reach("any")));
}

}  // namespace

TEST_CASE("postgresql standby: each connection finds its server, and the next primary",
          "[standby]") {
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_STANDBY");
    pair_of_servers const servers;
    find_their_way(servers);

    auto const primary = servers.reach("read-write");
    auto const standby = servers.reach("standby");
    run(*primary, "CREATE TABLE followed (id int PRIMARY KEY)");
    run(*primary, "INSERT INTO followed VALUES (1)");
    CHECK(soon([&] { return one<bool>(*standby, "SELECT to_regclass('followed') IS NOT NULL"); }));
    CHECK(soon([&] { return one<std::int64_t>(*standby, "SELECT count(*) FROM followed") == 1; }));
    auto info = error_of([&] { run(*standby, "INSERT INTO followed VALUES (2)"); });
    CHECK(info.kind == error_kind::read_only);
    CHECK(info.connection_usable);

    // the primary dies while a transaction is open
    auto const other = servers.reach("read-write");
    primary->begin(driver::isolation::read_committed, false);
    run(*primary, "INSERT INTO followed VALUES (3)");
    try {
        other->script("COPY (SELECT 1) TO PROGRAM 'kill -QUIT $(head -n 1 postmaster.pid)'");
    } catch (error const&) {  // the answer may get lost with its server
    }
    info = error_of([&] {
        for (int i = 0; i < 400; ++i) {
            one<std::int64_t>(*primary, "SELECT 1");
            std::this_thread::sleep_for(std::chrono::milliseconds(25));
        }
    });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK_FALSE(info.connection_usable);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(error_of([&] { (void)servers.reach("read-write"); }).kind ==
          error_kind::connection_failed);
    CHECK(is_standby(*servers.reach("any")));

    CHECK(one<bool>(*standby, "SELECT pg_promote()"));
    auto const next = servers.reach("read-write");
    CHECK(one<std::int64_t>(*next, "SELECT count(*) FROM followed") == 1);
    CHECK(run(*next, "INSERT INTO followed VALUES (4)") == 1);
}
