// SPDX-License-Identifier: BSL-1.0
// What a plan says of locks and rows is compared with what the server does: PostgreSQL tells the locks of a transaction
// and the file of a table, MySQL and MariaDB refuse a LOCK that they cannot keep.
#include "migrate/effects/effects.hpp"
#include "migrate/plan_support.hpp"
#include "migrate/random_statements.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

using namespace relata;
using migrate::step, migrate::waiters;

namespace {

std::vector<step> steps_between(std::string const& url, std::string const& after,
                                migrate::plan_options const& how = {}) {
    return migrate::plan(test::diff_without_renames(test::inspect(url), test::schema_of(after)),
                         how);
}

// One line for each statement.
std::string effects(std::string const& before, std::string const& after,
                    migrate::plan_options const& how = {}) {
    std::string all;
    for (auto const& each : steps_between(test::filled(before), after, how))
        all += each.table + ": " + each.lock + ", " + name_of(each.waits) +
               (each.reads_rows ? ", reads" : "") + (each.copies_rows ? ", copies" : "") +
               (each.reversible ? "" : ", for ever") + '\n';
    return all;
}

// The tables of a PostgreSQL database as it was, whatever they are called since.
using oids = std::map<std::string, std::int64_t>;

oids oids_of(connection& on) {
    oids all;
    for (auto const& [oid, name] :
         on.all(sql_query<"select c.oid::bigint, c.relname::text from pg_class c join pg_namespace "
                          "n on n.oid = "
                          "c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')",
                          std::int64_t, std::string>()))
        all[name] = oid;
    return all;
}

// The strongest lock of this transaction on the table, as plans spell it.
std::string lock_on(connection& on, std::int64_t table) {
    std::map<std::string, std::string> const spelled{
        {"ShareUpdateExclusiveLock", "SHARE UPDATE EXCLUSIVE"},
        {"ShareLock", "SHARE"},
        {"ShareRowExclusiveLock", "SHARE ROW EXCLUSIVE"},
        {"AccessExclusiveLock", "ACCESS EXCLUSIVE"}};
    for (std::string const mode :
         {"AccessExclusiveLock", "ShareRowExclusiveLock", "ShareLock", "ShareUpdateExclusiveLock"})
        if (on.one(sql_query<"select count(*) from pg_locks where pid = pg_backend_pid() and "
                             "relation = ? and "
                             "mode = ?",
                             std::int64_t>(table, mode))
                .m0 != 0)
            return spelled.at(mode);
    return "";
}

// The file with the table's rows; 0: there is none.
std::int64_t file_of(connection& on, std::int64_t table) {
    return on
        .one(sql_query<"select coalesce(pg_relation_filenode(?::oid), 0)::bigint", std::int64_t>(
            table))
        .m0;
}

// Carries out a plan, each statement in a transaction of its own, and asks what it did. Returns how many were
// asked about.
int ask_postgresql(connection& on, std::vector<step> const& steps) {
    int asked = 0;
    auto const tables = oids_of(on);
    for (auto const& each : steps) {
        INFO(each.text);
        if (!each.in_transaction) {  // which cannot be asked
            on.script(unsafe_sql(each.text));
            continue;
        }
        auto const table = tables.find(each.table);
        auto const file = table == tables.end() ? 0 : file_of(on, table->second);
        auto transaction = on.begin();
        on.script(unsafe_sql(each.text));
        for (auto const& [name, oid] : tables) {
            INFO(name);
            auto const lock = lock_on(on, oid);
            if (name == each.table) CHECK(lock == each.lock);
            else if (each.table.empty()) CHECK(lock == "");
        }
        if (table != tables.end() && !each.text.starts_with("DROP TABLE"))
            CHECK((file_of(on, table->second) != file) == each.copies_rows);
        transaction.commit();
        ++asked;
    }
    return asked;
}

// Carries out a plan, each change of a table with a LOCK that is no stronger than what it says.
int ask_mysql(connection& on, std::vector<step> const& steps) {
    int asked = 0;
    for (auto const& each : steps) {
        INFO(each.text);
        auto text = each.text;
        if (each.lock.starts_with("LOCK=") && text.find("ALGORITHM=") == text.npos &&
            text.find(" PARTITION") == text.npos) {
            text += ", " + each.lock;
            ++asked;
        } else if (each.lock == "METADATA" && text.starts_with("ALTER TABLE")) {
            text += ", ALGORITHM=INSTANT";
            ++asked;
        }
        on.script(unsafe_sql(text));
    }
    return asked;
}

}  // namespace

