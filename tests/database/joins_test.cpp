// SPDX-License-Identifier: BSL-1.0
//
// Joins of all kinds, the shapes of their rows, and pages of them.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <tuple>
#include <utility>

using namespace relata;
using namespace test;

namespace {

using pair_texts = std::vector<std::string>;

template <class Rows> pair_texts pairs(Rows const& rows) {
    auto text = []<class V>(V const& value) -> std::string {
        if constexpr (requires { value.has_value(); }) return value ? *value : std::string("-");
        else return value;
    };
    pair_texts out;
    for (auto const& r : rows) out.push_back(text(r.m0) + "/" + text(r.m1));
    return out;
}

}  // namespace

TEST_CASE("joins: the declared reference is the condition") {
    auto const& db = library();
    auto const rows = db.all(from<album>()
                                 .join<artist>()
                                 .order_by(col<&album::id>)
                                 .select(col<&album::title>, col<&artist::name>));
    CHECK(pairs(rows) == pair_texts{"Blue Train/Coltrane", "Giant Steps/Coltrane", "Debut/Björk",
                                    "Lost/Coltrane"});
    auto const turned = db.all(from<artist>()
                                   .join<album>()
                                   .order_by(col<&album::id>)
                                   .select(col<&album::title>, col<&artist::name>));
    CHECK(pairs(turned) == pairs(rows));
}

TEST_CASE("joins: a condition of one's own") {
    auto const& db = library();
    auto const rows = db.all(from<artist>()
                                 .join<album>(col<&album::artist_id> == col<&artist::id> &&
                                              col<&album::price> > "9.50"_dec)
                                 .select(col<&artist::name>, col<&album::title>));
    CHECK(pairs(rows) == pair_texts{"Coltrane/Blue Train"});
}

TEST_CASE("joins: a left join keeps rows without a partner") {
    auto const& db = library();
    auto const rows = db.all(from<artist>()
                                 .left_join<album>()
                                 .order_by(col<&artist::id>, col<&album::id>)
                                 .select(col<&artist::name>, col<&album::title>));
    static_assert(
        std::is_same_v<decltype(rows)::value_type, row<std::string, std::optional<std::string>>>);
    CHECK(pairs(rows) == pair_texts{"Coltrane/Blue Train", "Coltrane/Giant Steps", "Coltrane/Lost",
                                    "Björk/Debut", "Nobody/-"});
    auto const without = db.all(from<artist>().left_join<album>().where(col<&album::id>.is_null()));
    REQUIRE(without.size() == 1);
    CHECK(without[0].name == "Nobody");
}

TEST_CASE("joins: a right join keeps the rows of the joined table") {
    auto const& db = library();
    auto const rows = db.all(from<album>()
                                 .right_join<artist>()
                                 .order_by(col<&artist::id>, col<&album::id>)
                                 .select(col<&album::title>, col<&artist::name>));
    static_assert(
        std::is_same_v<decltype(rows)::value_type, row<std::optional<std::string>, std::string>>);
    CHECK(pairs(rows) == pair_texts{"Blue Train/Coltrane", "Giant Steps/Coltrane", "Lost/Coltrane",
                                    "Debut/Björk", "-/Nobody"});
}

TEST_CASE("joins: a full join keeps both") {
    auto const& db = people();
    auto const query =
        from<person>()
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .order_by(col<&person::id>, col<&person::id, "boss">)
            .select(col<&person::name>, col<&person::name, "boss">);
    CHECK(pairs(db.all(query)) ==
          pair_texts{"Anna/-", "Ben/Anna", "Cleo/Anna", "Dora/Ben", "-/Cleo", "-/Dora"});
    CHECK(pairs(db.all(query.limit(2).offset(3))) == pair_texts{"Dora/Ben", "-/Cleo"});
}

TEST_CASE("joins: values in the condition of a full join and around it") {
    auto const& db = people();
    auto const rows =
        db.all(from<person>()
                   .full_join<alias<person, "boss">>(
                       col<&person::boss_id> == col<&person::id, "boss"> &&
                       col<&person::name> != "Cleo" && col<&person::name, "boss"> != "Zoe")
                   .where(col<&person::id, "boss"> < 4 && col<&person::name, "boss"> != "Nobody")
                   .order_by(col<&person::id>, col<&person::id, "boss">)
                   .select(col<&person::name>, col<&person::name, "boss">));
    CHECK(pairs(rows) == pair_texts{"Ben/Anna", "Dora/Ben", "-/Cleo"});
}

