// SPDX-License-Identifier: BSL-1.0
//
// Opening of the SQLite driver: files, options, and what every session looks like.

#include "sqlite_support.hpp"

#include <chrono>
#include <fstream>
#include <thread>

namespace {

using namespace driver_tests;

error_kind refused(std::string const& path, options given = {}) {
    auto const e = thrown([&] { connect_sqlite(path, std::move(given)); });
    CHECK_FALSE(e.message.empty());
    return e.kind;
}

std::string words(driver::connection& c, char const* sql) {
    return column<std::string>(c, sql).at(0);
}

}  // namespace

TEST_CASE("sqlite session: the entry describes the driver") {
    auto const& entry = sqlite::driver_entry();
    CHECK(entry.version == driver::interface_version);
    CHECK(std::string(entry.name) == "sqlite");
    CHECK(std::string(entry.schemes[0]) == "sqlite");
    auto const c = connect_sqlite();
    CHECK(c->can().server.starts_with("SQLite 3."));
    CHECK(c->can().version >= 30000 + 37 * 100);
    CHECK(c->can().max_params >= 32766);
    CHECK(c->native() != nullptr);
}

TEST_CASE("sqlite session: the prelude is in force") {
    folder const here;
    auto const c = connect_sqlite(here.file());
    CHECK(number(*c, "PRAGMA foreign_keys") == 1);
    CHECK(number(*c, "SELECT 'a' LIKE 'A'") == 0);
    CHECK(number(*c, "PRAGMA trusted_schema") == 0);
    CHECK(words(*c, "PRAGMA journal_mode") == "wal");
    CHECK(number(*c, "PRAGMA synchronous") == 1);
    CHECK(thrown([&] { execute(*c, "SELECT \"no text\""); }).kind == error_kind::column_not_found);
}

TEST_CASE("sqlite session: checks of an untrusted schema may use what relata's tables use") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (v TEXT, j TEXT CHECK (json_valid(j)), CHECK (length(v) = 10 AND v "
              "IS date(v, '+0 days')), "
              "CHECK (v LIKE '2%' AND v GLOB '2*' AND substr(v, 5, 1) = '-')) STRICT");
    execute(*c, "INSERT INTO t VALUES ('2024-02-29', '{\"a\": [1]}'), ('2024-03-01', NULL)");
    CHECK(thrown([&] { execute(*c, "INSERT INTO t VALUES ('2024-02-29', '{a: 1}')"); }).kind ==
          error_kind::check_violation);
    CHECK(thrown([&] { execute(*c, "INSERT INTO t VALUES ('2023-02-29', '1')"); }).kind ==
          error_kind::check_violation);
}

TEST_CASE("sqlite session: options") {
    folder const here;
    auto const c = connect_sqlite(here.file(), {{"journal_mode", "delete"},
                                                {"cache_size", "-4000"},
                                                {"synchronous", "off"},
                                                {"locking_mode", "exclusive"}});
    CHECK(words(*c, "PRAGMA journal_mode") == "delete");
    CHECK(number(*c, "PRAGMA cache_size") == -4000);
    CHECK(number(*c, "PRAGMA synchronous") == 0);
    CHECK(words(*c, "PRAGMA locking_mode") == "exclusive");
    CHECK(number(*connect_sqlite(here.file("full.db"), {{"journal_mode", "delete"}}),
                 "PRAGMA synchronous") == 2);
    CHECK(words(*connect_sqlite(here.file("off.db"), {{"journal_mode", "off"}}),
                "PRAGMA journal_mode") == "off");
    for (auto const& [name, value] : options{{"mode", "rwx"},
                                             {"busy_timeout", "-1"},
                                             {"busy_timeout", "1s"},
                                             {"journal_mode", "none"},
                                             {"synchronous", "1; DROP TABLE t"},
                                             {"cache_size", "x"},
                                             {"statement_timeout", "99999999999"}})
        CHECK(refused(here.file(), {{name, value}}) == error_kind::invalid_url);
    CHECK(refused(":memory:", {{"journal_mode", "wal"}}) == error_kind::not_supported);
}

