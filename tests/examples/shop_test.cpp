// SPDX-License-Identifier: BSL-1.0
// The migrations of the example shop.

#include "../../examples/shop/tables.hpp"
#include "migrate/engine_support.hpp"

#include <catch2/catch.hpp>
#include <relata/migrate/apply.hpp>
#include <relata/migrate/describe.hpp>

using namespace relata;

TEST_CASE("shop: the migrations lead to what the structs ask for") {
    auto const folder = migrate::read_folder(RELATA_SOURCE_FOLDER "/examples/shop/migrations");
    auto const url = test::support().make(1);
    migrate::verify(open(url), folder);
    migrate::scratch scratch(test::support().make(2));
    scratch.make(shop::all_tables());
    std::string differences;
    for (auto const& d : migrate::differences(migrate::diff(test::inspect(url), scratch.inspect())))
        differences += d.thing + " " + d.name + " " + d.detail + "\n";
    CHECK(differences == "");
}
