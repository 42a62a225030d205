// SPDX-License-Identifier: BSL-1.0
// Somebody writes into a table while a plan for tables in use changes it. That a row was written meanwhile, and
// not before or after it, is told by the server: the statement does its main work before and after that row.
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/relata.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <future>

using namespace relata;

namespace {

struct written {
    std::int64_t meanwhile = 0;
    std::int64_t all = 0;
};

std::string const columns = "id int primary key auto_increment, a int, b varchar(100)";

// A table of 2 to the power of `doublings` rows.
std::string table_of(int doublings) {
    auto const url = test::filled("create table t (" + columns + "); insert into t (a, b) values " +
                                  "(1, repeat('b', 100))");
    test::run(url, std::vector<std::string>(static_cast<std::size_t>(doublings),
                                            "insert into t (a, b) select a + 1, b from t"));
    return url;
}

// Whether the statement is where it reads or writes the rows, with `state` the server's word for that.
bool is_at_work(database const& db, char const* state) {
    return db.one(sql_query<row<std::int64_t>>(
                      unsafe_sql("select count(*) from information_schema.processlist where info "
                                 "like 'ALTER TABLE%' and "
                                 "db = database() and state = '" +
                                 std::string(state) + "'")))
               .m0 > 0;
}

// Inserts row after row until the steps are done.
written write_during(std::string const& url, std::vector<migrate::step> const& steps,
                     char const* state) {
    auto const db = open(url);
    written out;
    auto altered = std::async(std::launch::async, [&] { test::apply(url, steps); });
    while (altered.wait_for(std::chrono::seconds(0)) != std::future_status::ready) {
        bool const before = is_at_work(db, state);
        db.script("insert into t (a, b) values (0, 'meanwhile')");
        ++out.all;
        if (before && is_at_work(db, state)) ++out.meanwhile;
    }
    altered.get();
    return out;
}

// Larger tables until a row was written meanwhile, however fast the server is. \param by_key how to count rows
written write_while_changing_into(std::string const& table, std::string const& by_key = {}) {
    written out;
    for (int doublings = 14; doublings <= 21 && out.meanwhile == 0; ++doublings) {
        auto const url = table_of(doublings);
        auto const wanted = test::schema_of("create table t (" + table + ")");
        auto const steps = migrate::plan(migrate::diff(test::inspect(url), wanted), {true});
        REQUIRE(steps.size() == 1);
        CHECK(steps[0].impact == "");
        out = write_during(url, steps, "altering table");
        CHECK(migrate::diff(test::inspect(url), wanted).empty());
        CHECK(test::rows(url, "select concat(count(*)) from t" + by_key + " where b > ''") ==
              std::to_string((1 << doublings) + out.all));
        CHECK(test::rows(url, "select concat(count(*)) from t where b = 'meanwhile'") ==
              std::to_string(out.all));
    }
    return out;
}

}  // namespace

TEST_CASE("MySQL plans: online, rows are written while an index is filled", "[threads]") {
    if (!test::on("mysql")) return;
    CHECK(write_while_changing_into(columns + ", key k (b, a)", " force index (k)").meanwhile > 0);
}

TEST_CASE("MySQL plans: online, rows are written while all rows are written anew", "[threads]") {
    if (!test::on("mysql")) return;
    auto const table = "id int primary key auto_increment, a int not null, b varchar(100)";
    CHECK(write_while_changing_into(table).meanwhile > 0);
}

TEST_CASE("MySQL plans: online, writers wait where the plan says so", "[threads]") {
    if (!test::on("mysql")) return;
    auto const url = table_of(16);
    auto const wanted = test::schema_of(
        "create table t (id int primary key auto_increment, a bigint, b varchar(100))");
    auto const steps = migrate::plan(migrate::diff(test::inspect(url), wanted), {true});
    REQUIRE(steps.size() == 1);
    CHECK(steps[0].impact.starts_with("writers wait"));
    auto const seen = write_during(url, steps, "copy to tmp table");
    CHECK(seen.meanwhile == 0);
    CHECK(test::rows(url, "select concat(count(*)) from t") ==
          std::to_string((1 << 16) + seen.all));
}
