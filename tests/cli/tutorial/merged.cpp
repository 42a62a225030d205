// SPDX-License-Identifier: BSL-1.0
// The program of docs/how-to/migrate-in-a-team.md after the merge.
#include <relata/migrate/main.hpp>
#include <relata/relata.hpp>

struct artist {
    std::int64_t id{};
    std::string name;
    std::optional<std::int64_t> born;  // theirs
};

struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    std::optional<std::int64_t> year;  // yours
};

template <>
inline constexpr auto relata::table<artist> =
    relata::describe<artist>("artists").key<&artist::id>(relata::generated).unique<&artist::name>();

template <>
inline constexpr auto relata::table<album> = relata::describe<album>("albums")
                                                 .key<&album::id>(relata::generated)
                                                 .references<&album::artist_id, &artist::id>()
                                                 .index<&album::artist_id>();  // yours

int main(int argc, char** argv) {
    return relata_migrate_main(argc, argv, relata::migrate::models_of<artist, album>());
}
