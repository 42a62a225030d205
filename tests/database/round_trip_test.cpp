// SPDX-License-Identifier: BSL-1.0
//
// What goes in comes out: every type at its edges, by every way in and out.

#include "database/every_type.hpp"
#include "database/thrown.hpp"

#include <cmath>
#include <limits>

using namespace relata;
using namespace test;

namespace {

std::vector<every_type> three() { return {lowest(), middle(), highest()}; }

// Names the first member that differs.
std::string difference(every_type const& a, every_type const& b) {
    std::string out;
    auto note = [&](bool same, char const* name) {
        if (!same) out += std::string(name) + " ";
    };
#define MEMBER(m) note(a.m == b.m, #m)
    MEMBER(id), MEMBER(flag), MEMBER(i8), MEMBER(i16), MEMBER(i32), MEMBER(i64), MEMBER(u8),
        MEMBER(u16), MEMBER(u32);
    MEMBER(u64), MEMBER(f32), MEMBER(f64), MEMBER(money), MEMBER(whole), MEMBER(wide), MEMBER(fine),
        MEMBER(words);
    MEMBER(name), MEMBER(data), MEMBER(day), MEMBER(clock), MEMBER(local), MEMBER(at), MEMBER(key),
        MEMBER(document);
    MEMBER(when), MEMBER(warm), MEMBER(home);
#undef MEMBER
    return out;
}

void check_rows(std::vector<every_type> const& rows) {
    REQUIRE(rows.size() == 3);
    CHECK(difference(rows[0], lowest()) == "");
    CHECK(difference(rows[1], middle()) == "");
    CHECK(difference(rows[2], highest()) == "");
}

auto ordered() { return from<every_type>().order_by(col<&every_type::id>); }

}  // namespace

TEST_CASE("round trip: every type through insert and find") {
    auto const& db = fresh<every_type>();
    for (auto const& e : three()) {
        db.insert(e);
        auto const found = db.find<every_type>(e.id);
        REQUIRE(found);
        CHECK(difference(*found, e) == "");
    }
}

TEST_CASE("round trip: every type through insert_all, all and stream") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    check_rows(db.all(ordered()));
    std::vector<every_type> streamed;
    for (auto const& e : db.stream(ordered())) streamed.push_back(e);
    check_rows(streamed);
}

TEST_CASE("round trip: every type through update") {
    auto const& db = fresh<every_type>();
    for (std::int64_t id : {1, 2, 3}) {
        every_type empty;
        empty.id = id;
        db.insert(empty);
    }
    for (auto const& e : three()) CHECK(db.update(e));
    check_rows(db.all(ordered()));
}

TEST_CASE("round trip: every type as optional, with and without a value") {
    auto const& db = fresh<every_optional>();
    every_optional none;
    none.id = 4;
    db.insert(none);
    std::vector<every_optional> const more{optional_of(lowest()), optional_of(middle()),
                                           optional_of(highest())};
    db.insert_all(more);
    CHECK(db.find<every_optional>(4) == none);
    auto const rows = db.all(from<every_optional>().order_by(col<&every_optional::id>));
    REQUIRE(rows.size() == 4);
    for (std::size_t i = 0; i < 3; ++i) CHECK(rows[i] == more[i]);
    CHECK(rows[3] == none);
    auto emptied = more[1];
    emptied = {};
    emptied.id = 2;
    CHECK(db.update(emptied));
    CHECK(db.find<every_optional>(2) == emptied);
    std::vector<every_optional> nothing(2, none);
    nothing[0].id = 5;
    nothing[1].id = 6;
    db.insert_all(nothing);
    CHECK(db.find<every_optional>(6) == nothing[1]);
}

namespace {

// For one column: equality finds the row, order is the order of the values, min and max are its ends.
template <auto Member, class V> void check_column(char const* name) {
    CAPTURE(name);
    auto const& db = test::db();
    V const low = lowest().*Member, mid = middle().*Member, high = highest().*Member;
    auto ids = [&](auto const& condition) {
        std::string out;
        for (auto const& r : db.all(from<every_type>()
                                        .where(condition)
                                        .order_by(col<&every_type::id>)
                                        .select(col<&every_type::id>)))
            out += std::to_string(r.m0);
        return out;
    };
    constexpr auto c = col<Member>;
    CHECK(ids(c == low) == "1");
    CHECK(ids(c == mid) == "2");
    CHECK(ids(c == high) == "3");
    CHECK(ids(c != mid) == "13");
    CHECK(ids(c < mid) == "1");
    CHECK(ids(c >= mid) == "23");
    CHECK(ids(c > low) == "23");
    CHECK(ids(c.in(std::vector<V>{low, high})) == "13");
    std::string order;
    for (auto const& r : db.all(from<every_type>().order_by(c.desc()).select(col<&every_type::id>)))
        order += std::to_string(r.m0);
    CHECK(order == "321");
    auto const ends = db.one(from<every_type>().select(min(c), max(c), count_distinct(c)));
    CHECK(ends.m0 == low);
    CHECK(ends.m1 == high);
    CHECK(ends.m2 == 3);
}

}  // namespace

