// SPDX-License-Identifier: BSL-1.0

#include <catch2/catch.hpp>

#include "database/back_end.hpp"
#include "migrate/engine_support.hpp"
#include "migrate/move/copy.hpp"
#include "move/databases.hpp"

#include <relata/migrate/describe.hpp>

using namespace relata;
using namespace test;
using migrate::move_report;

namespace {

std::vector<std::string> digests(move_report const& of) {
    std::vector<std::string> out;
    for (auto const& t : of.tables)
        out.push_back(t.table + " " + std::to_string(t.rows) + " " + t.digest);
    return out;
}

// The schema without what it has besides tables.
schema::catalog::schema tables_of(std::string const& url) { return inspect(url); }

std::string differences_text(std::string const& a, std::string const& b) {
    std::string out;
    for (auto const& d : migrate::differences(migrate::diff(tables_of(a), tables_of(b))))
        out += d.thing + " " + d.name + " " + d.detail + "\n";
    return out;
}

}  // namespace

TEST_CASE("move: another engine has the same values, keys, rules and counters") {
    for (auto const& engine : other_engines()) {
        INFO("to " << engine);
        auto const source = empty_database(1);
        auto const target = empty_database(engine, 2);
        auto const from = open(source);
        fill(from, visits);
        auto const there = moved(source, target);
        REQUIRE(there.tables.size() == 6);
        auto const to = open(target);
        check_same_objects(from, to);
        CHECK(to.insert(everything{}).id == 5);
        CHECK_THROWS_AS(to.insert(place{text<20>("c"), 1, text<20>("c"), 2, 0}), error);
        CHECK_THROWS_AS(to.insert(place{text<20>("c"), 1, {}, {}, -1}), error);
        CHECK_THROWS_AS(to.insert(visit{0, text<20>("a"), 1, text<30>("visit 0")}), error);
        CHECK(to.find<visit>(1).has_value());
        to.script("insert into wares (id) values (1)");
        CHECK(to.find<ware>(1).value().price == "1.50"_dec);
        CHECK_THROWS_AS(to.insert(ware{2, "0.49"_dec}), error);
    }
}

TEST_CASE("move: there and back again gives the same schema and the same digests") {
    for (auto const& engine : other_engines()) {
        INFO("by " << engine);
        auto const source = empty_database(1);
        auto const middle = empty_database(engine, 2);
        auto const back = empty_database(3);
        fill(open(source), 100);
        auto const first = moved(source, middle);
        auto const second = moved(middle, back);
        CHECK(digests(first) == digests(second));
        CHECK(differences_text(source, back) == "");
    }
}

TEST_CASE("move: a schema of PostgreSQL can be the target, and the source") {
    for (auto const& engine : other_engines()) {
        if (engine != "postgresql") continue;
        auto const shared = empty_database(engine, 2);
        open(shared).script("create schema tenant");
        auto const in_schema =
            shared + (shared.find('?') == shared.npos ? '?' : '&') + "search_path=tenant";
        auto const source = empty_database(1);
        auto const back = empty_database(3);
        fill(open(source), 100);
        auto const first = moved(source, in_schema);
        CHECK(inspect(in_schema).tables.size() == 6);
        for (auto const& t : inspect(shared).tables) CHECK(t.name.space == "tenant");
        CHECK(digests(first) == digests(moved(in_schema, back)));
        CHECK(differences_text(source, back) == "");
    }
}

TEST_CASE("move: a database of the same engine can be the target") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    fill(open(source), 10);
    moved(source, target);
    CHECK(differences_text(source, target) == "");
}

TEST_CASE("move: a plan writes nothing") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    fill(open(source), 1);
    auto const planned = migrate::plan_move(open(source), open(target), usual());
    CHECK(planned.refused.empty());
    CHECK(planned.statements.size() >= 5);
    CHECK(planned.tables.empty());
    CHECK(inspect(target).tables.empty());
}

TEST_CASE("move: NULL and empty, and values side by side, have digests of their own") {
    using migrate::moving::append_canonical;
    auto const text_of = [](std::vector<std::optional<std::string>> const& cells) {
        std::string out;
        for (auto const& cell : cells)
            append_canonical(out,
                             relata::detail::element(type_of<std::optional<std::string>>, &cell));
        return out;
    };
    CHECK(text_of({std::nullopt}) != text_of({""}));
    CHECK(text_of({"ab", "c"}) != text_of({"a", "bc"}));
    CHECK(text_of({"-"}) != text_of({std::nullopt}));
}
