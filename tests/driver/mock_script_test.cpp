// SPDX-License-Identifier: BSL-1.0
// The script of the mock driver: which rule answers, what is recorded, what is refused.

#include "mock_support.hpp"

#include "docs/music.hpp"

#include <relata/mock.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using mock_tests::refused;
using Catch::Contains;

TEST_CASE("mock: a statement gets the rows of its rule") {
    mock::server server;
    server.on("select id, name from artists where id > ?")
        .returns({{1, "John Coltrane"}, {2, "Miles Davis"}});
    auto const db = open(server.url());

    auto const rows = db.all(
        sql_query<"SELECT id, name\n  FROM artists WHERE id > ?", std::int64_t, std::string>(0));
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].m0 == 2);
    CHECK(rows[1].m1 == "Miles Davis");
    CHECK(db.driver() == "mock");
    CHECK_THAT(db.server(), Contains("PostgreSQL") && Contains("mock"));
}

TEST_CASE("mock: a pattern means the same on every dialect") {
    auto const family = GENERATE(dialect::family::sqlite, dialect::family::postgresql,
                                 dialect::family::mysql, dialect::family::mariadb);
    mock::server server(family);
    auto const by_pattern =
        server.on("SELECT * FROM albums WHERE (albums.title = ?) order by *").returns({});
    auto const db = open(server.url());

    (void)db.all(from<album>().where(col<&album::title> == "x").order_by(col<&album::id>));
    CHECK(by_pattern.runs() == 1);
}

TEST_CASE("mock: a rule for a query matches its text and its values") {
    mock::server server;
    auto const cheap = [](decimal<10, 2> most) {
        return from<album>().where(col<&album::price> < most);
    };
    album const train{1, "Blue Train", 1, "19.90"_dec, {}};
    server.on(cheap("20.00"_dec)).returns({train});
    auto const db = open(server.url());

    auto const rows = db.all(cheap("20.00"_dec));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].title == "Blue Train");
    CHECK(rows[0].price == "19.90"_dec);
    CHECK_FALSE(rows[0].released);

    auto const info = refused([&] { (void)db.all(cheap("21.00"_dec)); });
    CHECK(info.kind == error_kind::invalid_argument);
    CHECK_THAT(info.message, Contains("other values"));
    CHECK_THAT(info.message, !Contains("21"));
}

TEST_CASE("mock: queries with placeholders and queries as values can have rules") {
    mock::server server;
    auto const by_title =
        from<album>().where(col<&album::title> == placeholder<"title", std::string>);
    server.on(by_title).returns({album{7, "Giant Steps", 1, 9, {}}});
    query<album> const stored = from<album>().where(col<&album::id> == 3);
    server.on(stored.limit(2)).returns({album{3, "Naima", 1, 9, {}}});
    auto const db = open(server.url());

    CHECK(db.prepare(by_title).one("Giant Steps").id == 7);
    CHECK(db.one(stored.limit(2)).title == "Naima");
}

TEST_CASE("mock: objects are inserted, found, changed and removed") {
    auto const family = GENERATE(dialect::family::sqlite, dialect::family::postgresql,
                                 dialect::family::mysql, dialect::family::mariadb);
    mock::server server(family);
    auto const inserts = server.on_insert<artist>();
    server.on_find<artist>().with(2).returns({artist{2, "Miles Davis"}});
    server.on_update<artist>().with("Chet Baker", 2);
    server.on_remove<artist>().affects(0);
    auto const db = open(server.url());

    CHECK(db.insert(artist{{}, "Bill Evans"}).id == 1);
    CHECK(db.insert(artist{{}, "Chet Baker"}).id == 2);
    inserts.inserts(40);
    CHECK(db.insert(artist{{}, "Art Blakey"}).id == 40);
    CHECK(db.find<artist>(2)->name == "Miles Davis");
    CHECK(db.update(artist{2, "Chet Baker"}));
    CHECK_FALSE(db.remove(artist{2, ""}));

    std::vector<artist> const many{{{}, "a"}, {{}, "b"}};
    CHECK(db.insert_all(many) == 2);
    auto const calls = server.calls();
    auto const bulk = std::find_if(calls.begin(), calls.end(),
                                   [](auto const& c) { return c.step == mock::step::bulk; });
    REQUIRE(bulk != calls.end());
    CHECK(bulk->values == std::vector<mock::row>{{"a"}, {"b"}});
}

TEST_CASE("mock: the record holds statements with their values") {
    mock::server server;
    server.on("*").affects(3);
    auto db = open(server.url());

    auto const changed = db.transaction([](transaction& tx) {
        return tx.execute(
            update<album>()
                .set(col<&album::title> = "it's", col<&album::released> = std::nullopt)
                .where(col<&album::price> == "1.50"_dec));
    });
    CHECK(changed == 3);
    auto const sent = server.sent();
    REQUIRE(sent.size() == 3);
    CHECK(sent[0] == "BEGIN READ COMMITTED");
    CHECK_THAT(sent[1],
               Contains("UPDATE \"albums\" SET") && Contains("['it''s', ") && Contains("1.50]"));
    CHECK(sent[2] == "COMMIT");

    auto const calls = server.calls();
    REQUIRE(calls.size() == 5);
    CHECK(calls[0].step == mock::step::connect);
    CHECK(calls[2].step == mock::step::prepare);
    CHECK(calls[3].connection == 1);
    server.forget();
    CHECK(server.sent().empty());
}

