// SPDX-License-Identifier: BSL-1.0

#include <catch2/catch.hpp>

#include "database/back_end.hpp"
#include "migrate/engine_support.hpp"
#include "move/databases.hpp"

using namespace relata;
using namespace test;
using migrate::move_options;

TEST_CASE("move: all that has no counterpart is told before anything is written") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    auto const from = open(source);
    from.create_tables<nothing>();
    from.script("create view names as select name from empties; "
                "create view more_names as select id from empties");
    auto options = move_options{};
    auto const e = refused(source, target, options);
    CHECK(e.kind == error_kind::not_supported);
    CHECK(e.message.find("view:names: ") != std::string::npos);
    CHECK(e.message.find("view:more_names: ") != std::string::npos);
    CHECK(inspect(target).tables.empty());
    options.leave_out = {"view:names", "view:more_names"};
    auto const report = moved(source, target, options);
    CHECK(report.left_out.size() == 2);
    CHECK(inspect(target).views.empty());

    options.leave_out.emplace_back("view:none");
    CHECK(refused(source, empty_database(3), options).kind == error_kind::invalid_argument);
}

TEST_CASE("move: a target that is not empty is left as it is") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    open(source).create_tables<nothing>();
    open(target).create_tables<line>();
    CHECK(refused(source, target).kind == error_kind::invalid_argument);
    CHECK(inspect(target).tables.size() == 1);
}

TEST_CASE("move: a text that the target cannot hold is told by table, column and key") {
    if (!on("sqlite")) return;
    for (auto const& engine : other_engines()) {
        INFO("to " << engine);
        auto const source = empty_database(1);
        auto const target = empty_database(engine, 2);
        auto const from = open(source);
        from.script("create table notes (id integer primary key, title varchar(5))");
        from.script("insert into notes values (1, 'short'), (17, 'too long'), (18, 'short')");
        auto const e = refused(source, target, {});
        CHECK(e.kind == error_kind::value_too_long);
        CHECK(e.table == "notes");
        CHECK(e.columns == std::vector<std::string>{"title"});
        CHECK(e.message.find("with the key (17)") != std::string::npos);
        CHECK(e.message.find("too long,") == std::string::npos);
        from.script("update notes set title = 'mild' where id = 17");
        CHECK(moved(source, target, {}).tables.at(0).rows == 3);
    }
}

TEST_CASE("move: a value that cannot be read is told by table, column and key") {
    if (!on("sqlite")) return;
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    auto const from = open(source);
    from.script("create table events (name text not null primary key, day date)");
    from.script("insert into events values ('a', '2026-01-31'), ('b', 'yesterday')");
    auto const e = refused(source, target, {});
    CHECK(e.table == "events");
    CHECK(e.columns == std::vector<std::string>{"day"});
    CHECK(e.message.find("with the key (\"b\")") != std::string::npos);
    CHECK(e.message.find("yesterday") == std::string::npos);
}

TEST_CASE("move: SQLite does not know the point of a decimal, which is asked for") {
    if (!on("sqlite")) return;
    auto const source = empty_database(1);
    fill(open(source), 1);
    auto const e = refused(source, empty_database(2), {});
    CHECK(e.kind == error_kind::not_supported);
    CHECK(e.message.find("decimal:everything.price: ") != std::string::npos);
}

TEST_CASE("move: a text with a NUL and a date out of range are told by table, column and key") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    auto const from = open(source);
    if (on("postgresql")) {
        from.script("create table notes (id integer primary key, title date)");
        from.script("insert into notes values (1, '2026-01-31'), (5, 'infinity')");
    } else {
        from.script("create table notes (id integer primary key, title varchar(9))");
        from.script("insert into notes values (1, 'a')");
        if (on("sqlite")) from.script("insert into notes values (5, 'a' || char(0))");
        else from.script("insert into notes values (5, concat('a', char(0)))");
    }
    auto const e = refused(source, target, {});
    CHECK(e.kind == (on("postgresql") ? error_kind::out_of_range : error_kind::text_invalid));
    CHECK(e.columns == std::vector<std::string>{"title"});
    CHECK(e.message.find("table notes with the key (5), column title") != std::string::npos);
}

TEST_CASE("move: a row that refers to none is told when all are there, and may be mended") {
    if (!on("sqlite")) return;
    for (auto const& engine : std::vector<std::string>{"sqlite", "postgresql", "mysql"}) {
        if (engine != "sqlite" && other_engines().size() < 2) continue;
        INFO("to " << engine);
        auto const source = empty_database(1);
        auto const target = empty_database(engine, 2);
        auto const from = open(source);
        from.script("create table owners (id integer not null primary key)");
        from.script("create table pets (id integer not null primary key, "
                    "owner integer references owners (id))");
        from.script("pragma foreign_keys = off; insert into pets values (1, null), (2, 7)");
        auto const e = refused(source, target, {});
        CHECK(e.kind == error_kind::foreign_key_violation);
        CHECK(e.table == "pets");
        for (auto const& each : {source, target})
            open(each).script("insert into owners values (7)");
        CHECK(moved(source, target, {}).tables.at(1).rows == 2);
        CHECK_THROWS_AS(open(target).script("insert into pets values (3, 8)"), error);
    }
}
