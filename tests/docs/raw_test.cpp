// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/sql-by-hand.md.

#include "docs/music.hpp"

#include <catch2/catch.hpp>

using namespace relata;

TEST_CASE("docs: SQL by hand", "[docs]") {
    auto db = docs::music();
    // [expression]
    auto const rounded = db.all(from<album>()
                                    .where(raw<"abs(?) > ?", bool>(col<&album::id>, 1))
                                    .order_by(col<&album::id>)
                                    .select(col<&album::title>));
    // [expression end]
    CHECK(rounded.size() == 3);

    // [script]
    db.script("CREATE TABLE scratch (n integer); DROP TABLE scratch;");
    std::string const statement = "DELETE FROM albums";
    db.script(unsafe_sql(statement));
    // [script end]
    CHECK(db.all(from<album>()).empty());
}
