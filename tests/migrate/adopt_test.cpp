// SPDX-License-Identifier: BSL-1.0
// Structs over a database that others made: only what somebody changes in them is changed in it.
#include "migrate/generate/draft.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/describe.hpp>
#include <relata/migrate/generate.hpp>

#include <catch2/catch.hpp>

#include <algorithm>

using namespace relata;
namespace catalog = relata::schema::catalog;

namespace {

// With types, names and things that create_tables would not make.
std::string foreign() {
    if (test::on("sqlite"))
        return "create table makers (id integer primary key, name varchar(20) unique);"
               "create table goods (id integer primary key, maker int references makers (id), "
               "price numeric(9, 2) not null default 1, note varchar(40) collate nocase, "
               "twice int as (price * 2));"
               "create index cheap on goods (price) where price < 5;"
               "create view names as select name from makers;"
               "insert into makers values (1, 'm'); insert into goods (id, maker, note) values (1, "
               "1, 'n');";
    std::string const tables =
        "create table makers (id int primary key, name varchar(20), constraint one_name unique "
        "(name));"
        "create table goods (id int primary key, maker int, price numeric(9, 3) not null default "
        "1, "
        "note char(40), twice numeric(9, 3) generated always as (price * 2) stored, "
        "constraint made foreign key (maker) references makers (id));"
        "create view names as select name from makers;"
        "insert into makers values (1, 'm'); insert into goods (id, maker, note) values (1, 1, "
        "'n');";
    return tables + (test::on("postgresql")
                         ? "create index cheap on goods (price desc) where price < 5;"
                         : "create index cheap on goods (price desc);");
}

// What create_tables makes of the structs that are generated from it.
catalog::schema models_of(catalog::schema const& there) {
    return migrate::generate::made_schema(there, migrate::generate::make_draft(there));
}
catalog::table& table_of(catalog::schema& in, char const* name) {
    return *std::ranges::find(in.tables, catalog::object_name{"", name}, &catalog::table::name);
}
catalog::column& column_of(catalog::table& in, char const* name) {
    return *std::ranges::find(in.columns, name, &catalog::column::name);
}

// The differences that the models make to the database, a line for each, which are carried out.
template <class Change> std::string made_by(Change const& change) {
    auto const url = test::filled(foreign());
    auto const there = test::inspect(url);
    auto models = models_of(there);
    REQUIRE(!(models == there));
    change(models);
    auto const wanted = migrate::adopt(there, models);
    std::string all;
    for (auto const& each : migrate::differences(test::diff_without_renames(there, wanted)))
        all += each.thing + ' ' + each.name + '\n';
    test::change_into(url, wanted);
    CHECK(test::inspect(url).views.size() == 1);
    CHECK(test::rows(url, "select cast(maker as char(1)) from goods") == "1");
    return all;
}

}  // namespace

TEST_CASE("adopt: models that fit a database change nothing in it") {
    CHECK(made_by([](auto&) {}) == "");
}

TEST_CASE("adopt: a change of the models changes that only") {
    CHECK(made_by([](auto& models) {
              auto colour = column_of(table_of(models, "makers"), "name");
              colour.name = "colour";
              table_of(models, "goods").columns.push_back(colour);
          }) == "column goods.colour\n");
    CHECK(made_by([](auto& models) {
              std::erase_if(table_of(models, "goods").columns,
                            [](auto const& c) { return c.name == "note"; });
              std::erase_if(table_of(models, "goods").checks, [](auto const& c) {
                  return c.condition.find("note") != std::string::npos;
              });
          }) == "column goods.note\n");
    CHECK(made_by([](auto& models) {
              column_of(table_of(models, "goods"), "maker").nullable = false;
          }) == "column goods.maker\n");
    auto const unique = made_by([](auto& models) {
        table_of(models, "makers").uniques.clear();
        table_of(models, "makers").indexes.clear();
    });
    INFO(unique);
    CHECK(unique.starts_with("unique key makers"));
    CHECK(std::ranges::count(unique, '\n') == 1);
    auto const reference =
        made_by([](auto& models) { table_of(models, "goods").references.clear(); });
    INFO(reference);
    CHECK(reference.starts_with("foreign key goods"));
    CHECK(made_by([](auto& models) {
              auto more = table_of(models, "makers");
              more.name.name = "sellers";
              more.uniques.clear();
              more.indexes.clear();
              more.checks.clear();
              if (more.primary && !more.primary->name.empty()) more.primary->name = "sellers_pkey";
              models.tables.push_back(more);
          }) == "table sellers\n");
}

TEST_CASE("adopt: names that are the same to the engine stay as they are") {
    if (!test::on("sqlite")) return;  // elsewhere they are others to a difference
    CHECK(made_by([](auto& models) {
              table_of(models, "goods").name.name = "GOODS";
              for (auto const* name : {"maker", "price"}) {
                  auto& each = column_of(table_of(models, "GOODS"), name);
                  each.nullable = false;
                  each.name[0] = static_cast<char>(each.name[0] & ~0x20);
              }
          }) == "column goods.maker\n");
}

TEST_CASE("adopt: what structs cannot be written from is changed if they describe it") {
    CHECK(made_by([](auto& models) {
              auto twice = column_of(table_of(models, "goods"), "price");
              twice.name = "twice";
              table_of(models, "goods").columns.push_back(twice);
          }) == "column goods.twice\n");
}

TEST_CASE("adopt: a renamed member renames the column") {
    for (bool const marked : {true, false}) {
        auto const url = test::filled(foreign());
        auto const there = test::inspect(url);
        auto models = models_of(there);
        auto& goods = table_of(models, "goods");
        column_of(goods, "note").name = "title";
        std::erase_if(goods.checks,
                      [](auto const& c) { return c.condition.find("note") != std::string::npos; });
        if (marked) column_of(goods, "title").comment = "relata:renamed from=note";
        auto const wanted = migrate::adopt(there, models);
        migrate::diff_options told;
        if (!marked) {
            CHECK(!migrate::diff(there, wanted).ambiguous.empty());
            told.columns = {{{"", "goods"}, "note", "title"}};
        }
        auto const changes = migrate::diff(there, wanted, told);
        REQUIRE(changes.altered.size() == 1);
        REQUIRE(changes.altered[0].columns.size() == 1);
        auto const& column = changes.altered[0].columns[0];
        REQUIRE(column.before);
        REQUIRE(column.after);
        CHECK(column.after->name == "title");
        CHECK(column.after->type == column.before->type);
        test::change_into(url, wanted, told);
        CHECK(test::rows(url, "select trim(title) from goods") == "n");
    }
}

TEST_CASE("adopt: a renamed struct renames the table, and what refers to it follows") {
    auto const url = test::filled(foreign());
    auto const there = test::inspect(url);
    auto models = models_of(there);
    auto& sellers = table_of(models, "makers");
    sellers.name.name = "sellers";
    sellers.comment = "relata:renamed from=makers";
    for (auto& each : table_of(models, "goods").references) each.other.name = "sellers";
    std::ranges::sort(models.tables, {}, &catalog::table::name);
    auto wanted = migrate::adopt(there, models);
    wanted.views.clear();
    auto const changes = migrate::diff(there, wanted);
    REQUIRE(changes.ambiguous.empty());
    CHECK(changes.created.empty());
    CHECK(changes.dropped.empty());
    test::change_into(url, wanted);
    CHECK(test::rows(url, "select name from sellers") == "m");
}