TEST_CASE("effects: servers do what plans between random schemas say") {
    if (test::on("sqlite")) return;
    int asked = 0;
    auto const first_seed = test::first_pair();
    for (int seed = first_seed; seed < first_seed + std::min(test::random_pairs(), 20); ++seed) {
        INFO("seed " << seed);
        test::random_statements source(static_cast<unsigned>(seed));
        auto const from = source.next();
        auto const to = source.next();
        auto const url = test::support().make(3);
        test::run(url, to);
        auto const wanted = test::inspect(url);
        auto const changed = test::support().make(1);
        test::run(changed, from);
        auto const steps =
            migrate::plan(test::diff_without_renames(test::inspect(changed), wanted), {});
        auto const opened = relata::open(changed);
        auto on = opened.connect();
        asked += test::on("mysql") ? ask_mysql(on, steps) : ask_postgresql(on, steps);
    }
    CHECK(asked > 100);
}

TEST_CASE("effects: PostgreSQL, locks and rows of statements") {
    if (!test::on("postgresql")) return;
    std::string const one = "create table one (id int primary key, a int, b numeric(9,2))";
    CHECK(effects(one, one + "; create index a_of_one on one (a); create table two (id int)") ==
          ": , nobody\n"
          "one: SHARE, writers, reads\n");
    CHECK(effects(one, one + "; create index a_of_one on one (a)", {true}) ==
          "one: SHARE UPDATE EXCLUSIVE, nobody, reads\n");
    CHECK(effects(one,
                  "create table one (id int primary key, a int check (a > 0), b numeric(9,2))") ==
          "one: ACCESS EXCLUSIVE, everybody, reads\n");
    CHECK(effects(one, "create table one (id int primary key, a bigint, b numeric(9,1))") ==
          "one: ACCESS EXCLUSIVE, everybody, copies\n"
          "one: ACCESS EXCLUSIVE, everybody, copies, for ever\n");
    CHECK(effects(one, "create table one (id int primary key, a int)") ==
          "one: ACCESS EXCLUSIVE, everybody, for ever\n");
    CHECK(effects(one, "create table one (id int primary key, a int not null, b numeric(9,2))",
                  {true}) == "one: ACCESS EXCLUSIVE, everybody\n"
                             "one: SHARE UPDATE EXCLUSIVE, nobody, reads\n"
                             "one: ACCESS EXCLUSIVE, everybody\n"
                             "one: ACCESS EXCLUSIVE, everybody\n");
}

TEST_CASE("effects: PostgreSQL, only a check of its own column proves NOT NULL") {
    if (!test::on("postgresql")) return;
    auto const before = test::schema_of("create table one (id int primary key, a int, b int)");
    migrate::schema_change changes;
    changes.engine = before.engine;
    changes.before = changes.after = before;
    auto const reads = [&](std::string const& first) {
        std::vector<step> steps{{first, true},
                                {"ALTER TABLE one VALIDATE CONSTRAINT c", true},
                                {"ALTER TABLE one ALTER COLUMN \"a\" SET NOT NULL", true}};
        migrate::effects::add(steps, changes);
        return steps[2].reads_rows;
    };
    CHECK_FALSE(reads("ALTER TABLE one ADD CONSTRAINT c CHECK (\"a\" IS NOT NULL) NOT VALID"));
    CHECK(reads("ALTER TABLE one ADD CONSTRAINT c CHECK (\"b\" IS NOT NULL) NOT VALID"));
    CHECK(reads("ALTER TABLE one ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES one NOT VALID"));
}

TEST_CASE("effects: MySQL, locks and rows of statements") {
    if (!test::on("mysql")) return;
    std::string const one = "create table one (id int primary key, a int, b decimal(9,2))";
    CHECK(effects(one, "create table one (id int primary key, a int, b decimal(9,2), c int)") ==
          "one: METADATA, nobody\n");
    CHECK(effects(one, "create table one (id int primary key, a int, b decimal(9,2), key k (a))") ==
          "one: LOCK=NONE, nobody, reads\n");
    CHECK(effects(one, "create table one (id int primary key, a int, b decimal(9,1))") ==
          "one: LOCK=SHARED, writers, copies, for ever\n");
    CHECK(effects(one, one + "; create table two (id int)") == ": , nobody\n");
}

TEST_CASE("effects: SQLite, rows of statements") {
    if (!test::on("sqlite")) return;
    std::string const one = "create table one (id integer primary key, a integer) strict";
    CHECK(effects(one, "create table one (id integer primary key, a integer, b text) strict") ==
          "one: RESERVED, writers\n");
    CHECK(effects(one, one + "; create index a_of_one on one (a)") ==
          "one: RESERVED, writers, reads\n");
    CHECK(effects(one, "create table one (id integer primary key) strict") ==
          "one: RESERVED, writers, copies, for ever\n");
}

TEST_CASE("effects: the number of rows is that of the statistics") {
    if (test::on("sqlite")) return;  // which has none without ANALYZE
    std::string rows = "create table one (id int primary key); insert into one values (0)";
    for (int i = 1; i < 50; ++i) rows += ", (" + std::to_string(i) + ")";
    auto const url =
        test::filled(rows + "; analyze " + (test::on("mysql") ? "table " : "") + "one");
    auto const steps = steps_between(url, "create table one (id int primary key, a int)");
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].estimated_rows == 50);
}
