// SPDX-License-Identifier: BSL-1.0
// Mirrors src/dialect/expressions.cpp, arithmetic.cpp, text_functions.cpp, aggregates.cpp, casts.cpp
// and conditions.cpp. Needs no database; that the texts mean the same is tested on databases.

#include "dialect/spell.hpp"

using namespace relata;
using test::condition;
using test::written;
using test::mariadb;
using test::mysql;
using test::postgresql;
using test::sqlite;

TEST_CASE("arithmetic: integers divide as in C++ and give NULL for zero") {
    auto const quotient = col<&track::album_id> / 2;
    auto const remainder = col<&track::album_id> % 2;

    CHECK(written(quotient, sqlite()) == R"(("tracks"."album_id" / ?1))");
    CHECK(written(quotient, postgresql()) == R"(("tracks"."album_id" / NULLIF($1, 0)))");
    CHECK(written(quotient, mysql()) == "(`tracks`.`album_id` DIV NULLIF(?, 0))");
    CHECK(written(remainder, sqlite()) == R"(("tracks"."album_id" % ?1))");
    CHECK(written(remainder, mysql()) == "(`tracks`.`album_id` % NULLIF(?, 0))");
    CHECK(written(col<&track::rating> / 2.0, mysql()) == "(`tracks`.`rating` / NULLIF(?, 0))");
}

TEST_CASE("arithmetic: PostgreSQL computes in the type of the result") {
    CHECK(written(col<&track::number> + col<&track::number>, postgresql()) ==
          R"(("tracks"."number"::bigint + "tracks"."number"))");
    CHECK(written(col<&track::number> * col<&track::number>, sqlite()) ==
          R"(("tracks"."number" * "tracks"."number"))");
    CHECK(written(col<&track::album_id> + col<&track::number>, postgresql()) ==
          R"(("tracks"."album_id" + "tracks"."number"))");
    CHECK(written(-col<&track::number>, postgresql()) == R"((-"tracks"."number"))");
}

TEST_CASE("decimals: servers compute with their own") {
    CHECK(written(col<&track::price> + col<&track::weight>, postgresql()) ==
          R"(("tracks"."price" + "tracks"."weight"))");
    CHECK(written(round<1>(col<&track::price>), mysql()) == "round(`tracks`.`price`, 1)");
}

TEST_CASE("decimals: SQLite brings scaled integers to a common scale") {
    CHECK(written(col<&track::price> + col<&track::weight>, sqlite()) ==
          R"((("tracks"."price" * 100) + "tracks"."weight"))");
    CHECK(written(col<&track::price> * col<&track::weight>, sqlite()) ==
          R"(("tracks"."price" * "tracks"."weight"))");
    CHECK(written(col<&track::price> - col<&track::number>, sqlite()) ==
          R"(("tracks"."price" - ("tracks"."number" * 100)))");
    CHECK(condition(col<&track::price> > col<&track::number>, sqlite()) ==
          R"(("tracks"."price" > ("tracks"."number" * 100)))");
    CHECK(condition(col<&track::weight>.between(col<&track::price>, 1), sqlite()) ==
          R"(("tracks"."weight" BETWEEN ("tracks"."price" * 100) AND ?1))");
    CHECK(written(coalesce(col<&track::weight>, col<&track::price>), sqlite()) ==
          R"(coalesce("tracks"."weight", ("tracks"."price" * 100)))");
    CHECK(written(avg(col<&track::price>), sqlite()) ==
          R"((sum("tracks"."price") / 100.0 / count("tracks"."price")))");
}

TEST_CASE("decimals: SQLite rounds half away from zero and truncates casts") {
    CHECK(written(round<1>(col<&track::price>), sqlite()) ==
          R"((("tracks"."price" + CASE WHEN "tracks"."price" < 0 THEN -5 ELSE 5 END) / 10))");
    CHECK(written(cast<std::int64_t>(col<&track::price>), sqlite()) ==
          R"(("tracks"."price" / 100))");
    CHECK(written(cast<double>(col<&track::price>), sqlite()) == R"(("tracks"."price" / 100.0))");
    CHECK(written(cast<decimal<10, 1>>(col<&track::price>), sqlite()) ==
          R"(("tracks"."price" / 10))");
    CHECK(written(cast<decimal<10, 3>>(col<&track::number>), sqlite()) ==
          R"(("tracks"."number" * 1000))");
}

TEST_CASE("decimals: an assignment converts to the column's scale on SQLite") {
    auto const q = update<track>()
                       .set(col<&track::price> = coalesce(col<&track::weight>, col<&track::price>))
                       .all_rows();

    CHECK(
        test::spell(q, sqlite()) ==
        R"(UPDATE "tracks" SET "price" = )"
        R"(((coalesce("tracks"."weight", ("tracks"."price" * 100)) + CASE WHEN )"
        R"(coalesce("tracks"."weight", ("tracks"."price" * 100)) < 0 THEN -50 ELSE 50 END) / 100))");
}

