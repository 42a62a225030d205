// SPDX-License-Identifier: BSL-1.0
#include "sql/stored.hpp"

#include <list>
#include <utility>

using namespace relata;
using test::message_of;
using test::refusal;
using test::shown;

namespace {

std::string text_of(condition const& c) { return test::condition(c, test::postgresql()); }

template <class C> std::string values_of(C const& c) {
    auto const query = from<album>().where(c);
    return shown(test::render(query, test::postgresql()).values);
}

condition title_is(std::string title) {
    return col<&album::title> == title;
}  // the text is gone at once

}  // namespace

TEST_CASE("condition: stands for the typed condition that it was made from") {
    condition const c = col<&track::number> > 3;
    CHECK(text_of(c) == R"(("tracks"."number" > $1))");
    CHECK(test::condition(c, test::mysql()) == R"((`tracks`.`number` > ?))");
}

TEST_CASE("condition: owns the text of its values") {
    std::vector<condition> all;
    for (int i = 0; i < 20; ++i) all.push_back(title_is(std::string(40, char('a' + i))));
    auto const first = values_of(all.front());
    CHECK(first == std::string(40, 'a'));
    CHECK(values_of(all.back()) == std::string(40, 't'));
}

TEST_CASE("condition: owns the elements of its lists") {
    auto const numbers = [] {
        std::vector<std::int64_t> list{7, 8, 9, 10, 11};
        return condition(col<&album::id>.in(list));
    }();
    auto const texts = [] {
        std::vector<std::string> list{"short", std::string(50, 'x'), ""};
        return condition(col<&album::title>.in(list));
    }();
    auto const uuids = [] {
        std::vector<date> list{
            date{std::chrono::year(2020), std::chrono::month(1), std::chrono::day(2)}};
        return condition(col<&album::released>.in(list));
    }();
    auto const none = condition(col<&album::id>.in(std::vector<std::int64_t>{}));
    CHECK(values_of(numbers) == "7, 8, 9, 10, 11, 11, 11, 11");
    CHECK(values_of(texts) == "short, " + std::string(50, 'x') + ", , ");
    CHECK(values_of(uuids) == "18263");
    CHECK(test::spell(from<album>().where(none).select(col<&album::id>), test::sqlite()) ==
          R"(SELECT "albums"."id" FROM "albums" WHERE 0)");
}

TEST_CASE("condition: encodes values of types with a codec when it is made") {
    auto const one = [] { return condition(col<&oven::hottest> == celsius{250}); }();
    auto const some = [] {
        std::vector<celsius> list{{1}, {2}};
        return condition(col<&oven::hottest>.in(list));
    }();
    auto const missing = [] {
        return condition(col<&oven::now>.is_not_distinct_from(std::optional<celsius>()));
    }();
    auto const values = [](condition const& c) {
        auto const query = from<oven>().where(c);
        return test::render(query, test::postgresql());
    };
    CHECK(shown(values(one).values) == "C250");
    CHECK(values(one).types.front() == &type_of<std::string>);
    CHECK(shown(values(some).values) == "C1, C2");
    CHECK(shown(values(missing).values) == "NULL");
    CHECK(values(missing).types.front() == &type_of<std::string>);
}

TEST_CASE("condition: of enumerators and wide decimals keeps their values") {
    auto const c = [] {
        return condition(col<&track::style> == genre::blues &&
                         col<&track::mass> > decimal<30, 5>(7));
    }();
    auto const query = from<track>().where(c);
    auto const out = test::render(query, test::postgresql());
    REQUIRE(out.values.size() == 2);
    CHECK(shown({out.values[0]}) == "blues");
    CHECK(out.values[1].mantissa.low == 700000);
}

TEST_CASE("condition: copies stay what they were") {
    condition a = title_is("a");
    condition b = a;
    a = title_is("b");
    CHECK(values_of(a) == "b");
    CHECK(values_of(b) == "a");
    auto const& same = b;
    b = same;
    CHECK(values_of(b) == "a");
    condition const moved = std::move(b);
    CHECK(values_of(moved) == "a");
}

TEST_CASE("condition: one without parts is always true and leaves no trace") {
    CHECK(text_of(condition()).empty());
    CHECK(test::condition(condition() && condition(), test::postgresql()).empty());
    CHECK(test::condition(condition() && col<&track::number> == 1, test::postgresql()) ==
          R"(("tracks"."number" = $1))");
}

TEST_CASE("all_of and any_of: combine the conditions of a range") {
    std::vector<condition> parts{col<&track::number> > 3, col<&track::live> == true};
    CHECK(text_of(all_of(parts)) == R"((("tracks"."number" > $1) AND ("tracks"."live" = $2)))");
    CHECK(text_of(any_of(parts)) == R"((("tracks"."number" > $1) OR ("tracks"."live" = $2)))");
    std::list<condition> const linked(parts.begin(), parts.end());
    CHECK(text_of(any_of(linked)) == text_of(any_of(parts)));
    CHECK(text_of(all_of({col<&track::number> > 3, col<&track::live> == true})) ==
          text_of(all_of(parts)));
    parts.pop_back();
    CHECK(text_of(any_of(parts)) == R"(("tracks"."number" > $1))");
    parts.clear();
    CHECK(text_of(all_of(parts)).empty());
    CHECK(text_of(any_of(parts)) == "FALSE");
    CHECK(test::condition(any_of(parts), test::sqlite()) == "0");
}

