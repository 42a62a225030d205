// SPDX-License-Identifier: BSL-1.0
// [example]
#include <relata/relata.hpp>
#include <iostream>
using namespace relata;

struct artist {
    std::int64_t id{};
    std::string name;
};
struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    decimal<10, 2> price;
    std::optional<date> released;
};
template <>
inline constexpr auto relata::table<artist> =
    describe<artist>("artists").key<&artist::id>(generated).unique<&artist::name>();
template <>
inline constexpr auto relata::table<album> =
    describe<album>("albums").key<&album::id>(generated).references<&album::artist_id, &artist::id>(
        on_delete::cascade);

int main(int argc, char** argv) {
    auto db = open(argc > 1 ? argv[1] : "sqlite::memory:");  // the only line that names a back end
    db.drop_tables<album, artist>();
    db.create_tables<artist, album>();

    auto const coltrane =
        db.insert(artist{{}, "John Coltrane"});  // comes back with its generated id
    db.insert(album{{}, "Blue Train", coltrane.id, "19.90"_dec, {}});
    db.insert(
        album{{}, "Giant Steps", coltrane.id, "9.50"_dec, date{std::chrono::year(1960) / 1 / 27}});

    auto const rows =
        db.all(from<album>()
                   .join<artist>()
                   .where(col<&album::price> < 15 && col<&artist::name>.starts_with("John"))
                   .order_by(col<&album::title>)
                   .select(col<&album::title>, col<&artist::name>, col<&album::price>));
    for (auto const& [title, name, price] : rows)
        std::cout << title << " by " << name << ": " << price.to_string() << '\n';
}
// [example end]
