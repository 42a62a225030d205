// SPDX-License-Identifier: BSL-1.0
#include "migrate/folder_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using test::plan_between, test::rows, test::filled;
using Catch::Matchers::Contains;

namespace {

// There and back.
void both_ways(std::string const& before, std::string const& after) {
    INFO(before + "\n  to\n" + after);
    auto const url = filled(before);
    auto const start = test::inspect(url);
    test::change_into(url, test::schema_of(after));
    test::change_into(url, start);
}

}  // namespace

TEST_CASE("PostgreSQL plans: one statement where one is enough") {
    if (!test::on("postgresql")) return;
    CHECK(plan_between("create table t (a int)", "create table t (a int)") == "");
    CHECK(plan_between("create table t (a int)", "create table t (a int, b text not null)") ==
          "ALTER TABLE \"public\".\"t\" ADD COLUMN \"b\" text NOT NULL\n");
    CHECK(plan_between("create table t (a int)", "create table t (a bigint)") ==
          "ALTER TABLE \"public\".\"t\" ALTER COLUMN \"a\" TYPE bigint\n");
    CHECK(
        plan_between("create table t (a int)", "create table t (a int); create index i on t (a)") ==
        "CREATE INDEX \"i\" ON \"public\".\"t\" (\"a\")\n");
    CHECK(
        plan_between("create type e as enum ('a', 'c')", "create type e as enum ('a', 'b', 'c')") ==
        "ALTER TYPE \"public\".\"e\" ADD VALUE 'b' AFTER 'a'\n");
    migrate::diff_options options;
    options.columns = {{{"", "t"}, "a", "b"}};
    CHECK(plan_between("create table t (a int)", "create table t (b int)", options) ==
          "ALTER TABLE \"public\".\"t\" RENAME COLUMN \"a\" TO \"b\"\n");
}

TEST_CASE("PostgreSQL plans: columns, constraints and indexes there and back") {
    if (!test::on("postgresql")) return;
    both_ways("create table t (a int, b text)", "create table t (a bigint not null, b varchar(9))");
    both_ways("create table t (a int default 1)", "create table t (a numeric(9, 2) default 2.5)");
    both_ways("create table t (a int not null)",
              "create table t (a int generated always as identity (start with 7))");
    both_ways("create table t (a int, b int)",
              "create table t (a int, b int generated always as (a + 1) stored)");
    both_ways("create table t (a int primary key, b int); create table u (a int references t)",
              "create table t (a int, b int unique); create table u (a int references t (b))");
    both_ways("create table t (a int, check (a > 0)); create index i on t (a)",
              "create table t (a int, check (a > 1)); create unique index i on t (a desc) "
              "where a > 5");
    both_ways("create table t (a text)",
              "create table t (a text collate \"C\") with (fillfactor = 50)");
    both_ways("create table t (a int); comment on table t is 'x'; comment on column t.a is 'y'",
              "create table t (a int); comment on column t.a is 'z'");
    both_ways("create sequence s", "create sequence s increment 5 start 10 cache 3");
    both_ways("create domain d as int check (value > 0)",
              "create domain d as int default 3 not null");
}

TEST_CASE("PostgreSQL plans: a computed column goes and comes with what stands on it") {
    if (!test::on("postgresql")) return;
    std::string const rest =
        "create index i on t (c, a) where c > 5; create index j on t (a) include (c); "
        "create index k on t ((c + 1)); comment on column t.c is 'kept'; comment on index i is "
        "'too'";
    auto const table = [&](std::string const& type, std::string const& expression) {
        return "create table t (a int primary key, b " + type + ", c bigint generated always as (" +
               expression + ") stored unique, check (c > 0));" + rest;
    };
    both_ways(table("int", "a + b"), table("bigint", "a + b"));
    both_ways(table("int", "a + b"), table("int", "a - b"));
    both_ways(table("int", "a + b"), "create table t (a int primary key, b int, c bigint unique)");
    CHECK(plan_between("create table t (a int, b int generated always as (a) stored)",
                       "create table t (a int, b int generated always as (a) stored); "
                       "comment on column t.b is 'x'") ==
          "COMMENT ON COLUMN \"public\".\"t\".\"b\" IS 'x'\n");
}

