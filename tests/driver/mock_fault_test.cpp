// SPDX-License-Identifier: BSL-1.0
// Faults of the mock driver: errors, delays and dropped connections at any call.

#include "mock_support.hpp"

#include "docs/music.hpp"

#include <relata/mock.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>

using namespace relata;
using mock_tests::refused;
using Catch::Contains;

namespace {

constexpr auto select_one = sql_query<"SELECT 1", int>();

}  // namespace

TEST_CASE("mock faults: a statement fails with all the facts of an error") {
    mock::server server;
    error_info taken;
    taken.kind = error_kind::unique_violation;
    taken.constraint = "artists_name_key";
    taken.columns = {"name"};
    taken.sqlstate = "23505";
    server.on_insert<artist>().fails(taken);
    auto const db = open(server.url());

    auto const info = refused([&] { (void)db.insert(artist{{}, "a"}); });
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.constraint == "artists_name_key");
    CHECK(info.sqlstate == "23505");
    CHECK(info.transaction == transaction_state::none);
    CHECK_THAT(info.statement, Contains("INSERT INTO \"artists\""));
}

TEST_CASE("mock faults: a deadlock leads to another run of the transaction") {
    auto const family = GENERATE(dialect::family::postgresql, dialect::family::mysql);
    mock::server server(family);
    server.on_update<artist>().fails(error_kind::deadlock).once();
    server.on_update<artist>();
    auto db = open(server.url());

    unsigned runs = 0;
    db.transaction(
        [&](transaction& tx) {
            ++runs;
            bool const found = tx.update(artist{1, "a"});
            CHECK(found);
        },
        retry(3));
    CHECK(runs == 2);
    server.verify();
}

TEST_CASE("mock faults: an error fails the transaction, and a savepoint saves it") {
    auto const family =
        GENERATE(dialect::family::sqlite, dialect::family::postgresql, dialect::family::mariadb);
    mock::server server(family);
    server.on("select 1").fails(error_kind::timeout).times(2);
    server.on("select 1").returns({{1}});
    auto db = open(server.url());

    auto tx = db.begin();
    auto const info = refused([&] { (void)tx.all(select_one); });
    CHECK(info.kind == error_kind::timeout);
    CHECK(info.transaction == transaction_state::failed);
    CHECK(refused([&] { (void)tx.all(select_one); }).kind == error_kind::transaction_failed);
    tx.rollback();

    db.transaction([&](transaction& t) {
        CHECK_THROWS_AS(t.savepoint([&] { (void)t.all(select_one); }), error);
        CHECK(t.one(select_one).m0 == 1);
    });
    auto const sent = server.sent();
    CHECK(sent == std::vector<std::string>{"BEGIN READ COMMITTED", "SELECT 1", "ROLLBACK",
                                           "BEGIN READ COMMITTED", "SAVEPOINT relata_1", "SELECT 1",
                                           "ROLLBACK TO relata_1", "RELEASE relata_1", "SELECT 1",
                                           "COMMIT"});
}

TEST_CASE("mock faults: begin and commit can fail") {
    mock::server server;
    auto db = open(server.url());
    server.on(mock::step::begin, "*serializable*").fails(error_kind::not_supported);
    CHECK(refused([&] { (void)db.begin({.isolation = isolation::serializable}); }).kind ==
          error_kind::not_supported);

    server.on(mock::step::commit).fails(error_kind::serialization_failure).once();
    auto const lost = refused([&] { db.transaction([](transaction&) {}); });
    CHECK(lost.kind == error_kind::serialization_failure);
    CHECK(lost.transaction == transaction_state::rolled_back);
    db.transaction([](transaction&) {});

    server.on(mock::step::commit).drops_connection().once();
    auto const doubt = refused([&] { db.transaction([](transaction&) {}); });
    CHECK(doubt.kind == error_kind::in_doubt);
    CHECK(doubt.outcome == outcome::in_doubt);
    CHECK_FALSE(doubt.connection_usable);
    db.transaction([](transaction&) {});
    CHECK(server.calls().back().connection == 2);
}

TEST_CASE("mock faults: rows end in an error") {
    mock::server server;
    auto const rule = server.on("select 1").returns({{1}, {2}, {3}});
    auto db = open(server.url());

    rule.fails(error_kind::timeout).after(2);
    int sum = 0;
    auto const info = refused([&] {
        for (auto const& row : db.stream(select_one)) sum += row.m0;
    });
    CHECK(info.kind == error_kind::timeout);
    CHECK(sum == 3);

    rule.drops_connection();
    CHECK(refused([&] { (void)db.all(select_one); }).kind == error_kind::connection_lost);
    CHECK(server.connections() == 0);
    CHECK(db.first(select_one)->m0 == 1);
}

