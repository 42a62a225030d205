// SPDX-License-Identifier: BSL-1.0
/// \file
/// The tables for the tests of queries and conditions that are values.
#pragma once

#include "database/back_end.hpp"

#include <relata/relata.hpp>

#include <string>

namespace stored {

enum class taste { sweet, salty };

struct grams {
    std::int64_t amount = 0;
    friend bool operator==(grams, grams) = default;
};

struct farm {
    std::int64_t id{};
    std::string name;
};
struct cheese {
    std::int64_t id{};
    std::string name;
    std::int64_t farm_id{};
    relata::decimal<10, 2> price;
    taste taste_of{};
    grams weight;
    std::optional<relata::date> eaten;
};

}  // namespace stored

template <>
inline constexpr auto relata::names<stored::taste> =
    relata::enumerators<stored::taste::sweet, stored::taste::salty>;
template <> struct relata::codec<stored::grams> {
    using stored = std::string;
    static std::string encode(::stored::grams const& g) { return std::to_string(g.amount) + "g"; }
    static ::stored::grams decode(std::string const& text) { return {std::stoll(text)}; }
};
template <>
inline constexpr auto relata::table<stored::farm> =
    describe<stored::farm>("stored_farms").key<&stored::farm::id>(generated);
template <>
inline constexpr auto relata::table<stored::cheese> =
    describe<stored::cheese>("stored_cheeses")
        .key<&stored::cheese::id>(generated)
        .references<&stored::cheese::farm_id, &stored::farm::id>();

namespace stored {

using test::db;

/// Two farms with three cheeses, in fresh tables.
inline void fill() {
    db().drop_tables<cheese, farm>();
    db().create_tables<farm, cheese>();
    auto const north = db().insert(farm{0, "north"}).id;
    auto const south = db().insert(farm{0, "south"}).id;
    using namespace relata::literals;
    db().insert(cheese{0, "brie", north, "4.50"_dec, taste::sweet, {125}, {}});
    db().insert(cheese{0, "feta", south, "3.25"_dec, taste::salty, {200}, {}});
    db().insert(
        cheese{0,
               "gouda",
               north,
               "7.00"_dec,
               taste::salty,
               {500},
               relata::date{std::chrono::year(2024), std::chrono::month(2), std::chrono::day(29)}});
}

/// The names of cheeses, joined.
template <class Rows> std::string names_of(Rows&& rows) {
    std::string out;
    for (auto const& r : rows) out += (out.empty() ? "" : " ") + r.name;
    return out;
}

}  // namespace stored
