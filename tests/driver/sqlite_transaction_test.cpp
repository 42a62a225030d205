// SPDX-License-Identifier: BSL-1.0
//
// Transactions, savepoints and locks of the SQLite driver.

#include "sqlite_support.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace driver_tests;

TEST_CASE("sqlite transaction: begin, commit and rollback") {
    folder const here;
    auto const a = connect_sqlite(here.file());
    auto const b = connect_sqlite(here.file());
    a->script("CREATE TABLE t (v INTEGER) STRICT");
    CHECK(a->transaction() == transaction_state::none);
    a->begin(serializable, false);
    CHECK(a->transaction() == transaction_state::open);
    execute(*a, "INSERT INTO t VALUES (1)");
    CHECK(number(*b, "SELECT count(*) FROM t") == 0);
    a->commit();
    CHECK(number(*b, "SELECT count(*) FROM t") == 1);
    a->begin(serializable, false);
    execute(*a, "INSERT INTO t VALUES (2)");
    a->rollback();
    CHECK(number(*a, "SELECT count(*) FROM t") == 1);
    CHECK(thrown([&] { a->commit(); }).kind == error_kind::invalid_argument);
    a->begin(serializable, false);
    CHECK(thrown([&] { a->begin(serializable, false); }).kind == error_kind::invalid_argument);
    a->rollback();
    a->rollback();  // nothing to do
}

TEST_CASE("sqlite transaction: savepoints nest, and may have odd names") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (v INTEGER PRIMARY KEY) STRICT");
    c->begin(serializable, false);
    execute(*c, "INSERT INTO t VALUES (1)");
    for (char const* name : {"s1", "s1", "odd \"; DROP TABLE t"}) c->savepoint(name);
    execute(*c, "INSERT INTO t VALUES (2)");
    CHECK(thrown([&] { execute(*c, "INSERT INTO t VALUES (2)"); }).transaction ==
          transaction_state::open);
    c->rollback_to("odd \"; DROP TABLE t");
    c->release("odd \"; DROP TABLE t");
    execute(*c, "INSERT INTO t VALUES (3)");
    c->release("s1");
    c->rollback_to("s1");
    c->release("s1");
    CHECK(thrown([&] { c->release("none"); }).kind == error_kind::invalid_argument);
    c->commit();
    CHECK(number(*c, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("sqlite transaction: a read-only transaction refuses writes, the next one does not") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (v INTEGER) STRICT");
    c->begin(serializable, true);
    CHECK(number(*c, "SELECT count(*) FROM t") == 0);
    CHECK(thrown([&] { execute(*c, "INSERT INTO t VALUES (1)"); }).kind == error_kind::read_only);
    c->rollback();
    execute(*c, "INSERT INTO t VALUES (1)");
    c->begin(serializable, true);
    c->commit();
    execute(*c, "INSERT INTO t VALUES (1)");
    CHECK(number(*c, "SELECT count(*) FROM t") == 2);
}

TEST_CASE(
    "sqlite transaction: a deferred reference that is broken at commit ends the transaction") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE p (id INTEGER PRIMARY KEY) STRICT; CREATE TABLE t (p_id INTEGER, "
              "CONSTRAINT t_p_id_fkey "
              "FOREIGN KEY (p_id) REFERENCES p (id) DEFERRABLE INITIALLY DEFERRED) STRICT");
    c->begin(serializable, false);
    execute(*c, "INSERT INTO t VALUES (9)");
    auto const e = thrown([&] { c->commit(); });
    CHECK(e.kind == error_kind::foreign_key_violation);
    CHECK(e.constraint == "t_p_id_fkey");
    CHECK(e.transaction == transaction_state::rolled_back);
    CHECK(c->transaction() == transaction_state::none);
    CHECK(number(*c, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("sqlite transaction: a writer waits for the lock, then gives up") {
    folder const here;
    auto const a = connect_sqlite(here.file());
    auto const b = connect_sqlite(here.file(), {{"busy_timeout", "150"}});
    a->begin(serializable, false);
    auto const start = std::chrono::steady_clock::now();
    auto const e = thrown([&] { b->begin(serializable, false); });
    auto const waited = std::chrono::steady_clock::now() - start;
    CHECK(e.kind == error_kind::lock_timeout);
    CHECK(e.retry == retry_advice::statement);
    CHECK(waited >= std::chrono::milliseconds(140));
    CHECK(waited < std::chrono::milliseconds(1000));
    a->rollback();
    b->begin(serializable, false);
    b->rollback();
}

TEST_CASE("sqlite transaction: cancel ends the wait for a lock", "[threads]") {
    folder const here;
    auto const a = connect_sqlite(here.file());
    auto const b = connect_sqlite(here.file(), {{"busy_timeout", "10000"}});
    a->begin(serializable, false);
    std::thread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        b->cancel();
    });
    auto const start = std::chrono::steady_clock::now();
    CHECK(thrown([&] { b->begin(serializable, false); }).kind == error_kind::cancelled);
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds(1));
    canceller.join();
}

