// SPDX-License-Identifier: BSL-1.0
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using test::plan_between, test::rows, test::filled;

namespace {

bool has(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

constexpr auto shop = R"(
create table makers (id integer primary key, name text not null);
create table goods (id integer primary key autoincrement, maker_id int references makers (id) on delete cascade,
    label text, price int, old text);
create table sold (id integer primary key, good_id int not null references goods (id) on delete cascade);
create index goods_label on goods (label);
create view cheap as select id, label from goods where price < 10;
create table log (what text);
create trigger goods_gone after delete on goods begin insert into log values ('gone'); end;
insert into makers values (1, 'm');
insert into goods values (1, 1, 'a', 5, 'x'), (2, null, 'b', 20, 'y'), (99, 1, 'c', 7, 'z');
delete from goods where id = 99;
delete from log;
insert into sold values (1, 1), (2, 2);
)";

}  // namespace

TEST_CASE("SQLite plans: ALTER TABLE where it is enough") {
    if (!test::on("sqlite")) return;
    CHECK(plan_between("create table t (a int)",
                       "create table t (a int, b text not null default 'x' collate nocase)") ==
          "ALTER TABLE \"t\" ADD COLUMN \"b\" text NOT NULL COLLATE \"nocase\" DEFAULT 'x'\n");
    CHECK(plan_between("create table t (a int)",
                       "create table t (a int, b int constraint r references t (a))") ==
          "ALTER TABLE \"t\" ADD COLUMN \"b\" int CONSTRAINT \"r\" REFERENCES \"t\" (\"a\")\n");
    CHECK(plan_between("create table t (a int, b int); create index i on t (b)",
                       "create table t (a int)") ==
          "DROP INDEX \"i\"\nALTER TABLE \"t\" DROP COLUMN \"b\"\n");
    migrate::diff_options options;
    options.columns = {{{"", "t"}, "a", "b"}};
    CHECK(plan_between("create table t (a int primary key)", "create table t (b int primary key)",
                       options) == "ALTER TABLE \"t\" RENAME COLUMN \"a\" TO \"b\"\n");
    CHECK(plan_between("create table t (a int); create index i on t (a)",
                       "create table t (a int); create unique index i on t (a)") ==
          "DROP INDEX \"i\"\nCREATE UNIQUE INDEX \"i\" ON \"t\" (\"a\")\n");
}

TEST_CASE("SQLite plans: a copy where ALTER TABLE is not enough") {
    if (!test::on("sqlite")) return;
    auto const copies = [](std::string const& before, std::string const& after) {
        return has(plan_between(before, after), "INSERT INTO \"relata_spare_1\"");
    };
    std::string const before = "create table t (a int, b text)";
    CHECK(copies(before, "create table t (a int not null, b text)"));
    CHECK(copies(before, "create table t (a int primary key, b text)"));
    CHECK(copies(before, "create table t (a int unique, b text)"));
    CHECK(copies(before, "create table t (a int, b text check (a > 0))"));
    CHECK(copies(before, "create table t (a int references t (b), b text)"));
    CHECK(copies(before, "create table t (a int, b text) strict"));
    CHECK(copies(before, "create table t (a int, b blob)"));
    CHECK(copies(before, "create table t (a int, b text, c int as (a + 1) stored)"));
    CHECK(copies(before, "create table t (a int, b text, c text default current_timestamp)"));
    CHECK(copies(before, "create table t (a int, b text, c int not null)"));
    CHECK(copies("create table t (a int, b int check (b > 0))", "create table t (a int)"));
    CHECK(copies("create table t (a int unique, b int)", "create table t (b int)"));
    CHECK_FALSE(copies(before, "create table t (a int, b text, c int as (a + 1))"));
}

