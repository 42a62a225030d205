// SPDX-License-Identifier: BSL-1.0
// The code of docs/tutorial/first-hour.md.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

using namespace relata;

TEST_CASE("docs: the first hour", "[docs]") {
    std::string const where = docs::url();
    // [open]
    auto db = relata::open(where);  // "sqlite:music.db", "postgresql://…", "mysql://…"
    // [open end]
    db.drop_tables<album, artist>();
    // [create]
    db.create_tables<artist, album>();
    // [create end]

    // [insert]
    artist coltrane = db.insert(artist{.name = "John Coltrane"});  // coltrane.id is set now
    album train{
        .title = "Blue Train", .artist_id = coltrane.id, .price = "19.90"_dec, .released = {}};
    train = db.insert(train);
    // [insert end]
    CHECK(coltrane.id > 0);

    // [read]
    std::optional<album> found = db.find<album>(train.id);  // by primary key
    std::vector<album> cheap = db.all(from<album>().where(col<&album::price> < 20));
    album only = db.one(from<album>().where(col<&album::title> == "Blue Train"));
    // [read end]
    CHECK(found->title == "Blue Train");
    CHECK(cheap.size() == 1);
    CHECK(only.price == "19.90"_dec);

    // [join]
    auto rows = db.all(from<album>()
                           .join<artist>()  // on the declared reference
                           .where(col<&artist::name> == "John Coltrane")
                           .order_by(col<&album::released>.desc())
                           .select(col<&album::title>, col<&artist::name>, col<&album::released>));
    for (auto const& [title, name, released] : rows) {
        // std::string, std::string, std::optional<date>
        CHECK(title == "Blue Train");
        CHECK(name == "John Coltrane");
        CHECK(!released);
    }
    // [join end]
    CHECK(rows.size() == 1);

    // [change]
    train.price = "17.50"_dec;
    db.update(train);  // all columns of the row with this key
    db.execute(update<album>()
                   .set(col<&album::price> = col<&album::price> * 2)
                   .where(col<&album::price> < 18));
    // [change end]
    CHECK(db.find<album>(train.id)->price == "35.00"_dec);

    // [transaction]
    db.transaction([&](transaction& tx) {
        auto davis = tx.insert(artist{.name = "Miles Davis"});
        tx.insert(album{
            .title = "Kind of Blue", .artist_id = davis.id, .price = "12.00"_dec, .released = {}});
    });  // committed here; an exception would have rolled back
    // [transaction end]
    CHECK(db.one(from<album>().select(count())).m0 == 2);

    // [error]
    try {
        db.insert(artist{.name = "John Coltrane"});
    } catch (relata::error const& e) {
        CHECK(e.kind() == error_kind::unique_violation);
        CHECK(e.constraint() == "artists_name_key");
        CHECK(e.columns() == std::vector<std::string>{"name"});
    }
    // [error end]
}
