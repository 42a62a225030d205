// SPDX-License-Identifier: BSL-1.0
// What the rules read: statements of a text, sizes of types, renames. No database.
#include "migrate/sql_text.hpp"
#include "migrate/values.hpp"

#include <relata/migrate/lint.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using migrate::values::conversion;
using schema::catalog::engine;

namespace {

std::string split(std::string_view sql, engine on) {
    std::string all;
    for (auto const& each : migrate::sql_text::read(sql, on).statements)
        all.append(each.text()) += '|';
    return all;
}

conversion between(char const* before, char const* after, engine on = engine::postgresql) {
    using namespace migrate::values;
    return conversion_of(type_of(before, on), type_of(after, on), on);
}

}  // namespace

TEST_CASE("lint text: semicolons in quotes, comments and bodies end no statement") {
    CHECK(split("select 1; -- a; b\nselect 2", engine::sqlite) == "select 1|select 2|");
    CHECK(split("select ';'; select \";\"", engine::sqlite) == "select ';'|select \";\"|");
    CHECK(split("select $$;$$; select $a$;$$;$a$;", engine::postgresql) ==
          "select $$;$$|select $a$;$$;$a$|");
    CHECK(split("select E'\\';'; select 1", engine::postgresql) == "select E'\\';'|select 1|");
    CHECK(split("select '\\';'; # ;\nselect `;`", engine::mysql) == "select '\\';'|select `;`|");
    CHECK(
        split("create trigger t after insert on a begin select case 1 when 1 then 2 end; select 3; "
              "end; select 4",
              engine::sqlite) ==
        "create trigger t after insert on a begin select case 1 when 1 then 2 end; select 3; end|"
        "select 4|");
    CHECK(split("create procedure p() begin if a then select 1; end if; end; select 2",
                engine::mysql) ==
          "create procedure p() begin if a then select 1; end if; end|select 2|");
    CHECK(split("", engine::mysql).empty());
    CHECK(split(" ; ;", engine::mysql).empty());
    CHECK(split("select 'open", engine::mysql) == "select 'open|");
}

TEST_CASE("lint text: a statement knows its line, its table and where it runs") {
    auto const text =
        migrate::sql_text::read("alter table only s.\"A b\" add c int;\n\n-- "
                                "relata:outside\ncreate index concurrently i on t (a);\n"
                                "insert into u select 1;",
                                engine::postgresql);
    REQUIRE(text.statements.size() == 3);
    CHECK(text.statements[0].table() == "A b");
    CHECK(text.statements[0].in_transaction);
    CHECK(text.statements[1].table() == "t");
    CHECK(text.statements[1].line() == 4);
    CHECK_FALSE(text.statements[1].in_transaction);
    CHECK(text.statements[2].table() == "u");
    CHECK(text.statements[2].in_transaction);
}

TEST_CASE("lint text: what fits into a type") {
    CHECK(between("integer", "bigint") == conversion::keeps);
    CHECK(between("bigint", "integer") == conversion::narrows);
    CHECK(between("character varying(10)", "text") == conversion::keeps);
    CHECK(between("text", "character varying(10)") == conversion::narrows);
    CHECK(between("numeric(10,2)", "numeric(12,2)") == conversion::keeps);
    CHECK(between("numeric(10,2)", "numeric(12,5)") == conversion::narrows);
    CHECK(between("numeric(10,2)", "numeric(10,1)") == conversion::narrows);
    CHECK(between("numeric(10,2)", "integer") == conversion::narrows);
    CHECK(between("double precision", "numeric(10,2)") == conversion::narrows);
    CHECK(between("timestamp with time zone", "date") == conversion::narrows);
    CHECK(between("text", "integer") == conversion::casts);
    CHECK(between("integer", "text") == conversion::keeps);
    CHECK(between("point", "circle") == conversion::casts);
    CHECK(between("int(10) unsigned", "bigint(20)", engine::mysql) == conversion::keeps);
    CHECK(between("longtext", "text", engine::mysql) == conversion::narrows);
    CHECK(between("varchar(9)", "varchar(3)", engine::sqlite) == conversion::keeps);
    CHECK(between("TEXT", "INTEGER", engine::sqlite) == conversion::casts);
}

TEST_CASE("lint text: renames are read from statements") {
    auto const marks = migrate::renames_in(
        "ALTER TABLE a RENAME TO b; ALTER TABLE IF EXISTS ONLY s.c RENAME COLUMN \"x\" TO y; "
        "ALTER TABLE d RENAME e TO f; ALTER TABLE d RENAME CONSTRAINT g TO h",
        engine::postgresql);
    REQUIRE(marks.tables.size() == 1);
    CHECK(marks.tables[0].from.name == "a");
    CHECK(marks.tables[0].to.name == "b");
    REQUIRE(marks.columns.size() == 2);
    CHECK(marks.columns[0].table.space == "s");
    CHECK(marks.columns[0].from == "x");
    CHECK(marks.columns[0].to == "y");
    CHECK(marks.columns[1].from == "e");
    auto const mysql = migrate::renames_in(
        "RENAME TABLE a TO b, c TO d; ALTER TABLE t CHANGE COLUMN `x` `y` INT, CHANGE z z INT",
        engine::mysql);
    REQUIRE(mysql.tables.size() == 2);
    CHECK(mysql.tables[1].to.name == "d");
    REQUIRE(mysql.columns.size() == 1);
    CHECK(mysql.columns[0].to == "y");
}

// MariaDB makes the foreign key, so that this is about MySQL alone.
TEST_CASE("lint: REFERENCES in the line of a column does nothing on MySQL") {
    migrate::schema_change changes;
    changes.engine = engine::mysql;
    schema::catalog::table orders;
    orders.name = {"", "orders"};
    orders.columns.resize(2);
    orders.columns[0].name = "id";
    orders.columns[1].name = "customer_id";
    orders.primary.emplace().parts.emplace_back().column = "id";
    changes.created = {orders};
    changes.after.tables = {orders};
    std::string const sql =
        "create table orders (id int primary key, customer_id int references customers (id))";
    auto const count = [&] {
        int found = 0;
        for (auto const& each : migrate::lint(changes, sql)) found += each.rule == "RL-M02" ? 1 : 0;
        return found;
    };
    CHECK(count() == 1);
    changes.after.tables[0].references.emplace_back().columns = {"customer_id"};
    CHECK(count() == 0);
}
