// SPDX-License-Identifier: BSL-1.0
#include "sql/stored.hpp"

#include <map>
#include <thread>

using namespace relata;
using test::message_of;
using test::refusal;
using test::shown;
using test::spell;

namespace {

struct summary {
    std::string title;
    std::string artist;
};

query<std::string, decimal<10, 2>> cheap(int limit) {
    return from<album>()
        .where(col<&album::price> < limit)
        .select(col<&album::title>, col<&album::price>);
}
query<summary> by(std::string const& artist_name) {
    return from<album>()
        .join<artist>()
        .where(col<&artist::name> == std::string(artist_name))
        .select_as<summary>(col<&album::title>, col<&artist::name>);
}
query<album> titled(std::string title) { return from<album>().where(col<&album::title> == title); }

}  // namespace

static_assert(std::is_same_v<query<std::string, double>::row_type, row<std::string, double>>);
static_assert(std::is_same_v<query<row<std::string, double>>::row_type, row<std::string, double>>);
static_assert(std::is_same_v<query<std::int64_t>::row_type, row<std::int64_t>>);
static_assert(std::is_same_v<query<celsius>::row_type, row<celsius>>);
static_assert(std::is_same_v<query<album>::row_type, album>);
static_assert(std::is_same_v<query<album, std::optional<artist>>::row_type,
                             row<album, std::optional<artist>>>);

TEST_CASE("query: has the text and the values of the typed query") {
    CHECK(
        spell(cheap(5)) ==
        R"(SELECT "albums"."title", "albums"."price" FROM "albums" WHERE ("albums"."price" < $1))");
    CHECK(shown(cheap(5)) == "500");
    CHECK(spell(by("x")) ==
          R"(SELECT "albums"."title", "artists"."name" FROM "albums" JOIN "artists" ON )"
          R"(("albums"."artist_id" = "artists"."id") WHERE ("artists"."name" = $1))");
    query<album> const whole = from<album>();
    CHECK(spell(whole) ==
          R"(SELECT "albums"."id", "albums"."title", "albums"."artist_id", "albums"."price", )"
          R"("albums"."released" FROM "albums")");
}

TEST_CASE("query: owns its values") {
    std::vector<query<album>> all;
    for (int i = 0; i < 20; ++i) all.push_back(titled(std::string(40, char('a' + i))));
    CHECK(shown(all.front()) == std::string(40, 'a'));
    CHECK(shown(all.back()) == std::string(40, 't'));
    query<oven> const hot = [] {
        return query<oven>(from<oven>().where(col<&oven::hottest> == celsius{250}));
    }();
    CHECK(shown(hot) == "C250");
}

TEST_CASE("query: takes conditions, orders and limits at run time") {
    auto const q = cheap(5)
                       .where(col<&album::title> == "x")
                       .order_by(col<&album::title>.desc(), col<&album::price> * 2)
                       .limit(10)
                       .offset(20);
    CHECK(
        spell(q) ==
        R"(SELECT "albums"."title", "albums"."price" FROM "albums" WHERE ("albums"."price" < $1) AND )"
        R"(("albums"."title" = $2) ORDER BY "albums"."title" DESC, ("albums"."price" * $3) LIMIT $4 OFFSET $5)");
    CHECK(shown(q) == "500, x, 2, 10, 20");
    CHECK(shown(test::render(q, test::mysql()).values) == "500, x, 2, 10, 20");
    CHECK(spell(query<album>(from<album>()).offset(3), test::mariadb())
              .find("LIMIT 18446744073709551615 OFFSET ?") != std::string::npos);
    CHECK(spell(query<album>(from<album>()).offset(3), test::sqlite()).find("LIMIT -1 OFFSET ?1") !=
          std::string::npos);
}

TEST_CASE("query: a later limit or offset replaces the earlier one, orders are appended") {
    query<album> const q =
        from<album>().where(col<&album::id> > 1).order_by(col<&album::id>).limit(3).offset(4);
    auto const p = q.order_by(col<&album::title>).limit(7).limit(8).offset(9);
    CHECK(spell(p).find(R"(ORDER BY "albums"."id", "albums"."title" LIMIT $2 OFFSET $3)") !=
          std::string::npos);
    CHECK(shown(p) == "1, 8, 9");
    CHECK(shown(q) == "1, 3, 4");
    CHECK(shown(q.limit(0)) == "1, 0, 4");
    CHECK(refusal([&] { (void)q.limit(-1); }) == error_kind::invalid_argument);
    CHECK(refusal([&] { (void)q.offset(-1); }) == error_kind::invalid_argument);
}

