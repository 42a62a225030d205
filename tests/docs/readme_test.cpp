// SPDX-License-Identifier: BSL-1.0
// The SQL that README.md shows is what its query becomes.

#include "docs/music.hpp"

#include <relata/dialect/dialect.hpp>

#include <catch2/catch.hpp>

#include <fstream>

using namespace relata;

namespace {

// The block of SQL, with one space for each line's end.
std::string documented_sql() {
    std::ifstream in(std::string(RELATA_SOURCE_FOLDER) + "/README.md");
    REQUIRE(in);
    std::string text;
    bool inside = false;
    for (std::string line; std::getline(in, line);) {
        if (inside && line == "```") return text;
        if (inside) text += (text.empty() ? "" : " ") + line;
        if (line == "```sql") inside = true;
    }
    FAIL("README.md has no block of SQL");
    return text;
}

}  // namespace

TEST_CASE("docs: the SQL of the README is what its query becomes", "[docs]") {
    auto const query = from<album>()
                           .join<artist>()
                           .where(col<&album::price> < 15 && col<&artist::name>.starts_with("John"))
                           .order_by(col<&album::title>)
                           .select(col<&album::title>, col<&artist::name>, col<&album::price>);
    using shape = decltype(query)::query_shape;
    CHECK(dialect::to_sql({&sql::node_of<shape>, query.values(), query.param_count},
                          dialect::dialect_for(dialect::family::postgresql, 150000)) ==
          documented_sql());
}
