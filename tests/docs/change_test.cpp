// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/change-rows.md, bulk.md and transactions.md.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

using namespace relata;

TEST_CASE("docs: changing rows", "[docs]") {
    auto db = docs::music();

    // [insert]
    artist evans = db.insert(artist{.name = "Bill Evans"});  // gives the object back with its key
    db.execute(insert_into<album>().set(col<&album::title> = "Waltz for Debby",
                                        col<&album::artist_id> = evans.id,
                                        col<&album::price> = "11.00"_dec));
    // [insert end]

    // [update]
    evans.name = "William Evans";
    bool const was_there = db.update(evans);  // every column of the row with this key
    auto const changed = db.execute(update<album>()
                                        .set(col<&album::price> = col<&album::price> + "1.00"_dec)
                                        .where(col<&album::artist_id> == evans.id));
    // [update end]
    CHECK(was_there);
    CHECK(changed == 1);

    // [remove]
    bool const removed = db.remove(evans);  // its albums go too: on_delete::cascade
    auto const old = db.execute(delete_from<album>().where(col<&album::released>.is_null()));
    // [remove end]
    CHECK(removed);
    CHECK(old == 1);

    // [all-rows]
    auto const every = db.execute(update<album>().set(col<&album::price> = "10.00"_dec).all_rows());
    // [all-rows end]
    CHECK(every == 3);
}

TEST_CASE("docs: many rows at once", "[docs]") {
    auto db = docs::music();
    // [bulk]
    std::vector<artist> many;
    for (int i = 0; i < 10'000; ++i) many.push_back({.name = "artist " + std::to_string(i)});
    auto const inserted = db.insert_all(many);  // all of them or none
    // [bulk end]
    CHECK(inserted == 10'000);
}

TEST_CASE("docs: transactions", "[docs]") {
    auto db = docs::music();

    // [retry]
    auto const total = db.transaction(
        [&](transaction& tx) {
            tx.execute(update<album>().set(col<&album::price> = col<&album::price> * 2).all_rows());
            return tx.one(from<album>().select(sum(col<&album::price>))).m0;
        },
        retry(3), {.isolation = isolation::serializable});
    // [retry end]
    CHECK(*total == "92.80"_dec);

    // [explicit]
    {
        transaction tx = db.begin();
        tx.insert(artist{.name = "Bill Evans"});
        tx.commit();  // without it, the end of the scope rolls back
    }
    // [explicit end]

    // [savepoint]
    db.transaction([&](transaction& tx) {
        tx.insert(artist{.name = "Chet Baker"});
        try {
            tx.savepoint(
                [&] { tx.insert(artist{.name = "Chet Baker"}); });  // fails: the name is unique
        } catch (relata::error const& e) {
            if (e.kind() != error_kind::unique_violation) throw;
        }
        tx.insert(artist{.name = "Art Blakey"});  // the transaction can go on
    });
    // [savepoint end]
    CHECK(db.one(from<artist>().select(count())).m0 == 6);

    // [failed]
    transaction tx = db.begin();
    try {
        tx.insert(artist{.name = "Chet Baker"});
    } catch (relata::error const&) {}
    CHECK_THROWS_AS(tx.insert(artist{.name = "New"}),
                    relata::error);  // transaction_failed, on every back end
    tx.rollback();
    // [failed end]
}

TEST_CASE("docs: errors", "[docs]") {
    auto db = docs::music();
    // [errors]
    try {
        db.insert(
            album{.title = "Unknown", .artist_id = 4711, .price = "1.00"_dec, .released = {}});
        FAIL("the artist does not exist");
    } catch (relata::error const& e) {
        CHECK(e.kind() == error_kind::foreign_key_violation);  // the same on every back end
        CHECK(e.constraint() == "albums_artist_id_fkey");
        CHECK(e.table() == "albums");
        CHECK(e.columns() == std::vector<std::string>{"artist_id"});
        CHECK(e.outcome() == outcome::rejected);  // nothing of the statement happened
        CHECK(e.retry() == retry_advice::no);
        std::string const line = e.what();  // one line, without values
        CHECK(line.find("4711") == std::string::npos);
    }
    // [errors end]

    // [log]
    std::int64_t statements = 0;
    db.on_statement(
        [](void* counter, statement_event const&) { ++*static_cast<std::int64_t*>(counter); },
        &statements);
    (void)db.all(from<artist>());
    CHECK(statements == 1);
    // [log end]
}
