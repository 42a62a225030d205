// SPDX-License-Identifier: BSL-1.0
// What the server ties to a key goes before it, and comes back.
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using test::rows, test::filled;

TEST_CASE("PostgreSQL plans: a view that groups by a key stays when that becomes another one") {
    if (!test::on("postgresql")) return;
    std::string const view = "; create view v as select id, b, count(*) as n from t group by id; "
                             "create view w as select n from v";
    auto const before = "create table t (id int primary key, b text)" + view;
    auto const after =
        "create table t (id int, b text, constraint k primary key (id) include (b))" + view;
    for (bool const online : {false, true}) {
        auto const url = filled(before);
        test::run(url, {"insert into t values (1, 'x')"});
        test::change_into(url, test::schema_of(after), {}, {online});
        test::change_into(url, test::schema_of(before), {}, {online});
        CHECK(rows(url, "select n::text from w") == "1");
    }
}

TEST_CASE("PostgreSQL plans: references stay when their key becomes another one") {
    if (!test::on("postgresql")) return;
    std::string const others = ", c int references t (id) on delete cascade); create table u (t_id "
                               "int references t (id)); "
                               "insert into t values (1, 1), (2, 1); insert into u values (1), (2)";
    auto const unique = "create table t (id int not null unique" + others;
    auto const primary = "create table t (id int primary key" + others;
    auto const index = "create table t (id int not null, c int); create unique index i on t (id); "
                       "alter table t add foreign key (c) references t (id) on delete cascade; "
                       "create table u (t_id int references t (id)); "
                       "insert into t values (1, 1), (2, 1); insert into u values (1), (2)";
    for (bool const online : {false, true})
        for (auto const& [before, after] :
             {std::pair{unique, primary}, {primary, index}, {index, unique}}) {
            INFO(before << "\n  to\n" << after);
            auto const url = filled(before);
            test::change_into(url, test::schema_of(after), {}, {online});
            CHECK(rows(url, "select id::text || c from t order by id") == "11 21");
            CHECK(rows(url, "select count(*)::text from u join t on t.id = u.t_id") == "2");
        }
}
