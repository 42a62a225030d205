// SPDX-License-Identifier: BSL-1.0
// docs/reference/lint-rules.md is written from the rules; RELATA_WRITE_PAGES=1 writes it anew.
#include "migrate/engine_support.hpp"

#include <relata/migrate/lint.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>

TEST_CASE("lint: the page of the rules is the one that the rules give") {
    std::filesystem::path const page =
        std::filesystem::path(RELATA_SOURCE_FOLDER) / "docs/reference/lint-rules.md";
    if (std::getenv("RELATA_WRITE_PAGES"))
        std::ofstream(page, std::ios::binary) << relata::migrate::lint_page();
    CHECK(test::difference(test::content(page), relata::migrate::lint_page()) == "");
}
