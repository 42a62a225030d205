// SPDX-License-Identifier: BSL-1.0
#include <relata/migrate/diff.hpp>

#include <catch2/catch.hpp>

#include <relata/relata.hpp>

using namespace relata;
namespace catalog = relata::schema::catalog;

namespace {

catalog::column make_column(std::string name, std::string type) {
    catalog::column c;
    c.name = std::move(name);
    c.type = std::move(type);
    return c;
}
catalog::part on(std::string column) { return {std::move(column), "", false, {}}; }

catalog::table make_table(std::string name, std::vector<catalog::column> columns) {
    catalog::table t;
    t.name.name = std::move(name);
    t.columns = std::move(columns);
    return t;
}

// people (id, name, age) with one of everything; pets, which refer to them.
catalog::schema start() {
    catalog::schema s;
    auto people =
        make_table("people", {make_column("id", "integer"), make_column("name", "varchar(20)"),
                              make_column("age", "int")});
    people.primary = catalog::key{"", {on("id")}, "", {}};
    people.uniques = {{"", {on("name")}, "", {}}};
    people.checks = {{"grown", "age > 17 and name <> 'age'", "", {}}};
    people.indexes = {{"by_age", false, {on("age")}, {}, "", "age > 20", "", {}}};
    auto pets = make_table("pets", {make_column("owner", "integer")});
    pets.references = {{"", {"owner"}, {"", "people"}, {"id"}, {}, {}, "", {}}};
    s.tables = {people, pets};
    s.views = {{{"", "v"}, "select 1", false, {}, "", {}}};
    s.others = {{"trigger", {"", "t"}, {"", "pets"}, "create trigger …"}};
    return s;
}

}  // namespace

TEST_CASE("diff: equal schemas have none") {
    CHECK(migrate::diff(start(), start()).empty());
    CHECK(migrate::diff({}, {}).empty());
}

TEST_CASE("diff: tables, columns and what belongs to them come, go and change") {
    auto after = start();
    auto& people = after.tables[0];
    people.columns[1].nullable = false;
    people.columns[2] = make_column("born", "date");
    people.indexes[0].where.clear();
    people.uniques.clear();
    people.checks = {{"named", "born is not null", "", {}}};
    after.tables[1] = make_table("toys", {make_column("label", "text")});
    after.views[0].query = "select 2";
    after.others.clear();
    auto const found = migrate::diff(start(), after);
    REQUIRE(found.altered.size() == 1);
    auto const& changed = found.altered[0];
    REQUIRE(changed.columns.size() == 3);
    CHECK(changed.columns[0].before->nullable);
    CHECK_FALSE(changed.columns[0].after->nullable);
    CHECK(changed.columns[1].before->name == "age");
    CHECK_FALSE(changed.columns[1].after);
    CHECK(changed.columns[2].after->name == "born");
    CHECK_FALSE(changed.primary);
    REQUIRE(changed.indexes.size() == 1);
    CHECK(changed.indexes[0].before->where == "age > 20");
    CHECK(changed.uniques.size() == 1);
    CHECK(changed.checks.size() == 2);
    CHECK(changed.references.empty());
    REQUIRE(found.dropped.size() == 1);
    CHECK(found.dropped[0].name.name == "pets");
    REQUIRE(found.created.size() == 1);
    CHECK(found.created[0].name.name == "toys");
    CHECK(found.views.size() == 1);
    REQUIRE(found.others.size() == 1);
    CHECK_FALSE(found.others[0].after);
    CHECK(found.ambiguous.empty());
}

TEST_CASE("diff: a drop and a new column of one type are ambiguous until marked") {
    auto after = start();
    after.tables[0].columns[2].name = "years";
    after.tables[0].checks[0].condition = "years > 17 and name <> 'age'";
    after.tables[0].indexes[0].parts[0].column = "years";
    after.tables[0].indexes[0].where = "years > 20";
    auto const unmarked = migrate::diff(start(), after);
    REQUIRE(unmarked.ambiguous.size() == 1);
    CHECK(unmarked.ambiguous[0] == migrate::possible_rename{{"", "people"}, {}, "age", "years"});

    migrate::diff_options options;
    options.columns = {{{"", "people"}, "age", "years"}};
    auto const renamed = migrate::diff(start(), after, options);
    CHECK(renamed.ambiguous.empty());
    REQUIRE(renamed.altered.size() == 1);
    REQUIRE(renamed.altered[0].columns.size() == 1);
    CHECK(renamed.altered[0].columns[0].before->name == "age");
    CHECK(renamed.altered[0].columns[0].after->name == "years");
    CHECK(renamed.altered[0].checks.empty());  // the engine renames in them
    CHECK(renamed.altered[0].indexes.empty());
    CHECK(migrate::diff(after, after, options).empty());  // the mark has done its work

    options.columns = {{{"", "people"}, "age", ""}};
    auto const anew = migrate::diff(start(), after, options);
    CHECK(anew.ambiguous.empty());
    CHECK(anew.altered[0].columns.size() == 2);
}

