// SPDX-License-Identifier: BSL-1.0
#include "migrate/folder_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/scratch.hpp>

#include <catch2/catch.hpp>

using namespace relata;

namespace marked {

struct user {
    std::int32_t id;
    std::optional<relata::text<20>> handle;
};

}  // namespace marked

template <>
inline constexpr auto relata::table<marked::user> =
    relata::describe<marked::user>("users")
        .key<&marked::user::id>()
        .renamed_from("people")
        .renamed_from<&marked::user::handle>("login \"name\"");

namespace {

// The table users with a column handle and these comments on both, as each engine has comments.
std::string users(std::string const& of_table, std::string const& of_column) {
    if (test::on("sqlite"))
        return "create table users ( -- " + of_table + "\n  id int primary key,\n  /* " +
               of_column + " */\n  handle varchar(20)\n)";
    if (test::on("mysql"))
        return "create table users (id int primary key, handle varchar(20) comment '" + of_column +
               "') comment '" + of_table + "'";
    return "create table users (id int primary key, handle varchar(20)); comment on table users is "
           "'" +
           of_table + "'; comment on column users.handle is '" + of_column + "'";
}

std::string people() {
    return test::filled("create table people (id int primary key, login varchar(20)); insert into "
                        "people values (1, 'ada')");
}

}  // namespace

TEST_CASE("rename marks: a comment says what a table and a column were called") {
    auto const url = people();
    auto const wanted = test::schema_of(
        users("those who log in; relata:renamed from=people", "relata:renamed from=login; a name"));
    auto const changes = migrate::diff(test::inspect(url), wanted);
    CHECK(changes.ambiguous.empty());
    auto const steps = migrate::plan(changes);
    CHECK(test::text(steps).find("relata:") == std::string::npos);
    test::apply(url, steps);
    CHECK(test::rows(url, "select handle from users") == "ada");
    auto const now = test::inspect(url);
    CHECK(migrate::diff(now, wanted).empty());
    CHECK(migrate::diff(wanted, now).empty());
    auto const* const table = now.find({"", "users"});
    REQUIRE(table);
    CHECK(table->comment == (test::on("sqlite") ? "" : "those who log in"));
    CHECK(table->columns[1].comment == (test::on("sqlite") ? "" : "a name"));
}

TEST_CASE("rename marks: a database that has the marks gives the same") {
    auto const marked =
        test::filled(users("relata:renamed from=people", "relata:renamed from=login"));
    auto const start = test::inspect(marked);
    CHECK(migrate::diff(start, test::schema_of(users("", ""))).empty());
    // what is done is not done again
    CHECK(migrate::diff(start, start).empty());
}

TEST_CASE("rename marks: what is told beside them comes first") {
    auto const from = test::inspect(people());
    auto const wanted =
        test::schema_of(users("relata:renamed from=people", "relata:renamed from=login"));
    migrate::diff_options options;
    options.columns = {{{"", "users"}, "login", ""}};
    auto const changes = migrate::diff(from, wanted, options);
    CHECK(changes.ambiguous.empty());
    REQUIRE(changes.altered.size() == 1);
    CHECK(changes.altered[0].columns.size() == 2);
}

TEST_CASE("rename marks: names with spaces, several marks, and marks that are no marks") {
    auto const quoted = test::on("mysql") ? std::string("`an old; name`") : "\"an old; name\"";
    auto const url = test::filled("create table users (id int primary key, " + quoted +
                                  " varchar(20)); insert into users values (1, 'ada')");
    auto const wanted = test::schema_of(
        users("", R"(relata:renamed from=login relata:renamed from="an old; name")"));
    test::change_into(url, wanted);
    CHECK(test::rows(url, "select handle from users") == "ada");

    auto const broken = test::schema_of(users("", "relata:renamed to=login"));
    CHECK(test::refusal(error_kind::invalid_argument, [&] {
              (void)migrate::diff(test::inspect(url), broken);
          }).find("users.handle has a mark that is not understood") != std::string::npos);
}

TEST_CASE("rename marks: SQLite's comments belong to the line they stand in, or to the next one") {
    if (!test::on("sqlite")) return;
    auto const found = test::schema_of("create table t (\n"
                                       "  -- relata:renamed from=one\n"
                                       "  a int, b int, -- relata:renamed from=two, I think\n"
                                       "  c text default '-- relata:renamed from=no', /* x */\n"
                                       "  -- relata:renamed from=nothing\n"
                                       "  unique (a))");
    auto const& columns = found.tables[0].columns;
    CHECK(found.tables[0].comment == "");
    CHECK(columns[0].comment == "relata:renamed from=one");
    CHECK(columns[1].comment == "relata:renamed from=two");
    CHECK(columns[2].comment == "");
}

TEST_CASE("rename marks: a struct says what its table and a member were called") {
    std::string const quote = test::on("mysql") ? "`" : "\"";
    auto const old = quote + (test::on("mysql") ? "login \"name\"" : "login \"\"name\"\"") + quote;
    auto const url = test::filled("create table people (id int primary key, " + old +
                                  " varchar(20)); insert into people values (1, 'ada')");
    migrate::scratch scratch(test::support().make(2));
    scratch.make(migrate::models_of<marked::user>());
    auto const wanted = scratch.inspect();
    CHECK(wanted.find({"", "users"})->comment == "relata:renamed from=\"people\"");
    auto const changes = migrate::diff(test::inspect(url), wanted);
    CHECK(changes.ambiguous.empty());
    auto const steps = migrate::plan(changes);
    CHECK(test::text(steps).find("relata:") == std::string::npos);
    test::apply(url, steps);
    CHECK(test::rows(url, "select handle from users") == "ada");
    // the mark may stay
    CHECK(migrate::diff(test::inspect(url), wanted).empty());
    CHECK(migrate::diff(wanted, test::inspect(url)).empty());
    // … and is gone with the tables
    scratch.clear();
    scratch.run("create table users (id int primary key)");
    CHECK(scratch.inspect().find({"", "users"})->comment.empty());
}