TEST_CASE("sqlite transaction: a reader that turns writer too late must start again") {
    folder const here;
    auto const a = connect_sqlite(here.file());
    auto const b = connect_sqlite(here.file());
    a->script("CREATE TABLE t (v INTEGER) STRICT");
    a->script("BEGIN DEFERRED; SELECT * FROM t");  // only by hand: begin() takes the write lock
    CHECK(number(*a, "SELECT count(*) FROM t") == 0);
    execute(*b, "INSERT INTO t VALUES (1)");
    auto const e = thrown([&] { execute(*a, "INSERT INTO t VALUES (2)"); });
    CHECK(e.kind == error_kind::serialization_failure);
    CHECK(e.retry == retry_advice::transaction);
    CHECK(e.transaction == transaction_state::open);
    a->rollback();
}

TEST_CASE("sqlite transaction: an interrupted write rolls everything back, and says so") {
    auto const c = connect_sqlite(":memory:", {{"statement_timeout", "100"}});
    c->script("CREATE TABLE t (v INTEGER) STRICT");
    c->begin(serializable, false);
    execute(*c, "INSERT INTO t VALUES (1)");
    auto const e = thrown([&] {
        execute(*c, "INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
                    "SELECT i FROM n");
    });
    CHECK(e.kind == error_kind::timeout);
    CHECK(e.transaction == transaction_state::rolled_back);
    CHECK(thrown([&] { c->savepoint("s"); }).kind == error_kind::transaction_rolled_back);
    CHECK(thrown([&] { c->commit(); }).kind == error_kind::transaction_rolled_back);
    c->rollback();
    CHECK(thrown([&] { c->savepoint("s"); }).kind == error_kind::invalid_argument);
    CHECK(number(*c, "SELECT count(*) FROM t") == 0);
    c->begin(serializable, false);
    c->commit();
}

TEST_CASE("sqlite transaction: a full database rolls back, and is usable afterwards") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (v BLOB) STRICT; PRAGMA max_page_count = 20");
    c->begin(serializable, false);
    execute(*c, "INSERT INTO t VALUES (x'00')");
    auto const e = thrown([&] { execute(*c, "INSERT INTO t VALUES (zeroblob(1000000))"); });
    CHECK(e.kind == error_kind::disk_full);
    CHECK(e.transaction == (c->transaction() == transaction_state::none
                                ? transaction_state::rolled_back
                                : transaction_state::open));
    c->rollback();
    execute(*c, "INSERT INTO t VALUES (x'01')");
    CHECK(number(*c, "SELECT count(*) FROM t") == 1);
}

TEST_CASE("sqlite transaction: eight writers on one file lose nothing", "[threads]") {
    folder const here;
    connect_sqlite(here.file())
        ->script("CREATE TABLE t (v INTEGER) STRICT; INSERT INTO t VALUES (0)");
    std::vector<std::thread> writers;
    std::atomic<int> failures{0};
    for (int w = 0; w < 8; ++w) {
        writers.emplace_back([&] {
            try {
                auto const c = connect_sqlite(here.file(),
                                              {{"busy_timeout", "20000"}, {"synchronous", "off"}});
                for (int i = 0; i < 25; ++i) {
                    c->begin(serializable, false);
                    auto const statement = c->prepare("UPDATE t SET v = v + 1", nullptr, 0);
                    statement->execute(nullptr, 0);
                    c->commit();
                }
            } catch (error const&) {
                ++failures;
            }
        });
    }
    for (auto& writer : writers) writer.join();
    CHECK(failures == 0);
    CHECK(number(*connect_sqlite(here.file()), "SELECT v FROM t") == 200);
}
