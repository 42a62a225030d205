// SPDX-License-Identifier: BSL-1.0
#include "conformance/program.hpp"

#include "conformance/case.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace relata::conformance;

TEST_CASE("conformance kit: every case that a group promises is there") {
    for (auto const& group : all_groups())
        for (unsigned i = 1; i <= group.cases; ++i) {
            auto const id = std::string(group.prefix) + (i < 10 ? "-0" : "-") + std::to_string(i);
            bool found = false;
            for (auto const* each : all_cases()) found |= each->id == id;
            INFO(id);
            CHECK(found);
        }
}

// To mend: relata-conformance --list --report md --out docs/reference/conformance.md
TEST_CASE("conformance kit: the page of the reference is made of the cases") {
    auto const got = kit_tests::run_kit({"--list", "--report", "md"});
    CHECK(got.code == 0);
    std::ifstream in(std::string(RELATA_SOURCE_FOLDER) + "/docs/reference/conformance.md");
    std::string const page{std::istreambuf_iterator<char>(in), {}};
    bool const same = page == got.output;
    CHECK(same);
}
