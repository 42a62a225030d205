// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/query.md.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

using namespace relata;

TEST_CASE("docs: reading rows", "[docs]") {
    auto db = docs::music();

    // [verbs]
    auto const every = db.all(from<album>());  // std::vector<album>
    auto const first =
        db.first(from<album>().order_by(col<&album::price>));  // std::optional<album>
    auto const exact =
        db.one(from<album>().where(col<&album::title> == "Blue Train"));  // throws if not one
    std::size_t seen = 0;
    for (album const& a : db.stream(from<album>())) seen += !a.title.empty();  // constant memory
    // [verbs end]
    CHECK(every.size() == 4);
    CHECK(first->title == "Lost Tape");
    CHECK(exact.price == "19.90"_dec);
    CHECK(seen == 4);

    std::string const typed_by_somebody = "Blue";
    // [where]
    auto const blue = db.all(from<album>().where(
        col<&album::title>.contains(typed_by_somebody) &&
        (col<&album::price>.between(10, 15) || col<&album::released>.is_null())));
    // [where end]
    CHECK(blue.size() == 1);

    // [in]
    auto const some =
        db.all(from<album>().where(col<&album::title>.in({"Blue Train", "Giant Steps"})));
    std::vector<std::int64_t> const ids;
    auto const none =
        db.all(from<album>().where(col<&album::id>.in(ids)));  // an empty list holds nothing
    // [in end]
    CHECK(some.size() == 2);
    CHECK(none.empty());

    // [order]
    auto const page =
        db.all(from<album>()
                   .order_by(col<&album::released>.desc().nulls_last(), col<&album::title>)
                   .limit(2)
                   .offset(1));
    // [order end]
    CHECK(page.at(0).title == "Kind of Blue");

    // [left-join]
    auto const all_artists = db.all(from<artist>()
                                        .left_join<album>()
                                        .order_by(col<&artist::name>, col<&album::title>)
                                        .select(col<&artist::name>, col<&album::title>));
    for (auto const& [name, title] : all_artists)  // title is a std::optional<std::string>
        CHECK(title.has_value() == (name != "Nobody"));
    // [left-join end]
    CHECK(all_artists.size() == 5);

    // [group]
    auto const sums = db.all(from<album>()
                                 .join<artist>()
                                 .group_by(col<&artist::name>)
                                 .having(count() > 1)
                                 .order_by(sum(col<&album::price>).desc())
                                 .select(col<&artist::name>, count(), sum(col<&album::price>)));
    auto const& [name, albums, total] =
        sums.front();  // std::string, std::int64_t, std::optional<decimal<18, 2>>
    // [group end]
    CHECK(name == "John Coltrane");
    CHECK(albums == 2);
    CHECK(*total == "29.40"_dec);

    // [exists]
    auto const silent = db.all(from<artist>().where(!exists(
        from<album>().correlate<artist>().where(col<&album::artist_id> == col<&artist::id>))));
    auto const above_average = db.all(from<album>().where(
        cast<double>(col<&album::price>) > scalar(from<album>().select(avg(col<&album::price>)))));
    // [exists end]
    CHECK(silent.at(0).name == "Nobody");
    CHECK(above_average.size() == 2);

    // [dynamic]
    bool const only_dated = true;
    auto const dated =
        db.all(from<album>().where(when(only_dated, col<&album::released>.is_not_null())));
    // [dynamic end]
    CHECK(dated.size() == 3);

    // [case]
    auto const shelf =
        case_(when(col<&album::price> < 10, "cheap"), when(col<&album::price> < 15, "fair"))
            .otherwise("dear");
    auto const labelled =
        db.all(from<album>().order_by(col<&album::title>).select(col<&album::title>, shelf));
    // [case end]
    CHECK(labelled.at(0).m1 == "dear");
}

// [user-row]
struct album_line {
    std::string title;
    std::string artist;
};
// [user-row end]

TEST_CASE("docs: rows of your own", "[docs]") {
    auto db = docs::music();
    // [select-as]
    std::vector<album_line> const lines =
        db.all(from<album>()
                   .join<artist>()
                   .order_by(col<&album::title>)
                   .select_as<album_line>(col<&album::title>, col<&artist::name>));
    // [select-as end]
    CHECK(lines.at(2).artist == "Miles Davis");

    // [tuple]
    using priced = std::pair<std::string, decimal<10, 2>>;
    std::vector<priced> const prices =
        db.all(from<album>()
                   .order_by(col<&album::title>)
                   .select_as<priced>(col<&album::title>, col<&album::price>));
    // [tuple end]
    CHECK(prices.size() == lines.size());

    // [objects]
    auto const pairs = db.all(from<album>().join<artist>().select(all<album>(), all<artist>()));
    for (auto const& [one_album, its_artist] : pairs) CHECK(one_album.artist_id == its_artist.id);
    // [objects end]

    // [prepare]
    auto by_title =
        db.prepare(from<album>().where(col<&album::title> == placeholder<"title", std::string>));
    auto const train = by_title.first("Blue Train");
    auto const steps = by_title.one("title"_p = "Giant Steps");
    // [prepare end]
    CHECK(train->price == "19.90"_dec);
    CHECK(steps.price == "9.50"_dec);
}

struct employee {
    std::int64_t id{};
    std::string name;
    std::optional<std::int64_t> boss_id;
};
template <>
inline constexpr auto relata::table<employee> =
    relata::describe<employee>("employees")
        .key<&employee::id>()
        .references<&employee::boss_id, &employee::id>();

TEST_CASE("docs: self join", "[docs]") {
    auto db = open(docs::url());
    db.drop_tables<employee>();
    db.create_tables<employee>();
    db.insert_all(std::vector<employee>{{1, "Ada", {}}, {2, "Bob", 1}});
    // [self-join]
    auto const pairs = db.all(
        from<employee>()
            .join<alias<employee, "boss">>(col<&employee::boss_id> == col<&employee::id, "boss">)
            .select(col<&employee::name>, col<&employee::name, "boss">));
    // [self-join end]
    CHECK(pairs.at(0).m0 == "Bob");
    CHECK(pairs.at(0).m1 == "Ada");
}
