// SPDX-License-Identifier: BSL-1.0
// Mirrors src/dialect/change.cpp and whole_object.cpp. Needs no database.

#include "dialect/spell.hpp"

using namespace relata;
using test::mariadb;
using test::mysql;
using test::postgresql;
using test::spell;
using test::sqlite;
using sql::op;

struct only_key {
    std::int64_t id{};
};
struct keyless {
    std::int64_t id{};
};
template <>
inline constexpr auto relata::table<only_key> =
    describe<only_key>("only_keys").key<&only_key::id>(generated);
template <> inline constexpr auto relata::table<keyless> = describe<keyless>("keyless");

namespace {

template <class T> std::string whole(op kind, dialect::dialect const& d, bool return_key = false) {
    sql::node const tree{.kind = kind, .b = &sql::node_of<sql::table_<T>>};
    return dialect::to_sql({&tree, nullptr, 0, nullptr, 0, return_key}, d);
}

}  // namespace

TEST_CASE("insert: an object leaves out what the database makes") {
    CHECK(whole<artist>(op::insert, sqlite()) ==
          R"(INSERT INTO "artists" ("name", "mentor_id") VALUES (?1, ?2))");
    CHECK(whole<artist>(op::insert, postgresql(), true) ==
          R"(INSERT INTO "artists" ("name", "mentor_id") VALUES ($1, $2) RETURNING "id")");
    CHECK(whole<artist>(op::insert, mysql()) ==
          "INSERT INTO `artists` (`name`, `mentor_id`) VALUES (?, ?)");
    CHECK(whole<only_key>(op::insert, sqlite()) == R"(INSERT INTO "only_keys" DEFAULT VALUES)");
    CHECK(whole<only_key>(op::insert, mysql()) == "INSERT INTO `only_keys` () VALUES ()");
}

TEST_CASE("insert: an object's placeholders have the types of its columns") {
    sql::node const tree{.kind = op::insert, .b = &sql::node_of<sql::table_<artist>>};
    auto const text = dialect::render({&tree, nullptr, 0}, postgresql());

    REQUIRE(text.types.size() == 2);
    CHECK(text.types[0]->kind == kind::text);
    CHECK(text.types[1]->kind == kind::int64);
    CHECK(text.order == std::vector<std::uint16_t>{0, 1});
    CHECK(text.straight);
    CHECK(text.values.empty());
}

TEST_CASE("insert: RETURNING the key is refused where there is none") {
    CHECK(test::refusal([] { (void)whole<artist>(op::insert, mysql(), true); }) ==
          error_kind::not_supported);
}

TEST_CASE("insert: by columns") {
    auto const q = insert_into<artist>().set(col<&artist::name> = "x", col<&artist::id> = 7);

    CHECK(spell(q, postgresql()) == R"(INSERT INTO "artists" ("name", "id") VALUES ($1, $2))");
    CHECK(spell(q.returning(col<&artist::id>), sqlite()) ==
          R"(INSERT INTO "artists" ("name", "id") VALUES (?1, ?2) RETURNING "id")");
    CHECK(spell(q.returning(col<&artist::id>), mariadb()) ==
          "INSERT INTO `artists` (`name`, `id`) VALUES (?, ?) RETURNING `id`");
}

TEST_CASE("whole objects: found, updated and deleted by their key") {
    CHECK(whole<artist>(op::find_object, sqlite()) ==
          R"(SELECT "id", "name", "mentor_id" FROM "artists" WHERE "id" = ?1)");
    CHECK(whole<album>(op::update_object, postgresql()) ==
          R"(UPDATE "albums" SET "title" = $1, "artist_id" = $2, "price" = $3, "released" = $4 )"
          R"(WHERE "id" = $5)");
    CHECK(whole<track>(op::remove_object, mysql()) ==
          "DELETE FROM `tracks` WHERE `album_id` = ? AND `number` = ?");
}

TEST_CASE("whole objects: without a key or other columns they are refused") {
    CHECK(test::refusal([] { (void)whole<keyless>(op::find_object, sqlite()); }) ==
          error_kind::invalid_schema);
    CHECK(test::refusal([] { (void)whole<only_key>(op::update_object, sqlite()); }) ==
          error_kind::invalid_argument);
}

