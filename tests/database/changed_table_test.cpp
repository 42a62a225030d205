// SPDX-License-Identifier: BSL-1.0
//
// Prepared statements whose table changes under them.

#include "database/library.hpp"
#include "database/thrown.hpp"

using namespace relata;
using namespace test;

namespace {

struct thing {
    std::int64_t id{};
    std::string name;
};
// The same table, as a later version of a program sees it.
struct wider_thing {
    std::int64_t id{};
    std::string name;
    std::optional<std::int64_t> size;
};

}  // namespace

template <>
inline constexpr auto relata::table<thing> =
    relata::describe<thing>("changed_things").key<&thing::id>();
template <>
inline constexpr auto relata::table<wider_thing> =
    relata::describe<wider_thing>("changed_things").key<&wider_thing::id>();

TEST_CASE("changed tables: a new column does not disturb warm statements") {
    (void)fresh<thing>();
    auto const db = open(url_with("pool_size=2"));
    db.insert(thing{1, "one"});
    CHECK(db.all(from<thing>()).size() == 1);
    CHECK(kind_thrown([&] { (void)db.all(from<wider_thing>()); }) == "column_not_found");
    test::db().script(unsafe_sql(std::string("alter table changed_things add column size ") +
                                 (on("sqlite") ? "integer" : "bigint")));
    db.insert(thing{2, "two"});
    CHECK(db.all(from<thing>()).size() == 2);
    CHECK(db.find<thing>(2)->name == "two");
    db.insert(wider_thing{3, "three", 3});
    CHECK(db.find<wider_thing>(3)->size == 3);
    CHECK(db.find<wider_thing>(1)->size == std::nullopt);
}

TEST_CASE("changed tables: a column of another type is noticed at the next run") {
    (void)fresh<wider_thing>();
    auto const db = open(url_with("pool_size=1"));
    db.insert(wider_thing{1, "one", 5});
    CHECK(db.all(from<wider_thing>()).size() == 1);
    test::db().script(
        "drop table changed_things;"
        "create table changed_things (id bigint primary key, name varchar(20), size varchar(20));"
        "insert into changed_things values (1, 'one', 'large')");
    CHECK(kind_thrown([&] { (void)db.all(from<wider_thing>()); }) == "type_mismatch");
    CHECK(db.all(from<thing>()).size() == 1);
}

TEST_CASE("changed tables: a table that is dropped and made anew") {
    (void)fresh<thing>();
    auto const db = open(url_with("pool_size=1"));
    db.insert(thing{1, "one"});
    auto const query =
        db.prepare(from<thing>().where(col<&thing::id> == placeholder<"id", std::int64_t>));
    CHECK(query.first(1));
    test::db().drop_tables<thing>();
    CHECK(kind_thrown([&] { (void)query.first(1); }) == "table_not_found");
    CHECK(kind_thrown([&] { db.insert(thing{1, "one"}); }) == "table_not_found");
    test::db().create_tables<thing>();
    CHECK_FALSE(query.first(1));
    db.insert(thing{1, "new"});
    CHECK(query.first(1)->name == "new");
}

TEST_CASE("changed tables: a column that has gone") {
    (void)fresh<wider_thing>();
    auto const db = open(url_with("pool_size=1"));
    db.insert(wider_thing{1, "one", 5});
    CHECK(db.find<wider_thing>(1));
    test::db().script("alter table changed_things drop column size");
    auto const e = thrown([&] { (void)db.find<wider_thing>(1); });
    CHECK(name_of(e.kind) == "column_not_found");
    CHECK(db.find<thing>(1)->name == "one");
}
