// SPDX-License-Identifier: BSL-1.0
// What is made of a statement that was begun by a migrator that died. Here it "dies" by an exception in its
// observer, so that each test knows where; crash_test.cpp kills processes.
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"
#include "migrate/apply/history_row.hpp"

#include <catch2/catch.hpp>

#include <sys/wait.h>
#include <unistd.h>

using namespace relata;
using namespace relata::migrate;
using Catch::Contains;
using namespace std::chrono_literals;
using test::add_text, test::refusal, test::told;

namespace {

struct death {};

// Dies before or after this statement.
struct mortal : apply_observer {
    std::size_t number;
    bool after;
    mortal(std::size_t at, bool done) : number(at), after(done) {}
    void statement_started(migration const&, std::size_t n, statement const&) override {
        if (!after && n == number) throw death{};
    }
    void statement_finished(migration const&, std::size_t n, statement const&,
                            std::chrono::milliseconds) override {
        if (after && n == number) throw death{};
    }
};

void die(std::string const& url, folder const& from, std::size_t at, bool after) {
    mortal observer(at, after);
    apply_options options;
    options.observer = &observer;
    CHECK_THROWS_AS(apply(open(url), from, options), death);
}

std::string outside() { return test::on("mysql") ? "" : "-- relata:outside\n"; }

// One statement that stands alone between others.
test::scratch_folder alone(std::string const& statement) {
    test::scratch_folder made;
    add_text(made, "a",
             "create table a (x int);\n" + outside() + statement + ";\ncreate table b (x int);");
    return made;
}

}  // namespace

TEST_CASE("recover: a change of the schema that has not begun runs again") {
    auto const files = alone("create index i on a (x)");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    die(url, from, 2, false);
    CHECK(told(history(open(url))) == "a running 1/3 at 2\n");
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)apply(open(url), from); }),
               Contains("1 of 3 statements of ") && Contains("number 2 was begun and may be too") &&
                   Contains("its migrator died; nothing was done now: resume"));
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)drift(open(url), from); }),
               Contains("1 of 3"));
    CHECK(resume(open(url), from).size() == 1);
    CHECK(told(history(open(url))) == "a applied 3/3\n");
    CHECK(test::inspect(url).tables.at(0).indexes.size() == 1);
}

TEST_CASE("recover: a change that seems to be done, and that no snapshot proves, is asked about") {
    auto const files = alone("create index i on a (x)");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    die(url, from, 2, true);
    auto const words =
        refusal(error_kind::migration_incomplete, [&] { (void)resume(open(url), from); });
    CHECK_THAT(words, Contains("statement 2 of 3 of ") && Contains("no snapshot can prove") &&
                          Contains("say repair_done with 2 if it is and with 1 if it is not"));
    CHECK(told(history(open(url))) == "a running 1/3 at 2\n");
    repair_done(open(url), from, from.migrations[0].id, 2);
    CHECK(resume(open(url), from).size() == 1);
    CHECK(test::inspect(url).tables.size() == 2);
}

TEST_CASE("recover: a change that the snapshot proves counts as done") {
    test::scratch_folder files;
    test::add_schema(files, "a", "create table a (x int); create index i on a (x);",
                     {{"create table a (x int)"}, {"create index i on a (x)", false}});
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    die(url, from, 2, true);
    SECTION("as it is") {
        CHECK(resume(open(url), from).size() == 1);
        CHECK(told(history(open(url))) == "a applied 2/2\n");
    }
    SECTION("and one that it disproves does not") {
        test::run(url, {test::on("mysql") ? "drop index i on a" : "drop index i",
                        "create table by_hand (x int)"});
        CHECK_THAT(
            refusal(error_kind::migration_incomplete, [&] { (void)resume(open(url), from); }),
            Contains("all its statements seem to be done") &&
                Contains("index i of table a is missing") && Contains("repair_applied"));
        CHECK(told(history(open(url))) == "a running 1/2 at 2\n");
    }
}

TEST_CASE("recover: rows that stand alone are changed once, whenever the migrator dies") {
    for (bool const after : {false, true}) {
        auto const files = alone("insert into a values (1)");
        auto const url = test::support().make(1);
        auto const from = read_folder(files.path());
        die(url, from, 2, after);
        CHECK(told(history(open(url))) == "a running 1/3\n");
        CHECK(resume(open(url), from).size() == 1);
        CHECK(test::rows(url, "select cast(count(*) as char(1)) from a") == "1");
    }
}

