// SPDX-License-Identifier: BSL-1.0
// Mirrors src/dialect/select.cpp, tables.cpp and statement_parts.cpp. Needs no database.

#include "dialect/spell.hpp"

using namespace relata;
using test::mariadb;
using test::mysql;
using test::postgresql;
using test::spell;
using test::sqlite;

namespace {

using boss = alias<artist, "boss">;

std::string order_of(std::string const& text) { return text.substr(text.find(" ORDER BY ") + 10); }

}  // namespace

TEST_CASE("select: a whole object is all columns of its table, in order") {
    auto const q = from<artist>();

    CHECK(spell(q, sqlite()) ==
          R"(SELECT "artists"."id", "artists"."name", "artists"."mentor_id" FROM "artists")");
    CHECK(spell(q, postgresql()) == spell(q, sqlite()));
    CHECK(spell(q, mysql()) ==
          "SELECT `artists`.`id`, `artists`.`name`, `artists`.`mentor_id` FROM `artists`");
}

TEST_CASE("select: clauses come in SQL's order however they were written") {
    auto const q = from<album>()
                       .limit(10)
                       .order_by(col<&album::title>)
                       .where(col<&album::id> > 1)
                       .where(col<&album::title> == "x")
                       .distinct()
                       .select(col<&album::title>);

    CHECK(spell(q, postgresql()) ==
          R"(SELECT DISTINCT "albums"."title" FROM "albums" WHERE ("albums"."id" > $2) )"
          R"(AND ("albums"."title" = $3) ORDER BY "albums"."title" LIMIT $1)");
    CHECK(spell(q, mysql()) ==
          "SELECT DISTINCT `albums`.`title` FROM `albums` WHERE (`albums`.`id` > ?) "
          "AND (`albums`.`title` = ?) ORDER BY `albums`.`title` LIMIT ?");
}

TEST_CASE("select: a join without a condition follows the declared reference, either way") {
    auto const forward = from<album>().join<artist>().select(col<&artist::name>);
    auto const backward = from<artist>().left_join<album>().select(col<&album::title>);

    CHECK(spell(forward, sqlite()) == R"(SELECT "artists"."name" FROM "albums" JOIN "artists" )"
                                      R"(ON ("albums"."artist_id" = "artists"."id"))");
    CHECK(spell(backward, sqlite()) ==
          R"(SELECT "albums"."title" FROM "artists" LEFT JOIN "albums" )"
          R"(ON ("albums"."artist_id" = "artists"."id"))");
}

TEST_CASE("select: a reference is found among all tables of the query") {
    auto const q = from<artist>()
                       .join<album>()
                       .where(col<&album::title> == "x")
                       .join<track>()
                       .select(col<&track::number>);

    CHECK(spell(q, sqlite()) ==
          R"(SELECT "tracks"."number" FROM "artists" JOIN "albums" )"
          R"(ON ("albums"."artist_id" = "artists"."id") JOIN "tracks" )"
          R"(ON ("tracks"."album_id" = "albums"."id") WHERE ("albums"."title" = ?1))");
}

TEST_CASE("select: an alias tells the same table apart") {
    auto const q = from<artist>()
                       .join<boss>(col<&artist::mentor_id> == col<&artist::id, "boss">)
                       .select(col<&artist::name, "boss">);

    CHECK(spell(q, sqlite()) == R"(SELECT "boss"."name" FROM "artists" JOIN "artists" AS "boss" )"
                                R"(ON ("artists"."mentor_id" = "boss"."id"))");
}

TEST_CASE("select: params keep their places when a join's condition has values") {
    auto const q =
        from<album>()
            .where(col<&album::id> == 1)
            .join<artist>(col<&album::artist_id> == col<&artist::id> && col<&artist::name> == "x")
            .where(col<&album::title> == "y")
            .select(col<&album::id> + 2);
    auto const text = test::render(q, mariadb());

    CHECK(spell(q, postgresql()) ==
          R"(SELECT ("albums"."id" + $4) FROM "albums" JOIN "artists" )"
          R"(ON (("albums"."artist_id" = "artists"."id") AND ("artists"."name" = $2)) )"
          R"(WHERE ("albums"."id" = $1) AND ("albums"."title" = $3))");
    CHECK(text.order == std::vector<std::uint16_t>{3, 1, 0, 2});
    CHECK_FALSE(text.straight);
}