TEST_CASE("query: orders by an alias of its own result") {
    query<std::string, std::int64_t> const q =
        from<album>().group_by(col<&album::title>).select(col<&album::title>, count().as<"n">());
    auto const text = spell(q.order_by(output<"n">.desc(), col<&album::title>), test::mysql());
    CHECK(text.find("ORDER BY `n` DESC, `albums`.`title`") != std::string::npos);
}

TEST_CASE("query: the old one stays as it is") {
    auto const base = cheap(5);
    auto const text = spell(base);
    auto const narrowed = base.where(col<&album::title> == "x");
    auto const copy = narrowed;
    auto const more = narrowed.where(col<&album::title> == "y").limit(1);
    CHECK(spell(base) == text);
    CHECK(spell(narrowed) == spell(copy));
    CHECK(shown(narrowed) == "500, x");
    CHECK(shown(more) == "500, x, y, 1");
    query<std::string, decimal<10, 2>> assigned = more;
    assigned = base;
    CHECK(spell(assigned) == text);
}

TEST_CASE("query: can be kept in containers and built in a loop") {
    std::map<std::string, query<album>> named;
    named.emplace("a", titled("a"));
    named.insert_or_assign("b", titled("b").limit(1));
    named.at("a") = named.at("b");
    CHECK(shown(named.at("a")) == "b, 1");
    query<album> q = from<album>();
    for (int i = 0; i < 3; ++i) q = q.where(col<&album::id> != i);
    CHECK(shown(q) == "0, 1, 2");
}

TEST_CASE("query: refuses a table that it does not have") {
    auto const base = cheap(5);
    CHECK(message_of([&] { (void)base.where(col<&artist::name> == "x"); }) ==
          "a condition or order made at run time names table artists, which is not in this query; "
          "join the table first");
    CHECK(refusal([&] { (void)base.where(col<&artist::name> == "x"); }) ==
          error_kind::invalid_argument);
    CHECK(message_of([&] { (void)base.order_by(col<&artist::name>); }).find("table artists") !=
          std::string::npos);
    CHECK(message_of([&] { (void)by("x").where(col<&artist::name> == "x"); }).empty());
    CHECK(spell(base) == spell(cheap(6)));  // what was refused has left no trace
}

TEST_CASE("query: orders groups by grouped columns only") {
    query<std::int64_t, std::int64_t> const groups =
        from<album>().group_by(col<&album::artist_id>).select(col<&album::artist_id>, count());
    CHECK(
        message_of([&] { (void)groups.order_by(count().desc(), col<&album::artist_id>); }).empty());
    CHECK(message_of([&] {
              (void)groups.order_by(col<&album::title>);
          }).find("not in group_by()") != std::string::npos);
}

TEST_CASE("query: switches and lists of the typed query are kept") {
    auto const q = [] {
        std::vector<std::int64_t> const ids{1, 2};
        return query<album>(
            from<album>().where(when(false, col<&album::id> == 9)).where(col<&album::id>.in(ids)));
    }();
    CHECK(spell(q).find(R"(FROM "albums" WHERE ("albums"."id" IN ($1, $2)))") != std::string::npos);
    CHECK(shown(q.where(col<&album::title> == "t")) == "1, 2, t");
}

TEST_CASE("query: copies are used by several threads", "[threads]") {
    auto const base = titled("shared");
    std::vector<std::thread> threads;
    std::vector<std::string> seen(4);
    for (std::size_t t = 0; t < seen.size(); ++t)
        threads.emplace_back([&seen, t, mine = base] {
            for (int i = 0; i < 200; ++i)
                seen[t] = shown(mine.where(col<&album::id> == std::int64_t(t)));
        });
    for (auto& t : threads) t.join();
    for (std::size_t t = 0; t < seen.size(); ++t) CHECK(seen[t] == "shared, " + std::to_string(t));
}
