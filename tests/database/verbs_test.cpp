// SPDX-License-Identifier: BSL-1.0
//
// Every verb of a handle, on a database, a connection and in a transaction.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <list>

using namespace relata;
using namespace test;

namespace {

template <class Handle> std::vector<std::string> titles(Handle const& on) {
    std::vector<std::string> out;
    for (auto const& a : on.all(from<album>().order_by(col<&album::id>))) out.push_back(a.title);
    return out;
}

constexpr auto by_id(std::int64_t id) { return from<album>().where(col<&album::id> == id); }

}  // namespace

TEST_CASE("verbs: an inserted object comes back with its generated key") {
    auto const& db = fresh<artist, album>();
    auto const first = db.insert(artist{0, "A", {}});
    auto const second = db.insert(artist{0, "B", "DE"});
    CHECK(first.id > 0);
    CHECK(second.id > first.id);
    CHECK(db.find<artist>(second.id) == second);
    CHECK(db.find<artist>(first.id) == first);
}

TEST_CASE("verbs: all, first and one") {
    auto const& db = library();
    CHECK(titles(db) == std::vector<std::string>{"Blue Train", "Giant Steps", "Debut", "Lost"});
    CHECK(db.all(by_id(99)).empty());
    CHECK(db.first(by_id(2))->title == "Giant Steps");
    CHECK(db.first(by_id(99)) == std::nullopt);
    CHECK(db.first(from<album>().order_by(col<&album::id>.desc()))->title == "Lost");
    CHECK(db.one(by_id(3)) == album{3, "Debut", 2, "9.50"_dec, 1993});
    CHECK(kind_thrown([&] { (void)db.one(by_id(99)); }) == "not_found");
    CHECK(kind_thrown([&] { (void)db.one(from<album>()); }) == "too_many_rows");
    CHECK(db.one(by_id(1)).title == "Blue Train");
}

TEST_CASE("verbs: a stream gives rows one by one and may be left early") {
    auto const& db = library();
    std::vector<std::string> seen;
    for (auto const& a : db.stream(from<album>().order_by(col<&album::id>)))
        seen.push_back(a.title);
    CHECK(seen.size() == 4);
    CHECK(seen.back() == "Lost");
    for (auto const& a : db.stream(from<album>().order_by(col<&album::id>))) {
        CHECK(a.title == "Blue Train");
        break;
    }
    for (auto const& a : db.stream(by_id(99))) FAIL(a.title);
    CHECK(titles(db).size() == 4);
}

TEST_CASE("verbs: a stream inside a stream of the same query") {
    auto const open = relata::open(url_with("pool_size=2"));
    (void)library();
    int pairs = 0;
    auto const query = from<album>().order_by(col<&album::id>);
    for (auto const& outer : open.stream(query))
        for (auto const& inner : open.stream(query)) pairs += inner.id >= outer.id;
    CHECK(pairs == 10);
}

TEST_CASE("verbs: execute says how many rows were found, also when nothing changed") {
    auto const& db = library();
    CHECK(db.execute(
              update<album>().set(col<&album::year> = 2000).where(col<&album::artist_id> == 1)) ==
          3);
    CHECK(db.execute(
              update<album>().set(col<&album::year> = 2000).where(col<&album::artist_id> == 1)) ==
          3);
    CHECK(db.execute(update<album>().set(col<&album::year> = 2000).where(col<&album::id> == 99)) ==
          0);
    CHECK(db.execute(update<album>().set(col<&album::year> = std::nullopt).all_rows()) == 4);
    CHECK(db.execute(delete_from<album>().where(col<&album::id> == 1)) == 1);
    CHECK(db.execute(delete_from<album>().all_rows()) == 3);
    CHECK(titles(db).empty());
}

TEST_CASE("verbs: insert_all takes any range and is all or nothing") {
    auto const& db = library();
    std::list<artist> const more{{0, "X", {}}, {0, "Y", "FR"}};
    CHECK(db.insert_all(more) == 2);
    artist const fixed[] = {{0, "Z", {}}};
    CHECK(db.insert_all(fixed) == 1);
    CHECK(db.insert_all(std::vector<artist>{}) == 0);
    CHECK(db.all(from<artist>()).size() == 6);
    std::vector<artist> const bad{{0, "New", {}}, {0, "X", {}}};
    CHECK(kind_thrown([&] { db.insert_all(bad); }) == "unique_violation");
    CHECK(db.all(from<artist>()).size() == 6);
    db.insert(artist{0, "After", {}});
    CHECK(db.all(from<artist>()).size() == 7);
}

TEST_CASE("verbs: insert_all of many rows keeps each of them") {
    auto const& db = fresh<artist, album>();
    std::vector<artist> many;
    for (int i = 0; i < 5000; ++i)
        many.push_back({0, "name " + std::to_string(i),
                        i % 3 ? std::optional<std::string>("c") : std::nullopt});
    CHECK(db.insert_all(many) == 5000);
    auto const rows = db.all(from<artist>().order_by(col<&artist::id>));
    REQUIRE(rows.size() == 5000);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].name != many[i].name || rows[i].country != many[i].country) FAIL(rows[i].name);
    }
}

TEST_CASE("verbs: find, update and remove go by the key") {
    auto const& db = library();
    auto debut = db.find<album>(3);
    REQUIRE(debut);
    debut->title = "Post";
    debut->year = std::nullopt;
    CHECK(db.update(*debut));
    CHECK(db.update(*debut));
    CHECK(db.find<album>(3) == debut);
    CHECK(db.remove(*debut));
    CHECK_FALSE(db.remove(*debut));
    CHECK_FALSE(db.update(*debut));
    CHECK(db.find<album>(3) == std::nullopt);
    CHECK(titles(db).size() == 3);
}

