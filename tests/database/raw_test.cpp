// SPDX-License-Identifier: BSL-1.0
#include "database/stored_support.hpp"
#include "database/thrown.hpp"

using namespace relata;
using namespace stored;
using test::refusal;

namespace {

struct priced {
    std::string name;
    decimal<10, 2> price;
};
struct spot {
    std::int64_t x{};
    std::int64_t y{};
};
struct named_spot {
    std::string name;
    spot at;
    std::optional<std::int64_t> z;
};

}  // namespace

TEST_CASE("sql_query: gives rows of cells, of a struct and of a mapped struct") {
    fill();
    auto const rows =
        db().all(sql_query<"select name, price from stored_cheeses where price < ? order by name",
                           std::string, decimal<10, 2>>(decimal<10, 2>(5)));
    REQUIRE(rows.size() == 2);
    CHECK(rows[1].m0 == "feta");
    CHECK(rows[1].m1 == decimal<10, 2>::from_string("3.25"));
    auto const one = db().one(
        sql_query<"select name, price from stored_cheeses where name = ?", priced>("brie"));
    CHECK(one.price == decimal<10, 2>::from_string("4.50"));
    auto const whole =
        db().first(sql_query<"select * from stored_cheeses where name = ?", cheese>("gouda"));
    REQUIRE(whole);
    CHECK(whole->weight == grams{500});
    CHECK(whole->taste_of == taste::salty);
    CHECK(whole->eaten ==
          date{std::chrono::year(2024), std::chrono::month(2), std::chrono::day(29)});
    CHECK(db().one(sql_query<"select count(*) from stored_cheeses", std::int64_t>()).m0 == 3);
}

TEST_CASE("sql_query: fills the members of embedded structs in order") {
    auto const rows = db().all(
        sql_query<"select 'a', 1, 2, 3 union all select 'b', 4, 5, NULL order by 1", named_spot>());
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].at.y == 2);
    CHECK(rows[0].z == 3);
    CHECK(rows[1].at.x == 4);
    CHECK_FALSE(rows[1].z);
}

TEST_CASE("sql_query: streams, and is a query value") {
    fill();
    std::string seen;
    for (auto const& r :
         db().stream(sql_query<"select name from stored_cheeses order by name", std::string>()))
        seen += r.m0;
    CHECK(seen == "briefetagouda");
    query<priced> const kept =
        sql_query<"select name, price from stored_cheeses where name = ?", priced>("feta");
    CHECK(db().one(kept).name == "feta");
    CHECK(db().one(kept).name == "feta");
}

TEST_CASE("sql_query: a question mark in quotes or a comment is text") {
    auto const row =
        db().one(sql_query<"select '?', /* ? */ count(*) from stored_farms where name <> ? -- ?",
                           std::string, std::int64_t>("it's"));
    CHECK(row.m0 == "?");
}

TEST_CASE("sql_query: values of many types are bound") {
    fill();
    auto const rows =
        db().all(sql_query<"select name from stored_cheeses where taste_of = ? and weight = ? and "
                           "price >= ? and id > ?",
                           std::string>(taste::salty, grams{500}, decimal<10, 2>(1), 0));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].m0 == "gouda");
    std::optional<date> const day =
        date{std::chrono::year(2024), std::chrono::month(2), std::chrono::day(29)};
    CHECK(db().all(sql_query<"select name from stored_cheeses where eaten = ?", std::string>(day))
              .size() == 1);
    CHECK(db().all(sql_query<"select name from stored_cheeses where eaten = ?", std::string>(
                       std::optional<date>()))
              .empty());
}

TEST_CASE("sql_command: changes rows and says how many") {
    fill();
    CHECK(db().execute(sql_command<"update stored_cheeses set price = price * 2 where price < ?">(
              decimal<10, 2>(5))) == 2);
    CHECK(db().execute(sql_command<"delete from stored_cheeses where name = ?">("none")) == 0);
    db().transaction([&](transaction& tx) {
        CHECK(tx.execute(sql_command<"delete from stored_cheeses">()) == 3);
        CHECK(tx.all(from<cheese>()).empty());
    });
    CHECK(db().execute(sql_command<"insert into stored_farms (name) values (?)">("east")) == 1);
    CHECK(db().all(from<farm>()).size() == 3);
}

