// SPDX-License-Identifier: BSL-1.0
// Mirrors src/dialect/create_tables.cpp, drop_tables.cpp, column_types.cpp and literals.cpp.
// Needs no database.

#include "dialect/spell.hpp"

using namespace relata;
using test::mariadb;
using test::model;
using test::mysql;
using test::postgresql;
using test::sqlite;

struct hen {
    std::int64_t id{};
    std::optional<std::int64_t> egg_id;
};
struct egg {
    std::int64_t id{};
    std::int64_t hen_id{};
};
struct every {
    bool flag{};
    std::int8_t i8{};
    std::uint16_t u16{};
    std::uint64_t u64{};
    float real{};
    decimal<6, 3> small;
    decimal<20, 0> large;
    text<20> name;
    std::vector<std::byte> data;
    date day{};
    time_of_day at{};
    timestamp moment{};
    uuid code;
    json document;
    genre style{};
};
struct nick {
    std::string name;
};
template <>
inline constexpr auto relata::table<hen> =
    describe<hen>("hens").key<&hen::id>(generated).references<&hen::egg_id, &egg::id>();
template <>
inline constexpr auto relata::table<egg> =
    describe<egg>("eggs").key<&egg::id>(generated).references<&egg::hen_id, &hen::id>(
        on_delete::restrict, on_update::cascade);
template <>
inline constexpr auto relata::table<every> = describe<every>("every")
                                                 .default_value<&every::flag>(true)
                                                 .default_value<&every::u64>(7)
                                                 .default_value<&every::small>("1.500"_dec)
                                                 .default_value<&every::name>("it's")
                                                 .unique<&every::data>();
template <>
inline constexpr auto relata::table<nick> =
    describe<nick>("nicks").unique<&nick::name>().ignore_case<&nick::name>();

namespace {

std::vector<std::string> create(std::vector<schema::table const*> const& tables,
                                dialect::dialect const& d) {
    return dialect::create_tables(tables, d);
}

std::string literal(auto const& value, dialect::dialect const& d) {
    std::string out;
    dialect::append_literal(
        out, dialect::element(type_of<std::remove_cvref_t<decltype(value)>>, &value), d);
    return out;
}

}  // namespace

TEST_CASE("tables: SQLite tables are STRICT and check what their types leave open") {
    auto const made = create({&model<album>()}, sqlite());

    REQUIRE(made.size() == 2);
    CHECK(made[0] == R"(CREATE TABLE "albums" (
    "id" INTEGER NOT NULL CONSTRAINT "albums_pkey" PRIMARY KEY AUTOINCREMENT,
    "title" TEXT NOT NULL,
    "artist_id" INTEGER NOT NULL,
    "price" INTEGER NOT NULL,
    "released" TEXT,
    CONSTRAINT "albums_title_check" CHECK (length("title") <= 255),
    CONSTRAINT "albums_price_check" CHECK ("price" BETWEEN -9999999999 AND 9999999999),
    CONSTRAINT "albums_released_check" CHECK (date("released", '+0 days') IS "released" AND "released" >= '0001-01-01'),
    CONSTRAINT "albums_price_positive" CHECK (("price" >= 0)),
    CONSTRAINT "albums_artist_id_fkey" FOREIGN KEY ("artist_id") REFERENCES "artists" ("id") ON DELETE CASCADE
) STRICT)");
    CHECK(made[1] == R"(CREATE INDEX "albums_title_idx" ON "albums" ("title"))");
}

TEST_CASE("tables: SQLite before 3.37 checks the types of values itself") {
    auto const made = create({&model<artist>()}, dialect::dialect_for(test::family::sqlite, 33600));

    REQUIRE(made.size() == 2);
    CHECK(made[0].find(R"(CHECK (typeof("name") IN ('text', 'null') AND length("name") <= 255))") !=
          std::string::npos);
    CHECK(made[0].find("STRICT") == std::string::npos);
    CHECK(made[1] == R"(CREATE UNIQUE INDEX "artists_name_key" ON "artists" ("name"))");
}