TEST_CASE("diff: a renamed table takes along what refers to it") {
    auto after = start();
    after.tables[0].name.name = "persons";
    after.tables[1].references[0].other.name = "persons";
    auto const unmarked = migrate::diff(start(), after);
    REQUIRE(unmarked.ambiguous.size() == 1);
    CHECK(unmarked.ambiguous[0] ==
          migrate::possible_rename{{"", "people"}, {"", "persons"}, {}, {}});
    CHECK(unmarked.dropped.size() == 1);

    migrate::diff_options options;
    options.tables = {{{"", "people"}, {"", "persons"}}};
    auto const renamed = migrate::diff(start(), after, options);
    CHECK(renamed.ambiguous.empty());
    CHECK(renamed.dropped.empty());
    REQUIRE(renamed.altered.size() == 1);
    CHECK(renamed.altered[0].renamed);
    CHECK(renamed.altered[0].before.name.name == "people");
    CHECK(renamed.altered[0].references.empty());
    CHECK(migrate::diff(after, after, options).empty());
}

TEST_CASE("diff: marks may be chained in any order, but not in a circle") {
    auto before = start(), after = start();
    before.tables[0].columns[1].name = "age";
    before.tables[0].columns[2].name = "years";
    after.tables[0].columns[1].name = "years";
    after.tables[0].columns[2].name = "seasons";
    migrate::diff_options options;
    options.columns = {{{"", "people"}, "age", "years"}, {{"", "people"}, "years", "seasons"}};
    for (int order = 0; order < 2; ++order) {
        auto const chained = migrate::diff(before, after, options);
        CHECK(chained.ambiguous.empty());
        REQUIRE(chained.altered.size() == 1);
        REQUIRE(chained.altered[0].columns.size() == 2);
        for (auto const& each : chained.altered[0].columns) CHECK((each.before && each.after));
        CHECK(migrate::diff(after, after, options).empty());
        std::swap(options.columns[0], options.columns[1]);
    }
    options.columns = {{{"", "people"}, "name", "age"}, {{"", "people"}, "age", "name"}};
    CHECK_THROWS_AS(migrate::diff(start(), start(), options), error);
    options.columns.clear();
    options.tables = {{{"", "people"}, {"", "pets"}}, {{"", "pets"}, {"", "people"}}};
    CHECK_THROWS_AS(migrate::diff(start(), start(), options), error);
}

TEST_CASE("diff: the order of columns counts only when asked for") {
    auto after = start();
    std::swap(after.tables[0].columns[0], after.tables[0].columns[1]);
    CHECK(migrate::diff(start(), after).empty());
    migrate::diff_options options;
    options.order = true;
    auto const found = migrate::diff(start(), after, options);
    REQUIRE(found.altered.size() == 1);
    CHECK(found.altered[0].order);
    after = start();
    after.tables[0].columns.push_back(make_column("last", "text"));
    CHECK_FALSE(migrate::diff(start(), after, options).altered[0].order);
    std::swap(after.tables[0].columns[0], after.tables[0].columns[3]);
    CHECK(migrate::diff(start(), after, options).altered[0].order);
}

TEST_CASE("diff: case does not count on SQLite, and does elsewhere") {
    auto after = start();
    after.tables[0].columns[0] = make_column("ID", "INTEGER");
    after.tables[0].primary->parts[0].column = "Id";
    after.tables[1].name.name = "Pets";
    std::swap(after.tables[0], after.tables[1]);
    after.others[0].on.name = "pets";
    CHECK(migrate::diff(start(), after).empty());
    auto before = start();
    before.engine = after.engine = catalog::engine::postgresql;
    CHECK_FALSE(migrate::diff(before, after).empty());
}

TEST_CASE("diff: schemas of two engines are refused") {
    auto after = start();
    after.engine = catalog::engine::mysql;
    try {
        (void)migrate::diff(start(), after);
        FAIL("accepted");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_argument);
    }
}
