// SPDX-License-Identifier: BSL-1.0
#include "migrate/engine_support.hpp"

#include <relata/migrate/snapshot.hpp>

#include <catch2/catch.hpp>

#include <relata/relata.hpp>

using namespace relata;

namespace {

std::string tables_in_a_chain(int count) {
    std::string text;
    for (int i = 0; i < count; ++i) {
        auto const name = "chain_" + std::to_string(i);
        text += "create table " + name + " (id integer not null primary key, label varchar(40) " +
                "not null, before_id integer";
        if (i > 0)
            text += ", foreign key (before_id) references chain_" + std::to_string(i - 1) + " (id)";
        text += ");\ncreate index " + name + "_label on " + name + " (label);\n";
    }
    return text;
}

// Statements that inspect() runs.
int statements_for(int tables) {
    auto const url = test::support().make(1);
    test::run(url, {tables_in_a_chain(tables)});
    int count = 0;
    auto opened = open(url);
    opened.on_statement([](void* to, statement_event const&) { ++*static_cast<int*>(to); }, &count);
    auto connection = opened.connect();
    count = 0;
    CHECK(migrate::inspect(connection).tables.size() == static_cast<std::size_t>(tables));
    return count;
}

}  // namespace

TEST_CASE("round trip: inspect, create, inspect gives the same schema, also in the engine's eyes") {
    auto const files = test::schema_files();
    CHECK(files.size() >= 10);
    for (auto const& file : files) {
        INFO(file.string());
        auto const first = test::support().make(1);
        test::support().load(first, file);
        auto const found = test::inspect(first);
        CHECK_FALSE(found.tables.empty());
        auto const second = test::support().make(2);
        test::run(second, migrate::create_statements(found));
        CHECK(test::difference(migrate::to_json(found), migrate::to_json(test::inspect(second))) ==
              "");
        CHECK(test::difference(test::support().dump(first), test::support().dump(second)) == "");
    }
}

TEST_CASE("inspect: an empty database has nothing") {
    auto const found = test::inspect(test::support().make(1));
    CHECK(found.tables.empty());
    CHECK(found.views.empty());
    CHECK(found.others.empty());
    CHECK(migrate::create_statements(found).empty());
}

TEST_CASE("inspect: 300 tables take as many statements as 3") {
    auto const few = statements_for(3);
    CHECK(few > 0);
    CHECK(statements_for(300) == few);
}
