// SPDX-License-Identifier: BSL-1.0
/// \file
/// Artists, albums and people: the small model that most database tests work on.
#pragma once

#include "database/back_end.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

struct artist {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> country;
    friend bool operator==(artist const&, artist const&) = default;
};

struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    relata::decimal<10, 2> price;
    std::optional<std::int32_t> year;
    friend bool operator==(album const&, album const&) = default;
};

struct person {
    std::int64_t id{};
    std::string name;
    std::optional<std::int64_t> boss_id;
    friend bool operator==(person const&, person const&) = default;
};

// A key of two columns that the program gives.
struct seat {
    std::int32_t row_no{};
    std::int32_t seat_no{};
    std::string guest;
    friend bool operator==(seat const&, seat const&) = default;
};

template <>
inline constexpr auto relata::table<artist> = relata::describe<artist>("library_artists")
                                                  .key<&artist::id>(relata::generated)
                                                  .unique<&artist::name>();
template <>
inline constexpr auto relata::table<album> =
    relata::describe<album>("library_albums")
        .key<&album::id>(relata::generated)
        .references<&album::artist_id, &artist::id>()
        .index<&album::title>()
        .check<"price_positive">(relata::col<&album::price> >= 0);
template <>
inline constexpr auto relata::table<person> = relata::describe<person>("library_people")
                                                  .key<&person::id>()
                                                  .references<&person::boss_id, &person::id>();
template <>
inline constexpr auto relata::table<seat> =
    relata::describe<seat>("library_seats").key<&seat::row_no, &seat::seat_no>();

namespace test {

/// New tables with three artists (the last without albums) and four albums.
inline relata::database const& library() {
    using namespace relata::literals;
    auto const& db = fresh<artist, album>();
    db.insert_all(
        std::vector<artist>{{0, "Coltrane", "US"}, {0, "Björk", "IS"}, {0, "Nobody", {}}});
    db.insert_all(std::vector<album>{{0, "Blue Train", 1, "19.90"_dec, 1958},
                                     {0, "Giant Steps", 1, "9.50"_dec, 1960},
                                     {0, "Debut", 2, "9.50"_dec, 1993},
                                     {0, "Lost", 1, "0"_dec, {}}});
    return db;
}

/// How many artists are stored now.
inline std::size_t artists() { return db().all(relata::from<artist>()).size(); }

/// Anna leads Ben and Cleo, Ben leads Dora.
inline relata::database const& people() {
    auto const& db = fresh<person>();
    db.insert_all(
        std::vector<person>{{1, "Anna", {}}, {2, "Ben", 1}, {3, "Cleo", 1}, {4, "Dora", 2}});
    return db;
}

}  // namespace test