TEST_CASE("tables: PostgreSQL has types for nearly everything") {
    CHECK(create({&model<every>()}, postgresql())[0] == R"(CREATE TABLE "every" (
    "flag" boolean NOT NULL DEFAULT TRUE,
    "i8" smallint NOT NULL,
    "u16" integer NOT NULL,
    "u64" numeric(20,0) NOT NULL DEFAULT 7,
    "real" real NOT NULL,
    "small" numeric(6,3) NOT NULL DEFAULT 1.500,
    "large" numeric(20,0) NOT NULL,
    "name" varchar(20) COLLATE "C" NOT NULL DEFAULT 'it''s',
    "data" bytea NOT NULL,
    "day" date NOT NULL,
    "at" time(6) NOT NULL,
    "moment" timestamp(6) NOT NULL,
    "code" uuid NOT NULL,
    "document" json NOT NULL,
    "style" varchar(5) COLLATE "C" NOT NULL,
    CONSTRAINT "every_data_key" UNIQUE ("data"),
    CONSTRAINT "every_i8_check" CHECK ("i8" BETWEEN -128 AND 127),
    CONSTRAINT "every_u16_check" CHECK ("u16" BETWEEN 0 AND 65535),
    CONSTRAINT "every_u64_check" CHECK ("u64" BETWEEN 0 AND 18446744073709551615),
    CONSTRAINT "every_data_check" CHECK (octet_length("data") <= 255),
    CONSTRAINT "every_style_check" CHECK ("style" IN ('jazz', 'blues'))
))");
}

TEST_CASE("tables: MySQL has unsigned types, and a collation that compares code points") {
    auto const text = create({&model<every>()}, mysql())[0];

    CHECK(text == R"(CREATE TABLE `every` (
    `flag` tinyint(1) NOT NULL DEFAULT TRUE,
    `i8` tinyint NOT NULL,
    `u16` smallint unsigned NOT NULL,
    `u64` bigint unsigned NOT NULL DEFAULT 7,
    `real` float NOT NULL,
    `small` decimal(6,3) NOT NULL DEFAULT 1.500,
    `large` decimal(20,0) NOT NULL,
    `name` varchar(20) NOT NULL DEFAULT 'it''s',
    `data` varbinary(255) NOT NULL,
    `day` date NOT NULL,
    `at` time(6) NOT NULL,
    `moment` datetime(6) NOT NULL,
    `code` binary(16) NOT NULL,
    `document` longtext NOT NULL,
    `style` varchar(5) NOT NULL,
    CONSTRAINT `every_data_key` UNIQUE (`data`),
    CONSTRAINT `every_flag_check` CHECK (`flag` IN (0, 1)),
    CONSTRAINT `every_document_check` CHECK (json_valid(`document`)),
    CONSTRAINT `every_style_check` CHECK (`style` IN ('jazz', 'blues'))
) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin)");
    CHECK(create({&model<every>()}, mariadb())[0].find("COLLATE utf8mb4_nopad_bin") !=
          std::string::npos);
}

TEST_CASE("tables: SQLite keeps decimals and wide numbers so that they sort") {
    auto const text = create({&model<every>()}, sqlite())[0];

    CHECK(text.find(R"("u64" TEXT NOT NULL DEFAULT '00000000000000000007')") != text.npos);
    CHECK(text.find(R"("small" INTEGER NOT NULL DEFAULT 1500)") != text.npos);
    CHECK(text.find(R"("large" TEXT NOT NULL)") != text.npos);
    CHECK(text.find(R"(CHECK (length("large") = 21 AND "large" NOT GLOB '*[^0-9]*'))") !=
          text.npos);
    CHECK(text.find(R"(CHECK (json_valid("document")))") != text.npos);
    CHECK(text.find(R"(CHECK (length("code") = 16))") != text.npos);
    CHECK(text.find(R"(CHECK ("flag" IN (0, 1)))") != text.npos);
}

TEST_CASE("tables: generated keys") {
    CHECK(create({&model<artist>()}, postgresql())[0].find(
              R"("id" bigint GENERATED BY DEFAULT AS IDENTITY NOT NULL)") != std::string::npos);
    CHECK(create({&model<artist>()}, mysql())[0].find("`id` bigint NOT NULL AUTO_INCREMENT") !=
          std::string::npos);
}

TEST_CASE("tables: those that are referenced come first, and go last") {
    auto const made = create({&model<track>(), &model<album>(), &model<artist>()}, postgresql());
    auto const gone =
        dialect::drop_tables({&model<artist>(), &model<album>(), &model<track>()}, sqlite());

    REQUIRE(made.size() == 4);
    CHECK(made[0].substr(0, 22) == R"(CREATE TABLE "artists")");
    CHECK(made[1].substr(0, 21) == R"(CREATE TABLE "albums")");
    CHECK(made[3].substr(0, 21) == R"(CREATE TABLE "tracks")");
    CHECK(gone == std::vector<std::string>{R"(DROP TABLE IF EXISTS "tracks")",
                                           R"(DROP TABLE IF EXISTS "albums")",
                                           R"(DROP TABLE IF EXISTS "artists")"});
    CHECK(dialect::drop_tables({&model<artist>(), &model<album>()}, mysql()) ==
          std::vector<std::string>{"DROP TABLE IF EXISTS `albums`, `artists`"});
}

