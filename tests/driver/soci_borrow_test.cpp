// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/move-from-soci.md.

// [includes]
#include <relata/relata.hpp>
#include <relata/soci.hpp>

#include <soci/soci.h>
// [includes end]

#include <catch2/catch.hpp>

#include <optional>
#include <string>

namespace {

// [struct]
struct person {
    std::int64_t id{};
    std::string name;
    std::optional<std::int32_t> age;
};
// [struct end]

}  // namespace

// [table]
template <>
inline constexpr auto relata::table<person> = relata::describe<person>("people").key<&person::id>();
// [table end]

TEST_CASE("docs: moving over from SOCI", "[docs]") {
    // [before]
    soci::session sql("sqlite3", ":memory:");
    sql << "create table people (id integer primary key, name text not null, age integer)";
    int id = 1;
    std::string name = "Ada";
    sql << "insert into people (id, name, age) values (:id, :name, 36)", soci::use(id),
        soci::use(name);
    // [before end]

    {
        // [borrow]
        using relata::col, relata::from;
        auto db = relata::open(relata::soci::borrow(sql));  // for as long as db lives

        auto ada = db.one(from<person>().where(col<&person::name> == name));
        db.insert(person{2, "Grace", {}});

        int count = 0;
        sql << "select count(*) from people", soci::into(count);  // SOCI sees what relata wrote
        // [borrow end]
        CHECK(ada.age == 36);
        CHECK(count == 2);

        // [transaction]
        soci::transaction whole(sql);
        sql << "update people set age = 37 where id = 1";
        db.transaction([&](relata::transaction& tx) {  // a savepoint in SOCI's transaction
            tx.update(person{2, "Grace", 85});
        });
        whole.rollback();  // takes back both
        // [transaction end]
        CHECK(db.find<person>(1)->age == 36);
        CHECK_FALSE(db.find<person>(2)->age);
    }
    int keys = -1;
    sql << "pragma foreign_keys", soci::into(keys);
    CHECK(keys == 0);  // the session has its own settings again
}
