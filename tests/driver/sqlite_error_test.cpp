// SPDX-License-Identifier: BSL-1.0
//
// Errors of the SQLite driver: each provoked for real, with the names that SQLite does not tell.

#include "sqlite_support.hpp"

namespace {

using namespace driver_tests;
using strings = std::vector<std::string>;

constexpr char const* music = R"(
    CREATE TABLE artists (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, country TEXT) STRICT;
    CREATE UNIQUE INDEX artists_name_country_key ON artists (name, country);
    CREATE TABLE labels (a INTEGER, b INTEGER, PRIMARY KEY (a, b)) STRICT;
    CREATE TABLE albums (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        artist_id INTEGER NOT NULL,
        label_a INTEGER, label_b INTEGER, price INTEGER,
        code TEXT UNIQUE,
        CONSTRAINT albums_price_positive CHECK (price >= 0),
        CONSTRAINT albums_artist_id_fkey FOREIGN KEY (artist_id) REFERENCES artists (id),
        CONSTRAINT "odd name" FOREIGN KEY (label_a, label_b) REFERENCES labels (a, b),
        CHECK (price < 1000)
    ) STRICT;
    CREATE TABLE tracks (
        id INTEGER PRIMARY KEY, album_id INTEGER REFERENCES albums (id) ON DELETE RESTRICT) STRICT;
    INSERT INTO artists (id, name, country) VALUES (1, 'x', 'de');
    INSERT INTO labels VALUES (1, 1);
    INSERT INTO albums (id, artist_id, code) VALUES (1, 1, 'c');
    INSERT INTO tracks VALUES (1, 1);
)";

struct fixture {
    std::unique_ptr<driver::connection> c = connect_sqlite();
    fixture() { c->script(music); }

    error_info fails(std::string_view sql) {
        auto const e = thrown([&] { execute(*c, sql); });
        CHECK(e.outcome == outcome::rejected);
        CHECK(e.connection_usable);
        CHECK(e.native_code != 0);
        return e;
    }
    // Everything in the database, to see that a failure changed nothing.
    strings content() {
        return column<std::string>(
            *c, "SELECT id || name || country FROM artists UNION ALL SELECT a || b FROM labels "
                "UNION ALL SELECT id || artist_id FROM albums UNION ALL SELECT "
                "id || ifnull(album_id, 'none') FROM tracks");
    }
};

}  // namespace

TEST_CASE_METHOD(fixture,
                 "sqlite error: a unique violation names its constraint, table and columns") {
    auto e = fails("INSERT INTO artists (name, country) VALUES ('x', 'de')");
    CHECK(e.kind == error_kind::unique_violation);
    CHECK(e.constraint == "artists_name_country_key");
    CHECK(e.table == "artists");
    CHECK(e.columns == strings{"name", "country"});
    CHECK(fails("INSERT INTO artists (id, name) VALUES (1, 'y')").constraint == "artists_pkey");
    CHECK(fails("INSERT INTO labels VALUES (1, 1)").constraint == "labels_pkey");
    CHECK(fails("INSERT INTO albums (artist_id, code) VALUES (1, 'c')").constraint ==
          "albums_code_key");
    CHECK(error(e).what() ==
          std::string("RL-E028 unique_violation: duplicate value [artists_name_country_key on "
                      "artists.(name, country)]; statement rejected, no transaction; retry: no"));
}

TEST_CASE_METHOD(fixture, "sqlite error: NOT NULL and CHECK violations") {
    auto e = fails("INSERT INTO artists (name) VALUES (NULL)");
    CHECK(e.kind == error_kind::not_null_violation);
    CHECK(e.table == "artists");
    CHECK(e.columns == strings{"name"});
    e = fails("UPDATE albums SET price = -1");
    CHECK(e.kind == error_kind::check_violation);
    CHECK(e.constraint == "albums_price_positive");
    CHECK(e.table == "albums");
    e = fails("UPDATE albums SET price = 5000");  // a check without a name
    CHECK(e.kind == error_kind::check_violation);
    CHECK(e.constraint.empty());
}

TEST_CASE_METHOD(fixture,
                 "sqlite error: a broken reference names its constraint, and nothing changes") {
    auto const before = content();
    for (bool const inside : {false, true}) {
        CAPTURE(inside);
        if (inside) c->begin(driver::isolation::serializable, false);
        auto e = fails("INSERT INTO albums (artist_id) VALUES (99)");
        CHECK(e.kind == error_kind::foreign_key_violation);
        CHECK(e.constraint == "albums_artist_id_fkey");
        CHECK(e.table == "albums");
        CHECK(e.columns == strings{"artist_id"});
        CHECK(e.transaction == (inside ? transaction_state::open : transaction_state::none));

        e = fails("UPDATE albums SET label_a = 5, label_b = 5");
        CHECK(e.constraint == "odd name");
        CHECK(e.columns == strings{"label_a", "label_b"});

        e = fails("DELETE FROM artists WHERE id = 1");
        CHECK(e.kind == error_kind::foreign_key_violation);
        CHECK(e.constraint == "albums_artist_id_fkey");

        e = fails("DELETE FROM albums");  // restrict
        CHECK(e.kind == error_kind::foreign_key_violation);
        CHECK(e.constraint == "tracks_album_id_fkey");
        CHECK(e.columns == strings{"album_id"});

        e = fails("INSERT INTO albums (artist_id) VALUES (98) RETURNING id");
        CHECK(e.constraint == "albums_artist_id_fkey");

        CHECK(content() == before);
        CHECK(column<std::int64_t>(*c, "PRAGMA defer_foreign_keys")[0] == 0);
        if (inside) c->commit();
    }
    CHECK(c->transaction() == transaction_state::none);
}

