// SPDX-License-Identifier: BSL-1.0

#include <catch2/catch.hpp>

#include "database/back_end.hpp"
#include "migrate/engine_support.hpp"
#include "move/databases.hpp"

#include <sys/wait.h>
#include <unistd.h>

using namespace relata;
using namespace test;

namespace {

// Ends the process, or throws, after some batches of a table.
struct ending : migrate::move_observer {
    ending(std::string name, int many) : table(std::move(name)), batches(many) {}
    std::string table;
    int batches;
    void rows_moved(std::string const& name, std::int64_t, std::int64_t) override {
        if (name == table && --batches == 0) ::_exit(7);
    }
};

struct counting : migrate::move_observer {
    std::vector<std::int64_t> begun, batches;
    void table_started(std::string const& name, std::int64_t done, std::int64_t) override {
        if (name == "visits") begun.push_back(done);
    }
    void rows_moved(std::string const& name, std::int64_t done, std::int64_t) override {
        if (name == "visits") batches.push_back(done);
    }
};

void move_and_die(std::string const& from, std::string const& to, std::string const& table,
                  int batches, std::int64_t batch = 1000) {
    auto const child = ::fork();
    if (child == 0) {
        ending at(table, batches);
        auto options = usual();
        options.observer = &at;
        options.batch = batch;
        try {
            moved(from, to, options);
        } catch (...) {}
        ::_exit(1);
    }
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    REQUIRE(WEXITSTATUS(status) == 7);
}

}  // namespace

TEST_CASE("move: one that was killed goes on at the last batch") {
    for (auto const& engine : other_engines()) {
        INFO("to " << engine);
        auto const source = empty_database(1);
        auto const target = empty_database(engine, 2);
        fill(open(source), visits);
        move_and_die(source, target, "places", 1);
        move_and_die(source, target, "visits", 3);
        counting seen;
        auto options = usual();
        options.observer = &seen;
        moved(source, target, options);
        CHECK(seen.begun == std::vector<std::int64_t>{3000});
        REQUIRE(seen.batches.size() == 10);
        CHECK(seen.batches.front() == 4000);
        CHECK(seen.batches.back() == visits);
        check_same_objects(open(source), open(target));
        CHECK(inspect(target).tables.size() == 6);
    }
}

TEST_CASE("move: one that was killed goes on at every key of several columns") {
    for (auto const& engine : other_engines()) {
        INFO("to " << engine);
        auto const source = empty_database(1);
        auto const target = empty_database(engine, 2);
        fill(open(source), 2);
        for (int i = 0; i < 4; ++i) move_and_die(source, target, "places", 1, 1);
        auto const report = moved(source, target);
        CHECK(report.tables.at(3).table == "places");
        CHECK(report.tables.at(3).rows == 4);
    }
}

TEST_CASE("move: a killed one does not go on from another schema") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    fill(open(source), 10);
    move_and_die(source, target, "places", 1);
    open(source).script("create table one_more (id integer not null primary key)");
    CHECK(refused(source, target).kind == error_kind::schema_drift);
}

TEST_CASE("move: a value that is not as it was is found") {
    auto const source = empty_database(1);
    auto const target = empty_database(2);
    fill(open(source), 10);
    struct meddling : migrate::move_observer {
        explicit meddling(database other) : to(std::move(other)) {}
        database to;
        void table_started(std::string const& name, std::int64_t, std::int64_t) override {
            if (name == "visits") to.script("update places set people = 71 where people = 70");
        }
    } meddler(open(target));
    auto options = usual();
    options.observer = &meddler;
    auto const e = refused(source, target, options);
    CHECK(e.kind == error_kind::corrupt);
    CHECK(e.table == "places");
}