TEST_CASE("all_of and any_of: keep their parts and nest") {
    auto const nested = [] {
        condition const left = any_of({title_is("a"), title_is("b")});
        return all_of({left, !condition(title_is("c")) || col<&album::id> == 5});
    }();
    CHECK(values_of(nested) == "a, b, c, 5");
    CHECK(
        test::spell(from<album>().where(nested).select(col<&album::id>), test::sqlite()) ==
        R"(SELECT "albums"."id" FROM "albums" WHERE ((("albums"."title" = ?1) OR ("albums"."title" = ?2)) AND )"
        R"(((NOT ("albums"."title" = ?3)) OR ("albums"."id" = ?4))))");
}

TEST_CASE("condition: composes with typed conditions, and values keep their order") {
    condition const c = title_is("t");
    auto const query =
        from<album>().where(col<&album::id> > 1 && c && col<&album::id> < 9).limit(3);
    CHECK(shown(test::render(query, test::postgresql()).values) == "1, t, 9, 3");
    CHECK(shown(test::render(query, test::mysql()).values) == "1, t, 9, 3");
}

TEST_CASE("condition: stands in a join, in having, and in a subquery") {
    condition const same = col<&album::artist_id> == col<&artist::id>;
    CHECK(
        test::spell(from<album>().join<artist>(same).select(col<&artist::name>),
                    test::postgresql()) ==
        R"(SELECT "artists"."name" FROM "albums" JOIN "artists" ON ("albums"."artist_id" = "artists"."id"))");
    condition const many = count() > 2;
    CHECK(
        test::spell(from<album>()
                        .group_by(col<&album::artist_id>)
                        .having(many)
                        .select(col<&album::artist_id>),
                    test::postgresql()) ==
        R"(SELECT "albums"."artist_id" FROM "albums" GROUP BY "albums"."artist_id" HAVING (count(*) > $1))");
    condition const named = col<&artist::name> == "x";
    auto const inner = from<artist>().where(named).select(col<&artist::id>);
    CHECK(
        test::spell(from<album>().where(col<&album::artist_id>.in(inner)).select(col<&album::id>),
                    test::postgresql()) ==
        R"(SELECT "albums"."id" FROM "albums" WHERE ("albums"."artist_id" IN (SELECT "artists"."id" FROM "artists" )"
        R"(WHERE ("artists"."name" = $1))))");
}

TEST_CASE("condition: names the table that the query does not have") {
    condition const other = col<&artist::name> == "x";
    auto const run = [&](auto const& query) {
        return message_of([&] { test::render(query, test::postgresql()); });
    };
    CHECK(run(from<album>().where(other)) ==
          "a condition or order made at run time names table artists, which is not in this query; "
          "join the table first");
    CHECK(refusal([&] { test::render(from<album>().where(other), test::postgresql()); }) ==
          error_kind::invalid_argument);
    CHECK(run(from<album>().join<artist>().where(other)).empty());
    // deep inside, beside a typed one, and within a subquery
    CHECK(run(from<album>().where(col<&album::id> == 1 && all_of({!other, other})))
              .find("table artists") != std::string::npos);
    condition const wrapped = exists(from<track>().where(other));
    CHECK(run(from<album>().where(wrapped)).find("table artists") != std::string::npos);
    condition const boss = col<&artist::name, "boss"> == "x";
    CHECK(run(from<artist>().where(boss)).find("table artists (alias boss)") != std::string::npos);
    CHECK(run(from<artist>()
                  .join<alias<artist, "boss">>(col<&artist::mentor_id> == col<&artist::id, "boss">)
                  .where(boss))
              .empty());
    condition const linked =
        exists(from<track>().correlate<album>().where(col<&track::album_id> == col<&album::id>));
    CHECK(run(from<album>().where(linked)).empty());
    CHECK(run(from<artist>().where(linked)).find("table albums") != std::string::npos);
}

TEST_CASE("condition: of groups uses grouped columns only") {
    auto const run = [&](auto const& query) {
        return message_of([&] { test::render(query, test::sqlite()); });
    };
    condition const loose = col<&album::title> == "x";
    condition const tight = col<&album::artist_id> == 1 && max(col<&album::title>) == "x";
    auto const groups = from<album>().group_by(col<&album::artist_id>);
    CHECK(run(groups.having(tight).select(count())).empty());
    CHECK(run(groups.having(loose).select(count())).find("not in group_by()") != std::string::npos);
    CHECK(run(groups.where(loose).select(count())).empty());
}

TEST_CASE("condition: filters updates and deletes") {
    condition const c = title_is("x");
    CHECK(test::spell(delete_from<album>().where(c), test::postgresql()) ==
          R"(DELETE FROM "albums" WHERE ("albums"."title" = $1))");
    CHECK(test::spell(update<album>().set(col<&album::id> = 1).where(c && col<&album::id> == 2),
                      test::mariadb())
              .find("WHERE") != std::string::npos);
    condition const other = col<&artist::name> == "x";
    CHECK(refusal([&] { test::render(delete_from<album>().where(other), test::postgresql()); }) ==
          error_kind::invalid_argument);
}