TEST_CASE("joins: groups, whole objects and further joins of a full join") {
    auto const& db = people();
    auto const counts = db.all(
        from<person>()
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .group_by(col<&person::name, "boss">)
            .having(count() > 1)
            .select(col<&person::name, "boss">, count()));
    REQUIRE(counts.size() == 1);
    CHECK(counts[0].m0 == "Anna");
    CHECK(counts[0].m1 == 2);
    auto const objects = db.all(
        from<person>()
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .where(col<&person::id>.is_null())
            .order_by(col<&person::id, "boss">)
            .select(all<person>(), all<alias<person, "boss">>()));
    REQUIRE(objects.size() == 2);
    CHECK(objects[0].m0 == std::nullopt);
    CHECK(objects[0].m1->name == "Cleo");
    auto const three = db.all(
        from<person>()
            .join<alias<person, "self">>(col<&person::id> == col<&person::id, "self">)
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .left_join<alias<person, "top">>(col<&person::boss_id, "boss"> ==
                                             col<&person::id, "top">)
            .order_by(col<&person::id, "self">, col<&person::id, "boss">)
            .select(col<&person::name, "self">, col<&person::name, "top">));
    CHECK(pairs(three) == pair_texts{"Anna/-", "Ben/-", "Cleo/-", "Dora/Anna", "-/Anna", "-/Ben"});
}

TEST_CASE("joins: queries inside a query with a full join, and one inside another") {
    auto const& db = people();
    auto const with_staff = db.all(
        from<person>()
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .where(exists(from<alias<person, "other">>().correlate<alias<person, "boss">>().where(
                col<&person::boss_id, "other"> == col<&person::id, "boss">)))
            .order_by(col<&person::id>)
            .select(col<&person::name>, col<&person::name, "boss">));
    CHECK(pairs(with_staff) == pair_texts{"Ben/Anna", "Cleo/Anna", "Dora/Ben"});
    auto const names =
        from<person>()
            .full_join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .where(col<&person::id>.is_null())
            .select(col<&person::id, "boss">);
    auto const without = db.all(from<person>()
                                    .where(col<&person::id>.in(names))
                                    .order_by(col<&person::id>)
                                    .select(col<&person::name>, col<&person::name>));
    CHECK(pairs(without) == pair_texts{"Cleo/Cleo", "Dora/Dora"});
}

TEST_CASE("joins: a cross join pairs everything") {
    auto const& db = people();
    auto const rows = db.all(from<person>().cross_join<alias<person, "other">>().select(count()));
    CHECK(rows.at(0).m0 == 16);
    auto const page = db.all(from<person>()
                                 .cross_join<alias<person, "other">>()
                                 .order_by(col<&person::id>, col<&person::id, "other">)
                                 .limit(2)
                                 .offset(3)
                                 .select(col<&person::name>, col<&person::name, "other">));
    CHECK(pairs(page) == pair_texts{"Anna/Dora", "Ben/Anna"});
}

TEST_CASE("joins: a table with itself, twice") {
    auto const& db = people();
    auto const rows = db.all(
        from<person>()
            .join<alias<person, "boss">>(col<&person::boss_id> == col<&person::id, "boss">)
            .join<alias<person, "top">>(col<&person::boss_id, "boss"> == col<&person::id, "top">)
            .select(col<&person::name>, col<&person::name, "top">));
    CHECK(pairs(rows) == pair_texts{"Dora/Anna"});
}

TEST_CASE("joins: whole objects of both sides") {
    auto const& db = library();
    auto const rows = db.all(from<artist>()
                                 .left_join<album>()
                                 .where(col<&artist::id> > 1)
                                 .order_by(col<&artist::id>)
                                 .select(all<artist>(), all<album>(), col<&album::price>));
    static_assert(std::is_same_v<decltype(rows)::value_type,
                                 row<artist, std::optional<album>, std::optional<decimal<10, 2>>>>);
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].m0 == artist{2, "Björk", "IS"});
    CHECK(rows[0].m1 == album{3, "Debut", 2, "9.50"_dec, 1993});
    CHECK(rows[0].m2 == decimal<10, 2>("9.50"_dec));
    CHECK(rows[1].m0.name == "Nobody");
    CHECK(rows[1].m1 == std::nullopt);
    CHECK(rows[1].m2 == std::nullopt);
}

namespace {
struct summary {
    std::string artist;
    std::int64_t albums{};
    std::optional<decimal<18, 2>> total;
};
}  // namespace

