// SPDX-License-Identifier: BSL-1.0
#include "database/stored_support.hpp"
#include "database/thrown.hpp"

#include <atomic>
#include <map>
#include <thread>

using namespace relata;
using namespace stored;
using test::refusal;

namespace {

struct line {
    std::string name;
    std::string place;
};

query<cheese> called(std::string name) { return from<cheese>().where(col<&cheese::name> == name); }
query<line> lines() {
    return from<cheese>().join<farm>().select_as<line>(col<&cheese::name>, col<&farm::name>);
}
query<std::string, decimal<10, 2>> prices(decimal<10, 2> most) {
    return from<cheese>()
        .where(col<&cheese::price> <= most)
        .select(col<&cheese::name>, col<&cheese::price>);
}

}  // namespace

TEST_CASE("query value: runs with all, first, one and stream") {
    fill();
    auto const q = called("feta");
    REQUIRE(db().all(q).size() == 1);
    CHECK(db().all(q)[0].weight == grams{200});
    CHECK(db().first(q)->name == "feta");
    CHECK(db().one(q).taste_of == taste::salty);
    std::string seen;
    for (auto const& c : db().stream(q)) seen += c.name;
    CHECK(seen == "feta");
    CHECK_FALSE(db().first(called("none")));
    CHECK(refusal([&] { (void)db().one(called("none")); }) == error_kind::not_found);
    query<cheese> const everything = from<cheese>();
    CHECK(refusal([&] { (void)db().one(everything); }) == error_kind::too_many_rows);
}

TEST_CASE("query value: a stream keeps the query that was made for it") {
    fill();
    std::string const name(100, 'n');
    db().insert(cheese{
        0, name, db().one(from<farm>().limit(1)).id, decimal<10, 2>(1), taste::sweet, {1}, {}});
    auto rows = db().stream(called(std::string(100, 'n')).where(col<&cheese::price> > 0));
    std::string noise(100, 'x');  // memory of the query, if it were gone
    std::string seen;
    for (auto const& c : rows) seen += c.name;
    CHECK(seen == name);
}

TEST_CASE("query value: a stream keeps the values of a typed query") {
    fill();
    auto rows = db().stream(
        from<cheese>().where(col<&cheese::name>.in({std::string(60, 'x'), std::string("feta")})));
    std::string noise(60, 'y');
    CHECK(names_of(rows) == "feta");
    auto more = db().stream(from<cheese>().where(col<&cheese::weight> == grams{500}));
    CHECK(names_of(more) == "gouda");
}

TEST_CASE("query value: takes thousands of parts, one by one") {
    fill();
    query<cheese> q = from<cheese>();
    for (std::int64_t i = 0; i < 3000; ++i) q = q.where(col<&cheese::price> != i);
    for (int i = 0; i < 1500; ++i) q = q.where(when(i % 2 == 0, col<&cheese::name> != "gouda"));
    CHECK(names_of(db().all(q.order_by(col<&cheese::name>))) == "brie feta");
    // more orders than some databases take
    query<cheese> sorted = from<cheese>();
    for (int i = 0; i < 3000; ++i) sorted = sorted.order_by(col<&cheese::price> + i);
    try {
        auto const rows = db().all(sorted);
        CHECK(names_of(rows) == "feta brie gouda");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::limit_exceeded);
    }
    CHECK(db().all(q.limit(1)).size() == 1);
}

TEST_CASE("query value: rows are objects, structs and cells") {
    fill();
    auto const both =
        db().all(lines().where(col<&farm::name> == "north").order_by(col<&cheese::name>));
    REQUIRE(both.size() == 2);
    CHECK(both[1].name == "gouda");
    CHECK(both[1].place == "north");
    auto const cheap = db().all(prices(decimal<10, 2>(5)).order_by(col<&cheese::price>));
    REQUIRE(cheap.size() == 2);
    auto const& [name, price] = cheap[0];
    CHECK(name == "feta");
    CHECK(price == decimal<10, 2>::from_string("3.25"));
    query<cheese, std::optional<farm>> const joined =
        from<cheese>()
            .left_join<farm>(col<&farm::name> == "south" && col<&farm::id> == col<&cheese::farm_id>)
            .select(all<cheese>(), all<farm>());
    auto const pairs = db().all(joined.order_by(col<&cheese::name>));
    REQUIRE(pairs.size() == 3);
    CHECK_FALSE(pairs[0].m1);
    CHECK(pairs[1].m1->name == "south");
}

