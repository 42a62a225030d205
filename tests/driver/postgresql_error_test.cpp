// SPDX-License-Identifier: BSL-1.0
// Every kind of error that a PostgreSQL server gives, provoked for real.
#if __has_include(<relata/postgresql.hpp>)
#include "postgresql_server.hpp"

#include <thread>

using namespace relata;
using namespace postgresql_test;

namespace {

error_info error_in(driver::connection& c, std::string_view sql) {
    return error_of([&] { c.script(sql); });
}

// Tables that other connections see; dropped with the guard.
struct shared_table {
    explicit shared_table(driver::connection& c) : connection(c) {
        c.script("DROP TABLE IF EXISTS relata_shared; CREATE TABLE relata_shared (id int PRIMARY "
                 "KEY, n int);"
                 "INSERT INTO relata_shared VALUES (1, 0), (2, 0)");
    }
    ~shared_table() {
        try {
            connection.reset();
            connection.script("DROP TABLE relata_shared");
        } catch (error const& e) {
            WARN(e.what());
        }
    }
    driver::connection& connection;
};

}  // namespace

TEST_CASE("postgresql errors: constraints are told by kind and name") {
    NEED_SERVER();
    auto const c = connect();
    c->script(
        "CREATE TEMP TABLE p (id int PRIMARY KEY, \"Odd name\" int, b int, CONSTRAINT p_key UNIQUE "
        "(\"Odd name\", b));"
        "CREATE TEMP TABLE f (id int PRIMARY KEY, p int NOT NULL CONSTRAINT f_p_fkey REFERENCES p, "
        "x int CONSTRAINT f_x_check CHECK (x > 0), r int4range, CONSTRAINT f_r EXCLUDE USING gist "
        "(r WITH &&));"
        "INSERT INTO p VALUES (1, 1, 1); INSERT INTO f VALUES (1, 1, 1, '[1,5]')");
    auto info = error_in(*c, "INSERT INTO p VALUES (2, 1, 1)");
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.constraint == "p_key");
    CHECK(info.table == "p");
    CHECK(info.columns == std::vector<std::string>{"Odd name", "b"});
    CHECK(info.sqlstate == "23505");
    CHECK(info.outcome == outcome::rejected);
    CHECK(info.message == "duplicate value");
    CHECK(info.detail.find("=(1, 1)") != std::string::npos);
    CHECK(std::string(error(info).what()).find("=(1, 1)") == std::string::npos);
    info = error_in(*c, "INSERT INTO f VALUES (2, 9, 1)");
    CHECK(info.kind == error_kind::foreign_key_violation);
    CHECK(info.constraint == "f_p_fkey");
    CHECK(info.columns == std::vector<std::string>{"p"});
    CHECK(error_in(*c, "DELETE FROM p").kind == error_kind::foreign_key_violation);
    info = error_in(*c, "INSERT INTO f VALUES (2, NULL, 1)");
    CHECK(info.kind == error_kind::not_null_violation);
    CHECK(info.table == "f");
    CHECK(info.columns == std::vector<std::string>{"p"});
    info = error_in(*c, "INSERT INTO f VALUES (2, 1, 0)");
    CHECK(info.kind == error_kind::check_violation);
    CHECK(info.constraint == "f_x_check");
    CHECK(error_in(*c, "INSERT INTO f VALUES (2, 1, 1, '[2,3]')").kind ==
          error_kind::constraint_violation);
    CHECK(c->transaction() == transaction_state::none);
}

TEST_CASE("postgresql errors: statements and values") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (v varchar(3), s smallint, d date)");
    auto kind_of = [&](std::string_view sql) { return error_in(*c, sql).kind; };
    CHECK(kind_of("SELEC 1") == error_kind::syntax);
    CHECK(kind_of("SELECT no_such_function()") == error_kind::syntax);
    CHECK(kind_of("SELECT * FROM no_such_table") == error_kind::table_not_found);
    CHECK(kind_of("SELECT * FROM no_such_schema.t") == error_kind::table_not_found);
    CHECK(kind_of("SELECT nothing FROM t") == error_kind::column_not_found);
    CHECK(kind_of("CREATE TEMP TABLE t (x int)") == error_kind::already_exists);
    CHECK(kind_of("CREATE SCHEMA public") == error_kind::already_exists);
    CHECK(kind_of("ALTER TABLE t ADD v int") == error_kind::already_exists);
    CHECK(kind_of("INSERT INTO t (v) VALUES ('abcd')") == error_kind::value_too_long);
    CHECK(kind_of("INSERT INTO t (s) VALUES (32768)") == error_kind::out_of_range);
    CHECK(kind_of("INSERT INTO t (d) VALUES ('2023-02-30')") == error_kind::out_of_range);
    CHECK(kind_of("INSERT INTO t (d) VALUES ('yesteryear')") == error_kind::value_invalid);
    CHECK(kind_of("INSERT INTO t (d) VALUES (1)") == error_kind::type_mismatch);
    CHECK(kind_of("SELECT 'a'::int") == error_kind::value_invalid);
    CHECK(kind_of("SELECT 1 / 0") == error_kind::division_by_zero);
    CHECK(kind_of("SELECT convert_from('\\xff', 'UTF8')") == error_kind::text_invalid);
    CHECK(kind_of("SELECT repeat('x', 2000000000)") == error_kind::limit_exceeded);
    CHECK(kind_of("COPY t FROM STDIN") == error_kind::not_supported);
    CHECK(kind_of("COPY t TO STDOUT") == error_kind::not_supported);
    CHECK(kind_of(std::string_view("SELECT 1\0", 9)) == error_kind::text_invalid);
    CHECK(error_of([&] { prepare<>(*c, "SELEC 1"); }).kind == error_kind::syntax);
    CHECK(error_of([&] { prepare<>(*c, "SELECT 1; SELECT 2"); }).kind == error_kind::syntax);
    c->script("");
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("postgresql errors: rights") {
    NEED_SERVER();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, true);
    CHECK(error_in(*c, "CREATE TABLE relata_never (x int)").kind == error_kind::read_only);
    c->rollback();
    c->begin(driver::isolation::read_committed, false);
    c->script("CREATE ROLE relata_nobody; SET LOCAL ROLE relata_nobody");
    CHECK(error_in(*c, "SELECT * FROM pg_authid").kind == error_kind::permission_denied);
    c->rollback();
}

