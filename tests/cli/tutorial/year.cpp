// SPDX-License-Identifier: BSL-1.0
// The program of docs/tutorial/first-migration.md after its change.
#include <relata/migrate/main.hpp>
#include <relata/relata.hpp>

struct artist {
    std::int64_t id{};
    std::string name;
};

// [change]
struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    std::optional<std::int64_t> year;  // new
};
// [change end]

template <>
inline constexpr auto relata::table<artist> =
    relata::describe<artist>("artists").key<&artist::id>(relata::generated).unique<&artist::name>();

// [index]
template <>
inline constexpr auto relata::table<album> = relata::describe<album>("albums")
                                                 .key<&album::id>(relata::generated)
                                                 .references<&album::artist_id, &artist::id>()
                                                 .index<&album::artist_id>();  // new
// [index end]

int main(int argc, char** argv) {
    return relata_migrate_main(argc, argv, relata::migrate::models_of<artist, album>());
}
