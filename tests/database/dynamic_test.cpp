// SPDX-License-Identifier: BSL-1.0
#include "database/stored_support.hpp"
#include "database/thrown.hpp"

using namespace relata;
using namespace stored;
using test::refusal;

namespace {

std::string found(condition const& c) {
    return names_of(db().all(from<cheese>().where(c).order_by(col<&cheese::name>)));
}

}  // namespace

TEST_CASE("condition: filters like the typed one") {
    fill();
    CHECK(found(col<&cheese::name> == "feta") == "feta");
    CHECK(found(col<&cheese::price> < 5) == "brie feta");
    CHECK(found(condition()) == "brie feta gouda");
    CHECK(found(!condition(col<&cheese::name> == "feta")) == "brie gouda");
    CHECK(found(condition(col<&cheese::name> == "feta") || col<&cheese::name> == "brie") ==
          "brie feta");
    CHECK(found(col<&cheese::eaten>.is_null()) == "brie feta");
    CHECK(found(col<&cheese::weight> == grams{200}) == "feta");
    CHECK(found(col<&cheese::taste_of> == taste::sweet) == "brie");
}

TEST_CASE("condition: is built up in a loop") {
    fill();
    std::vector<condition> filters;
    for (auto const* word : {"e", "a"}) filters.push_back(col<&cheese::name>.contains(word));
    CHECK(found(all_of(filters)) == "feta");
    CHECK(found(any_of(filters)) == "brie feta gouda");
    condition c;
    for (auto const& f : filters) c = c && f;
    CHECK(found(c) == "feta");
    filters.clear();
    CHECK(found(all_of(filters)) == "brie feta gouda");
    CHECK(found(any_of(filters)).empty());
}

TEST_CASE("condition: its lists may be empty") {
    fill();
    CHECK(found(col<&cheese::id>.in(std::vector<std::int64_t>{})).empty());
    CHECK(found(col<&cheese::id>.not_in(std::vector<std::int64_t>{})) == "brie feta gouda");
    CHECK(found(col<&cheese::name>.in({"gouda", "x", "brie"})) == "brie gouda");
}

TEST_CASE("condition: of thousands of parts runs") {
    fill();
    std::vector<condition> many;
    for (std::int64_t i = 0; i < 3000; ++i) many.push_back(col<&cheese::price> != i);
    CHECK(found(all_of(many)) == "brie feta");
}

namespace {

// Some databases take less than relata; they have to say so.
std::string found_unless_too_deep(condition const& c) {
    try {
        return found(c);
    } catch (error const& e) {
        return std::string(name_of(e.kind()));
    }
}

}  // namespace

TEST_CASE("condition: nested conditions run, and too deep ones are refused") {
    fill();
    condition deep = col<&cheese::name> != "gouda";
    for (std::int64_t i = 1; i < 80; ++i) deep = deep && col<&cheese::price> != -i;
    CHECK(found(deep) == "brie feta");
    for (std::int64_t i = 80; i < 500; ++i) deep = deep && col<&cheese::price> != -i;
    CHECK_THAT(found_unless_too_deep(deep),
               Catch::Equals("brie feta") || Catch::Equals("limit_exceeded"));
    CHECK(refusal([&] { deep = deep || col<&cheese::price> < 0; }) == error_kind::limit_exceeded);
    condition mixed = col<&cheese::price> > 0;
    for (int i = 0; i < 499; ++i)
        mixed = !(!(mixed && col<&cheese::price> > 1) || col<&cheese::price> < 1);
    CHECK_THAT(found_unless_too_deep(mixed),
               Catch::Equals("brie feta gouda") || Catch::Equals("limit_exceeded"));
    CHECK(found(condition()) == "brie feta gouda");
    CHECK(refusal([] {
              condition c = col<&cheese::price> > 0;
              for (int i = 0; i < 1000; ++i) c = !c;
          }) == error_kind::limit_exceeded);
    CHECK(refusal([] {
              condition c = col<&cheese::price> > 0;
              for (int i = 0; i < 1000; ++i) c = all_of({c, c});  // twice as many each time
          }) == error_kind::limit_exceeded);
}

TEST_CASE("condition: more values than a statement takes are refused") {
    fill();
    std::vector<condition> many;
    for (std::int64_t i = 0; i < 70'000; ++i) many.push_back(col<&cheese::price> != i);
    CHECK(refusal([&] { (void)found(all_of(many)); }) == error_kind::limit_exceeded);
    std::vector<std::int64_t> const ids(100'000, 1);
    CHECK(refusal([&] { (void)found(col<&cheese::id>.in(ids)); }) == error_kind::limit_exceeded);
    auto const typed = from<cheese>().where(col<&cheese::id>.not_in(ids));
    CHECK(refusal([&] { (void)db().all(typed); }) == error_kind::limit_exceeded);
    CHECK(found(condition()) == "brie feta gouda");
}

TEST_CASE("condition: stands in joins, having, updates and deletes") {
    fill();
    condition const same = col<&cheese::farm_id> == col<&farm::id>;
    condition const north = col<&farm::name> == "north";
    CHECK(db().all(from<cheese>().join<farm>(same && north)).size() == 2);
    condition const many = count() > 1;
    auto const groups =
        db().all(from<cheese>().group_by(col<&cheese::farm_id>).having(many).select(count()));
    REQUIRE(groups.size() == 1);
    CHECK(groups[0].m0 == 2);
    condition const feta = col<&cheese::name> == "feta";
    CHECK(db().execute(update<cheese>().set(col<&cheese::name> = "white").where(feta)) == 1);
    CHECK(db().execute(delete_from<cheese>().where(feta)) == 0);
    CHECK(db().execute(
              delete_from<cheese>().where(any_of({feta, col<&cheese::name> == "white"}))) == 1);
}

TEST_CASE("condition: with a subquery runs") {
    fill();
    condition const in_north = col<&cheese::farm_id>.in(
        from<farm>().where(col<&farm::name> == "north").select(col<&farm::id>));
    CHECK(found(in_north) == "brie gouda");
    condition const has_salty = exists(from<cheese>().correlate<farm>().where(
        col<&cheese::farm_id> == col<&farm::id> && col<&cheese::taste_of> == taste::salty));
    CHECK(names_of(db().all(from<farm>().where(has_salty).order_by(col<&farm::name>))) ==
          "north south");
}

TEST_CASE("condition: names the table that the query does not have, before anything is sent") {
    fill();
    condition const other = col<&farm::name> == "north";
    try {
        (void)db().all(from<cheese>().where(other));
        FAIL("not refused");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_argument);
        CHECK(std::string(e.what()).find("stored_farms") != std::string::npos);
        CHECK(std::string(e.what()).find("north") == std::string::npos);
    }
    CHECK(db().all(from<cheese>()).size() == 3);  // the connection is fine
}

TEST_CASE("condition: a streamed query keeps it") {
    fill();
    auto rows = db().stream(from<cheese>().where(
        all_of({col<&cheese::name>.starts_with("f"), col<&cheese::price> > 1})));
    std::string noise(50, 'x');
    CHECK(names_of(rows) == "feta");
}
