// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/map-structs.md and docs/reference/types.md.

#include "docs/backend.hpp"

#include <relata/relata.hpp>

#include <catch2/catch.hpp>

using namespace relata;

// [enum]
enum class state { open, closed };
template <>
inline constexpr auto relata::names<state> = relata::enumerators<state::open, state::closed>;
// [enum end]

// [codec]
struct colour {
    unsigned char red{}, green{}, blue{};
};
template <> struct relata::codec<colour> {
    using stored = std::int32_t;
    static std::int32_t encode(colour c) { return c.red << 16 | c.green << 8 | c.blue; }
    static colour decode(std::int32_t n) {
        return {static_cast<unsigned char>(n >> 16), static_cast<unsigned char>(n >> 8),
                static_cast<unsigned char>(n)};
    }
};
// [codec end]

// [embedded]
struct address {
    std::string street;
    text<16> zip;
};
struct customer {
    std::int64_t id{};
    std::string name;
    address home;  // columns home_street and home_zip
    state status{};
    std::optional<colour> favourite;
    bytes photo;
    uuid token;
    instant since{};
    int visits_today{};  // not stored
};
template <>
inline constexpr auto relata::table<customer> =
    relata::describe<customer>("clients")
        .key<&customer::id>(relata::generated)
        .unique<&customer::token>()
        .index<&customer::name, relata::nested<&customer::home, &address::zip>>()
        .column<&customer::photo>("portrait")
        .default_now<&customer::since>()
        .ignore<&customer::visits_today>();
// [embedded end]

TEST_CASE("docs: mapping", "[docs]") {
    auto db = open(docs::url());
    db.drop_tables<customer>();
    db.create_tables<customer>();
    customer ada;
    ada.name = "Ada";
    ada.home = {"12 Dorset Street", "W1U 6QW"};
    ada.status = state::closed;
    ada.favourite = colour{1, 2, 3};
    ada.token = uuid::random();
    ada.since = instant(std::chrono::sys_days(std::chrono::year(2026) / 1 / 2));
    ada = db.insert(ada);

    // [embedded-query]
    auto const near = db.all(
        from<customer>().where(col<nested<&customer::home, &address::zip>>.starts_with("W1") &&
                               col<&customer::status> == state::closed));
    // [embedded-query end]
    REQUIRE(near.size() == 1);
    CHECK(near[0].home.street == "12 Dorset Street");
    CHECK(near[0].favourite->blue == 3);
    CHECK(near[0].token == ada.token);
    CHECK(near[0].since == ada.since);
}

// [composite]
struct enrolment {
    std::int64_t student{};
    std::int64_t course{};
    std::optional<std::int32_t> grade;
};
template <>
inline constexpr auto relata::table<enrolment> =
    relata::describe<enrolment>("enrolments").key<&enrolment::student, &enrolment::course>();
// [composite end]

TEST_CASE("docs: composite keys", "[docs]") {
    auto db = open(docs::url());
    db.drop_tables<enrolment>();
    db.create_tables<enrolment>();
    db.insert(enrolment{1, 2, {}});
    // [composite-find]
    auto e = db.find<enrolment>(1, 2);  // student 1, course 2
    e->grade = 5;
    db.update(*e);
    // [composite-find end]
    CHECK(db.find<enrolment>(1, 2)->grade == 5);
}
