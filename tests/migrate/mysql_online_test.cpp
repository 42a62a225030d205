// SPDX-License-Identifier: BSL-1.0
// The server itself tells whether writers can go on: it refuses an ALGORITHM or LOCK that it cannot keep.
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/script.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace relata;
using test::plan_between, test::rows, test::filled;

namespace {

constexpr migrate::plan_options online{true};

std::vector<migrate::step> steps_between(std::string const& url, std::string const& after) {
    return migrate::plan(test::diff_without_renames(test::inspect(url), test::schema_of(after)),
                         online);
}

bool has(std::string const& text, char const* part) { return text.find(part) != text.npos; }

// There and back, each statement as the plan says; all impacts on the way.
std::string impacts(std::string const& before, std::string const& after) {
    INFO(before + "\n  to\n" + after);
    auto const url = filled(before);
    auto const start = test::inspect(url);
    std::string all;
    for (auto const& step : steps_between(url, after)) {
        INFO(step.text);
        all += step.impact.empty() ? "" : step.impact + '\n';
        if (!step.text.starts_with("ALTER TABLE") || has(step.text, "PARTITION")) continue;
        CHECK(has(step.text, ", ALGORITHM="));
        CHECK(has(step.text, "LOCK=SHARED") != step.impact.empty());
    }
    test::change_into(url, test::schema_of(after), {}, online);
    test::change_into(url, start, {}, online);
    return all;
}

std::string const things =
    "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y')";
std::string const two_rows =
    "; insert into t (id, a, b, e) values (1, 2, 'b', 'x'), (2, 3, 'c', 'y')";

std::string changed(std::string const& rest) { return impacts(things + ")" + two_rows, rest); }

}  // namespace

TEST_CASE("MySQL plans: online, each statement says how the server does it") {
    if (!test::on("mysql")) return;
    auto const index = test::on_mysql_proper() ? std::string("ALGORITHM=INPLACE, LOCK=NONE\n")
                                               : std::string("ALGORITHM=NOCOPY, LOCK=NONE\n");
    CHECK(plan_between("create table t (a varchar(9), b varchar(9), key k (a))",
                       "create table t (a varchar(9) default 'x', c varchar(9), key k (c)) comment "
                       "'y'",
                       {}, online) ==
          "ALTER TABLE `t` DROP COLUMN `b`, ALGORITHM=INSTANT\n"
          "ALTER TABLE `t` MODIFY COLUMN `a` varchar(9) DEFAULT 'x', ALGORITHM=INSTANT\n"
          "ALTER TABLE `t` ADD COLUMN `c` varchar(9), ALGORITHM=INSTANT\n"
          "ALTER TABLE `t` DROP INDEX `k`, ADD KEY `k` (`c`), " +
              index + "ALTER TABLE `t` COMMENT='y', " +
              (test::on_mysql_proper() ? "ALGORITHM=INPLACE, LOCK=NONE\n" : "ALGORITHM=INSTANT\n"));
}

TEST_CASE("MySQL plans: online, what the server does while others write") {
    if (!test::on("mysql")) return;
    for (auto const* after : {
             "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), n int)",
             "create table t (n int default 5, id int primary key, m varchar(9) not null default "
             "'q', "
             "a int, b varchar(20), e enum('x', 'y'))",
             "create table t (id int primary key, b varchar(20), e enum('x', 'y'))",
             "create table t (id int primary key, a int not null, b varchar(20), e enum('x', 'y'))",
             "create table t (id int primary key, a int comment 'c', b varchar(20) default 'q', e "
             "enum('x', 'y') not null, key (a), unique key (b, id)) comment 'of it'",
             "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), v int as "
             "(a "
             "+ 1) virtual, w int as (a + 2) virtual, key (v))",
             "create table t (id int, a int not null, b varchar(20), e enum('x', 'y'), primary key "
             "(id, a))",
             "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), n int, "
             "key "
             "(n), key more (a desc, b (5))) row_format=compact",
         }) {
        INFO(after);
        auto const url = filled(things + ")" + two_rows);
        for (auto const& step : steps_between(url, after)) CHECK(step.impact == "");
    }
    CHECK(changed(
              "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), n int, "
              "v int as (a + 1) virtual, key (n), key (v)) comment 'x'") == "");
    CHECK(changed(
              "create table t (n int default 5, m varchar(9) not null default 'q', id int primary "
              "key, a int not null default 3, e enum('x', 'y'), unique key u (a, id))") == "");
    CHECK(
        changed("create table t (id int, a int not null, b varchar(20), e enum('x', 'y'), primary "
                "key (id, a)) row_format=compact") == "");
    auto const url = filled("create table t (a int, b int); insert into t values (1, 2)");
    test::change_into(url, test::schema_of("create table t (c int default 7, d int)"), {}, online);
    CHECK(rows(url, "select concat(c) from t") == "7");
}

TEST_CASE("MySQL plans: online, longer texts and more values write no rows") {
    if (!test::on("mysql")) return;
    auto const url = filled(things + ", s set('p', 'q'), y varbinary(10), index (b))" + two_rows);
    auto const steps = steps_between(
        url, "create table t (id int primary key, a int, b varchar(60), e enum('x', 'y', 'z'), s "
             "set('p', 'q', 'r'), y varbinary(200), index (b))");
    for (auto const& step : steps) {
        INFO(step.text);
        CHECK(step.impact == "");
        CHECK_FALSE(step.copies_rows);
    }
    test::apply(url, steps);
    CHECK(rows(url, "select b from t order by id") == "b c");
    // from one byte of length to two
    auto const longer = steps_between(
        url, "create table t (id int primary key, a int, b varchar(300), e enum('x', 'y', 'z'), s "
             "set('p', 'q', 'r'), y varbinary(300), index (b))");
    REQUIRE(longer.size() == 1);
    CHECK_FALSE(longer[0].impact.empty());
    test::apply(url, longer);
}

