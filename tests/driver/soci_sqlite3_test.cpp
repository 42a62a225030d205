// SPDX-License-Identifier: BSL-1.0
#include "soci_support.hpp"

using namespace driver_tests;

TEST_CASE("soci+sqlite3: every kind of value comes back as it went") {
    auto const c = connect_soci("sqlite3", ":memory:");
    CHECK(column<std::int64_t>(*c, "SELECT ?", INT64_MIN) == std::vector{INT64_MIN});
    CHECK(column<double>(*c, "SELECT ?", 0.1 + 0.2) == std::vector{0.1 + 0.2});
    CHECK(column<std::string>(*c, "SELECT ?", std::string("ä😀'\"")) ==
          std::vector<std::string>{"ä😀'\""});
}