TEST_CASE("verbs: find, update and remove with a key of two columns") {
    auto const& db = fresh<seat>();
    db.insert(seat{1, 2, "Ada"});
    db.insert(seat{2, 1, "Bob"});
    CHECK(db.find<seat>(1, 2) == seat{1, 2, "Ada"});
    CHECK(db.find<seat>(1, 1) == std::nullopt);
    CHECK(db.update(seat{2, 1, "Cy"}));
    CHECK(db.find<seat>(2, 1)->guest == "Cy");
    CHECK(db.find<seat>(1, 2)->guest == "Ada");
    CHECK(db.remove(seat{1, 2, ""}));
    CHECK(db.all(from<seat>()).size() == 1);
    CHECK(kind_thrown([&] { db.insert(seat{2, 1, "Eve"}); }) == "unique_violation");
}

TEST_CASE("verbs: prepared queries take values by position and by name") {
    auto const& db = library();
    auto const query =
        db.prepare(from<album>()
                       .where(col<&album::artist_id> == placeholder<"artist", std::int64_t> &&
                              col<&album::title>.starts_with(placeholder<"start", std::string>) &&
                              col<&album::id> < 4)
                       .order_by(col<&album::id>));
    CHECK(query.all(1, "").size() == 2);
    CHECK(query.first(1, "Giant")->id == 2);
    CHECK(query.first("start"_p = "Blue", "artist"_p = 1)->id == 1);
    CHECK(query.first("artist"_p = 2, "start"_p = "Blue") == std::nullopt);
    CHECK(query.one(2, "D").title == "Debut");
    int rows = 0;
    for (auto const& a : query.stream(1, "")) rows += a.artist_id == 1;
    CHECK(rows == 2);
    auto const raise = db.prepare(update<album>()
                                      .set(col<&album::title> = placeholder<"title", std::string>)
                                      .where(col<&album::id> == placeholder<"id", std::int64_t>));
    CHECK(raise.execute("New", 1) == 1);
    CHECK(raise.execute("id"_p = 99, "title"_p = "None") == 0);
    CHECK(db.find<album>(1)->title == "New");
}

TEST_CASE("verbs: a connection and a transaction have the verbs too") {
    auto const& db = library();
    auto c = db.connect();
    CHECK(titles(c).size() == 4);
    c.insert(artist{0, "From a connection", {}});
    auto t = c.begin();
    t.insert(artist{0, "From a transaction", {}});
    CHECK(t.all(from<artist>()).size() == 5);
    CHECK(t.find<artist>(1)->name == "Coltrane");
    t.commit();
    CHECK(c.all(from<artist>()).size() == 5);
    c.run_in_transaction(
        [](transaction& tx) { tx.execute(delete_from<artist>().where(col<&artist::id> > 3)); });
    CHECK(db.all(from<artist>()).size() == 3);
    CHECK(c.native() != nullptr);
}

TEST_CASE("verbs: scripts run several statements") {
    auto const& db = library();
    db.script("update library_artists set country = 'XX' where id = 1;"
              "update library_artists set country = 'YY' where id = 2");
    CHECK(db.find<artist>(1)->country == "XX");
    CHECK(db.find<artist>(2)->country == "YY");
    db.script(unsafe_sql("delete from library_albums where id > " + std::to_string(2)));
    CHECK(titles(db).size() == 2);
    db.connect().script("delete from library_albums where id = 1");
    CHECK(titles(db).size() == 1);
}

TEST_CASE("verbs: tables are created once and dropped as often as you like") {
    auto const& db = fresh<artist, album>();
    CHECK(kind_thrown([&] { db.create_tables<artist>(); }) == "already_exists");
    db.drop_tables<artist, album>();
    db.drop_tables<artist, album>();
    CHECK(kind_thrown([&] { (void)db.all(from<artist>()); }) == "table_not_found");
    db.create_tables<album, artist>();
    CHECK(db.all(from<artist>()).empty());
}

TEST_CASE("verbs: the database says which driver and server it has") {
    CHECK(db().driver() == (test::through_soci() ? "soci" : back_end()));
    CHECK(db().server().find_first_of("0123456789") != std::string::npos);
}

TEST_CASE("verbs: the log hook sees text and rows, and errors, but no values") {
    struct seen {
        std::vector<std::string> texts;
        std::int64_t rows = 0;
        int failures = 0;
    } log;
    (void)library();
    auto open = relata::open(back_end_url());
    open.on_statement(
        [](void* to, statement_event const& e) {
            auto& mine = *static_cast<seen*>(to);
            mine.texts.emplace_back(e.sql);
            mine.rows += e.rows;
            mine.failures += e.failure != nullptr;
            CHECK(e.nanoseconds >= 0);
        },
        &log);
    CHECK(open.all(from<album>().where(col<&album::title> == "Blue Train")).size() == 1);
    REQUIRE(log.texts.size() == 1);
    CHECK(log.texts[0].find("library_albums") != std::string::npos);
    CHECK(log.texts[0].find("Blue Train") == std::string::npos);
    CHECK(log.rows == 1);
    (void)thrown([&] { open.insert(artist{0, "Coltrane", {}}); });
    CHECK(log.failures == 1);
    (void)thrown([&] { open.insert_all(std::vector<artist>{{0, "Coltrane", {}}}); });
    CHECK(log.failures == 2);
    for (auto const& text : log.texts) CHECK(text.find("Coltrane") == std::string::npos);
}
