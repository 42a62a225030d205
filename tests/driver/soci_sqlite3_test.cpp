// SPDX-License-Identifier: BSL-1.0
#include "soci_support.hpp"

#include <chrono>
#include <filesystem>
#include <thread>

#include <unistd.h>

using namespace driver_tests;

TEST_CASE("soci+sqlite3: every kind of value comes back as it went") {
    check_values(*connect_soci("soci+sqlite3::memory:"));
}

TEST_CASE("soci+sqlite3: a number is no text, whatever the column was declared as") {
    auto const c = connect_soci("soci+sqlite3::memory:");
    c->script("CREATE TABLE t (a text, b integer); INSERT INTO t VALUES (x'3132', 'twelve')");
    CHECK(thrown([&] { (void)column<std::string>(*c, "SELECT a FROM t"); }).kind ==
          error_kind::type_mismatch);
    auto const e = thrown([&] { (void)column<std::int64_t>(*c, "SELECT b FROM t"); });
    CHECK(e.kind == error_kind::type_mismatch);
    CHECK(e.columns == std::vector<std::string>{"b"});
}

TEST_CASE("soci+sqlite3: what stands behind a statement is refused, not dropped") {
    auto const c = connect_soci("soci+sqlite3::memory:");
    CHECK(thrown([&] { (void)c->prepare("SELECT 1; SELECT 2", nullptr, 0); }).kind ==
          error_kind::syntax);
    CHECK(column<std::int64_t>(*c, "SELECT 1; -- nothing more") == std::vector<std::int64_t>{1});
}

TEST_CASE("soci+sqlite3: paths with blanks and signs, and options of other back ends") {
    CHECK(thrown([] { (void)connect_soci("soci+sqlite3:/no/such/folder/x.db"); }).kind ==
          error_kind::connection_failed);
    CHECK(thrown([] { (void)connect_soci("soci+sqlite3:/no/such/x.db", {{"mode", "ro"}}); }).kind ==
          error_kind::database_not_found);
    CHECK(thrown([] { (void)connect_soci("soci+sqlite3::memory:", {{"sslmode", "x"}}); }).kind ==
          error_kind::invalid_url);
}

TEST_CASE("soci+odbc: refused, with the reason") {
    for (char const* url : {"soci+odbc://me@host/dsn", "soci+odbc:dsn"}) {
        auto const e = thrown([&] { (void)connect_soci(url); });
        CHECK(e.kind == error_kind::not_supported);
        CHECK(e.outcome == outcome::not_sent);
        CHECK(e.message.find("ODBC") != e.message.npos);
    }
}

TEST_CASE("soci+sqlite3: results stay open side by side") {
    auto const c = connect_soci("soci+sqlite3::memory:");
    c->script("CREATE TABLE t (a integer); INSERT INTO t VALUES (1), (2)");
    auto const first = execute(*c, "SELECT a FROM t ORDER BY a");
    auto const second = execute(*c, "SELECT a FROM t ORDER BY a DESC");
    one<std::int64_t> row;
    REQUIRE(first->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    CHECK(row.value == 1);
    REQUIRE(second->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    CHECK(row.value == 2);
    CHECK(first->ready());
}

TEST_CASE("soci+sqlite3: opening waits for whoever is in the way of its journal", "[threads]") {
    auto const file = std::filesystem::temp_directory_path() /
                      ("relata-soci-" + std::to_string(::getpid()) + ".db");
    auto const url = "soci+sqlite3:" + file.string();
    auto const writer = connect_soci(url);
    writer->script("PRAGMA journal_mode = delete; BEGIN IMMEDIATE");
    CHECK(thrown([&] { (void)connect_soci(url, {{"busy_timeout", "20"}}); }).kind ==
          error_kind::lock_timeout);
    std::thread opener([&] { CHECK_NOTHROW(connect_soci(url)); });
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    writer->script("COMMIT");
    opener.join();
    std::filesystem::remove(file);
}
