// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/test-without-a-database.md.

// Left out where the driver is.
#if __has_include(<relata/mock.hpp>)

#include "docs/music.hpp"

#include <relata/mock.hpp>

#include <catch2/catch.hpp>

using namespace relata;

namespace {

// [store]
class record_store {
public:
    explicit record_store(relata::database db) : db_(std::move(db)) {}

    std::vector<album> albums_of(std::string const& name) {
        return db_.all(from<album>().join<artist>().where(col<&artist::name> == name));
    }

    /// False when there is an artist of this name already.
    bool add(artist someone, std::vector<album> albums) {
        try {
            db_.transaction(
                [&](transaction& tx) {
                    someone = tx.insert(someone);
                    for (auto& each : albums) each.artist_id = someone.id;
                    tx.insert_all(albums);
                },
                retry(3));
            return true;
        } catch (relata::error const& e) {
            if (e.kind() == error_kind::unique_violation) return false;
            throw;
        }
    }

private:
    relata::database db_;
};
// [store end]

album const train{1, "Blue Train", 7, "19.90"_dec, {}};

}  // namespace

TEST_CASE("docs: a mock gives rows", "[docs]") {
    // [rows]
    mock::server server;  // plays PostgreSQL
    server.on("select * from albums join artists *")
        .with("John Coltrane")
        .returns({{1, "Blue Train", 7, "19.90"_dec, nullptr}});
    record_store store(open(server.url()));

    auto const albums = store.albums_of("John Coltrane");
    REQUIRE(albums.size() == 1);
    CHECK(albums[0].price == "19.90"_dec);
    CHECK_THROWS_AS(store.albums_of("Nobody"), relata::error);  // no rule for these values
    // [rows end]
}

TEST_CASE("docs: rules of a mock", "[docs]") {
    mock::server server;
    auto const artists = from<artist>().where(col<&artist::id> == 7);
    // [rules]
    server.on("select count(*) from albums").returns({{4}});   // a pattern: * is any text
    server.on(artists).returns({artist{7, "John Coltrane"}});  // a query, with its values
    server.on_insert<album>();                                 // makes the keys 1, 2, 3, …
    server.on_find<album>().with(1).returns({train});          // find<album>(1)
    server.on_update<album>().affects(0);                      // update(album) finds no row
    server.on(mock::step::begin).delays(std::chrono::milliseconds(5));  // any other call
    // [rules end]
    auto db = open(server.url());
    CHECK(db.one(from<album>().select(count())).m0 == 4);
    CHECK(db.one(artists).name == "John Coltrane");
    CHECK(db.insert(train).id == 1);
    CHECK(db.find<album>(1)->title == "Blue Train");
    CHECK_FALSE(db.update(train));
}

TEST_CASE("docs: the record of a mock", "[docs]") {
    // [record]
    mock::server server(dialect::family::sqlite);
    server.on_insert<artist>().inserts(7);
    server.on_insert<album>();
    record_store store(open(server.url()));

    store.add({.name = "John Coltrane"}, {train});
    CHECK(server.sent() ==
          std::vector<std::string>{
              "BEGIN READ COMMITTED",
              R"(INSERT INTO "artists" ("name") VALUES (?1) ['John Coltrane'])",
              R"(INSERT INTO "albums" ("title", "artist_id", "price", "released") )"
              R"(VALUES (?1, ?2, ?3, ?4) ['Blue Train', 7, 19.90, NULL])",
              "COMMIT",
          });
    // [record end]
}

TEST_CASE("docs: errors of a mock", "[docs]") {
    // [errors]
    mock::server server;
    server.on_insert<artist>().fails(error_kind::deadlock).once();          // the first time
    server.on_insert<artist>().fails(error_kind::unique_violation).once();  // the second
    server.on_insert<artist>();
    server.on_insert<album>();
    record_store store(open(server.url()));

    CHECK_FALSE(store.add({.name = "John Coltrane"}, {}));  // after one retry
    CHECK(store.add({.name = "Miles Davis"}, {}));
    server.verify();  // every once() and times() came as often as it says
    // [errors end]
}

TEST_CASE("docs: a mock drops connections", "[docs]") {
    // [drops]
    mock::server server;
    server.on_insert<artist>();
    server.on(mock::step::commit).drops_connection().once();
    auto db = open(server.url());
    try {
        db.transaction([](transaction& tx) { tx.insert(artist{.name = "Art Blakey"}); });
        FAIL("the connection is lost");
    } catch (relata::error const& e) {
        CHECK(e.kind() == error_kind::in_doubt);  // was it committed? nobody knows
    }
    db.insert(artist{.name = "Bill Evans"});  // on a new connection
    // [drops end]
}

TEST_CASE("docs: calls of a mock in order", "[docs]") {
    // [order]
    mock::server server;
    server.next(mock::step::begin);
    server.next("insert into artists *").inserts(7);
    server.next("insert into albums *");
    server.next(mock::step::commit);
    record_store store(open(server.url()));

    store.add({.name = "John Coltrane"}, {train});
    server.verify();  // all four came
    // [order end]
}

#endif