TEST_CASE("mock: the first rule that may still answer does") {
    mock::server server;
    server.on("select 1").returns({{1}}).once();
    server.on("select 1").returns({{2}}).times(2);
    auto const db = open(server.url());
    auto const one = [&] { return db.one(sql_query<"SELECT 1", int>()); };

    CHECK(one().m0 == 1);
    CHECK(one().m0 == 2);
    CHECK_THAT(refused([&] { server.verify(); }).message, Contains("'select 1' came 1 times of 2"));
    CHECK(one().m0 == 2);
    server.verify();
    CHECK_THAT(refused(one).message, Contains("as often as it may"));
    CHECK_THROWS_AS(server.verify(), error);
}

TEST_CASE("mock: calls in order must keep it") {
    mock::server server;
    server.next(mock::step::begin);
    server.next("insert into artists *").inserts(5);
    server.next("update albums *").affects(1);
    server.next(mock::step::commit);
    server.on("select *").returns({{1}});
    auto db = open(server.url());
    auto const change = update<album>().set(col<&album::price> = 1).all_rows();

    SECTION("kept") {
        db.transaction([&](transaction& tx) {
            CHECK(tx.insert(artist{{}, "a"}).id == 5);
            CHECK(tx.one(sql_query<"SELECT 1", int>()).m0 == 1);
            CHECK(tx.execute(change) == 1);
        });
        server.verify();
    }
    SECTION("not kept") {
        auto tx = db.begin();
        auto const info = refused([&] { tx.execute(change); });
        CHECK(info.kind == error_kind::invalid_argument);
        CHECK_THAT(info.message, Contains("expects 'insert into artists *' before"));
        tx.rollback();
        auto const left = refused([&] { server.verify(); }).message;
        CHECK_THAT(left, Contains("'update albums *' came 0 times of 1") &&
                             Contains("'commit' came 0 times of 1"));
    }
}

TEST_CASE("mock: a statement without a rule is named") {
    mock::server server;
    auto db = open(server.url());
    auto const none = refused([&] { db.script("CREATE TABLE x (a int)"); });
    CHECK(none.kind == error_kind::invalid_argument);
    CHECK_THAT(none.message,
               Contains("no answer for this statement: CREATE TABLE x") && Contains("no rules"));

    server.on("select 2").returns({{2}});
    CHECK_THAT(refused([&] { (void)db.all(from<artist>()); }).message,
               Contains("FROM \"artists\"") && Contains("for other statements"));
    server.on("create table *");
    db.script("CREATE TABLE x (a int)");
    CHECK_THAT(refused([&] { server.verify(); }).message, Contains("CREATE TABLE x"));
}

TEST_CASE("mock: the columns of hand-written SQL come from the rule") {
    mock::server server;
    server.on("select a, b from t").returns({});
    server.on("select a, b from u").returns({}).columns({"a", "b", "c"});
    server.on("select a from v").returns({{1, 2}});
    server.on("select a from w").affects(1);
    auto const db = open(server.url());

    CHECK(db.all(sql_query<"SELECT a, b FROM t", int, int>()).empty());
    auto const wrong_number = [&](auto const& query) {
        CHECK(refused([&] { (void)db.all(query); }).kind == error_kind::type_mismatch);
    };
    wrong_number(sql_query<"SELECT a, b FROM u", int, int>());
    wrong_number(sql_query<"SELECT a FROM v", int>());
    wrong_number(sql_query<"SELECT a FROM w", int>());
}

TEST_CASE("mock: URLs and names are checked") {
    mock::server server("orders");
    CHECK(server.url() == "mock:orders");
    CHECK(refused([] { mock::server again("orders"); }).kind == error_kind::already_exists);
    CHECK(refused([] { mock::server odd("a b"); }).kind == error_kind::invalid_argument);
    CHECK(refused([] { (void)open("mock:nobody"); }).kind == error_kind::database_not_found);
    CHECK(refused([] { (void)open("mock:orders?dialect=mysql"); }).kind == error_kind::invalid_url);
    CHECK(refused([] { (void)open("mock:?dialect=oracle"); }).kind == error_kind::invalid_url);
    CHECK(refused([] { (void)open("mock:?version=x"); }).kind == error_kind::invalid_url);
    CHECK(refused([] { (void)open("mock://host/orders"); }).kind == error_kind::invalid_url);

    auto const bare = open("mock:?dialect=mariadb&version=10.6.2");
    CHECK_THAT(bare.server(), Contains("MariaDB 10.6.2"));
    CHECK_THAT(refused([&] { (void)bare.all(from<artist>()); }).message,
               Contains("FROM `artists`"));
}

TEST_CASE("mock: connections outlive their server, and its name becomes free") {
    std::optional<database> db;
    {
        mock::server server("short");
        server.on("select 1").returns({{1}});
        db = open(server.url());
        CHECK(server.connections() == 1);
    }
    CHECK(db->one(sql_query<"SELECT 1", int>()).m0 == 1);
    mock::server again("short");
    CHECK(again.connections() == 0);
}
