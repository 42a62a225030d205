// SPDX-License-Identifier: BSL-1.0
// Each rule is seen to fire, to be silent and to be suppressed, with its own examples, which run on the
// engine. Further cases are where a rule could be wrong.
#include "migrate/sql_text.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/lint.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>

using namespace relata;
using migrate::finding;

namespace {

schema::catalog::engine this_engine() {
    static auto const found = test::inspect(test::support().make(1)).engine;
    return found;
}

std::vector<std::string> statements_of(std::string const& sql) {
    std::vector<std::string> all;
    auto const text = migrate::sql_text::read(sql, this_engine());
    for (auto const& each : text.statements) all.emplace_back(each.text());
    return all;
}

std::vector<finding> of_rule(std::vector<finding> const& all, std::string const& rule) {
    std::vector<finding> some;
    std::copy_if(all.begin(), all.end(), std::back_inserter(some),
                 [&](finding const& each) { return each.rule == rule; });
    return some;
}

// What lint finds in a migration that comes after `given`, each run on the engine.
std::vector<finding> lint(std::string const& given, std::string const& sql,
                          migrate::lint_options const& options = {}, bool refused = false) {
    auto const url = test::support().make(1);
    test::run(url, statements_of(given));
    auto const before = test::inspect(url);
    if (refused) CHECK_THROWS(test::run(url, statements_of(sql)));
    else test::run(url, statements_of(sql));
    auto const marks = migrate::renames_in(sql, before.engine);
    return migrate::lint(test::diff_without_renames(before, test::inspect(url), marks), sql,
                         options);
}
std::vector<finding> found_by(std::string const& rule, std::string const& given,
                              std::string const& sql) {
    return of_rule(lint(given, sql), rule);
}

migrate::lint_options options_for(std::string const& rule, bool bad) {
    migrate::lint_options options;
    if (rule == "RL-X06") options.has_down = !bad;
    if (rule == "RL-X07")
        options.earlier = {
            "ALTER TABLE teams ADD COLUMN a INTEGER; ALTER TABLE users ADD COLUMN b INTEGER;"};
    return options;
}

bool runs(std::string const& given, std::string const& sql) {
    auto const url = test::support().make(2);
    try {
        test::run(url, statements_of(given));
        std::vector<migrate::step> steps;
        for (auto const& each : migrate::sql_text::read(sql, this_engine()).statements)
            steps.push_back({std::string(each.text()), each.in_transaction});
        test::apply(url, steps);
    } catch (std::exception const& e) {
        UNSCOPED_INFO(e.what());
        return false;
    }
    return true;
}

// From version 9.0 on MySQL does what RL-M02 says that it does not.
bool makes_references(std::string const& sql) {
    auto const url = test::support().make(1);
    test::run(url, statements_of(sql));
    auto const tables = test::inspect(url).tables;
    return std::any_of(tables.begin(), tables.end(),
                       [](auto const& t) { return !t.references.empty(); });
}

void check_example(migrate::lint_rule const& rule, migrate::lint_example const& example) {
    auto const bad = options_for(rule.id, true);
    auto const found = of_rule(lint(example.given, example.bad, bad, example.refused), rule.id);
    if (rule.id == "RL-M02" && makes_references(example.given + example.bad)) {
        CHECK(found.empty());
        return;
    }
    REQUIRE(!found.empty());
    for (auto const& each : found) {
        CHECK(each.suppressed.empty());
        CHECK(each.severity == rule.severity);
        CHECK(!each.message.empty());
        INFO("safe SQL: " << each.safe_sql);
        CHECK((runs(example.given, each.safe_sql) ||
               runs(example.given + example.bad, each.safe_sql)));
    }
    INFO("safe example: " << example.safe);
    CHECK(of_rule(lint(example.given, example.safe, options_for(rule.id, false)), rule.id).empty());
    if (!rule.design && !example.refused)
        CHECK(of_rule(lint("", example.given + example.bad, bad), rule.id).empty());
    if (rule.id == "RL-X08") return;
    auto const mark = "-- relata:nolint " + rule.id + " the tests say so\n";
    auto const suppressed =
        of_rule(lint(example.given, mark + example.bad, bad, example.refused), rule.id);
    REQUIRE(suppressed.size() == found.size());
    CHECK(suppressed[0].suppressed == "the tests say so");
}

}  // namespace

TEST_CASE("lint: each rule finds its bad example, not its safe one, and can be suppressed") {
    CHECK(migrate::lint_rules().size() >= 30);
    int tried = 0;
    std::set<std::string> ids;
    for (auto const& rule : migrate::lint_rules()) {
        INFO(rule.id << " " << rule.title);
        CHECK(ids.insert(rule.id).second);
        CHECK(!rule.examples.empty());
        for (auto const& example : rule.examples) {
            auto const& on = example.engines;
            if (std::find(on.begin(), on.end(), this_engine()) == on.end()) continue;
            check_example(rule, example);
            ++tried;
        }
    }
    CHECK(tried >= 15);
}

TEST_CASE("lint: a finding tells the object and the line") {
    std::string const users =
        "create table users (id integer not null primary key, email varchar(99));";
    auto const found =
        found_by("RL-D02", users, "-- first\n\nalter table users\n  drop column email;");
    REQUIRE(found.size() == 1);
    CHECK(found[0].object == "users.email");
    CHECK(found[0].line == 3);
    CHECK(found[0].safe_sql.find("RENAME COLUMN") != std::string::npos);
}

TEST_CASE("lint: a suppression holds for its object only, and needs a reason") {
    std::string const given =
        "create table t (id integer not null primary key, a integer, b integer);";
    std::string const drops = "alter table t drop column a;\nalter table t drop column b;";
    auto const one = found_by("RL-D02", given, "-- relata:nolint RL-D02:t.a unused\n" + drops);
    REQUIRE(one.size() == 2);
    CHECK(one[0].suppressed == "unused");
    CHECK(one[1].suppressed.empty());
    auto const none = lint(given, "-- relata:nolint RL-D02\n" + drops);
    CHECK(of_rule(none, "RL-D02")[0].suppressed.empty());
    CHECK(of_rule(none, "RL-X08").size() == 1);
    CHECK(of_rule(lint(given, "-- relata:nolint RL-D99 why\n" + drops), "RL-X08").size() == 1);
}

TEST_CASE("lint: a harmless migration gives nothing") {
    std::string const before = test::on("sqlite") ? " strict" : "";
    auto const found = lint(
        "", "create table users (id integer not null primary key, age integer)" + before + ";");
    std::string all;
    for (auto const& each : found)
        all += each.rule + " " + each.object + ": " + each.message + "\n";
    CHECK(all == "");
}

TEST_CASE("lint: the steps of a plan are looked at like a text") {
    auto const before =
        test::schema_of("create table t (id integer not null primary key, a integer)");
    auto const after = test::schema_of("create table t (id integer not null primary key)");
    auto const changes = migrate::diff(before, after);
    auto const found = of_rule(migrate::lint(changes, migrate::plan(changes)), "RL-D02");
    REQUIRE(found.size() == 1);
    CHECK(found[0].object == "t.a");
    CHECK(found[0].line > 0);
}

TEST_CASE("lint: an expression for names that cannot be read is refused") {
    migrate::lint_options options;
    options.names = "[a-z";
    CHECK_THROWS_AS(lint("", "create table t (id integer not null primary key);", options), error);
}
