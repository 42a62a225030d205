// SPDX-License-Identifier: BSL-1.0
//
// Inserts, updates and deletes by columns, with expressions, defaults, and rows given back.

#include "database/library.hpp"
#include "database/thrown.hpp"

using namespace relata;
using namespace test;

namespace {

struct note {
    std::int64_t id{};
    std::string words;
    std::int32_t stars{};
    std::int32_t rank{};
    relata::instant made{};
    std::string kind;
    int cached = 7;
};

}  // namespace

template <>
inline constexpr auto relata::table<note> = relata::describe<note>("changes_notes")
                                                .key<&note::id>(relata::generated)
                                                .default_value<&note::stars>(3)
                                                .default_value<&note::kind>("plain")
                                                .column<&note::rank>("rank_no")
                                                .default_now<&note::made>()
                                                .ignore<&note::cached>();

TEST_CASE("changes: an insert by columns leaves the rest to defaults") {
    auto const& db = fresh<note>();
    CHECK(db.execute(insert_into<note>().set(col<&note::words> = "hello", col<&note::rank> = 5)) ==
          1);
    auto const n = db.one(from<note>());
    CHECK(n.words == "hello");
    CHECK(n.stars == 3);
    CHECK(n.kind == "plain");
    CHECK(n.rank == 5);
    CHECK(n.cached == 7);
    auto const now = std::chrono::system_clock::now();
    CHECK(n.made < now + std::chrono::hours(1));
    CHECK(n.made > now - std::chrono::hours(1));
}

TEST_CASE("changes: an ignored member is no column") {
    auto const& db = fresh<note>();
    db.insert(note{0, "x", 1, 2, {}, "k", 99});
    CHECK(db.one(from<note>()).cached == 7);
}

TEST_CASE("changes: the swap of two columns sees the row as it was, or is refused") {
    auto const& db = fresh<note>();
    db.insert(note{0, "x", 1, 2, {}, "k", 0});
    auto const swap =
        update<note>()
            .set(col<&note::stars> = col<&note::rank>, col<&note::rank> = col<&note::stars>)
            .all_rows();
    if (on_mysql_proper()) {  // would give another answer
        CHECK(kind_thrown([&] { db.execute(swap); }) == "not_supported");
        CHECK(db.one(from<note>()).stars == 1);
        return;
    }
    CHECK(db.execute(swap) == 1);
    CHECK(db.one(from<note>()).stars == 2);
    CHECK(db.one(from<note>()).rank == 1);
}

TEST_CASE("changes: an update with expressions, a subquery and a condition") {
    auto const& db = library();
    auto const average =
        from<artist>().where(col<&artist::country> == "US").select(col<&artist::id>);
    CHECK(db.execute(update<album>()
                         .set(col<&album::price> = col<&album::price> + "0.10"_dec,
                              col<&album::title> = upper(col<&album::title>) + "!")
                         .where(col<&album::artist_id>.in(average) &&
                                col<&album::year>.is_not_null())) == 2);
    CHECK(db.find<album>(1)->title == "BLUE TRAIN!");
    CHECK(db.find<album>(1)->price == decimal<10, 2>("20.00"_dec));
    CHECK(db.find<album>(4)->title == "Lost");
}

TEST_CASE("changes: a second where narrows the first") {
    auto const& db = library();
    CHECK(db.execute(
              delete_from<album>().where(col<&album::artist_id> == 1).where(col<&album::id> > 1)) ==
          2);
    CHECK(db.all(from<album>()).size() == 2);
    CHECK(db.execute(update<album>()
                         .set(col<&album::year> = 1)
                         .where(col<&album::id> == 1)
                         .where(col<&album::id> == 3)) == 0);
}

TEST_CASE("changes: a condition that is switched off") {
    auto const& db = library();
    auto const cheap = [](bool wanted) {
        return from<album>().where(when(wanted, col<&album::price> < 1));
    };
    CHECK(db.all(cheap(true)).size() == 1);
    CHECK(db.all(cheap(false)).size() == 4);
    CHECK(db.execute(delete_from<album>().where(col<&album::id> > 2 &&
                                                when(true, col<&album::id> > 3))) == 1);
    CHECK(db.execute(delete_from<album>().where(col<&album::id> > 2 &&
                                                when(false, col<&album::id> > 3))) == 1);
}

TEST_CASE("changes: an insert gives columns of the new row back, or is refused without effect") {
    auto const& db = library();
    auto const command =
        insert_into<artist>()
            .set(col<&artist::name> = "Miles", col<&artist::country> = std::nullopt)
            .returning(col<&artist::id>, upper(col<&artist::name>), col<&artist::country>);
    if (on_mysql_proper()) {
        CHECK(kind_thrown([&] { (void)db.one(command); }) == "not_supported");
        CHECK(db.all(from<artist>()).size() == 3);
        return;
    }
    auto const r = db.one(command);
    CHECK(r.m0 == 4);
    CHECK(r.m1 == "MILES");
    CHECK(r.m2 == std::nullopt);
}

TEST_CASE("changes: a delete gives the rows back that have gone, or is refused without effect") {
    auto const& db = library();
    auto const command =
        delete_from<album>().where(col<&album::artist_id> == 1).returning(col<&album::title>);
    if (on_mysql_proper()) {
        CHECK(kind_thrown([&] { (void)db.all(command); }) == "not_supported");
        CHECK(db.all(from<album>()).size() == 4);
        return;
    }
    auto const rows = db.all(command);
    CHECK(rows.size() == 3);
    CHECK(db.all(from<album>()).size() == 1);
}

TEST_CASE("changes: an update gives rows back, or is refused without effect") {
    auto const& db = library();
    auto const command = update<album>()
                             .set(col<&album::year> = 1)
                             .where(col<&album::id> == 2)
                             .returning(col<&album::year>, col<&album::title>);
    if (on("mysql")) {
        CHECK(kind_thrown([&] { (void)db.all(command); }) == "not_supported");
        CHECK(db.find<album>(2)->year == 1960);
    } else {
        auto const r = db.one(command);
        CHECK(r.m0 == 1);
        CHECK(r.m1 == "Giant Steps");
    }
}
