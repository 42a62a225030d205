// SPDX-License-Identifier: BSL-1.0
//
// Everything or nothing, and the same rule after an error on every back end.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <stdexcept>

using namespace relata;
using namespace test;

namespace {

artist named(char const* name) { return {0, name, {}}; }

}  // namespace

TEST_CASE("transactions: commit keeps, rollback and the destructor undo") {
    auto const& db = library();
    {
        auto t = db.begin();
        t.insert(named("kept"));
        t.commit();
    }
    CHECK(artists() == 4);
    {
        auto t = db.begin();
        t.insert(named("undone"));
        t.rollback();
    }
    CHECK(artists() == 4);
    {
        auto t = db.begin();
        t.insert(named("forgotten"));
        CHECK(t.all(from<artist>()).size() == 5);
    }
    CHECK(artists() == 4);
}

TEST_CASE("transactions: ending twice is an invalid argument") {
    auto const& db = library();
    auto t = db.begin();
    t.commit();
    CHECK(kind_thrown([&] { t.commit(); }) == "invalid_argument");
    CHECK(kind_thrown([&] { t.rollback(); }) == "invalid_argument");
    CHECK(kind_thrown([&] { t.savepoint([] {}); }) == "invalid_argument");
}

TEST_CASE("transactions: a second one on the same connection is refused") {
    auto const& db = library();
    auto c = db.connect();
    auto t = c.begin();
    CHECK(kind_thrown([&] { (void)c.begin(); }) == "invalid_argument");
    t.insert(named("still works"));
    t.commit();
    CHECK(artists() == 4);
}

TEST_CASE("transactions: after an error every verb and commit refuse") {
    auto const& db = library();
    auto t = db.begin();
    t.insert(named("lost"));
    auto const first = thrown([&] { t.insert(named("Coltrane")); });
    CHECK(first.kind == error_kind::unique_violation);
    CHECK(first.transaction == transaction_state::failed);
    auto const second = thrown([&] { (void)t.all(from<artist>()); });
    CHECK(second.kind == error_kind::transaction_failed);
    CHECK(second.outcome == outcome::not_sent);
    CHECK(kind_thrown([&] { t.insert(named("more")); }) == "transaction_failed");
    CHECK(kind_thrown([&] { t.insert_all(std::vector<artist>{named("more")}); }) ==
          "transaction_failed");
    auto const at_commit = thrown([&] { t.commit(); });
    CHECK(at_commit.kind == error_kind::transaction_failed);
    CHECK(at_commit.transaction == transaction_state::rolled_back);
    CHECK(artists() == 3);
}

TEST_CASE("transactions: a question without an answer is no failure") {
    auto const& db = library();
    auto t = db.begin();
    CHECK(kind_thrown([&] { (void)t.one(from<artist>().where(col<&artist::id> == 99)); }) ==
          "not_found");
    CHECK(kind_thrown([&] { (void)t.one(from<artist>()); }) == "too_many_rows");
    t.insert(named("goes on"));
    t.commit();
    CHECK(artists() == 4);
}

TEST_CASE("transactions: a savepoint takes an error back") {
    auto const& db = library();
    auto t = db.begin();
    t.insert(named("before"));
    CHECK(kind_thrown([&] {
              t.savepoint([&] {
                  t.insert(named("inside"));
                  t.insert(named("Coltrane"));
              });
          }) == "unique_violation");
    CHECK(t.all(from<artist>()).size() == 4);
    CHECK(t.savepoint([&] { return t.insert(named("second try")).name; }) == "second try");
    t.savepoint([&] {
        t.insert(named("outer"));
        CHECK_THROWS_AS(t.savepoint([&] {
            t.insert(named("inner"));
            throw std::runtime_error("mine");
        }),
                        std::runtime_error);
    });
    t.commit();
    CHECK(artists() == 6);
    CHECK(db.first(from<artist>().where(col<&artist::name> == "outer")));
    CHECK_FALSE(db.first(from<artist>().where(col<&artist::name>.in({"inner", "inside"}))));
}

TEST_CASE("transactions: the function form commits, or rolls back and throws on") {
    auto const& db = library();
    auto const id = db.transaction([](transaction& t) { return t.insert(named("made")).id; });
    CHECK(db.find<artist>(id)->name == "made");
    CHECK_THROWS_AS(db.transaction([](transaction& t) {
        t.insert(named("not made"));
        throw std::runtime_error("mine");
    }),
                    std::runtime_error);
    CHECK(artists() == 4);
}

TEST_CASE("transactions: retry runs the function again only where that can help") {
    auto const& db = library();
    int runs = 0;
    db.transaction(
        [&](transaction& t) {
            t.insert(named("again"));
            if (++runs < 3) fail(error_kind::serialization_failure, "somebody was faster");
        },
        retry(5));
    CHECK(runs == 3);
    CHECK(artists() == 4);
    runs = 0;
    CHECK(kind_thrown([&] {
              db.transaction(
                  [&](transaction&) {
                      ++runs;
                      fail(error_kind::deadlock, "always");
                  },
                  retry(2));
          }) == "deadlock");
    CHECK(runs == 2);
    runs = 0;
    CHECK(kind_thrown([&] {
              db.transaction(
                  [&](transaction& t) {
                      ++runs;
                      t.insert(named("Coltrane"));
                  },
                  retry(3));
          }) == "unique_violation");
    CHECK(runs == 1);
    CHECK(artists() == 4);
}

TEST_CASE("transactions: a read-only one refuses to write") {
    auto const& db = library();
    auto t = db.begin({.isolation = isolation::read_committed, .read_only = true});
    CHECK(t.all(from<artist>()).size() == 3);
    CHECK(kind_thrown([&] { t.insert(named("no")); }) == "read_only");
    t.rollback();
    db.insert(named("yes"));
    CHECK(artists() == 4);
}

TEST_CASE("transactions: others see nothing before the commit, and a snapshot stays as it is") {
    auto const& db = library();
    auto t = db.begin();
    t.insert(named("hidden"));
    CHECK(artists() == 3);
    t.commit();
    CHECK(artists() == 4);
    auto reader = db.begin({.isolation = isolation::snapshot, .read_only = true});
    CHECK(reader.all(from<artist>()).size() == 4);
    db.insert(named("later"));
    CHECK(reader.all(from<artist>()).size() == 4);
    reader.commit();
    CHECK(artists() == 5);
}

TEST_CASE("transactions: rows can be locked for the rest of the transaction") {
    auto const& db = library();
    db.transaction([](transaction& t) {
        auto a = t.one(from<artist>().where(col<&artist::id> == 1).for_update());
        a.country = "GB";
        CHECK(t.update(a));
    });
    CHECK(db.find<artist>(1)->country == "GB");
}

TEST_CASE("transactions: a connection returns to the pool clean") {
    (void)library();
    auto const one = relata::open(url_with("pool_size=1"));
    {
        auto t = one.begin();
        t.insert(named("left"));
        (void)thrown([&] { t.insert(named("Coltrane")); });
    }
    CHECK(one.all(from<artist>()).size() == 3);
    one.insert(named("fine"));
    CHECK(one.all(from<artist>()).size() == 4);
}