TEST_CASE("mock faults: a bulk insert fails at a row") {
    mock::server server;
    server.on_insert<artist>().fails(error_kind::unique_violation).after(1);
    auto db = open(server.url());
    std::vector<artist> many(3);
    CHECK(refused([&] { db.insert_all(many); }).row == 1);
    CHECK(server.sent().back() == "ROLLBACK");
    many.resize(1);
    CHECK(db.insert_all(many) == 1);
    many[0].name = "\xff";
    CHECK(refused([&] { db.insert_all(many); }).kind == error_kind::text_invalid);
}

TEST_CASE("mock faults: connecting fails") {
    mock::server server;
    server.on(mock::step::connect).fails(error_kind::auth_failed).once();
    CHECK(refused([&] { (void)open(server.url()); }).kind == error_kind::auth_failed);
    CHECK(server.connections() == 0);
    (void)open(server.url());
    server.verify();
}

TEST_CASE("mock faults: dropped connections are noticed and replaced") {
    mock::server server;
    server.on("select 1").returns({{1}});
    auto db = open(server.url());
    CHECK(db.one(select_one).m0 == 1);
    server.drop_connections();
    CHECK(db.one(select_one).m0 == 1);  // the pool has a new one
    CHECK(server.calls().back().connection == 2);

    auto tx = db.begin();
    server.drop_connections();
    auto const info = refused([&] { (void)tx.all(select_one); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK(info.outcome == outcome::not_sent);
    CHECK(info.transaction == transaction_state::rolled_back);
}

TEST_CASE("mock faults: a ping that fails costs the connection") {
    mock::server server;
    server.on("select 1").returns({{1}});
    server.on(mock::step::ping).fails(error_kind::connection_lost).once();
    auto db = open(server.url() + "?pool_check=0ms");
    CHECK(db.one(select_one).m0 == 1);
    std::this_thread::sleep_for(std::chrono::milliseconds(20));  // the pool's clock is coarse
    CHECK(db.one(select_one).m0 == 1);
    CHECK(server.calls().back().connection == 2);
    server.verify();
}

TEST_CASE("mock faults: delays take their time", "[threads]") {
    using clock = std::chrono::steady_clock;
    mock::server server;
    server.on("select 1").returns({{1}}).delays(std::chrono::milliseconds(60)).once();
    server.on("select 1").returns({{1}}).delays(std::chrono::minutes(5));
    auto db = open(server.url());

    auto const began = clock::now();
    CHECK(db.one(select_one).m0 == 1);
    CHECK(clock::now() - began >= std::chrono::milliseconds(60));

    auto connection = db.connect();
    connection.cancel();  // nothing runs: no effect on what follows
    std::thread other([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        connection.cancel();
    });
    auto const info = refused([&] { (void)connection.all(select_one); });
    other.join();
    CHECK(info.kind == error_kind::cancelled);
    CHECK(clock::now() - began < std::chrono::minutes(1));
    CHECK(server.calls().back().step == mock::step::cancel);
}

TEST_CASE("mock faults: one open result to a connection, where the database has only one") {
    auto const family = GENERATE(dialect::family::sqlite, dialect::family::postgresql);
    mock::server server(family);
    server.on("select *").returns({{1}, {2}});
    auto db = open(server.url());
    auto connection = db.connect();
    auto rows = connection.stream(select_one);
    auto at = rows.begin();
    auto const other = [&] { return connection.all(sql_query<"SELECT 2", int>()).size(); };
    if (family == dialect::family::sqlite) CHECK(other() == 2);
    else CHECK(refused(other).kind == error_kind::invalid_argument);
    ++at;
    ++at;
    CHECK(at == rows.end());
    CHECK(other() == 2);
}

TEST_CASE("mock faults: many threads share one server", "[threads]") {
    mock::server server;
    auto const rule = server.on("select 1").returns({{1}});
    auto db = open(server.url() + "?pool_size=4");
    std::vector<std::thread> threads;
    for (int i = 0; i < 4; ++i)
        threads.emplace_back([&] {
            for (int n = 0; n < 100; ++n) (void)db.one(select_one);
        });
    for (auto& each : threads) each.join();
    CHECK(rule.runs() == 400);
    CHECK(server.connections() <= 4);
}