TEST_CASE_METHOD(fixture,
                 "sqlite error: values of a failed insert are bound again for the diagnosis") {
    auto const e = thrown([&] {
        execute(*c, "INSERT INTO albums (artist_id, code) VALUES (?1, ?2)", std::int64_t(55),
                std::string("long enough for the heap, so that a dangling view would show"));
    });
    CHECK(e.constraint == "albums_artist_id_fkey");
}

TEST_CASE_METHOD(fixture, "sqlite error: violations from before do not mislead the diagnosis") {
    c->script("PRAGMA foreign_keys = off; INSERT INTO albums (artist_id, label_a, label_b) VALUES "
              "(1, 8, 8); "
              "PRAGMA foreign_keys = on");
    CHECK(fails("INSERT INTO albums (artist_id) VALUES (99)").constraint ==
          "albums_artist_id_fkey");
}

TEST_CASE_METHOD(fixture, "sqlite error: an open stream survives the diagnosis") {
    c->script("INSERT INTO artists (name) VALUES ('b'), ('c')");
    auto const stream = execute(*c, "SELECT id FROM artists ORDER BY id");
    one<std::int64_t> row;
    REQUIRE(stream->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    CHECK(fails("INSERT INTO albums (artist_id) VALUES (99)").constraint ==
          "albums_artist_id_fkey");
    std::size_t rest = 0;
    while (stream->ready())
        rest += stream->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1);
    CHECK(rest == 2);
}

TEST_CASE_METHOD(fixture, "sqlite error: what the database does not know") {
    auto e = fails("SELECT 1 FROM nowhere");
    CHECK(e.kind == error_kind::table_not_found);
    CHECK(e.table == "nowhere");
    e = fails("SELECT missing FROM artists");
    CHECK(e.kind == error_kind::column_not_found);
    CHECK(e.columns == strings{"missing"});
    CHECK(fails("SELECT \"missing\" FROM artists").kind == error_kind::column_not_found);
    CHECK(fails("INSERT INTO artists (missing) VALUES (1)").kind == error_kind::column_not_found);
    CHECK(fails("SELEC 1").kind == error_kind::syntax);
    CHECK(fails("SELECT nosuch(1)").kind == error_kind::syntax);
    CHECK(fails("CREATE TABLE artists (a INTEGER)").kind == error_kind::already_exists);
    CHECK(fails("CREATE INDEX artists_name_country_key ON artists (id)").kind ==
          error_kind::already_exists);
    CHECK(fails("ALTER TABLE artists ADD COLUMN name TEXT").kind == error_kind::already_exists);
}

TEST_CASE_METHOD(fixture, "sqlite error: values that do not fit") {
    auto e = fails("INSERT INTO artists (name, country) VALUES ('y', x'00')");
    CHECK(e.kind == error_kind::type_mismatch);
    CHECK(e.table == "artists");
    CHECK(e.columns == strings{"country"});
    CHECK(fails("INSERT INTO artists (id, name) VALUES ('text', 'y')").kind ==
          error_kind::type_mismatch);
    CHECK(fails("SELECT sum(v) FROM (SELECT 9223372036854775807 AS v UNION ALL SELECT 1)").kind ==
          error_kind::out_of_range);
    CHECK(fails("SELECT json('{')").kind == error_kind::value_invalid);
    CHECK(fails("SELECT zeroblob(2000000000)").kind == error_kind::limit_exceeded);
    std::string deep = "SELECT 1";
    for (int i = 0; i < 2000; ++i) deep += "+1";
    CHECK(fails(deep).kind == error_kind::limit_exceeded);
}

TEST_CASE_METHOD(fixture, "sqlite error: a trigger's words come through") {
    c->script("CREATE TRIGGER closed BEFORE INSERT ON labels BEGIN SELECT raise(ABORT, 'we are "
              "closed'); END");
    auto const e = fails("INSERT INTO labels VALUES (5, 5)");
    CHECK(e.kind == error_kind::constraint_violation);
    CHECK(e.native_message == "we are closed");
}

TEST_CASE_METHOD(fixture, "sqlite error: a table in use cannot be dropped") {
    auto const stream = execute(*c, "SELECT id FROM artists");
    CHECK(fails("DROP TABLE tracks").kind == error_kind::lock_timeout);
}

TEST_CASE_METHOD(fixture, "sqlite error: a script stops at its first error") {
    auto const e = thrown([&] {
        c->script("INSERT INTO labels VALUES (2, 2); SELEC; INSERT INTO labels VALUES (3, 3)");
    });
    CHECK(e.kind == error_kind::syntax);
    CHECK(column<std::int64_t>(*c, "SELECT count(*) FROM labels")[0] == 2);
    c->script("");
    c->script("-- only a comment\n;;");
}

TEST_CASE_METHOD(fixture, "sqlite error: dangerous statements are refused") {
    CHECK(thrown([&] {
              c->script("PRAGMA writable_schema = on; DELETE FROM sqlite_schema");
          }).kind == error_kind::syntax);
    CHECK(fails("SELECT load_extension('x')").kind != error_kind::not_found);
}