TEST_CASE("MySQL plans: online, what keeps writers out says why") {
    if (!test::on("mysql")) return;
    auto const start = "writers wait (LOCK=SHARED): ";
    auto const one = [&](std::string const& why) { return start + why + '\n'; };
    CHECK(
        changed("create table t (id int primary key, a bigint, b varchar(20), e enum('x', 'y'))") ==
        one("another type is written into all rows"));
    CHECK(changed("create table t (id int primary key, a int, b varchar(20), e enum('y', 'x'))") ==
          one("another type is written into all rows"));
    CHECK(
        changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), check "
                "(a > 0))") == one("a check is proved on all rows"));
    CHECK(
        changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), s int "
                "as (a * 2) stored)") == one("a stored expression is computed for all rows"));
    CHECK(changed("create table t (id int, a int, b varchar(20), e enum('x', 'y'))") ==
          one("rows lie in the order of the primary key"));
    CHECK(changed("create table t (id int primary key auto_increment, a int, b varchar(20), e "
                  "enum('x', 'y'))") == one("AUTO_INCREMENT comes and goes together with a key"));
    CHECK(changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), "
                  "fulltext key (b))") == one("a FULLTEXT or SPATIAL index is filled"));
    CHECK(changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y')) "
                  "partition by hash (id) partitions 2") ==
          one("rows are spread over partitions anew"));
    CHECK(changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y')) "
                  "engine=myisam") == one("only InnoDB changes tables that are in use"));
    CHECK(changed("create table t (id int primary key, a int, b varchar(20), e enum('x', 'y')) "
                  "default character set latin1") == one("the table gets another collation"));
}

TEST_CASE("MySQL plans: online, a reference is proved while writers wait") {
    if (!test::on("mysql")) return;
    std::string const others = "create table u (id int primary key, n int comment 'n'); insert "
                               "into u (id) values (2), (3); ";
    CHECK(impacts(others + things + ")" + two_rows,
                  "create table u (id int primary key, n int comment 'other'); " + things +
                      ", key k (a), constraint f foreign key (a) references u (id))") ==
          "writers wait (LOCK=SHARED): a foreign key is proved on all rows\n");
    // one that is there stays when what changes has nothing to do with it
    std::string const keyed = ", key k (a), constraint f foreign key (a) references u (id)";
    CHECK(plan_between(others + things + keyed + ", key x (b))", others + things + keyed + ")", {},
                       online)
              .find("FOREIGN") == std::string::npos);
}

TEST_CASE("MySQL plans: online, tables that change in other ways") {
    if (!test::on("mysql")) return;
    // with an index for words no row is written anew while others write
    CHECK(impacts(
              things + ", fulltext key (b))" + two_rows,
              "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), n int, "
              "fulltext key (b))") ==
          "writers wait (LOCK=SHARED): the table has a FULLTEXT or SPATIAL index\n");
    CHECK(impacts(
              things + ") row_format=compressed" + two_rows,
              "create table t (id int primary key, a int, b varchar(20), e enum('x', 'y'), n int) "
              "row_format=compressed") == "");
    CHECK(impacts(things + ") partition by hash (id) partitions 2" + two_rows,
                  "create table t (id int primary key, a int, b varchar(20) not null default '', e "
                  "enum('x', 'y'), n int, key (n)) partition by hash (id) partitions 2") == "");
    CHECK(impacts(things + "); create trigger tr before insert on t for each row set new.a = 1" +
                      two_rows,
                  things + "); create trigger tr before insert on t for each row set new.a = 2") ==
          "rows that are written before it is made again do not run this trigger\n");
}

TEST_CASE("MySQL plans: online, names that go round and columns that others are computed of") {
    if (!test::on("mysql")) return;
    // MySQL itself renames no column that another is computed of
    auto const computed = [](std::string const& of) {
        return ", c int" + (test::on_mysql_proper() ? "" : " as (" + of + " + 1) stored") + ')';
    };
    auto const url = filled("create table t (id int primary key, a int, b int" + computed("a") +
                            "; insert into t (id, a, b) values (1, 2, 3)");
    migrate::diff_options options;
    options.columns = {{{"", "t"}, "a", "z"}, {{"", "t"}, "b", "a"}};
    test::change_into(
        url, test::schema_of("create table t (id int primary key, z int, a bigint" + computed("z")),
        options, online);
    CHECK(rows(url, "select concat(z, a, coalesce(c, 3)) from t") == "233");
}

TEST_CASE("MySQL plans: online, a file of them says who waits") {
    if (!test::on("mysql")) return;
    auto const url = filled(things + ")");
    auto const steps = steps_between(
        url, "create table t (id int primary key, a bigint, b varchar(20), e enum('x', 'y'))");
    auto const file = migrate::write_script(steps, test::inspect(url).engine);
    CHECK(has(file, "-- in use: writers wait (LOCK=SHARED): another type is written into all rows\n"
                    "ALTER TABLE"));
    CHECK(migrate::read_script(file, test::inspect(url).engine, "").size() == 1);
}
