// SPDX-License-Identifier: BSL-1.0
// The code of docs/how-to/move-to-another-engine.md.

#include <catch2/catch.hpp>

#include "move/databases.hpp"

#include <iostream>
#include <sstream>

namespace {

struct to_text {
    std::ostringstream text;
    std::streambuf* before = std::cout.rdbuf(text.rdbuf());
    to_text() = default;
    to_text(to_text const&) = delete;
    to_text& operator=(to_text const&) = delete;
    ~to_text() { std::cout.rdbuf(before); }
};

// [look]
// What would be made there, and what cannot be.
bool look(relata::database const& from, relata::database const& to,
          relata::migrate::move_options const& options) {
    auto const planned = relata::migrate::plan_move(from, to, options);
    for (auto const& each : planned.refused)
        std::cout << "refused " << each.name << ": " << each.why << '\n';
    for (auto const& each : planned.notes)
        std::cout << "note " << each.name << ": " << each.why << '\n';
    return planned.refused.empty();
}
// [look end]

// [observer]
struct on_screen : relata::migrate::move_observer {
    void rows_moved(std::string const& table, std::int64_t done, std::int64_t) override {
        std::cout << table << ": " << done << " rows\n";
    }
};
// [observer end]

}  // namespace

TEST_CASE("how to move: to another engine") {
    auto const source_url = test::empty_database(1);
    auto const target_url = test::empty_database(2);
    auto const from = relata::open(source_url);
    auto const to = relata::open(target_url);
    from.script("create table albums (id integer not null primary key, price decimal(10, 2))");
    from.script("insert into albums values (1, 19.5), (2, null)");
    from.script("create view prices as select price from albums");
    to_text out;

    // [options]
    relata::migrate::move_options options;
    options.columns = {{"albums", "price", "float64"}};
    options.leave_out = {"view:prices"};
    // [options end]
    CHECK_FALSE(look(from, to, {}));
    CHECK(out.text.str().find("refused view:prices: ") != std::string::npos);
    CHECK(look(from, to, options));

    // [move]
    on_screen progress;
    options.observer = &progress;
    auto const report = relata::migrate::move(from, to, options);
    for (auto const& each : report.tables)
        std::cout << each.table << ": " << each.rows << " rows, digest " << each.digest << '\n';
    // [move end]
    CHECK(out.text.str().find("albums: 2 rows, digest ") != std::string::npos);
}
