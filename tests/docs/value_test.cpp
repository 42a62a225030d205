// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/query-values.md and of hand-written queries.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

using namespace relata;

namespace {

// [function]
query<album> cheaper_than(decimal<10, 2> limit) {
    return from<album>().where(col<&album::price> < limit);
}
query<std::string, decimal<10, 2>> price_list() {
    return from<album>().select(col<&album::title>, col<&album::price>);
}
// [function end]

// [line]
struct album_title {
    std::int64_t id{};
    std::string title;
};
// [line end]

}  // namespace

TEST_CASE("docs: queries as values", "[docs]") {
    auto db = docs::music();
    bool const only_dated = true;
    // [add]
    query<album> q = cheaper_than("15.00"_dec);
    if (only_dated) q = q.where(col<&album::released>.is_not_null());
    auto const rows = db.all(q.order_by(col<&album::title>).limit(10));
    auto const prices = db.all(price_list());  // rows of a title and a price
    // [add end]
    CHECK(rows.size() == 2);
    CHECK(prices.size() == 4);

    // [filters]
    std::vector<condition> filters;  // from a search form
    filters.push_back(col<&album::title>.contains("Blue"));
    filters.push_back(col<&album::price> > 10);
    auto const all_hold = db.all(from<album>().where(all_of(filters)));
    auto const one_holds = db.all(from<album>().where(any_of(filters)));
    // [filters end]
    CHECK(all_hold.size() == 2);
    CHECK(one_holds.size() == 2);
}

TEST_CASE("docs: hand-written queries", "[docs]") {
    auto db = docs::music();
    std::string const wanted = "Blue Train";
    // [query]
    auto const lines =
        db.all(sql_query<"select id, title from albums where title = ?", album_title>(wanted));
    auto const number = db.one(sql_query<"select count(*) from albums", std::int64_t>()).m0;
    db.execute(sql_command<"delete from albums where title = ?">(wanted));
    // [query end]
    CHECK(lines.at(0).title == wanted);
    CHECK(number == 4);
    CHECK(db.all(from<album>()).size() == 3);
}
