// SPDX-License-Identifier: BSL-1.0
/// \file
/// The tables that most pages of the documentation use.
#pragma once

// [model]
#include <relata/relata.hpp>

struct artist {
    std::int64_t id{};
    std::string name;
};

struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    relata::decimal<10, 2> price;
    std::optional<relata::date> released;
};

template <>
inline constexpr auto relata::table<artist> =
    relata::describe<artist>("artists").key<&artist::id>(relata::generated).unique<&artist::name>();

template <>
inline constexpr auto relata::table<album> =
    relata::describe<album>("albums")
        .key<&album::id>(relata::generated)
        .references<&album::artist_id, &artist::id>(relata::on_delete::cascade)
        .index<&album::title>()
        .check<"price_positive">(relata::col<&album::price> >= 0);
// [model end]

#include "docs/backend.hpp"

namespace docs {

/// A fresh database with two artists and four albums.
inline relata::database music() {
    using namespace relata;
    auto db = open(url());
    db.drop_tables<album, artist>();
    db.create_tables<artist, album>();
    auto const day = [](int y, unsigned m, unsigned d) {
        return date{std::chrono::year(y), std::chrono::month(m), std::chrono::day(d)};
    };
    auto const coltrane = db.insert(artist{{}, "John Coltrane"});
    auto const davis = db.insert(artist{{}, "Miles Davis"});
    db.insert(artist{{}, "Nobody"});
    db.insert(album{{}, "Blue Train", coltrane.id, "19.90"_dec, day(1958, 1, 1)});
    db.insert(album{{}, "Giant Steps", coltrane.id, "9.50"_dec, day(1960, 1, 27)});
    db.insert(album{{}, "Kind of Blue", davis.id, "12.00"_dec, day(1959, 8, 17)});
    db.insert(album{{}, "Lost Tape", davis.id, "5.00"_dec, {}});
    return db;
}

}  // namespace docs