TEST_CASE("PostgreSQL plans: what depends on a change goes before it and comes back") {
    if (!test::on("postgresql")) return;
    std::string const rest =
        "create view v as select a, b from t; create view a_view as select a from v; "
        "create materialized view m as select a from a_view; create index m_a on m (a); "
        "comment on view v is 'kept'; "
        "create function f() returns trigger language plpgsql as $$ begin return new; end $$; "
        "create trigger g before update of a on t for each row execute function f(); "
        "create policy p on t using (a > 0);";
    both_ways("create table t (a int, b text);" + rest,
              "create table t (a bigint, b text);" + rest);
    both_ways("create table t (a int, b text, c int);" + rest,
              "create table t (a int, b text);" + rest);
    both_ways("create table t (a int, b text);" + rest, "create table u (a int)");
    both_ways("create schema s; create type s.e as enum ('x'); create table s.t (e s.e, n serial)",
              "create table t (a int)");
    both_ways("create table t (a int)",
              "create function f(n int) returns int language sql immutable as 'select n'; "
              "create table t (a int default f(1)); create view v as select f(a) as x from t");
}

TEST_CASE("PostgreSQL plans: rows are kept") {
    if (!test::on("postgresql")) return;
    auto const url = filled("create table t (id int primary key, a text, old int); "
                            "insert into t values (1, '10', 5), (2, '20', 6)");
    migrate::diff_options options;
    options.columns = {{{"", "t"}, "old", "new"}};
    test::change_into(url,
                      test::schema_of("create table t (id bigint primary key, a int, new int, "
                                      "b text default 'x')"),
                      options);
    CHECK(rows(url, "select id || ':' || a || ':' || new || ':' || b from t order by id") ==
          "1:10:5:x 2:20:6:x");
}

TEST_CASE("PostgreSQL plans: values that are too long are refused, not cut") {
    if (!test::on("postgresql")) return;
    auto const url = filled("create table t (a text); insert into t values ('long value')");
    auto const wanted = test::schema_of("create table t (a varchar(4))");
    auto const steps = migrate::plan(migrate::diff(test::inspect(url), wanted));
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].copies_rows);
    CHECK_THROWS(test::apply(url, steps));
    CHECK(rows(url, "select a from t") == "long value");
}

TEST_CASE("PostgreSQL plans: labels of an enumeration go and move, rows are kept") {
    if (!test::on("postgresql")) return;
    std::string const rest =
        "; create table t (k e primary key default 'c', many e[], n int, check (k <> 'c' or n > "
        "0)); "
        "create index few on t (n) where k = 'a'; comment on index few is 'kept'; "
        "create table u (k e references t); create view v as select k from t where k > 'a'; "
        "comment on type e is 'letters'";
    auto const url = filled("create type e as enum ('a', 'b', 'c')" + rest +
                            "; insert into t values ('a', '{c,a}', 1), ('c', null, 2); "
                            "insert into u values ('c')");
    auto const start = test::inspect(url);
    test::change_into(url, test::schema_of("create type e as enum ('c', 'a')" + rest));
    CHECK(rows(url, "select k || coalesce(many::text, '-') from t order by k") == "c- a{c,a}");
    CHECK(rows(url, "select k::text from v") == "");
    test::change_into(url, start);
    CHECK(rows(url, "select k || coalesce(many::text, '-') from t order by k") == "a{c,a} c-");
    CHECK(rows(url, "select k::text from u") == "c");
}

TEST_CASE("PostgreSQL plans: a label that a row has does not go") {
    if (!test::on("postgresql")) return;
    auto const url = filled("create type e as enum ('a', 'b'); create table t (k e); "
                            "insert into t values ('b')");
    auto const start = test::inspect(url);
    auto const wanted = test::schema_of("create type e as enum ('a'); create table t (k e)");
    CHECK_THROWS(test::apply(url, migrate::plan(migrate::diff(start, wanted))));
    CHECK(migrate::diff(start, test::inspect(url)).empty());
    CHECK(rows(url, "select k::text from t") == "b");
}

TEST_CASE("PostgreSQL plans: what cannot be planned is refused") {
    if (!test::on("postgresql")) return;
    auto const refused = [](std::string const& before, std::string const& after) {
        return test::refusal(error_kind::not_supported, [&] { (void)plan_between(before, after); });
    };
    std::string const needs = "; create domain d as e; create table t (a d)";
    CHECK_THAT(
        refused("create type e as enum ('a', 'b')" + needs, "create type e as enum ('a')" + needs),
        Contains("which the type d needs"));
    CHECK_THAT(refused("create table t (a int)", "create table t (a int) partition by list (a)"),
               Contains("spread over partitions") && Contains("by hand, make the table"));
    std::string const parent = "create table p (a int) partition by list (a); create table t ";
    CHECK_THAT(refused(parent + "partition of p for values in (1)",
                       parent + "partition of p for values in (2)"),
               Contains("its rows may fit nowhere: t") && Contains("by hand, ALTER TABLE"));
    std::string const used = "; create function f(x d) returns int language sql as 'select 1'";
    CHECK_THAT(refused("create domain d as int" + used, "create domain d as bigint" + used),
               Contains("another type of the domain d, which the function f(public.d) needs"));
}

