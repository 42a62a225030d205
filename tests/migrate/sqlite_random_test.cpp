// SPDX-License-Identifier: BSL-1.0
#include "migrate/plan_support.hpp"
#include "migrate/random_schema.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
namespace catalog = relata::schema::catalog;

namespace {

using values = std::vector<std::pair<std::string, std::string>>;  // of each column

std::string quoted(std::string const& name) {
    std::string text = "\"";
    for (char const c : name) text.append(c == '"' ? 2 : 1, c);
    return text + "\"";
}

// All values of the columns that are of one type in both schemas.
values common_values(std::string const& url, catalog::schema const& a, catalog::schema const& b) {
    values all;
    auto const opened = open(url);
    for (auto const& table : a.tables)
        for (auto const& column : table.columns) {
            auto const* other = test::find_column(b, table.name, column.name);
            if (!other || other->type != column.type) continue;
            if (column.computed != catalog::computed::none ||
                other->computed != catalog::computed::none)
                continue;
            auto const query = "select coalesce(group_concat(quote(v)), '') from (select " +
                               quoted(column.name) + " as v from " + quoted(table.name.name) +
                               " order by id)";
            all.emplace_back(table.name.name + "." + column.name,
                             opened.one(sql_query<std::string>(unsafe_sql(query))).m0);
        }
    return all;
}

// What referred to a table that is gone would refer to none if the table came back without rows.
void forget_references(std::string const& url, catalog::schema const& in) {
    std::vector<std::string> statements{"pragma foreign_keys = off"};
    for (auto const& table : in.tables)
        for (auto const& column : table.columns)
            if (column.name.starts_with("to_"))
                statements.push_back("update " + quoted(table.name.name) + " set " +
                                     quoted(column.name) + " = null");
    test::run(url, statements);
}

catalog::schema as_spelled(catalog::schema const& wanted, std::string& picture) {
    auto const url = test::support().make(2);
    test::run(url, migrate::create_statements(wanted));
    picture = test::support().dump(url);
    return test::inspect(url);
}

}  // namespace

TEST_CASE("SQLite plans: random schemas into each other and back, rows kept") {
    if (!test::on("sqlite")) return;
    std::size_t compared = 0;
    auto const first_seed = test::first_pair();
    for (int seed = first_seed; seed < first_seed + test::random_pairs(); ++seed) {
        INFO("seed " << seed);
        test::random_schema source(static_cast<unsigned>(seed));
        std::string first_picture;
        std::string second_picture;
        auto const first = as_spelled(source.next(), first_picture);
        auto const second = as_spelled(source.next(), second_picture);
        auto const url = test::support().make(1);
        test::run(url, migrate::create_statements(first));
        test::run(url, test::random_schema::rows(first));
        migrate::diff_options options;
        options.order = seed % 2 == 0;
        auto const before = common_values(url, first, second);
        compared += before.size();
        test::change_into(url, second, options);
        CHECK(common_values(url, first, second) == before);
        if (options.order) CHECK(test::difference(second_picture, test::support().dump(url)) == "");
        forget_references(url, second);
        test::change_into(url, first, options);
        if (options.order) CHECK(test::difference(first_picture, test::support().dump(url)) == "");
    }
    CHECK(compared > static_cast<std::size_t>(test::random_pairs()));
}