TEST_CASE("joins: rows go into a struct of one's own") {
    auto const& db = library();
    auto const rows = db.all(from<artist>()
                                 .left_join<album>()
                                 .group_by(col<&artist::id>, col<&artist::name>)
                                 .having(count(col<&album::id>) < 3)
                                 .order_by(count(col<&album::id>).desc(), col<&artist::name>)
                                 .select_as<summary>(col<&artist::name>, count(col<&album::id>),
                                                     sum(col<&album::price>)));
    REQUIRE(rows.size() == 2);
    CHECK(rows[0].artist == "Björk");
    CHECK(rows[0].albums == 1);
    CHECK(rows[0].total == decimal<18, 2>("9.50"_dec));
    CHECK(rows[1].artist == "Nobody");
    CHECK(rows[1].albums == 0);
    CHECK(rows[1].total == std::nullopt);
}

TEST_CASE("joins: rows go into a tuple or a pair") {
    auto const& db = library();
    using line = std::tuple<std::string, std::int64_t, std::optional<decimal<18, 2>>>;
    auto const totals =
        from<artist>()
            .left_join<album>()
            .group_by(col<&artist::id>, col<&artist::name>)
            .order_by(col<&artist::id>)
            .select_as<line>(col<&artist::name>, count(col<&album::id>), sum(col<&album::price>));
    auto const rows = db.all(totals);
    static_assert(std::is_same_v<decltype(rows)::value_type, line>);
    REQUIRE(rows.size() == 3);
    CHECK(rows[1] == line{"Björk", 1, "9.50"_dec});
    CHECK(rows[2] == line{"Nobody", 0, std::nullopt});
    auto const& [name, albums, total] = rows[0];
    CHECK(albums == 3);
    CHECK(name == "Coltrane");
    CHECK(total.has_value());
    CHECK(db.first(totals) == rows[0]);
    std::vector<line> streamed;
    for (auto const& one : db.stream(totals)) streamed.push_back(one);
    CHECK(streamed == rows);

    using couple = std::pair<std::string, std::optional<std::int32_t>>;
    query<couple> const stored =
        from<album>().select_as<couple>(col<&album::title>, col<&album::year>);
    CHECK(db.one(stored.where(col<&album::id> == 3)) == couple{"Debut", 1993});
    // whole objects, absent ones too
    using both = std::pair<artist, std::optional<album>>;
    CHECK(db.one(from<artist>()
                     .left_join<album>()
                     .where(col<&artist::id> == 3)
                     .select_as<both>(all<artist>(), all<album>()))
              .second == std::nullopt);
    using written = std::tuple<std::int64_t, std::string>;
    CHECK(db.one(sql_query<"select id, name from library_artists where id = ?", written>(2)) ==
          written{2, "Björk"});
}

TEST_CASE("joins: aliases of results can be sorted by") {
    auto const& db = library();
    auto const rows =
        db.all(from<album>()
                   .order_by(output<"twice">.desc(), col<&album::id>)
                   .select((col<&album::price> * 2).as<"twice">(), col<&album::title>));
    REQUIRE(rows.size() == 4);
    CHECK(rows[0].m1 == "Blue Train");
    CHECK(rows[0].m0 == decimal<18, 2>("39.80"_dec));
    CHECK(rows[3].m1 == "Lost");
}

TEST_CASE("joins: correlated subqueries") {
    auto const& db = library();
    auto const has_album =
        exists(from<album>().correlate<artist>().where(col<&album::artist_id> == col<&artist::id>));
    CHECK(db.all(from<artist>().where(has_album)).size() == 2);
    CHECK(db.one(from<artist>().where(!has_album)).name == "Nobody");
    auto const newest = scalar(from<album>()
                                   .correlate<artist>()
                                   .where(col<&album::artist_id> == col<&artist::id>)
                                   .select(max(col<&album::year>)));
    auto const rows =
        db.all(from<artist>().order_by(col<&artist::id>).select(col<&artist::name>, newest));
    REQUIRE(rows.size() == 3);
    CHECK(rows[0].m1 == 1960);
    CHECK(rows[1].m1 == 1993);
    CHECK(rows[2].m1 == std::nullopt);
}

TEST_CASE("joins: distinct rows, pages and their edges") {
    auto const& db = library();
    CHECK(db.all(from<album>().distinct().select(col<&album::price>)).size() == 3);
    auto const sorted = from<album>().order_by(col<&album::id>);
    CHECK(db.all(sorted.limit(0)).empty());
    CHECK(db.all(sorted.limit(2)).size() == 2);
    CHECK(db.all(sorted.limit(99)).size() == 4);
    CHECK(db.all(sorted.limit(2).offset(3)).size() == 1);
    CHECK(db.all(sorted.offset(1)).size() == 3);
    CHECK(db.all(sorted.offset(1)).front().id == 2);
    CHECK(db.all(sorted.offset(4)).empty());
}