TEST_CASE("PostgreSQL plans: the name of an old type must fit and be free") {
    if (!test::on("postgresql")) return;
    auto const refused = [](std::string const& name, std::string const& rest) {
        auto const start = "create type \"" + name + "\" as enum ('a'";
        return test::refusal(error_kind::not_supported, [&] {
            (void)plan_between(start + ", 'b'); " + rest, start + "); " + rest);
        });
    };
    CHECK_THAT(refused(std::string(60, 'n'), ""),
               Contains("too long; give it a shorter name first"));
    CHECK_THAT(refused("e", "create type \"e (before)\" as enum ('x')"),
               Contains("taken; rename what has that name first"));
    CHECK_THAT(refused("e", "create table \"e (before)\" (a int)"), Contains("taken"));
    CHECK(refused(std::string(54, 'n'), "") == "not refused");
}

TEST_CASE("PostgreSQL plans: a domain gets another type, rows and what stands on them are kept") {
    if (!test::on("postgresql")) return;
    std::string const rest =
        "create table t (id int primary key, a d default 3 not null, many d[], check (a > 1)); "
        "create "
        "unique index i on t (a); create view v as select a from t; comment on domain d is 'n'";
    auto const url = filled("create domain d as int check (value > 0); " + rest +
                            "; insert into t values (1, 5, '{6,7}'), (2, 8, null)");
    auto const start = test::inspect(url);
    test::change_into(url, test::schema_of("create domain d as bigint check (value > 0); " + rest));
    CHECK(rows(url, "select id || ':' || a || coalesce(many::text, '-') from t order by id") ==
          "1:5{6,7} 2:8-");
    CHECK(rows(url, "select pg_typeof(a + 0)::text from v limit 1") == "bigint");
    test::change_into(url, start);
    CHECK(rows(url, "select id || ':' || a || coalesce(many::text, '-') from t order by id") ==
          "1:5{6,7} 2:8-");
}

TEST_CASE("PostgreSQL plans: a domain over text becomes one over numbers, and none cuts a text") {
    if (!test::on("postgresql")) return;
    auto const url =
        filled("create domain d as text; create domain s as varchar(9); create table t (a "
               "d, b s); insert into t values ('12', 'long text')");
    test::change_into(url, test::schema_of("create domain d as int; create domain s as varchar(9); "
                                           "create table t (a d, b s)"));
    CHECK(rows(url, "select (a + 1)::text from t") == "13");
    auto const start = test::inspect(url);
    auto const shorter = test::schema_of(
        "create domain d as int; create domain s as varchar(4); create table t (a d, b s)");
    CHECK_THROWS(test::apply(url, migrate::plan(migrate::diff(start, shorter))));
    CHECK(rows(url, "select b::text from t") == "long text");
}

TEST_CASE("PostgreSQL plans: what is computed of a label is made anew with its enumeration") {
    if (!test::on("postgresql")) return;
    std::string const rest = "; create table t (k e, is_a bool generated always as (k = 'a') "
                             "stored, n int); create index i "
                             "on t (is_a)";
    auto const url =
        filled("create type e as enum ('a', 'b')" + rest + "; insert into t values ('a'), (null)");
    auto const start = test::inspect(url);
    test::change_into(url, test::schema_of("create type e as enum ('a')" + rest));
    CHECK(rows(url, "select coalesce(is_a::text, '-') from t order by 1") == "- true");
    // … also where another column changes its type
    test::change_into(url, start);
    test::change_into(
        url,
        test::schema_of("create type e as enum ('a'); create table t (k e, is_a bool generated "
                        "always as (k = 'a') stored, n bigint); create index i on t (is_a)"));
    CHECK(rows(url, "select coalesce(is_a::text, '-') from t order by 1") == "- true");
}

TEST_CASE("PostgreSQL plans: references of others to a computed column go and come with it") {
    if (!test::on("postgresql")) return;
    std::string const others =
        "; create table u (c int references t (c)); comment on constraint u_c_fkey on u is 'x'";
    auto const table = [&](std::string const& by) {
        return "create table t (a int, c int generated always as (a * " + by + ") stored unique)" +
               others;
    };
    auto const url =
        filled(table("2") + "; insert into t values (1), (2); insert into u values (4)");
    auto const steps =
        migrate::plan(migrate::diff(test::inspect(url), test::schema_of(table("4"))));
    test::apply(url, steps);
    CHECK(migrate::diff(test::inspect(url), test::schema_of(table("4"))).empty());
    // a row that refers to a value that is gone is refused, and everything stays
    auto const back = migrate::plan(migrate::diff(test::inspect(url), test::schema_of(table("5"))));
    CHECK_THROWS(test::apply(url, back));
    CHECK(migrate::diff(test::inspect(url), test::schema_of(table("4"))).empty());
}