TEST_CASE("decimals: SQLite compares wide ones with their own type only") {
    auto const same = col<&track::mass> > decimal<30, 5>::from_string("1.00000");

    CHECK(condition(same, sqlite()) == R"(("tracks"."mass" > ?1))");
    CHECK(written(max(col<&track::mass>), sqlite()) == R"(max("tracks"."mass"))");
    auto const refused = [](auto const& e) {
        return test::refusal([&] { (void)written(e, sqlite()); }) == error_kind::not_supported;
    };
    CHECK(refused(col<&track::mass> + 1));
    CHECK(refused(sum(col<&track::mass>)));
    CHECK(refused(avg(col<&track::mass>)));
    CHECK(refused(col<&track::mass> > col<&track::price>));
    CHECK(refused(col<&track::plays> + 1U));
    CHECK(refused(col<&track::plays> > col<&track::number>));
    CHECK(refused(cast<std::int64_t>(col<&track::plays>)));
    CHECK(written(col<&track::mass> + 1, postgresql()) == R"(("tracks"."mass" + $1))");
}

TEST_CASE("casts: towards zero, and an error instead of a cut") {
    CHECK(written(cast<std::int64_t>(col<&track::rating>), postgresql()) ==
          R"(trunc("tracks"."rating")::bigint)");
    CHECK(written(cast<std::int64_t>(col<&track::rating>), mysql()) == "(`tracks`.`rating` DIV 1)");
    CHECK(written(cast<std::int64_t>(col<&track::rating>), sqlite()).find("abs(") !=
          std::string::npos);
    CHECK(written(cast<decimal<10, 1>>(col<&track::weight>), postgresql()) ==
          R"(trunc("tracks"."weight", 1)::numeric(10,1))");
    CHECK(written(cast<decimal<10, 1>>(col<&track::weight>), mysql()) ==
          "truncate(`tracks`.`weight`, 1)");
    CHECK(written(cast<double>(col<&track::number>), mysql()) == "(`tracks`.`number` + 0e0)");
    CHECK(written(cast<std::string>(col<&track::number>), postgresql()) ==
          R"(("tracks"."number"::text COLLATE "C"))");
    CHECK(written(cast<std::string>(col<&track::number>), mysql()) ==
          "(CAST(`tracks`.`number` AS CHAR) COLLATE utf8mb4_0900_bin)");
}

TEST_CASE("casts: what databases spell differently is refused on all") {
    for (auto const* d : {&sqlite(), &postgresql(), &mariadb(), &mysql()}) {
        CHECK(test::refusal([&] { (void)written(cast<std::string>(col<&track::rating>), *d); }) ==
              error_kind::not_supported);
        CHECK(test::refusal([&] {
                  (void)written(cast<decimal<10, 2>>(col<&track::rating>), *d);
              }) == error_kind::not_supported);
    }
}

TEST_CASE("text: searching takes no pattern") {
    auto const has = col<&track::title>.contains("x");
    auto const begins = col<&track::title>.starts_with("x");
    auto const ends = col<&track::title>.ends_with("x");

    CHECK(condition(has, sqlite()) == R"((instr("tracks"."title", ?1) > 0))");
    CHECK(condition(has, postgresql()) == R"((position($1 IN "tracks"."title") > 0))");
    CHECK(condition(has, mysql()) == "(locate(?, `tracks`.`title`) > 0)");
    CHECK(condition(begins, postgresql()) == R"(starts_with("tracks"."title", $1))");
    CHECK(condition(begins, sqlite()) == R"((substr("tracks"."title", 1, length(?1)) = ?1))");
    CHECK(condition(ends, mysql()) == "(right(`tracks`.`title`, char_length(?)) = ?)");
    CHECK(condition(ends, sqlite()) ==
          R"((substr("tracks"."title", length("tracks"."title") - length(?1) + 1) = ?1))");
    CHECK(condition(col<&track::title>.like("a%"), sqlite()) ==
          R"(("tracks"."title" LIKE ?1 ESCAPE '\'))");
}

TEST_CASE("text: lower and upper change ASCII letters only") {
    CHECK(written(lower(col<&track::title>), sqlite()) == R"(lower("tracks"."title"))");
    CHECK(written(lower(col<&track::title>), postgresql()) ==
          R"(lower("tracks"."title" COLLATE "C"))");
    CHECK(written(upper(col<&track::title>), mariadb()) ==
          "(CONVERT(CONVERT(upper(CONVERT(CONVERT(`tracks`.`title` USING binary) USING tis620)) "
          "USING binary) USING utf8mb4) COLLATE utf8mb4_nopad_bin)");
}

TEST_CASE("text: joined, measured, trimmed, cut and replaced") {
    CHECK(written(col<&track::title> + "x", mysql()) == "concat(`tracks`.`title`, ?)");
    CHECK(written(col<&track::title> + "x", sqlite()) == R"(("tracks"."title" || ?1))");
    CHECK(written(length(col<&track::title>), mysql()) == "char_length(`tracks`.`title`)");
    CHECK(written(length(col<&track::title>), sqlite()) == R"(length("tracks"."title"))");
    CHECK(written(trim(col<&track::title>), sqlite()) == R"(trim("tracks"."title", ' '))");
    CHECK(written(trim(col<&track::title>), postgresql()) ==
          R"(trim(BOTH ' ' FROM "tracks"."title"))");
    CHECK(written(substr(col<&track::title>, 2, 3), mysql()) ==
          "substr(`tracks`.`title`, greatest(?, 1), greatest(?, 0))");
    CHECK(written(replace(col<&track::title>, "a", "b"), sqlite()) ==
          R"(replace("tracks"."title", ?1, ?2))");
}