TEST_CASE("update: assigned columns have no table, columns that are read have one") {
    auto const q = update<album>()
                       .set(col<&album::title> = "x", col<&album::price> = col<&album::price> * 2)
                       .where(col<&album::id> == 3);

    CHECK(spell(q, sqlite()) ==
          R"(UPDATE "albums" SET "title" = ?1, "price" = ("albums"."price" * ?2) )"
          R"(WHERE ("albums"."id" = ?3))");
    CHECK(spell(q, mysql()) == "UPDATE `albums` SET `title` = ?, `price` = (`albums`.`price` * ?) "
                               "WHERE (`albums`.`id` = ?)");
}

TEST_CASE("update: MySQL would read a column's new value, so it is refused there") {
    auto const swap =
        update<album>()
            .set(col<&album::id> = col<&album::artist_id>, col<&album::artist_id> = col<&album::id>)
            .all_rows();
    auto const harmless = update<album>()
                              .set(col<&album::title> = "x", col<&album::id> = col<&album::id> + 1)
                              .all_rows();

    CHECK(test::refusal([&] { (void)spell(swap, mysql()); }) == error_kind::not_supported);
    CHECK(spell(swap, mariadb()) ==
          "UPDATE `albums` SET `id` = `albums`.`artist_id`, `artist_id` = `albums`.`id`");
    CHECK(spell(harmless, mysql()) ==
          "UPDATE `albums` SET `title` = ?, `id` = (`albums`.`id` + ?)");
}

TEST_CASE("update: RETURNING is refused where there is none") {
    auto const q =
        update<album>().set(col<&album::title> = "x").all_rows().returning(col<&album::id>);
    auto const& old = dialect::dialect_for(test::family::sqlite, 33400);

    CHECK(spell(q, postgresql()) == R"(UPDATE "albums" SET "title" = $1 RETURNING "id")");
    CHECK(spell(q, sqlite()) == R"(UPDATE "albums" SET "title" = ?1 RETURNING "id")");
    for (auto const* d : {&mysql(), &mariadb(), &old})
        CHECK(test::refusal([&] { (void)spell(q, *d); }) == error_kind::not_supported);
}

TEST_CASE("delete: by condition, and from MySQL through a table where it reads itself") {
    auto const cheap = from<album>().where(col<&album::price> < 1).select(col<&album::id>);
    auto const q = delete_from<album>().where(col<&album::id>.in(cheap));

    CHECK(spell(q, sqlite()) ==
          R"(DELETE FROM "albums" WHERE ("albums"."id" IN (SELECT "albums"."id" FROM "albums" )"
          R"(WHERE ("albums"."price" < ?1))))");
    CHECK(spell(q, mysql()) ==
          "DELETE FROM `albums` WHERE (`albums`.`id` IN (SELECT * FROM (SELECT `albums`.`id` "
          "FROM `albums` WHERE (`albums`.`price` < ?)) AS relata_rows))");
    CHECK(spell(q, mariadb()).find("relata_rows") == std::string::npos);
    CHECK(spell(delete_from<album>().all_rows().returning(col<&album::id>), mariadb()) ==
          "DELETE FROM `albums` RETURNING `id`");
}

TEST_CASE("update: conditions that come at run time narrow it further") {
    auto const q = update<album>().set(col<&album::title> = "x").where(col<&album::id> > 1);
    auto const more = col<&album::price> > 5;
    sql::clause const clause{&more.tree(), more.values(), 1, nullptr, 0, false};
    sql::clause const* const extra[] = {&clause};
    auto source = test::source_of(q);
    source.extra = extra;
    source.extra_count = 1;
    auto const text = dialect::render(source, postgresql());

    CHECK(text.text == R"(UPDATE "albums" SET "title" = $1 WHERE ("albums"."id" > $2) )"
                       R"(AND ("albums"."price" > $3))");
    CHECK_FALSE(text.straight);
    CHECK(text.order == std::vector<std::uint16_t>{0, 1, dialect::rendered::computed});
    REQUIRE(text.values.size() == 3);
    CHECK(text.values[2].integer == 500);
}
