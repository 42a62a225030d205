// SPDX-License-Identifier: BSL-1.0
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

#include <chrono>
#include <future>
#include <thread>

using namespace relata;
using test::plan_between, test::rows, test::filled;

namespace {

constexpr migrate::plan_options online{true};
char const* const in_use =
    "create table u (id int primary key, n int); create table t (id int, a int, b int, u_id int);";
char const* const changed =
    "create table u (id int primary key, n int unique); create table t (id int primary key, a int "
    "not "
    "null, b int unique, u_id int references u, check (a > 0)); create index i on t (a); "
    "comment on index i is 'x'; comment on constraint t_b_key on t is 'y'";

}  // namespace

TEST_CASE("PostgreSQL plans: online, what reads all rows follows while others write") {
    if (!test::on("postgresql")) return;
    CHECK(plan_between("create table t (a int)",
                       "create table t (a int not null, check (a > 0)); create index i on t (a)",
                       {}, online) ==
          "ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"relata_not_null_a\" CHECK (\"a\" IS NOT "
          "NULL) "
          "NOT VALID\n"
          "ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"relata_not_null_a\"\n"
          "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"a\" SET NOT NULL\n"
          "ALTER TABLE \"public\".\"t\" DROP CONSTRAINT \"relata_not_null_a\"\n"
          "CREATE INDEX CONCURRENTLY \"i\" ON \"public\".\"t\" (\"a\")\n"
          "ALTER TABLE \"public\".\"t\" ADD CONSTRAINT \"t_a_check\" CHECK (a > 0) NOT VALID\n"
          "ALTER TABLE \"public\".\"t\" VALIDATE CONSTRAINT \"t_a_check\"\n");
    auto const url = filled(in_use);
    test::run(url, {"insert into u values (1, 1), (2, 2)",
                    "insert into t select g, g, g, 1 + g % 2 from generate_series(1, 100) g"});
    auto const start = test::inspect(url);
    test::change_into(url, test::schema_of(changed), {}, online);
    CHECK(rows(url, "select sum(a)::text || ' ' || sum(u_id) from t") == "5050 150");
    test::change_into(url, start, {}, online);
}

TEST_CASE("PostgreSQL plans: online, a key that a new table needs is made with it") {
    if (!test::on("postgresql")) return;
    auto const url = filled("create table t (a int)");
    test::change_into(url,
                      test::schema_of("create table t (a int primary key); create table n (t_a int "
                                      "references t)"),
                      {}, online);
}

// By the locks that the server tells.
TEST_CASE("PostgreSQL plans: online, no step that reads all rows keeps writers out") {
    if (!test::on("postgresql")) return;
    auto const url = filled(in_use);
    auto const steps =
        migrate::plan(migrate::diff(test::inspect(url), test::schema_of(changed)), online);
    auto const opened = open(url);
    auto on = opened.connect();
    int validated = 0;
    for (auto const& step : steps) {
        CHECK_FALSE(step.in_transaction);
        if (step.text.find(" VALIDATE ") != step.text.npos) {
            on.script("BEGIN");
            on.script(unsafe_sql(step.text));
            auto const locks = test::rows(
                url,
                "select mode from pg_locks where relation in ('t'::regclass, 'u'::regclass) and "
                "mode not in ('AccessShareLock', 'RowShareLock', 'ShareUpdateExclusiveLock')");
            CHECK(locks == "");
            on.script("COMMIT");
            ++validated;
        } else {
            on.script(unsafe_sql(step.text));
        }
    }
    CHECK(validated == 4);
}

// While one who wrote before it is not done, CREATE INDEX CONCURRENTLY waits, and its locks can be seen.
TEST_CASE("PostgreSQL plans: online, an index is made while others write", "[threads]") {
    if (!test::on("postgresql")) return;
    auto const url = filled("create table t (a int); insert into t values (1)");
    auto const steps = migrate::plan(
        migrate::diff(test::inspect(url),
                      test::schema_of("create table t (a int); create index i on t (a)")),
        online);
    REQUIRE(steps.size() == 1);
    auto const opened = open(url);
    auto writer = opened.connect();
    writer.script("BEGIN; INSERT INTO t VALUES (2)");
    auto done = std::async(std::launch::async, [&] {
        auto on = opened.connect();
        on.script(unsafe_sql(steps[0].text));
    });
    auto const locks = [&] {
        return rows(
            url, "select mode from pg_locks where relation = 't'::regclass and granted and pid in "
                 "(select pid from pg_stat_activity where query like 'CREATE INDEX CONC%') and "
                 "mode <> 'AccessShareLock'");
    };
    auto const end = std::chrono::steady_clock::now() + std::chrono::minutes(1);
    std::string seen;
    while ((seen = locks()).empty() && std::chrono::steady_clock::now() < end)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK(seen == "ShareUpdateExclusiveLock");
    test::run(url, {"insert into t values (3)"});
    CHECK(done.wait_for(std::chrono::seconds(0)) == std::future_status::timeout);
    writer.script("COMMIT");
    done.get();
    CHECK(rows(url, "select count(*)::text from t") == "3");
    CHECK(test::inspect(url).tables[0].indexes.size() == 1);
}
