// SPDX-License-Identifier: BSL-1.0
// Migrators that are killed, at each statement and at random times, and what their followers make of it.
// RELATA_TEST_CRASH_RUNS asks for more runs than the few of every day, such as 300.
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <random>
#include <thread>

#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace relata;
using namespace relata::migrate;
using namespace std::chrono_literals;

extern char** environ;

namespace {

struct order_row {
    std::int32_t id = 0;
    std::int32_t amount = 0;
};

}  // namespace
template <>
inline constexpr auto relata::table<order_row> =
    relata::describe<order_row>("orders").key<&order_row::id>();

namespace {

// A server works on for a dead migrator, and keeps its lock.
constexpr auto patience = 60s;

apply_options patient() {
    apply_options options;
    options.lock_wait = patience;
    return options;
}

std::string setting(char const* name) {
    auto const* value = std::getenv(name);
    return value ? value : "";
}

void raise_amounts(data_run& at);

// Counts the places where a migrator can die: before and after each statement of a migration, and after each
// one of its own. At a number it ends the process as kill -9 does.
struct places : apply_observer {
    unsigned passed = 0;
    unsigned last;
    explicit places(unsigned end = 0) : last(end) {}

    void pass() {
        if (++passed == last) ::kill(::getpid(), SIGKILL);
    }
    static void own(void* of, statement_event const&) { static_cast<places*>(of)->pass(); }
    void statement_started(migration const&, std::size_t, statement const&) override { pass(); }
    void statement_finished(migration const&, std::size_t, statement const&,
                            std::chrono::milliseconds) override {
        pass();
    }
    void data_step_progressed(migration const&, std::size_t, statement const&, std::size_t,
                              std::size_t) override {
        pass();
    }
    void run(std::string const& url, folder const& from) {
        auto db = open(url);
        db.on_statement(&places::own, this);
        auto options = patient();
        options.observer = this;
        options.steps = {{"raise_amounts", raise_amounts}};
        (void)resume(db, from, options);
    }
};

// Each call changes one row.
void raise_amounts(data_run& at) {
    std::int64_t const last = at.cursor().empty() ? 0 : std::stoll(at.cursor());
    auto next = at.db().first(
        from<order_row>().where(col<&order_row::id> > last).order_by(col<&order_row::id>));
    if (!next) return;
    next->amount = next->amount * 10 + 1;
    at.db().update(*next);
    at.tell(std::size_t(next->id));
    at.go_on_at(std::to_string(next->id));
}

// This program again, as a migrator.
pid_t start_migrator(std::string const& url, std::string const& folder, unsigned die_after) {
    ::setenv("RELATA_TEST_CRASH_URL", url.c_str(), 1);
    ::setenv("RELATA_TEST_CRASH_FOLDER", folder.c_str(), 1);
    ::setenv("RELATA_TEST_CRASH_AT", std::to_string(die_after).c_str(), 1);
    std::string program = "/proc/self/exe";
    std::string filter = "[crash-child]";
    std::string out = "--out";
    std::string nowhere = "/dev/null";
    char* arguments[] = {program.data(), filter.data(), out.data(), nowhere.data(), nullptr};
    pid_t child = 0;
    REQUIRE(::posix_spawn(&child, program.c_str(), nullptr, nullptr, arguments, environ) == 0);
    return child;
}

// Whether it came to its end by itself.
bool ended(pid_t child) {
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    if (WIFSIGNALED(status)) return false;
    REQUIRE(WEXITSTATUS(status) == 0);
    return true;
}

// The first scratch database, made anew. On SQLite without the options that make other tests fast and lose
// the file with the process.
std::string fresh_database() {
    auto const url = test::support().make(1);
    return test::on("sqlite") ? url.substr(0, url.find('?')) : url;
}

test::scratch_folder crash_folder() {
    test::scratch_folder made;
    std::string const goods = "create table goods (id integer primary key, label varchar(20)); ";
    test::add_schema(made, "goods",
                     goods + "create table orders (id integer primary key, good_id integer "
                             "references goods (id), amount integer not null check (amount > 0)); "
                             "create index by_good on orders (good_id); create view sold as select "
                             "good_id, amount from orders;");
    test::add_text(
        made, "rows",
        "insert into goods values (1, 'cup');\ninsert into goods values (2, 'jug');\n"
        "insert into orders values (1, 1, 5);\nupdate orders set amount = amount + 2;\n");
    std::string const second =
        "create table goods (id integer primary key, label varchar(40) not null, price integer "
        "default 1); create table orders (id integer primary key, good_id integer references goods "
        "(id), amount integer not null check (amount > 1)); create index by_amount on orders "
        "(amount, good_id); ";
    test::add_schema(made, "labels", second);
    test::add_text(made, "more",
                   "update goods set price = price + 1;\ninsert into orders values (2, "
                   "2, 9);\ninsert into orders values (3, 1, 4);\ndelete from orders where id = "
                   "1;\n-- relata:outside\n-- relata:step raise_amounts\n");
    bool const concurrent = test::on("postgresql");
    std::string const index = "create index " + std::string(concurrent ? "concurrently " : "") +
                              "by_label on goods (label)";
    test::add_schema(made, "index", second + "create index by_label on goods (label);",
                     {{index, !concurrent}});
    return made;
}

std::string picture(std::string const& url) {
    return test::support().dump(url) +
           test::rows(url, "select cast(price as char(5)) from goods order by id") +
           test::rows(url, "select cast(amount as char(5)) from orders order by id");
}

struct uninterrupted {
    std::string picture;
    std::string history;
    unsigned places = 0;
    std::chrono::microseconds took{0};
};

uninterrupted run_through(folder const& from) {
    uninterrupted good;
    auto const url = fresh_database();
    auto const start = std::chrono::steady_clock::now();
    places all;
    all.run(url, from);
    good.took = std::chrono::duration_cast<std::chrono::microseconds>(
        std::chrono::steady_clock::now() - start);
    good.places = all.passed;
    good.history = test::told(history(open(url)));
    good.picture = picture(url);
    return good;
}

// What the follower of a dead migrator makes of it: the same as if nobody had died.
void follow(std::string const& url, folder const& from, uninterrupted const& good) {
    auto const found = [&] {
        try {
            return test::told(history(open(url)));
        } catch (error const& e) {
            return std::string(e.what());
        }
    }();
    INFO("left behind:\n" << found);
    auto options = patient();
    options.steps = {{"raise_amounts", raise_amounts}};
    REQUIRE_NOTHROW(resume(open(url), from, options));
    CHECK(test::told(history(open(url))) == good.history);
    CHECK(test::difference(picture(url), good.picture) == "");
}

}  // namespace