TEST_CASE("postgresql errors: an error fails the transaction until it is rolled back") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (x int PRIMARY KEY)");
    c->begin(driver::isolation::read_committed, false);
    c->script("INSERT INTO t VALUES (1)");
    c->savepoint("odd \"name");
    auto info = error_in(*c, "INSERT INTO t VALUES (1)");
    CHECK(info.transaction == transaction_state::failed);
    CHECK(c->transaction() == transaction_state::failed);
    info = error_in(*c, "SELECT 1");
    CHECK(info.kind == error_kind::transaction_failed);
    c->rollback_to("odd \"name");
    CHECK(c->transaction() == transaction_state::open);
    c->release("odd \"name");
    CHECK(error_of([&] { c->rollback_to("odd \"name"); }).kind == error_kind::invalid_argument);
    info = error_of([&] { c->commit(); });
    CHECK(info.kind == error_kind::transaction_rolled_back);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(info.retry == retry_advice::transaction);
    CHECK(c->transaction() == transaction_state::none);
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM t") == 0);
}

TEST_CASE("postgresql errors: a constraint that is checked at commit rolls back") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (x int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
    c->begin(driver::isolation::read_committed, false);
    c->script("INSERT INTO t VALUES (1), (1)");
    auto const info = error_of([&] { c->commit(); });
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(c->transaction() == transaction_state::none);
}

TEST_CASE("postgresql errors: transactions that do not fit are refused") {
    NEED_SERVER();
    auto const c = connect();
    CHECK(error_of([&] { c->commit(); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { c->savepoint("a"); }).kind == error_kind::invalid_argument);
    c->rollback();
    c->begin(driver::isolation::read_committed, false);
    CHECK(error_of([&] { c->begin(driver::isolation::read_committed, false); }).kind ==
          error_kind::invalid_argument);
    c->commit();
}

TEST_CASE("postgresql errors: isolation levels are what they promise") {
    NEED_SERVER();
    auto const a = connect(), b = connect();
    shared_table const table(*b);
    auto level = [&](driver::isolation wanted) {
        a->begin(wanted, false);
        auto const name = one<std::string>(*a, "SHOW transaction_isolation");
        a->commit();
        return name;
    };
    CHECK(level(driver::isolation::read_committed) == "read committed");
    CHECK(level(driver::isolation::snapshot) == "repeatable read");
    CHECK(level(driver::isolation::serializable) == "serializable");

    a->begin(driver::isolation::snapshot, false);
    CHECK(one<std::int32_t>(*a, "SELECT n FROM relata_shared WHERE id = 1") == 0);
    b->script("UPDATE relata_shared SET n = n + 1");
    auto const info = error_in(*a, "UPDATE relata_shared SET n = n + 1");
    CHECK(info.kind == error_kind::serialization_failure);
    CHECK(info.retry == retry_advice::transaction);
    CHECK(info.transaction == transaction_state::failed);
    a->rollback();
}

TEST_CASE("postgresql errors: locks that are not given, and deadlocks", "[threads]") {
    NEED_SERVER();
    auto const a = connect(), b = connect();
    shared_table const table(*b);
    a->script("SET lock_timeout = '20ms'; SET deadlock_timeout = '10ms'");
    b->script("SET deadlock_timeout = '10s'");
    b->begin(driver::isolation::read_committed, false);
    b->script("UPDATE relata_shared SET n = 1 WHERE id = 1");
    auto info = error_in(*a, "UPDATE relata_shared SET n = 2 WHERE id = 1");
    CHECK(info.kind == error_kind::lock_timeout);
    CHECK(info.retry == retry_advice::statement);

    a->script("SET lock_timeout = 0");
    a->begin(driver::isolation::read_committed, false);
    a->script("UPDATE relata_shared SET n = 1 WHERE id = 2");
    std::thread waits([&] { b->script("UPDATE relata_shared SET n = 1 WHERE id = 2"); });
    while (one<std::int64_t>(*a, "SELECT count(*) FROM pg_locks WHERE NOT granted") == 0)
        std::this_thread::yield();
    info = error_in(*a, "UPDATE relata_shared SET n = 1 WHERE id = 1");
    CHECK(info.kind == error_kind::deadlock);
    CHECK(info.retry == retry_advice::transaction);
    a->rollback();
    waits.join();
    b->rollback();
}

TEST_CASE("postgresql errors: a statement that takes too long") {
    NEED_SERVER();
    auto const c = connect({{"statement_timeout", "50"}});
    auto const info = error_in(*c, "SELECT pg_sleep(10)");
    CHECK(info.kind == error_kind::timeout);
    CHECK(info.sqlstate == "57014");
    CHECK(c->alive(true));
}
#endif
