// SPDX-License-Identifier: BSL-1.0
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using test::plan_between, test::rows;

TEST_CASE("MySQL plans: all changes of a table are one statement") {
    if (!test::on("mysql")) return;
    CHECK(plan_between("create table t (a int, b int, key k (b)) comment 'x'",
                       "create table t (a bigint, c int, key k (c)) comment 'y'") ==
          std::string("ALTER TABLE `t` DROP INDEX `k`, MODIFY COLUMN `a` bigint") +
              (test::on_mysql_proper() ? "" : "(20)") + ", DROP COLUMN `b`, ADD COLUMN `c` int" +
              (test::on_mysql_proper() ? "" : "(11)") +
              " AFTER `a`, ADD KEY `k` (`c`), COMMENT='y'\n");
}

TEST_CASE("MySQL plans: rows, references, renames and triggers are kept") {
    if (!test::on("mysql")) return;
    auto const url = test::support().make(1);
    test::run(url, {R"(
create table makers (id int primary key, name varchar(20) not null);
create table goods (id int primary key auto_increment, maker_id int, label varchar(20), old int,
    constraint made_by foreign key (maker_id) references makers (id) on delete cascade);
create view cheap as select id, label from goods;
create trigger first_one before insert on goods for each row set new.old = 1;
create trigger a_second before insert on goods for each row set new.old = new.old + 1;
insert into makers values (1, 'm'); insert into goods values (1, 1, 'a', 0), (2, null, 'b', 0);
)"});
    migrate::diff_options options;
    options.tables = {{{"", "goods"}, {"", "wares"}}};
    options.columns = {{{"", "wares"}, "label", "title"}};
    test::change_into(url, test::schema_of(R"(
create table makers (id bigint primary key, name varchar(20) not null);
create table wares (id int primary key auto_increment, maker_id bigint, title varchar(20) not null,
    old int, twice int as (old * 2) stored,
    constraint made_by foreign key (maker_id) references makers (id) on delete set null);
create view cheap as select id, title from wares;
create trigger first_one before insert on wares for each row set new.old = 1;
create trigger a_second before insert on wares for each row set new.old = new.old + 2;
)"),
                      options);
    CHECK(rows(url, "select concat(id, title, old, twice, coalesce(maker_id, '-')) from wares "
                    "order by id") == "1a241 2b24-");
    test::run(url, {"insert into wares (title) values ('c')", "delete from makers"});
    CHECK(rows(url, "select concat(id, old, coalesce(maker_id, '-')) from wares order by id") ==
          "12- 22- 33-");
}

TEST_CASE("MySQL plans: a name that another table takes, and references in a circle") {
    if (!test::on("mysql")) return;
    auto const url = test::support().make(1);
    test::run(url, {"create table a (x varchar(5)); create table b (y int); insert into a values "
                    "('a'); insert into b values (2); create table p (id int primary key, q int); "
                    "create table q (id int primary key, p int, foreign key (p) references p (id));"
                    "alter table p add constraint round foreign key (q) references q (id)"});
    migrate::diff_options options;
    options.tables = {{{"", "b"}, {"", "c"}}, {{"", "a"}, {"", "b"}}};
    test::change_into(url, test::schema_of("create table b (x varchar(5)); create table c (y int)"),
                      options);
    CHECK(rows(url, "select concat(x, y) from b, c") == "a2");
}

TEST_CASE("MySQL plans: a column's new check is proved on the rows that are there") {
    if (!test::on("mysql") || test::on_mysql_proper()) return;  // which has no checks of columns
    std::string const before = "create table t (id int primary key, a int)";
    std::string const checked = "create table t (id int primary key, a int check (a > 0))";
    std::string const longer =
        "create table t (id int primary key, a int, b int default -1 check (b > 0))";
    auto const url = test::filled(before + "; insert into t values (1, -1)");
    for (auto const& after : {checked, longer}) {
        INFO(after);
        auto const steps = migrate::plan(migrate::diff(test::inspect(url), test::schema_of(after)));
        REQUIRE(steps.size() == 1);
        CHECK_THROWS_AS(relata::open(url).script(unsafe_sql(steps[0].text)), relata::error);
        CHECK(test::inspect(url) == test::schema_of(before));
    }
    test::run(url, {"update t set a = 1"});
    test::change_into(url, test::schema_of(checked));
}

TEST_CASE("MySQL plans: from each schema file to the next and back") {
    if (!test::on("mysql")) return;
    auto const files = test::schema_files();
    std::vector<schema::catalog::schema> schemas;
    for (auto const& file : files) {
        auto const url = test::support().make(3);
        test::support().load(url, file);
        schemas.push_back(test::inspect(url));
    }
    for (std::size_t i = 0; i + 1 < schemas.size(); ++i) {
        INFO(files[i].string() + " -> " + files[i + 1].string());
        auto const url = test::support().make(1);
        test::support().load(url, files[i]);
        test::change_into(url, schemas[i + 1]);
        test::change_into(url, schemas[i]);
    }
}