TEST_CASE("select: a full join of MySQL is made of two others") {
    auto const full =
        from<artist>().full_join<album>(col<&album::title> == "x").select(col<&album::title>);
    auto const text = spell(full, mariadb());
    CHECK(text.starts_with("SELECT `relata_full`.`c1_1` FROM (SELECT "));
    CHECK(text.find(" LEFT JOIN `albums` ON (`albums`.`title` = ?) UNION ALL SELECT ") !=
          std::string::npos);
    CHECK(text.ends_with(" RIGHT JOIN `albums` ON (`albums`.`title` = ?) WHERE `artists`.`id` IS "
                         "NULL) AS `relata_full`"));
    auto const twice = from<artist>().full_join<album>().full_join<alias<artist, "other">>(
        col<&album::artist_id> == col<&artist::id, "other">);
    auto const later = from<artist>().right_join<album>().full_join<alias<artist, "other">>(
        col<&album::artist_id> == col<&artist::id, "other">);
    for (auto const* d : {&mysql(), &mariadb()}) {
        CHECK(test::refusal([&] { (void)spell(twice.select(col<&album::title>), *d); }) ==
              error_kind::not_supported);
        CHECK(test::refusal([&] { (void)spell(later.select(col<&album::title>), *d); }) ==
              error_kind::not_supported);
    }
}

TEST_CASE("select: outer joins that a database lacks are refused") {
    auto const full = from<album>().full_join<artist>().select(col<&album::title>);
    auto const right = from<album>().right_join<artist>().select(col<&artist::name>);
    auto const& old = dialect::dialect_for(test::family::sqlite, 33800);

    CHECK(spell(full, postgresql()).find(" FULL JOIN ") != std::string::npos);
    CHECK(spell(full, sqlite()).find(" FULL JOIN ") != std::string::npos);
    CHECK(spell(right, mysql()).find(" RIGHT JOIN ") != std::string::npos);
    CHECK(test::refusal([&] { (void)spell(full, old); }) == error_kind::not_supported);
    CHECK(test::refusal([&] { (void)spell(right, old); }) == error_kind::not_supported);
}

TEST_CASE("select: NULLs are last ascending and first descending on every back end") {
    auto const up = from<album>().order_by(col<&album::released>).select(col<&album::id>);
    auto const down = from<album>().order_by(col<&album::released>.desc()).select(col<&album::id>);

    CHECK(order_of(spell(up, postgresql())) == R"("albums"."released")");
    CHECK(order_of(spell(down, postgresql())) == R"("albums"."released" DESC)");
    CHECK(order_of(spell(up, sqlite())) == R"("albums"."released" NULLS LAST)");
    CHECK(order_of(spell(down, sqlite())) == R"("albums"."released" DESC NULLS FIRST)");
    CHECK(order_of(spell(up, mariadb())) == "(`albums`.`released` IS NULL), `albums`.`released`");
    CHECK(order_of(spell(down, mariadb())) ==
          "(`albums`.`released` IS NULL) DESC, `albums`.`released` DESC");
}

TEST_CASE("select: asking for the other place of NULLs turns the words around") {
    auto const up =
        from<album>().order_by(col<&album::released>.asc().nulls_first()).select(col<&album::id>);
    auto const down =
        from<album>().order_by(col<&album::released>.desc().nulls_last()).select(col<&album::id>);

    CHECK(order_of(spell(up, postgresql())) == R"("albums"."released" NULLS FIRST)");
    CHECK(order_of(spell(down, postgresql())) == R"("albums"."released" DESC NULLS LAST)");
    CHECK(order_of(spell(up, sqlite())) == R"("albums"."released")");
    CHECK(order_of(spell(down, sqlite())) == R"("albums"."released" DESC)");
    CHECK(order_of(spell(up, mysql())) == "`albums`.`released`");
}

TEST_CASE("select: a column that cannot be NULL is ordered without words that hide an index") {
    auto const q = from<album>().order_by(col<&album::title>.desc()).select(col<&album::id>);
    auto const outer =
        from<album>().left_join<artist>().order_by(col<&artist::name>).select(col<&album::id>);

    CHECK(order_of(spell(q, sqlite())) == R"("albums"."title" DESC)");
    CHECK(order_of(spell(q, mysql())) == "`albums`.`title` DESC");
    CHECK(order_of(spell(outer, sqlite())) == R"("artists"."name" NULLS LAST)");
}

