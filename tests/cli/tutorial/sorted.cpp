// SPDX-License-Identifier: BSL-1.0
// The program of docs/how-to/data-steps.md.
#include <relata/migrate/main.hpp>
#include <relata/relata.hpp>

struct artist {
    std::int64_t id{};
    std::string name;
};

struct album {
    std::int64_t id{};
    std::string title;
    std::int64_t artist_id{};
    std::optional<std::string> sort_title;  // new
};

template <>
inline constexpr auto relata::table<artist> =
    relata::describe<artist>("artists").key<&artist::id>(relata::generated).unique<&artist::name>();

template <>
inline constexpr auto relata::table<album> = relata::describe<album>("albums")
                                                 .key<&album::id>(relata::generated)
                                                 .references<&album::artist_id, &artist::id>();

// [step]
// What the step needs of albums, as they are at that time: `album` itself may change later.
struct titled {
    std::int64_t id{};
    std::string title;
    std::optional<std::string> sort_title;
};

template <>
inline constexpr auto relata::table<titled> =
    relata::describe<titled>("albums").key<&titled::id>(relata::generated);

// "The Köln Concert" is found under K.
std::string sort_title(std::string const& title) {
    return title.starts_with("The ") ? title.substr(4) + ", The" : title;
}

void fill_sort_titles(relata::migrate::data_run& run) {
    using relata::col;
    constexpr std::size_t at_once = 2;  // a few thousand, in earnest
    auto const last = run.cursor().empty() ? 0 : std::stoll(run.cursor());
    auto albums = run.db().all(relata::from<titled>()
                                   .where(col<&titled::id> > last)
                                   .order_by(col<&titled::id>)
                                   .limit(at_once));
    for (auto& each : albums) {
        each.sort_title = sort_title(each.title);
        run.db().update(each);
    }
    if (albums.empty()) return;  // all is done
    run.tell(static_cast<std::size_t>(albums.back().id));
    run.go_on_at(std::to_string(albums.back().id));
}
// [step end]

// [main]
int main(int argc, char** argv) {
    return relata_migrate_main(argc, argv, relata::migrate::models_of<artist, album>(),
                               {{"fill_sort_titles", fill_sort_titles}});
}
// [main end]