TEST_CASE("sqlite session: files that cannot be opened") {
    folder const here;
    CHECK(refused(here.file("no/such/folder.db")) == error_kind::database_not_found);
    CHECK(refused(here.file("missing.db"), {{"mode", "rw"}}) == error_kind::database_not_found);
    CHECK(refused(here.file("missing.db"), {{"mode", "ro"}}) == error_kind::database_not_found);
    CHECK(refused(here.path.string()) == error_kind::connection_failed);
    CHECK(refused("") == error_kind::invalid_url);
    CHECK(refused(std::string("a\0b", 3)) == error_kind::invalid_url);
    std::ofstream(here.file("text.db")) << std::string(5000, 'x');
    CHECK(refused(here.file("text.db")) == error_kind::corrupt);
    driver::address with_host;
    with_host.host = "example.org";
    with_host.database = ":memory:";
    CHECK(thrown([&] { sqlite::driver_entry().connect(with_host); }).kind ==
          error_kind::invalid_url);
}

TEST_CASE("sqlite session: a path is a path, never a URI") {
    folder const here;
    auto const back = std::filesystem::current_path();
    std::filesystem::current_path(here.path);
    connect_sqlite("file:x.db?mode=memory")->script("CREATE TABLE t (a INTEGER)");
    std::filesystem::current_path(back);
    CHECK(std::filesystem::exists(here.path / "file:x.db?mode=memory"));
}

TEST_CASE("sqlite session: mode=ro only reads") {
    folder const here;
    connect_sqlite(here.file())
        ->script("CREATE TABLE t (a INTEGER) STRICT; INSERT INTO t VALUES (1)");
    auto const c = connect_sqlite(here.file(), {{"mode", "ro"}});
    CHECK(number(*c, "SELECT a FROM t") == 1);
    CHECK(thrown([&] { execute(*c, "INSERT INTO t VALUES (2)"); }).kind == error_kind::read_only);
    c->begin(serializable, false);
    CHECK(number(*c, "SELECT a FROM t") == 1);
    c->commit();
}

TEST_CASE("sqlite session: a damaged file is corrupt") {
    folder const here;
    connect_sqlite(here.file(), {{"journal_mode", "delete"}})
        ->script("CREATE TABLE t (a TEXT) STRICT; INSERT INTO t SELECT hex(zeroblob(900)) FROM "
                 "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 50) "
                 "SELECT i FROM n)");
    std::fstream file(here.file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(4096 * 8, '\xA5');
    file.close();
    auto const c = connect_sqlite(here.file(), {{"journal_mode", "delete"}});
    CHECK(thrown([&] { column<std::string>(*c, "SELECT a FROM t"); }).kind == error_kind::corrupt);
}

TEST_CASE("sqlite session: reset brings back the state after connecting") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (v INTEGER) STRICT; CREATE TEMP TABLE \"my temp\" (a); PRAGMA "
              "foreign_keys = off; "
              "PRAGMA case_sensitive_like = off");
    c->begin(serializable, true);
    auto const stream = execute(*c, "SELECT v FROM t");
    c->reset();
    CHECK(c->transaction() == transaction_state::none);
    CHECK(number(*c, "PRAGMA foreign_keys") == 1);
    CHECK(number(*c, "PRAGMA query_only") == 0);
    CHECK(number(*c, "SELECT 'a' LIKE 'A'") == 0);
    CHECK(number(*c, "SELECT count(*) FROM sqlite_temp_schema") == 0);
    execute(*c, "INSERT INTO t VALUES (1)");
}

TEST_CASE("sqlite session: alive notices that its file is gone") {
    folder const here;
    auto const c = connect_sqlite(here.file());
    c->script("CREATE TABLE t (v INTEGER) STRICT");
    CHECK(c->alive(false));
    CHECK(c->alive(true));
    std::filesystem::remove(here.file());
    CHECK_FALSE(c->alive(true));
    CHECK(connect_sqlite()->alive(true));
}

TEST_CASE("sqlite session: opening waits for whoever is in the way of its journal", "[threads]") {
    folder const here;
    auto const writer = connect_sqlite(here.file(), {{"journal_mode", "delete"}});
    writer->script("CREATE TABLE t (v INTEGER) STRICT; BEGIN IMMEDIATE");
    std::thread opener([&] { CHECK_NOTHROW(connect_sqlite(here.file())); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    writer->script("COMMIT");
    opener.join();
    CHECK(words(*connect_sqlite(here.file()), "PRAGMA journal_mode") == "wal");
}

TEST_CASE("sqlite session: opening waits no longer than busy_timeout") {
    folder const here;
    auto const writer = connect_sqlite(here.file(), {{"journal_mode", "delete"}});
    writer->script("CREATE TABLE t (v INTEGER) STRICT; BEGIN IMMEDIATE");
    CHECK(refused(here.file(), {{"busy_timeout", "20"}}) == error_kind::lock_timeout);
}