TEST_CASE("query value: takes conditions, orders and limits at run time") {
    fill();
    query<cheese> const base = from<cheese>();
    CHECK(names_of(db().all(base.order_by(col<&cheese::price>))) == "feta brie gouda");
    CHECK(names_of(db().all(base.order_by(col<&cheese::price>.desc()).limit(2))) == "gouda brie");
    CHECK(names_of(db().all(base.order_by(col<&cheese::price>).offset(1))) == "brie gouda");
    CHECK(names_of(db().all(base.order_by(col<&cheese::name>).limit(1).offset(1))) == "feta");
    CHECK(names_of(db().all(
              base.where(col<&cheese::taste_of> == taste::salty).order_by(col<&cheese::name>))) ==
          "feta gouda");
    CHECK(names_of(db().all(base.order_by(col<&cheese::eaten>.asc().nulls_first(),
                                          col<&cheese::name>.desc()))) == "feta brie gouda");
    CHECK(db().all(base.limit(0)).empty());
    query<cheese> const limited = from<cheese>().order_by(col<&cheese::name>).limit(1).offset(1);
    CHECK(names_of(db().all(limited.limit(5).offset(0))) == "brie feta gouda");
    query<std::int64_t, std::int64_t> const groups =
        from<cheese>()
            .group_by(col<&cheese::farm_id>)
            .select(col<&cheese::farm_id>, count().as<"n">());
    auto const counted = db().all(groups.order_by(output<"n">.desc()));
    REQUIRE(counted.size() == 2);
    CHECK(counted[0].m1 == 2);
}

TEST_CASE("query value: values of every kind are owned until it runs") {
    fill();
    auto const q = [] {
        std::vector<grams> const weights{{125}, {500}};
        std::vector<std::string> const names{"brie", "gouda", std::string(80, 'z')};
        std::vector<decimal<10, 2>> const prices{decimal<10, 2>(7),
                                                 decimal<10, 2>::from_string("4.50")};
        return query<cheese>(from<cheese>().where(col<&cheese::weight>.in(weights) &&
                                                  col<&cheese::name>.in(names) &&
                                                  col<&cheese::price>.in(prices)));
    }();
    CHECK(names_of(db().all(q.order_by(col<&cheese::name>))) == "brie gouda");
    auto const one = [] {
        return query<cheese>(from<cheese>().where(col<&cheese::weight> == grams{500}));
    }();
    CHECK(db().one(one).name == "gouda");
    CHECK(db().one(from<cheese>().where(col<&cheese::weight> == grams{125})).name ==
          "brie");  // shares its statement
}

TEST_CASE("query value: an unchanged one shares the statement of its typed query") {
    fill();
    auto const connection = db().connect();
    auto const typed = from<cheese>().where(col<&cheese::id> > 0).order_by(col<&cheese::id>);
    CHECK(connection.all(typed).size() == 3);
    query<cheese> const same = typed;
    CHECK(connection.all(same).size() == 3);
    // one statement of both is open at a time; the other gets its own
    auto outer = connection.all(same);
    CHECK(names_of(outer) == "brie feta gouda");
}

TEST_CASE("query value: runs in transactions and from several threads", "[threads]") {
    fill();
    auto const q = called("brie").where(col<&cheese::price> > 1);
    db().transaction([&](transaction& tx) { CHECK(tx.one(q).name == "brie"); });
    std::vector<std::thread> threads;
    std::atomic<int> found{0};
    for (int t = 0; t < 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i)
                found += int(db().all(q.where(col<&cheese::id> > -i)).size());
        });
    for (auto& t : threads) t.join();
    CHECK(found == 80);
}

TEST_CASE("query value: is kept in a map") {
    fill();
    std::map<std::string, query<cheese>> reports;
    reports.emplace("cheap", from<cheese>().where(col<&cheese::price> < 4));
    reports.emplace("all", from<cheese>());
    CHECK(db().all(reports.at("cheap")).size() == 1);
    CHECK(db().all(reports.at("all")).size() == 3);
}