TEST_CASE("SQLite plans: a copy keeps rows, the counter, references, indexes, views and triggers") {
    if (!test::on("sqlite")) return;
    auto const url = filled(shop);
    test::change_into(url, test::schema_of(R"(
create table makers (id integer primary key, name text not null);
create table goods (id integer primary key autoincrement, maker_id int references makers (id) on delete cascade,
    label text not null check (label <> ''), price int, more text default (upper('n')));
create table sold (id integer primary key, good_id int not null references goods (id) on delete cascade);
create index goods_label on goods (label);
create view cheap as select id, label from goods where price < 10;
create table log (what text);
create trigger goods_gone after delete on goods begin insert into log values ('gone'); end;
)"));
    CHECK(rows(url, "select id || label || price || more from goods order by id") == "1a5N 2b20N");
    CHECK(rows(url, "select id || '-' || good_id from sold order by id") == "1-1 2-2");
    CHECK(rows(url, "select label from cheap") == "a");
    CHECK(rows(url, "select 'x' from log") == "");  // no row was deleted on the way
    test::run(url, {"insert into goods (label) values ('new'); delete from goods where id = 2"});
    CHECK(rows(url, "select cast(max(id) as text) from goods") == "100");  // 99 is used up
    CHECK(rows(url, "select what from log") == "gone");
    CHECK(rows(url, "select cast(count(*) as text) from sold") == "1");
}

TEST_CASE("SQLite plans: rowids stay in a table without a key") {
    if (!test::on("sqlite")) return;
    auto const url = filled("create table t (a text); insert into t (rowid, a) values (7, 'x'), "
                            "(9, 'y'); delete from t where a = 'x'");
    test::change_into(url, test::schema_of("create table t (a text not null)"));
    CHECK(rows(url, "select rowid || a from t") == "9y");
}

TEST_CASE("SQLite plans: renamed tables and columns keep their rows") {
    if (!test::on("sqlite")) return;
    auto const url = filled(R"(
create table a (id integer primary key, v text check (v <> 'v'));
create table b (id integer primary key, a_id int references a (id), w text);
create view both as select v, w from a join b on b.a_id = a.id;
create trigger t after insert on a begin update b set w = new.v; end;
insert into a values (1, 'from a'); insert into b values (1, 1, 'from b');
)");
    migrate::diff_options options;
    options.tables = {{{"", "a"}, {"", "c"}}};
    options.columns = {{{"", "c"}, "v", "value"}, {{"", "b"}, "w", "words"}};
    test::change_into(url, test::schema_of(R"(
create table c (id integer primary key, value text check (value <> 'v'));
create table b (id integer primary key, a_id int references c (id), words text);
create view both as select value, words from c join b on b.a_id = c.id;
create trigger t after insert on c begin update b set words = new.value; end;
)"),
                      options);
    CHECK(rows(url, "select value || ', ' || words from both") == "from a, from b");
    test::run(url, {"insert into c values (2, 'new')"});
    CHECK(rows(url, "select words from b") == "new");
}

TEST_CASE("SQLite plans: a table takes the name of one that is renamed too") {
    if (!test::on("sqlite")) return;
    auto const url = filled("create table a (x text); create table b (y int); insert into a values "
                            "('a'); insert into b values (2)");
    migrate::diff_options options;
    options.tables = {{{"", "b"}, {"", "c"}}, {{"", "a"}, {"", "b"}}};
    test::change_into(url, test::schema_of("create table b (x text); create table c (y int)"),
                      options);
    CHECK(rows(url, "select x || y from b, c") == "a2");
}

TEST_CASE("SQLite plans: what would break a reference or a row changes nothing") {
    if (!test::on("sqlite")) return;
    auto const url = filled("create table p (id integer primary key); create table c (p_id int); "
                            "insert into c values (5)");
    auto const before = test::support().dump(url);
    auto const refuse = [&](std::string const& wanted) {
        auto const steps =
            migrate::plan(test::diff_without_renames(test::inspect(url), test::schema_of(wanted)));
        CHECK_THROWS(test::apply(url, steps));
        CHECK(test::support().dump(url) == before);
        CHECK(rows(url, "select cast(p_id as text) from c") == "5");
    };
    refuse("create table p (id integer primary key); create table c (p_id int references p (id))");
    refuse("create table p (id integer primary key); create table c (p_id int check (p_id < 5))");
    refuse("create table p (id integer primary key); create table c (p_id int, q int not null)");
}

TEST_CASE("SQLite plans: what destroys and what copies is said") {
    if (!test::on("sqlite")) return;
    auto const steps = migrate::plan(test::diff_without_renames(
        test::schema_of("create table t (a int, b int); create table u (a text)"),
        test::schema_of("create table t (a int not null)")));
    int destroying = 0;
    int copying = 0;
    for (auto const& each : steps) {
        destroying += each.destroys ? 1 : 0;
        copying += each.copies_rows ? 1 : 0;
    }
    CHECK(destroying == 2);  // b and u
    CHECK(copying == 1);
    CHECK_FALSE(steps.front().in_transaction);
    CHECK_FALSE(steps.back().in_transaction);
}

TEST_CASE("SQLite plans: from each schema file to the next and back") {
    if (!test::on("sqlite")) return;
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

TEST_CASE("plan: what is ambiguous is refused") {
    if (!test::on("sqlite")) return;
    auto const from = test::schema_of("create table t (a int)");
    auto const found = migrate::diff(from, test::schema_of("create table t (b int)"));
    try {
        (void)migrate::plan(found);
        FAIL("planned");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_argument);
        CHECK(has(e.message(), "column t.a becomes b"));
    }
}
