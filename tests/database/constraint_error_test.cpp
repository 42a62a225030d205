// SPDX-License-Identifier: BSL-1.0
//
// Violated constraints: the same kind, name and columns on every back end, and no value in what().

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <relata/schema/model.hpp>

using namespace relata;
using namespace test;

namespace {

struct booking {
    std::int64_t id{};
    std::int32_t row_no{};
    std::int32_t seat_no{};
    std::string code;
};
// The same table, with a member that may be missing where the column may not.
struct loose_booking {
    std::int64_t id{};
    std::int32_t row_no{};
    std::int32_t seat_no{};
    std::optional<std::string> code;
};

using texts = std::vector<std::string>;

}  // namespace

template <>
inline constexpr auto relata::table<booking> =
    relata::describe<booking>("constraint_bookings")
        .key<&booking::id>(relata::generated)
        .unique<&booking::row_no, &booking::seat_no>()
        .references(relata::nested<&booking::row_no, &booking::seat_no>,
                    relata::nested<&seat::row_no, &seat::seat_no>, relata::on_delete::restrict);
template <>
inline constexpr auto relata::table<loose_booking> =
    relata::describe<loose_booking>("constraint_bookings")
        .key<&loose_booking::id>(relata::generated);

TEST_CASE("constraints: a unique value, with the name of the constraint and its column") {
    auto const& db = library();
    auto const e = thrown_without("Coltrane", [&] { db.insert(artist{0, "Coltrane", {}}); });
    CHECK(e.kind == error_kind::unique_violation);
    CHECK(e.table == "library_artists");
    CHECK(e.columns == texts{"name"});
    CHECK(e.constraint == schema::model_of(detail::table_data_of<artist>()).uniques.at(0).name);
    CHECK(e.outcome == outcome::rejected);
    CHECK(e.connection_usable);
    CHECK(e.statement.find("Coltrane") == std::string::npos);
    CHECK(e.statement.find("library_artists") != std::string::npos);
    auto const updating = thrown([&] {
        db.execute(
            update<artist>().set(col<&artist::name> = "Coltrane").where(col<&artist::id> == 2));
    });
    CHECK(updating.kind == error_kind::unique_violation);
    CHECK(updating.columns == texts{"name"});
    auto const bulk = thrown_without("Coltrane", [&] {
        db.insert_all(std::vector<artist>{{0, "fine", {}}, {0, "Coltrane", {}}});
    });
    CHECK(bulk.kind == error_kind::unique_violation);
    CHECK(bulk.columns == texts{"name"});
    CHECK(db.all(from<artist>()).size() == 3);
}

TEST_CASE("constraints: the primary key") {
    auto const& db = fresh<seat>();
    db.insert(seat{1, 2, "a"});
    auto const e = thrown([&] { db.insert(seat{1, 2, "b"}); });
    CHECK(e.kind == error_kind::unique_violation);
    CHECK(e.table == "library_seats");
    CHECK(e.columns == texts{"row_no", "seat_no"});
}

TEST_CASE("constraints: a reference to nothing, and a row that is still needed") {
    auto const& db = library();
    auto const name = schema::model_of(detail::table_data_of<album>()).references.at(0).name;
    auto const missing =
        thrown_without("424242", [&] { db.insert(album{0, "Title", 424242, 1, {}}); });
    CHECK(missing.kind == error_kind::foreign_key_violation);
    CHECK(missing.constraint == name);
    CHECK(missing.table == "library_albums");
    CHECK(missing.columns == texts{"artist_id"});
    auto const needed =
        thrown([&] { db.execute(delete_from<artist>().where(col<&artist::id> == 1)); });
    CHECK(needed.kind == error_kind::foreign_key_violation);
    CHECK(needed.constraint == name);
    CHECK(db.all(from<artist>()).size() == 3);
    CHECK(kind_thrown([&] { db.remove(*db.find<artist>(1)); }) == "foreign_key_violation");
    CHECK(kind_thrown([&] { db.insert_all(std::vector<album>{{0, "Title", 424242, 1, {}}}); }) ==
          "foreign_key_violation");
    CHECK(db.all(from<album>()).size() == 4);
}

TEST_CASE("constraints: a reference of two columns, restricted") {
    auto const& db = fresh<seat, booking>();
    db.insert(seat{1, 2, ""});
    db.insert(booking{0, 1, 2, "x"});
    auto const e = thrown([&] { db.insert(booking{0, 3, 4, "y"}); });
    CHECK(e.kind == error_kind::foreign_key_violation);
    CHECK(e.columns == texts{"row_no", "seat_no"});
    CHECK(kind_thrown([&] { db.remove(seat{1, 2, ""}); }) == "foreign_key_violation");
    CHECK(kind_thrown([&] { db.insert(booking{0, 1, 2, "z"}); }) == "unique_violation");
    db.drop_tables<booking, seat>();
}

TEST_CASE("constraints: NULL in a column that does not allow it") {
    auto const& db = fresh<seat, booking>();
    db.insert(seat{1, 2, ""});
    auto const e = thrown([&] { db.insert(loose_booking{0, 1, 2, {}}); });
    CHECK(e.kind == error_kind::not_null_violation);
    CHECK(e.table == "constraint_bookings");
    CHECK(e.columns == texts{"code"});
    CHECK(kind_thrown([&] { db.insert_all(std::vector<loose_booking>{{0, 1, 2, {}}}); }) ==
          "not_null_violation");
    CHECK(db.all(from<booking>()).empty());
    db.drop_tables<booking, seat>();
}

TEST_CASE("constraints: a check, by its name") {
    auto const& db = library();
    auto const e = thrown_without("1.23", [&] { db.insert(album{0, "T", 1, -"1.23"_dec, {}}); });
    CHECK(e.kind == error_kind::check_violation);
    CHECK(e.constraint == "library_albums_price_positive");
    CHECK(e.table == "library_albums");
    CHECK(kind_thrown([&] {
              db.execute(update<album>().set(col<&album::price> = -1).all_rows());
          }) == "check_violation");
    CHECK(db.find<album>(2)->price == decimal<10, 2>("9.50"_dec));
}

namespace {
struct parent {
    std::int64_t id{};
};
struct child {
    std::int64_t id{};
    std::int64_t owner{};
    std::optional<std::int64_t> friend_id;
};
}  // namespace
template <>
inline constexpr auto relata::table<parent> =
    relata::describe<parent>("constraint_parents").key<&parent::id>();
template <>
inline constexpr auto relata::table<child> =
    relata::describe<child>("constraint_children")
        .key<&child::id>()
        .references<&child::owner, &parent::id>(relata::on_delete::cascade)
        .references<&child::friend_id, &parent::id>(relata::on_delete::set_null);

TEST_CASE("constraints: what a reference does when its row goes") {
    auto const& db = fresh<parent, child>();
    db.insert_all(std::vector<parent>{{1}, {2}});
    db.insert_all(std::vector<child>{{1, 1, 2}, {2, 2, 1}});
    CHECK(db.remove(parent{1}));
    auto const left = db.all(from<child>());
    REQUIRE(left.size() == 1);
    CHECK(left[0].id == 2);
    CHECK(left[0].friend_id == std::nullopt);
    db.drop_tables<child, parent>();
}