TEST_CASE("tables: circles of references are closed afterwards") {
    auto const made = create({&model<hen>(), &model<egg>()}, postgresql());

    REQUIRE(made.size() == 3);
    CHECK(made[0].find("FOREIGN KEY (\"hen_id\") REFERENCES") == std::string::npos);
    CHECK(made[2] == R"(ALTER TABLE "eggs" ADD CONSTRAINT "eggs_hen_id_fkey" FOREIGN KEY )"
                     R"(("hen_id") REFERENCES "hens" ("id") ON DELETE RESTRICT ON UPDATE CASCADE)");
    CHECK(create({&model<hen>(), &model<egg>()}, sqlite()).size() == 2);
    CHECK(dialect::drop_tables({&model<hen>(), &model<egg>()}, sqlite())[0] ==
          "PRAGMA defer_foreign_keys = ON");
    auto const gone = dialect::drop_tables({&model<hen>(), &model<egg>()}, mariadb());
    REQUIRE(gone.size() == 3);
    CHECK(gone[0] == "ALTER TABLE IF EXISTS `eggs` DROP FOREIGN KEY IF EXISTS `eggs_hen_id_fkey`");
}

TEST_CASE("tables: text that ignores case is unique in lower case") {
    CHECK(create({&model<nick>()}, sqlite())[1] ==
          R"(CREATE UNIQUE INDEX "nicks_name_key" ON "nicks" (lower("name")))");
    CHECK(create({&model<nick>()}, postgresql())[1] ==
          R"(CREATE UNIQUE INDEX "nicks_name_key" ON "nicks" (lower("name" COLLATE "C")))");
    CHECK(create({&model<nick>()}, mysql())[1] ==
          "CREATE UNIQUE INDEX `nicks_name_key` ON `nicks` ((CONVERT(CONVERT(lower(CONVERT(CONVERT("
          "`name` USING binary) USING tis620)) USING binary) USING utf8mb4)))");
    auto const hidden = create({&model<nick>()}, mariadb());
    CHECK(hidden[0].find("`name_folded` varchar(255) GENERATED ALWAYS AS (CONVERT(") !=
          std::string::npos);
    CHECK(hidden[1] == "CREATE UNIQUE INDEX `nicks_name_key` ON `nicks` (`name_folded`)");
}

TEST_CASE("literals: each in the database's notation") {
    CHECK(literal(std::string("it's"), sqlite()) == "'it''s'");
    CHECK(literal(std::string("a\\b"), postgresql()) == "'a\\b'");
    CHECK(literal(std::string("a\\b"), mysql()) == "_utf8mb4 X'615c62'");
    CHECK(literal(true, sqlite()) == "1");
    CHECK(literal(false, postgresql()) == "FALSE");
    CHECK(literal(std::int64_t(INT64_MIN), sqlite()) == "(-9223372036854775807 - 1)");
    CHECK(literal(1.5, postgresql()) == "1.5e0::float8");
    CHECK(literal(1e300, mysql()) == "1e+300");
    CHECK(literal(decimal<5, 3>::from_string("-0.005"), mysql()) == "-0.005");
    CHECK(literal(decimal<5, 3>::from_string("-0.005"), sqlite()) == "-5");
    CHECK(literal(decimal<20, 1>::from_string("-0.1"), sqlite()) == "'099999999999999999998'");
    CHECK(literal(decimal<20, 1>::from_string("-10.1"), postgresql()) == "-10.1");
    CHECK(literal(date_from_string("2024-02-29"), mysql()) == "DATE '2024-02-29'");
    CHECK(literal(time_of_day(1, 2, 3), sqlite()) == "'01:02:03.000000'");
    CHECK(literal(instant_from_string("2024-02-29 01:02:03Z"), postgresql()) ==
          "TIMESTAMPTZ '2024-02-29 01:02:03.000000+00'");
    CHECK(literal(instant_from_string("2024-02-29 01:02:03Z"), mysql()) ==
          "TIMESTAMP '2024-02-29 01:02:03.000000'");
    CHECK(literal(std::vector<std::byte>{std::byte{0}, std::byte{0xff}}, postgresql()) ==
          "'\\x00ff'::bytea");
    CHECK(literal(uuid{}, sqlite()) == "X'00000000000000000000000000000000'");
    CHECK(literal(uuid{}, postgresql()) == "'00000000-0000-0000-0000-000000000000'::uuid");
    CHECK(literal(genre::blues, mysql()) == "'blues'");
    CHECK(literal(std::optional<std::int32_t>(), mysql()) == "NULL");
}

TEST_CASE("literals: what is no value everywhere is refused") {
    CHECK(test::refusal([] { (void)literal(std::string("a\0b", 3), sqlite()); }) ==
          error_kind::text_invalid);
    CHECK(test::refusal([] { (void)literal(1e308 * 10, sqlite()); }) == error_kind::out_of_range);
}