TEST_CASE("aggregates: one result type on every back end") {
    CHECK(written(sum(col<&track::number>), postgresql()) == R"(sum("tracks"."number")::bigint)");
    CHECK(written(sum(col<&track::number>), mysql()) == "(sum(`tracks`.`number`) DIV 1)");
    CHECK(written(sum(col<&track::number>), sqlite()) == R"(sum("tracks"."number"))");
    CHECK(written(avg(col<&track::number>), postgresql()) ==
          R"((sum("tracks"."number")::float8 / count("tracks"."number")))");
    CHECK(written(avg(col<&track::number>), mysql()) ==
          "((sum(`tracks`.`number`) + 0e0) / count(`tracks`.`number`))");
    CHECK(written(min(col<&track::live>), postgresql()) == R"(bool_and("tracks"."live"))");
    CHECK(written(max(col<&track::live>), postgresql()) == R"(bool_or("tracks"."live"))");
    CHECK(written(max(col<&track::code>), postgresql()) ==
          R"(max("tracks"."code"::text COLLATE "C")::uuid)");
    CHECK(written(count_distinct(col<&track::title>), sqlite()) ==
          R"(count(DISTINCT "tracks"."title"))");
    CHECK(written(count(), mysql()) == "count(*)");
}

TEST_CASE("conditions: comparing with NULL as a value") {
    auto const same = col<&track::title>.is_not_distinct_from(std::nullopt);
    auto const other = col<&track::title>.is_distinct_from("x");

    CHECK(condition(same, postgresql()) == R"(("tracks"."title" IS NOT DISTINCT FROM $1))");
    CHECK(condition(same, sqlite()) == R"(("tracks"."title" IS ?1))");
    CHECK(condition(same, mysql()) == "(`tracks`.`title` <=> ?)");
    CHECK(condition(other, mysql()) == "(NOT (`tracks`.`title` <=> ?))");
    CHECK(condition(other, sqlite()) == R"(("tracks"."title" IS NOT ?1))");
    CHECK(condition(col<&track::title>.is_null(), sqlite()) == R"(("tracks"."title" IS NULL))");
}

TEST_CASE("conditions: a condition is a value as well") {
    CHECK(written(col<&track::number> == 1, sqlite()) == R"(("tracks"."number" = ?1))");
    CHECK(written(!(col<&track::live> == true), postgresql()) == R"((NOT ("tracks"."live" = $1)))");
    CHECK(condition(col<&track::live>, sqlite()) == R"("tracks"."live")");
}

TEST_CASE("expressions: CASE, now, parts of dates and hand-written SQL") {
    CHECK(
        written(
            case_(when(col<&track::number> > 1, "a"), when(col<&track::live>, "b")).otherwise("c"),
            sqlite()) ==
        R"(CASE WHEN ("tracks"."number" > ?1) THEN ?2 WHEN "tracks"."live" THEN ?3 ELSE ?4 END)");
    CHECK(written(now(), postgresql()) == "statement_timestamp()");
    CHECK(written(now(), mysql()) == "utc_timestamp(6)");
    CHECK(written(now(), sqlite()) == "strftime('%Y-%m-%d %H:%M:%f000', 'now')");
    CHECK(written(year(col<&track::day>), postgresql()) ==
          R"(extract(YEAR FROM "tracks"."day")::bigint)");
    CHECK(written(month(col<&track::recorded>), postgresql()) ==
          R"(extract(MONTH FROM "tracks"."recorded" AT TIME ZONE 'UTC')::bigint)");
    CHECK(written(day(col<&track::day>), sqlite()) ==
          R"(CAST(substr("tracks"."day", 9, 2) AS INTEGER))");
    CHECK(written(raw<"foo(?, ?)", std::int64_t>(col<&track::number>, 7), postgresql()) ==
          R"(foo("tracks"."number", $1))");
}

TEST_CASE("expressions: JSON documents are neither ordered nor compared") {
    auto const by_tags = from<track>().order_by(col<&track::tags>).select(col<&track::number>);
    auto const distinct_tags = from<track>().distinct().select(col<&track::tags>);
    auto const by_groups = from<track>().group_by(col<&track::tags>).select(count());

    CHECK(test::refusal([&] { (void)test::spell(distinct_tags, mysql()); }) ==
          error_kind::not_supported);
    CHECK(test::refusal([&] { (void)test::spell(by_groups, postgresql()); }) ==
          error_kind::not_supported);
    CHECK(test::refusal([&] { (void)test::spell(by_tags, sqlite()); }) ==
          error_kind::not_supported);
}