#define CHECK_COLUMN(m) check_column<&every_type::m, decltype(every_type::m)>(#m)

TEST_CASE("order: integers and decimals of all widths, also beyond 64 bits") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    CHECK_COLUMN(i8);
    CHECK_COLUMN(i64);
    CHECK_COLUMN(u8);
    CHECK_COLUMN(u32);
    CHECK_COLUMN(u64);
    CHECK_COLUMN(money);
    CHECK_COLUMN(whole);
    CHECK_COLUMN(wide);
    CHECK_COLUMN(fine);
}

TEST_CASE("order: floating point numbers, text and bytes") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    CHECK_COLUMN(f32);
    CHECK_COLUMN(f64);
    CHECK_COLUMN(data);
    check_column<&every_type::words, std::string>("words");
}

TEST_CASE("order: dates, times and keys") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    CHECK_COLUMN(day);
    CHECK_COLUMN(clock);
    CHECK_COLUMN(local);
    CHECK_COLUMN(at);
    CHECK_COLUMN(key);
    CHECK_COLUMN(when);
}

TEST_CASE("round trip: a column of a type with a codec is found by its value") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    auto const rows = db.all(from<every_type>()
                                 .where(col<&every_type::warm> == degrees(21.125))
                                 .select(col<&every_type::warm>));
    REQUIRE(rows.size() == 1);
    CHECK(rows[0].m0 == degrees(21.125));
    CHECK(db.execute(update<every_type>()
                         .set(col<&every_type::warm> = degrees(1.5))
                         .where(col<&every_type::id> == 1)) == 1);
    CHECK(db.find<every_type>(1)->warm == degrees(1.5));
}

TEST_CASE("round trip: columns of an embedded struct") {
    auto const& db = fresh<every_type>();
    db.insert_all(three());
    constexpr auto zip = col<nested<&every_type::home, &place::zip>>;
    constexpr auto street = col<nested<&every_type::home, &place::street>>;
    auto const r = db.one(from<every_type>().where(zip == 12345).select(street, zip));
    CHECK(r.m0 == middle().home.street);
    CHECK(r.m1 == 12345);
    CHECK(db.execute(
              update<every_type>().set(zip = std::nullopt, street = "new").where(zip == 12345)) ==
          1);
    CHECK(db.find<every_type>(2)->home == place{"new", {}});
}

// SQLite and MariaDB do not keep the sign of zero, so it is not sent anywhere.
TEST_CASE("round trip: negative zero is zero, and the least positive numbers") {
    auto const& db = fresh<every_type>();
    auto e = middle();
    e.f32 = -0.0F;
    e.f64 = -0.0;
    db.insert(e);
    auto found = db.find<every_type>(2).value();
    CHECK(found.f64 == 0);
    CHECK(found.f32 == 0);
    CHECK_FALSE(std::signbit(found.f64));
    CHECK(db.all(from<every_type>().where(col<&every_type::f64> == 0.0)).size() == 1);
    e.f32 = FLT_MIN;
    e.f64 = std::numeric_limits<double>::denorm_min();
    db.update(e);
    found = db.find<every_type>(2).value();
    CHECK(found.f32 == FLT_MIN);
    CHECK(found.f64 == std::numeric_limits<double>::denorm_min());
}

TEST_CASE("round trip: a megabyte of text and of bytes, alone and in bulk") {
    auto const& db = fresh<every_type>();
    auto e = middle();
    e.words.clear();
    while (e.words.size() < 1 << 20) e.words += "0123456789 😀 äöü ";
    for (unsigned i = 0; i < 1 << 20; ++i) e.data.push_back(std::byte(i * 7 % 256));
    db.insert(e);
    auto second = e;
    second.id = 3;
    db.insert_all(std::vector<every_type>{second});
    for (std::int64_t id : {2, 3}) {
        auto const found = db.find<every_type>(id);
        REQUIRE(found);
        CHECK(found->words == e.words);
        CHECK(found->data == e.data);
    }
    CHECK(db.all(from<every_type>().where(col<&every_type::words> == e.words)).size() == 2);
}

TEST_CASE("round trip: not-a-number and infinity are refused, alone and in bulk") {
    auto const& db = fresh<every_type>();
    for (double const bad :
         {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity(),
          -std::numeric_limits<double>::infinity()}) {
        auto e = middle();
        e.f64 = bad;
        CHECK(kind_thrown([&] { db.insert(e); }) == "out_of_range");
        CHECK(kind_thrown([&] { db.insert_all(std::vector<every_type>{lowest(), e}); }) ==
              "out_of_range");
    }
    CHECK(db.all(from<every_type>()).empty());
}
