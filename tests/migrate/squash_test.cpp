// SPDX-License-Identifier: BSL-1.0
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/squash.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::migrate;
using Catch::Contains;
using test::refusal, test::told;

TEST_CASE("squash: one migration in place of several, and databases that have them") {
    auto const files = test::shop_folder();
    auto const before = read_folder(files.path());
    auto const id = [&](std::size_t i) { return before.migrations[i].id; };
    auto const url = test::support().make(1);
    auto const half = test::support().make(2);
    (void)apply(open(url), before);
    apply_options options;
    options.to = id(0);
    (void)apply(open(half), before, options);
    auto const wanted = test::inspect(url);

    auto const scratch = test::support().make(3);
    auto const after = squash(files.path(), id(0), id(1), "start", {open(scratch)});
    REQUIRE(after.migrations.size() == 2);
    CHECK(after.migrations[0].id == id(1).substr(0, 15) + "start");
    CHECK(after.migrations[0].replaces == std::vector<std::string>{id(0), id(1)});
    CHECK(after.migrations[1].id == id(2));
    CHECK(test::inspect(scratch).tables.empty());
    CHECK(read_folder(files.path()).migrations == after.migrations);

    CHECK(apply(open(url), after).empty());
    CHECK_THAT(told(history(open(url))), Contains("start applied") && Contains("labels applied") &&
                                             !Contains("goods") && !Contains("orders"));
    CHECK_THAT(
        refusal(error_kind::migration_folder_invalid, [&] { (void)apply(open(half), after); }),
        Contains("only some are applied here"));
    CHECK(apply(open(scratch), after).size() == 2);
    CHECK(test::inspect(scratch) == wanted);

    (void)squash(files.path(), after.migrations[0].id, id(2), "all",
                 {open(test::support().make(3))});
    CHECK(apply(open(url), read_folder(files.path())).empty());
    CHECK(history(open(url)).size() == 1);
}

TEST_CASE("squash: statements on rows are kept") {
    test::scratch_folder files;
    test::add_text(files, "a", "create table a (x int);\ninsert into a values (1);");
    test::add_text(files, "b", "insert into a values (2);");
    auto const before = read_folder(files.path()).migrations;
    auto const url = test::support().make(1);
    auto const made =
        squash(files.path(), before[0].id, before[1].id, "both", {open(test::support().make(2))});
    CHECK(apply(open(url), made).size() == 1);
    CHECK(test::rows(url, "select cast(count(*) as char(1)) from a") == "2");
}

TEST_CASE("squash: what cannot be proved leaves the folder as it was") {
    auto const files = test::shop_folder();
    auto const before = read_folder(files.path());
    auto const names = files.files();
    auto const refused = [&](std::string const& first, std::string const& last,
                             std::vector<database> const& in) {
        return refusal(error_kind::invalid_argument,
                       [&] { (void)squash(files.path(), first, last, "x", in); });
    };
    auto const& first = before.migrations[0].id;
    auto const& last = before.migrations[1].id;
    CHECK_THAT(refused(first, last, {}), Contains("no empty database to prove them in"));
    CHECK_THAT(refused(last, first, {}), Contains("one after the other"));
    auto const url = test::filled("create table in_use (x int)");
    CHECK_THAT(refused(first, last, {open(url)}), Contains("has something in it"));
    CHECK(test::inspect(url).tables.size() == 1);
    CHECK(files.files() == names);
}