TEST_CASE("recover: rows of a table without transactions are asked about") {
    if (!test::on("mysql")) return;
    auto const files = alone("insert into old values (1)");
    auto const url = test::filled("create table old (x int) engine = MyISAM");
    auto const from = read_folder(files.path());
    die(url, from, 2, true);
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)resume(open(url), from); }),
               Contains("it changes rows in a table without transactions"));
}

TEST_CASE("recover: a program of which nothing is known is asked about") {
    if (!test::on("mysql")) return;
    auto const files = alone("call p()");
    auto const url = test::filled("create procedure p() insert into a values (1)");
    auto const from = read_folder(files.path());
    die(url, from, 2, true);
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)resume(open(url), from); }),
               Contains("nothing is known of what it does"));
}

TEST_CASE("recover: an index that is not valid is made again") {
    if (!test::on("postgresql")) return;
    test::scratch_folder files;
    add_text(files, "a",
             "create table a (x int);\ninsert into a values (1), (1);\n-- relata:outside\n"
             "create unique index concurrently i on a (x);");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)apply(open(url), from); }),
               Contains("statement 3 of 3 of ") && Contains("unique_violation") &&
                   Contains("2 of 3 statements"));
    REQUIRE(test::inspect(url).tables.at(0).indexes.size() == 1);  // not valid
    test::run(url, {"delete from a where ctid = (select min(ctid) from a)"});
    CHECK(resume(open(url), from).size() == 1);
    auto const index = test::inspect(url).tables.at(0).indexes.at(0);
    CHECK(index.options.empty());
}

TEST_CASE("recover: the settings of a session are made again") {
    if (!test::on("mysql")) return;
    test::scratch_folder files;
    add_text(files, "a",
             "set @answer = 42;\ncreate table a (x int);\ninsert into a values (@answer);");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    die(url, from, 3, false);
    CHECK(resume(open(url), from).size() == 1);
    CHECK(test::rows(url, "select cast(x as char(5)) from a") == "42");
}

TEST_CASE("recover: on the way down too") {
    auto const files = test::shop_folder();
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    (void)apply(open(url), from);
    mortal observer(1, true);
    apply_options options;
    options.observer = &observer;
    options.allow_loss = true;
    CHECK_THROWS_AS(down(open(url), from, options), death);
    auto const part = test::on("mysql") ? "labels reverting" : "labels applied";
    CHECK_THAT(told(history(open(url))), Contains(part));
    CHECK(resume(open(url), from).empty());
    CHECK(history(open(url)).size() == (test::on("mysql") ? 2 : 3));
    options.observer = nullptr;
    options.to = "empty";
    (void)down(open(url), from, options);
    CHECK(history(open(url)).empty());
    CHECK(test::inspect(url).tables.empty());
}

TEST_CASE(
    "recover: a lock of a dead process of this host is taken over, that of a living one is not") {
    if (!test::on("sqlite")) return;
    test::scratch_folder files;
    add_text(files, "a", "create table a (x int)");
    auto const db = open(test::support().make(1));
    auto const from = read_folder(files.path());
    (void)apply(db, from);
    auto const hold = [&](std::int64_t process, std::string const& host,
                          std::chrono::seconds lease) {
        db.execute(delete_from<lock_row>().all_rows());
        db.insert(lock_row{1, "another", host, process, migrate::now() + lease});
    };
    auto const refused = [&] {
        return refusal(error_kind::lock_timeout, [&] { (void)apply(db, from); });
    };
    char host[256] = {};
    REQUIRE(::gethostname(host, sizeof host - 1) == 0);
    auto const dead = ::fork();
    if (dead == 0) ::_exit(0);
    REQUIRE(::waitpid(dead, nullptr, 0) == dead);

    hold(::getpid(), host, 30s);
    CHECK_THAT(refused(), Contains("process " + std::to_string(::getpid()) + " of " + host));
    hold(dead, "elsewhere", 30s);
    CHECK_THAT(refused(), Contains(" of elsewhere; nothing was done: wait for it"));
    hold(dead, "elsewhere", -1s);
    CHECK(apply(db, from).empty());
    hold(dead, host, 30s);
    CHECK(apply(db, from).empty());
    CHECK_FALSE(db.find<lock_row>(1));
}
