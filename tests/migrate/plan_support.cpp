// SPDX-License-Identifier: BSL-1.0

#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/snapshot.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>

namespace test {

using namespace relata;

namespace {

void run_step(connection& on, migrate::step const& step) {
    try {
        on.script(unsafe_sql(step.text));
    } catch (error const& e) {
        throw std::runtime_error(std::string(e.what()) + "\n" + e.info().native_message + "\n" +
                                 step.text);
    }
}

}  // namespace

void apply(std::string const& url, std::vector<migrate::step> const& steps) {
    auto const opened = open(url);
    auto on = opened.connect();
    if (test::on("sqlite")) on.script("pragma trusted_schema = on");
    std::size_t at = 0;
    while (at < steps.size() && !steps[at].in_transaction) run_step(on, steps[at++]);
    if (at < steps.size()) {
        auto transaction = on.begin();
        while (at < steps.size() && steps[at].in_transaction) run_step(on, steps[at++]);
        transaction.commit();
    }
    while (at < steps.size()) run_step(on, steps[at++]);
}

std::string text(std::vector<migrate::step> const& steps) {
    std::string all;
    for (auto const& each : steps) all += each.text + "\n";
    return all;
}

migrate::schema_change diff_without_renames(schema::catalog::schema const& before,
                                            schema::catalog::schema const& after,
                                            migrate::diff_options options) {
    for (auto const& each : migrate::diff(before, after, options).ambiguous) {
        if (each.column.empty()) options.tables.push_back({each.table, {}});
        else options.columns.push_back({each.table, each.column, ""});
    }
    return migrate::diff(before, after, options);
}

void change_into(std::string const& url, schema::catalog::schema const& wanted,
                 migrate::diff_options const& options, migrate::plan_options const& how) {
    auto const steps = migrate::plan(diff_without_renames(inspect(url), wanted, options), how);
    INFO(text(steps));
    apply(url, steps);
    auto const again = migrate::diff(inspect(url), wanted, options);
    if (!again.empty()) {
        // a plan for what is left shows best what it is
        CHECK(text(migrate::plan(diff_without_renames(inspect(url), wanted))) == "");
    }
    CHECK(again.empty());
}

schema::catalog::schema schema_of(std::string const& statements) {
    auto const url = support().make(3);
    run(url, {statements});
    return inspect(url);
}

std::string filled(std::string const& statements) {
    auto const url = support().make(1);
    run(url, {statements});
    return url;
}

std::string plan_between(std::string const& before, std::string const& after,
                         relata::migrate::diff_options const& options,
                         relata::migrate::plan_options const& how) {
    auto const from = schema_of(before);
    return text(relata::migrate::plan(diff_without_renames(from, schema_of(after), options), how));
}

schema::catalog::column const* find_column(schema::catalog::schema const& in,
                                           schema::catalog::object_name const& table,
                                           std::string const& column) {
    auto const* const found = in.find(table);
    if (!found) return nullptr;
    auto const at = std::find_if(found->columns.begin(), found->columns.end(),
                                 [&](auto const& each) { return each.name == column; });
    return at == found->columns.end() ? nullptr : &*at;
}

namespace {

int number_of(char const* variable, int usual) {
    auto const* const given = std::getenv(variable);
    return given ? std::atoi(given) : usual;
}

}  // namespace

int random_pairs() { return number_of("RELATA_TEST_PAIRS", 50); }
int first_pair() { return number_of("RELATA_TEST_FIRST_PAIR", 1); }

std::string rows(std::string const& url, std::string const& query) {
    auto const opened = relata::open(url);
    std::string all;
    for (auto const& row : opened.all(relata::sql_query<std::string>(relata::unsafe_sql(query))))
        all += (all.empty() ? "" : " ") + row.m0;
    return all;
}

}  // namespace test
