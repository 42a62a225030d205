// SPDX-License-Identifier: BSL-1.0
#include "migrate/plan_support.hpp"
#include "migrate/random_statements.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <sstream>

using namespace relata;
namespace catalog = relata::schema::catalog;

namespace {

struct made_schema {
    catalog::schema schema;
    std::string picture;
};

// The engine's own picture, without an order: PostgreSQL adds columns at the end only.
std::string unordered(std::string const& picture) {
    std::istringstream in(picture);
    std::vector<std::string> lines;
    for (std::string line; std::getline(in, line);) {
        if (line.ends_with(',')) line.pop_back();
        lines.push_back(line);
    }
    std::sort(lines.begin(), lines.end());
    std::string all;
    for (auto const& line : lines) all += line + '\n';
    return all;
}

made_schema made(std::vector<std::string> const& statements) {
    auto const url = test::support().make(2);
    test::run(url, statements);
    return {test::inspect(url), unordered(test::support().dump(url))};
}

// All values of the columns that are of one type in both schemas.
std::vector<std::string> common_values(std::string const& url, catalog::schema const& a,
                                       catalog::schema const& b) {
    std::vector<std::string> all;
    for (auto const& table : a.tables)
        for (auto const& column : table.columns) {
            auto const* other = test::find_column(b, table.name, column.name);
            if (!other || other->type != column.type) continue;
            if (column.expression != other->expression) continue;
            all.push_back(table.name.name + "." + column.name + ": " +
                          test::rows(url, "select coalesce(cast(" + test::quoted(column.name) +
                                              " as char(20)), 'none') from " +
                                              test::quoted(table.name.name) + " order by id"));
        }
    return all;
}

// What referred to a table that is gone would refer to none if the table came back without rows.
void forget_references(std::string const& url, catalog::schema const& in) {
    std::vector<std::string> statements;
    for (auto const& table : in.tables)
        for (auto const& column : table.columns)
            if (column.name.starts_with("to_"))
                statements.push_back("update " + test::quoted(table.name.name) + " set " +
                                     column.name + " = null");
    test::run(url, statements);
}

}  // namespace

TEST_CASE("server plans: random schemas into each other and back, rows kept") {
    if (test::on("sqlite")) return;
    std::size_t compared = 0;
    auto const first_seed = test::first_pair();
    for (int seed = first_seed; seed < first_seed + test::random_pairs(); ++seed) {
        INFO("seed " << seed);
        test::random_statements source(static_cast<unsigned>(seed));
        auto const statements = source.next();
        auto const rows = source.rows();
        auto const first = made(statements);
        auto const second = made(source.next());
        auto const url = test::support().make(1);
        test::run(url, statements);
        test::run(url, rows);
        auto const before = common_values(url, first.schema, second.schema);
        compared += before.size();
        migrate::plan_options how;
        how.online = seed % 2 == 0;
        test::change_into(url, second.schema, {}, how);
        CHECK(common_values(url, first.schema, second.schema) == before);
        CHECK(test::difference(second.picture, unordered(test::support().dump(url))) == "");
        forget_references(url, second.schema);
        test::change_into(url, first.schema, {}, how);
        CHECK(test::difference(first.picture, unordered(test::support().dump(url))) == "");
    }
    CHECK(compared > static_cast<std::size_t>(test::random_pairs()));
}