TEST_CASE("crash: a migrator that is to die", "[.][crash-child]") {
    auto const url = setting("RELATA_TEST_CRASH_URL");
    if (url.empty()) return;
    places(unsigned(std::stoul(setting("RELATA_TEST_CRASH_AT"))))
        .run(url, read_folder(setting("RELATA_TEST_CRASH_FOLDER")));
}

TEST_CASE("crash: whenever a migrator dies, the next one brings it to the same end") {
    auto const files = crash_folder();
    auto const from = read_folder(files.path());
    auto const good = run_through(from);
    auto const asked = setting("RELATA_TEST_CRASH_RUNS");
    unsigned const runs = asked.empty() ? 8 : unsigned(std::stoul(asked));
    std::minstd_rand random(runs);
    auto const at_places = std::min(good.places, (runs * 3 + 3) / 4);
    unsigned died = 0;
    for (unsigned run = 0; run < runs; ++run) {
        auto const url = fresh_database();
        // first at each place, or at some in a few runs, then at any time
        auto const at = run < at_places ? 1 + run * good.places / at_places : 0;
        INFO("run " << run << ", killed at " << (at ? "place " + std::to_string(at) : "some time"));
        auto const child = start_migrator(url, files.path(), at);
        if (!at) {
            std::this_thread::sleep_for(std::chrono::microseconds(
                std::uniform_int_distribution<std::int64_t>(0, 2 * good.took.count())(random)));
            ::kill(child, SIGKILL);
        }
        if (!ended(child)) ++died;
        follow(url, from, good);
    }
    std::printf("%u of %u migrators died; there are %u places to die\n", died, runs, good.places);
    CHECK(died > runs / 2);
}

TEST_CASE("crash: of two migrators at once one runs, and the other waits or is told") {
    auto const files = crash_folder();
    auto const from = read_folder(files.path());
    auto const good = run_through(from);
    for (int run = 0; run < 3; ++run) {
        auto const url = fresh_database();
        auto const first = start_migrator(url, files.path(), 0);
        auto const second = start_migrator(url, files.path(), 0);
        CHECK(ended(first));
        CHECK(ended(second));
        CHECK(test::told(history(open(url))) == good.history);
        CHECK(test::difference(picture(url), good.picture) == "");
    }
}
