// SPDX-License-Identifier: BSL-1.0
// The program that adds migrations to the example shop, in a copy of the shop's folder.

#include "../../examples/shop/tables.hpp"
#include "migrate/engine_support.hpp"
#include "migrate/folder_support.hpp"

#include <catch2/catch.hpp>
#include <relata/migrate/apply.hpp>
#include <relata/migrate/describe.hpp>

#include <sys/wait.h>

#include <cstdlib>
#include <filesystem>

using namespace relata;
using Catch::Contains;

namespace {

constexpr char shops_own[] = RELATA_SOURCE_FOLDER "/examples/shop/migrations";

// The program finds the shop beside the folder in which it is run.
struct copy_of_shop {
    copy_of_shop() {
        files.write("program/.out", "");
        std::filesystem::create_directories(migrations());
    }
    [[nodiscard]] std::string migrations() const { return files.path() + "/shop/migrations"; }
    /// Its exit code; what it says is in `told`.
    int run(std::string const& arguments) {
        auto const code =
            std::system(("cd '" + files.path() + "/program' && " RELATA_SHOP_MIGRATION " " +
                         arguments + " >.out 2>&1 </dev/null")
                            .c_str());
        told = test::content(files.path() + "/program/.out");
        return WEXITSTATUS(code);
    }
    test::scratch_folder files;
    std::string told = {};
};

std::string quoted_url(int number) { return "'" + test::support().make(number) + "'"; }

}  // namespace

TEST_CASE("shop_migration: the shop's migrations need no further one") {
    copy_of_shop shop;
    std::filesystem::copy(shops_own, shop.migrations(), std::filesystem::copy_options::recursive);
    CHECK(shop.run("more " + quoted_url(1)) == 0);
    CHECK(shop.told == "nothing to do: the migrations lead to these structs\n");
    CHECK(migrate::read_folder(shop.migrations()).migrations.size() ==
          migrate::read_folder(shops_own).migrations.size());
}

TEST_CASE("shop_migration: the first one leads to the tables of the structs") {
    copy_of_shop shop;
    REQUIRE(shop.run("first " + quoted_url(1)) == 0);
    auto const folder = migrate::read_folder(shop.migrations());
    REQUIRE(folder.migrations.size() == 1);
    CHECK(shop.told == folder.migrations[0].id + "\n");
    auto const url = test::support().make(1);
    migrate::verify(open(url), folder);
    migrate::scratch scratch(test::support().make(2));
    scratch.make(shop::all_tables());
    CHECK(migrate::diff(test::inspect(url), scratch.inspect()).empty());
}

TEST_CASE("shop_migration: what it cannot do it says") {
    copy_of_shop shop;
    CHECK(shop.run("first") == 64);
    CHECK_THAT(shop.told, Contains("usage: shop_migration NAME URL..."));
    auto const url = test::support().make(1);
    test::run(url, {"create table mine (id integer)"});
    CHECK(shop.run("first '" + url + "'") == 1);
    CHECK_THAT(shop.told, Contains("is not empty"));
    CHECK(migrate::read_folder(shop.migrations()).migrations.empty());
}