TEST_CASE("select: MySQL orders by the aggregate, not its alias, where NULLs need a place") {
    auto const groups = from<album>().group_by(col<&album::artist_id>).order_by(output<"n">.desc());
    auto const counted = groups.select(col<&album::artist_id>, count().as<"n">());
    auto const summed = groups.select(col<&album::artist_id>, sum(col<&album::price>).as<"n">());

    CHECK(spell(counted, mariadb()) == "SELECT `albums`.`artist_id`, count(*) AS `n` FROM `albums` "
                                       "GROUP BY `albums`.`artist_id` ORDER BY `n` DESC");
    CHECK(order_of(spell(summed, mariadb())) == "(sum(`albums`.`price`) IS NULL) DESC, `n` DESC");
}

TEST_CASE("select: OFFSET stands alone on every back end") {
    auto const q = from<artist>().offset(5).select(col<&artist::id>);

    CHECK(spell(q, postgresql()) == R"(SELECT "artists"."id" FROM "artists" OFFSET $1)");
    CHECK(spell(q, sqlite()) == R"(SELECT "artists"."id" FROM "artists" LIMIT -1 OFFSET ?1)");
    CHECK(spell(q, mysql()) ==
          "SELECT `artists`.`id` FROM `artists` LIMIT 18446744073709551615 OFFSET ?");
}

TEST_CASE("select: FOR UPDATE is left to the transaction on SQLite") {
    auto const q = from<artist>().for_update().select(col<&artist::id>);

    CHECK(spell(q, postgresql()) == R"(SELECT "artists"."id" FROM "artists" FOR UPDATE)");
    CHECK(spell(q, sqlite()) == R"(SELECT "artists"."id" FROM "artists")");
}

TEST_CASE("select: groups and their conditions") {
    auto const q = from<album>()
                       .group_by(col<&album::artist_id>)
                       .having(count() > 2)
                       .select(col<&album::artist_id>);

    CHECK(spell(q, sqlite()) ==
          R"(SELECT "albums"."artist_id" FROM "albums" GROUP BY "albums"."artist_id" )"
          R"(HAVING (count(*) > ?1))");
}

TEST_CASE("select: a query inside another numbers its values where it stands") {
    auto const inner = from<album>().where(col<&album::price> > 3).select(col<&album::artist_id>);
    auto const q = from<artist>()
                       .where(col<&artist::name> != "a" && col<&artist::id>.in(inner))
                       .select(col<&artist::id>);

    CHECK(spell(q, postgresql()) ==
          R"(SELECT "artists"."id" FROM "artists" WHERE (("artists"."name" <> $1) AND )"
          R"(("artists"."id" IN (SELECT "albums"."artist_id" FROM "albums" )"
          R"(WHERE ("albums"."price" > $2)))))");
}

TEST_CASE("select: EXISTS sees the outer query's table; a scalar query is a value") {
    auto const has = exists(from<album>()
                                .correlate<artist>()
                                .where(col<&album::artist_id> == col<&artist::id>)
                                .select(col<&album::id>));
    auto const newest = scalar(from<album>().select(max(col<&album::id>)));

    CHECK(spell(from<artist>().where(has).select(newest), sqlite()) ==
          R"(SELECT (SELECT max("albums"."id") FROM "albums") FROM "artists" WHERE EXISTS )"
          R"((SELECT "albums"."id" FROM "albums" WHERE ("albums"."artist_id" = "artists"."id")))");
}

TEST_CASE("select: MySQL and MariaDB take a limited query after IN only as a table") {
    auto const inner = from<album>().limit(3).select(col<&album::artist_id>);
    auto const q = from<artist>().where(col<&artist::id>.in(inner)).select(col<&artist::id>);
    auto const text = "SELECT `artists`.`id` FROM `artists` WHERE (`artists`.`id` IN "
                      "(SELECT * FROM (SELECT `albums`.`artist_id` FROM `albums` LIMIT ?) AS "
                      "relata_rows))";

    CHECK(spell(q, mysql()) == text);
    CHECK(spell(q, mariadb()) == text);
    CHECK(spell(q, postgresql()).find("relata_rows") == std::string::npos);
}