TEST_CASE("sql_command: takes other statements too") {
    fill();
    db().execute(sql_command<"create table stored_extra (id integer not null)">());
    CHECK(db().execute(sql_command<"insert into stored_extra (id) values (?)">(5)) == 1);
    CHECK(db().execute(sql_command<"select id from stored_extra">()) ==
          0);  // rows that nobody reads
    db().execute(sql_command<"drop table stored_extra">());
    CHECK(refusal([] { db().execute(sql_command<"drop table stored_extra">()); }) ==
          error_kind::table_not_found);
}

TEST_CASE("sql_command: a transaction that it begins does not stay with the connection") {
    fill();
    try {
        db().execute(sql_command<"begin">());
        db().execute(sql_command<"delete from stored_cheeses">());
    } catch (error const&) {  // a back end may refuse it
    }
    fill();
    CHECK(db().all(from<cheese>()).size() == 3);
}

TEST_CASE("unsafe_sql: runs text made at run time") {
    fill();
    std::string text = "select name, price from stored_cheeses";
    text += " where price > ? order by name";
    auto const q = sql_query<priced>(unsafe_sql(text), decimal<10, 2>(4));
    auto const rows = db().all(q);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].name == "brie");
    CHECK(db().all(sql_query<std::string, decimal<10, 2>>(unsafe_sql(text), decimal<10, 2>(4)))
              .size() == 2);
    CHECK(db().execute(sql_command(unsafe_sql("delete from stored_cheeses where name = ?"),
                                   std::string("brie"))) == 1);
    std::string names;
    for (auto const& r : db().stream(
             sql_query<std::string>(unsafe_sql("select name from stored_cheeses order by name"))))
        names += r.m0;
    CHECK(names == "fetagouda");
}

TEST_CASE("sql_query: another number of columns is a type mismatch that says so") {
    fill();
    auto const refused = [](auto const& query, std::string_view words) {
        try {
            (void)db().all(query);
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::type_mismatch);
            CHECK(e.message().find(words) != std::string::npos);
            return;
        }
        FAIL("not refused");
    };
    for (int twice = 0; twice < 2; ++twice) {
        refused(sql_query<"select name, price from stored_cheeses", std::string>(),
                "gives 2 columns, and the program reads 1");
        refused(sql_query<"select name from stored_cheeses", priced>(),
                "gives 1 columns, and the program reads 2");
        refused(sql_query<priced>(unsafe_sql("select 1, 2, 3")), "gives 3 columns");
    }
    CHECK(db().all(from<cheese>()).size() == 3);
}

TEST_CASE("sql_query: another type of column is a type mismatch") {
    fill();
    CHECK(refusal([] {
              (void)db().all(sql_query<"select name from stored_cheeses", std::int64_t>());
          }) == error_kind::type_mismatch);
    CHECK(refusal([] { (void)db().all(sql_query<"select eaten from stored_cheeses", date>()); }) ==
          error_kind::null_value);
}

TEST_CASE("sql_query: mistakes of the text are errors of their kind") {
    fill();
    CHECK(refusal([] { (void)db().all(sql_query<"selec 1", std::int64_t>()); }) ==
          error_kind::syntax);
    CHECK(refusal([] {
              (void)db().all(sql_query<"select 1 from stored_nothing", std::int64_t>());
          }) == error_kind::table_not_found);
    CHECK(refusal([] {
              (void)db().all(sql_query<"select nowhere from stored_cheeses", std::int64_t>());
          }) == error_kind::column_not_found);
    CHECK(refusal([] {
              db().execute(sql_command<"delete from stored_cheeses; delete from stored_farms">());
          }) == error_kind::syntax);
    CHECK(db().all(from<cheese>()).size() == 3);
}
