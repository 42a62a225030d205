// SPDX-License-Identifier: BSL-1.0
// Steps of migrations in C++: where they run, what is refused, and what becomes of one that failed or died.
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/squash.hpp>
#include <relata/relata.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::migrate;
using Catch::Contains;
using test::add_text, test::refusal, test::told;

namespace {

struct person {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> slug;
};

}  // namespace
template <>
inline constexpr auto relata::table<person> = relata::describe<person>("people").key<&person::id>();

namespace {

// What the steps of this file leave to be looked at; each test begins anew.
struct traces {
    int calls = 0;
    std::string cursors;
    std::int64_t fails_at = 0;  // id
} seen;

void give_slug(data_run& at, person& p) {
    if (p.id == seen.fails_at) throw std::runtime_error("no slug for this one");
    p.slug = p.name + "-" + std::to_string(p.id);
    at.db().update(p);
}

void fill_slugs(data_run& at) {
    ++seen.calls;
    for (auto& each : at.db().all(from<person>().order_by(col<&person::id>))) give_slug(at, each);
}

// Two at a time.
void fill_by_twos(data_run& at) {
    ++seen.calls;
    seen.cursors += at.cursor() + ";";
    auto const last = at.cursor().empty() ? 0 : std::stoll(at.cursor());
    auto some = at.db().all(
        from<person>().where(col<&person::id> > last).order_by(col<&person::id>).limit(2));
    for (auto& each : some) give_slug(at, each);
    if (some.size() == 2) at.go_on_at(std::to_string(some.back().id));
    at.tell(std::size_t(last) + some.size(), 5);
}

void make_table(data_run& at) {
    at.db().execute(sql_command<"create table made_by_step (x int)">());
}

apply_options with_steps(apply_observer* observer = nullptr) {
    apply_options options;
    options.steps = {
        {"fill_slugs", fill_slugs}, {"fill_by_twos", fill_by_twos}, {"make", make_table}};
    options.observer = observer;
    return options;
}

std::string const people =
    "create table people (id bigint primary key, name varchar(20) not null, slug varchar(40))";
std::string const rows = "insert into people (id, name) values (1, 'ann'), (2, 'bob'), (3, 'cid'), "
                         "(4, 'dan'), (5, 'eve')";

// A migration with these people, the step after them, and one more statement.
test::scratch_folder around(std::string const& step, std::string const& more_of_table = "") {
    test::scratch_folder made;
    add_text(made, "people",
             people + more_of_table + ";\n" + rows + ";\n" + step +
                 "\nupdate people set name = slug;\n");
    return made;
}

std::string slugs(std::string const& url) {
    return test::rows(url, "select coalesce(slug, '?') from people order by id");
}
std::string const all_slugs = "ann-1 bob-2 cid-3 dan-4 eve-5";

bool has_people(std::string const& url) { return !test::inspect(url).tables.empty(); }
bool in_transaction() { return !test::on("mysql"); }

struct death {};
// Dies when the step tells that it is so far, which is before its call is made last.
struct mortal : apply_observer {
    std::size_t at;
    std::string told;
    explicit mortal(std::size_t done) : at(done) {}
    void data_step_progressed(migration const&, std::size_t number, statement const& s,
                              std::size_t done, std::size_t total) override {
        told += std::to_string(number) + " " + s.data_step + " " + std::to_string(done) + "/" +
                std::to_string(total) + "\n";
        if (done == at) throw death{};
    }
};

}  // namespace

TEST_CASE("data step: it runs at its place between the statements") {
    seen = {};
    auto const files = around("-- relata:step fill_slugs");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    CHECK(apply(open(url), from, with_steps()).size() == 1);
    CHECK(slugs(url) == all_slugs);
    CHECK(test::rows(url, "select name from people where id = 5") == "eve-5");
    CHECK(told(history(open(url))) == "people applied 4/4\n");
    CHECK(apply(open(url), from, with_steps()).empty());
    CHECK(seen.calls == 1);
}

TEST_CASE("data step: a program without it refuses before anything ran") {
    auto const files = around("-- relata:step fill_slugs");
    add_text(files, "later", "-- relata:step of_nobody");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    CHECK_THAT(refusal(error_kind::data_step_missing, [&] { (void)apply(open(url), from); }),
               Contains("people has the data step fill_slugs, which this program has not") &&
                   Contains("nothing was done: run your own program"));
    CHECK_THAT(
        refusal(error_kind::data_step_missing, [&] { (void)apply(open(url), from, with_steps()); }),
        Contains("later has the data step of_nobody"));
    CHECK_FALSE(has_people(url));
    CHECK(told(history(open(url))) == "");
    auto up_to_first = with_steps();
    up_to_first.to = from.migrations[0].id;
    CHECK(apply(open(url), from, up_to_first).size() == 1);
}

TEST_CASE("data step: a list of steps that makes no sense is refused") {
    auto const files = around("-- relata:step fill_slugs");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    auto const words = [&](std::vector<data_step> steps) {
        apply_options options;
        options.steps = std::move(steps);
        return refusal(error_kind::invalid_argument,
                       [&] { (void)apply(open(url), from, options); });
    };
    CHECK_THAT(words({{"fill_slugs", fill_slugs}, {"fill_slugs", fill_by_twos}}),
               Contains("two data steps are called fill_slugs; nothing was done"));
    CHECK_THAT(words({{"fill_slugs", nullptr}}), Contains("fill_slugs has no function"));
    CHECK_THAT(words({{"Fill slugs", fill_slugs}}), Contains("'Fill slugs' is no name"));
    CHECK_FALSE(has_people(url));
}

TEST_CASE("data step: where one is mentioned in a file is clear, or refused") {
    auto const on = test::this_engine();
    auto const found = read_script("-- first\nselect 1;\n\n-- relata:step a_1\n-- relata:outside\n"
                                   "-- relata:nolint RL-D01 why\n-- relata:step b\n",
                                   on, "up.sql");
    REQUIRE(found.size() == 3);
    CHECK(found[1].data_step == "a_1");
    CHECK(found[1].text == "-- relata:step a_1");
    CHECK(found[1].line == 4);
    CHECK(found[1].in_transaction == in_transaction());
    CHECK(found[2].data_step == "b");
    CHECK_FALSE(found[2].in_transaction);
    CHECK(found[2].marks == std::vector<std::string>{"nolint RL-D01 why"});
    CHECK(found[0].data_step.empty());
    CHECK(write_script({{found[1].text}, {found[2].text, false}}, on) ==
          std::string("-- relata:step a_1\n") + (in_transaction() ? "-- relata:outside\n" : "") +
              "-- relata:step b\n");
    auto const words = [&](std::string const& text) {
        return refusal(error_kind::migration_folder_invalid,
                       [&] { (void)read_script(text, on, "up.sql"); });
    };
    CHECK_THAT(words("select 1;\n-- relata:step Two words"),
               Contains("up.sql:2: ") && Contains("names"));
    CHECK_THAT(words("-- relata:step"), Contains("up.sql:1: ") && Contains("names a step in C++"));
    CHECK_THAT(words("select 1\n-- relata:step a\n;"),
               Contains("up.sql:2: ") && Contains("semicolon"));
}

TEST_CASE("data step: what one did that fails is undone, and the mended one goes on") {
    seen = {};
    seen.fails_at = 4;
    auto const files = around("-- relata:step fill_slugs");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    auto const kind = in_transaction() ? error_kind::unknown : error_kind::migration_incomplete;
    CHECK_THAT(refusal(kind, [&] { (void)apply(open(url), from, with_steps()); }),
               Contains("statement 3 of 4 of ") && Contains(", data step fill_slugs, failed") &&
                   Contains("the data step fill_slugs threw: no slug for this one"));
    CHECK(has_people(url) == test::on("mysql"));
    CHECK(told(history(open(url))) == (in_transaction() ? "" : "people failed 2/4\n"));
    seen.fails_at = 0;
    if (test::on("mysql")) {
        CHECK(slugs(url) == "? ? ? ? ?");
        CHECK_THAT(refusal(error_kind::data_step_missing, [&] { (void)resume(open(url), from); }),
                   Contains("fill_slugs"));
    }
    CHECK(resume(open(url), from, with_steps()).size() == 1);
    CHECK(slugs(url) == all_slugs);
}

TEST_CASE(
    "data step: outside of the transaction each part is made last, and resume goes on there") {
    seen = {};
    auto const files = around("-- relata:outside\n-- relata:step fill_by_twos");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    mortal observer(4);
    CHECK_THROWS_AS(apply(open(url), from, with_steps(&observer)), death);
    CHECK(observer.told == "3 fill_by_twos 2/5\n3 fill_by_twos 4/5\n");
    CHECK(slugs(url) == "ann-1 bob-2 ? ? ?");
    CHECK(told(history(open(url))) == "people running 2/4 at 3\n");
    CHECK(history(open(url))[0].cursor == "2");
    CHECK(status(open(url), from)[0].data_steps == std::vector<std::string>{"fill_by_twos"});
    CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)apply(open(url), from); }),
               Contains("2 of 4 statements") &&
                   Contains("number 3, a data step, goes on at 2; its"));
    seen.cursors.clear();
    CHECK(resume(open(url), from, with_steps()).size() == 1);
    CHECK(seen.cursors == "2;4;");
    CHECK(slugs(url) == all_slugs);
    CHECK(history(open(url))[0].cursor == "");
}

TEST_CASE("data step: one that fails in a later part keeps the parts before it") {
    seen = {};
    seen.fails_at = 3;
    auto const files = around("-- relata:outside\n-- relata:step fill_by_twos");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    CHECK_THAT(refusal(error_kind::migration_incomplete,
                       [&] { (void)apply(open(url), from, with_steps()); }),
               Contains("goes on at 2; mend the cause and resume"));
    CHECK(told(history(open(url))) == "people failed 2/4 at 3\n");
    CHECK(slugs(url) == "ann-1 bob-2 ? ? ?");
    SECTION("resumed") { seen.fails_at = 0; }
    SECTION("or said to be done by hand, which makes an end of it") {
        test::run(url, {"update people set slug = 'x'"});
        repair_done(open(url), from, from.migrations[0].id, 3);
        CHECK(history(open(url))[0].cursor == "");
    }
    auto const by_hand = seen.fails_at == 3;
    seen.calls = 0;
    CHECK(resume(open(url), from, with_steps()).size() == 1);
    CHECK(seen.calls == (by_hand ? 0 : 2));
    CHECK(told(history(open(url))) == "people applied 4/4\n");
}

TEST_CASE("data step: in the transaction its parts are one, and nothing stays of one that dies") {
    if (test::on("mysql")) return;  // there is no such transaction
    seen = {};
    auto const files = around("-- relata:step fill_by_twos");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    mortal observer(4);
    CHECK_THROWS_AS(apply(open(url), from, with_steps(&observer)), death);
    CHECK_FALSE(has_people(url));
    CHECK(told(history(open(url))) == "");
    CHECK(apply(open(url), from, with_steps()).size() == 1);
    CHECK(seen.cursors == ";2;;2;4;");
    CHECK(slugs(url) == all_slugs);
}

TEST_CASE(
    "data step: nobody guesses about one that changed the schema, or tables without transactions") {
    if (!test::on("mysql")) return;  // elsewhere both are undone
    seen = {};
    bool const by_table = GENERATE(false, true);
    INFO(by_table);
    auto const files = around(by_table ? "-- relata:step fill_slugs" : "-- relata:step make",
                              by_table ? " engine = MyISAM" : "");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    seen.fails_at = 3;
    CHECK_THAT(refusal(error_kind::migration_incomplete,
                       [&] { (void)apply(open(url), from, with_steps()); }),
               Contains("number 3 was begun and may be too"));
    CHECK(told(history(open(url))) == "people failed 2/4 at 3\n");
    seen.fails_at = 0;
    CHECK_THAT(refusal(error_kind::migration_incomplete,
                       [&] { (void)resume(open(url), from, with_steps()); }),
               Contains("statement 3 of 4") && Contains("say repair_done with 3 if it is"));
    repair_done(open(url), from, from.migrations[0].id, by_table ? 2 : 3);
    if (!by_table) test::run(url, {"update people set slug = 'x'"});
    CHECK(resume(open(url), from, with_steps()).size() == 1);
    CHECK(told(history(open(url))) == "people applied 4/4\n");
    if (by_table) CHECK(slugs(url) == all_slugs);
}

TEST_CASE("data step: the way down may have one too") {
    seen = {};
    test::scratch_folder files;
    add_text(files, "people", people + ";\n" + rows + ";\n");
    add_text(files, "slugs", "update people set slug = 'x';", "-- relata:step fill_slugs");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    (void)apply(open(url), from);
    apply_options options;
    options.allow_loss = true;
    CHECK_THAT(
        refusal(error_kind::data_step_missing, [&] { (void)down(open(url), from, options); }),
        Contains("slugs has the data step fill_slugs"));
    options.steps = with_steps().steps;
    CHECK(down(open(url), from, options).size() == 1);
    CHECK(slugs(url) == all_slugs);
    CHECK(told(history(open(url))) == "people applied 2/2\n");
}

TEST_CASE("data step: dry run shows it, verify runs it, squash keeps it") {
    seen = {};
    test::scratch_folder files;
    add_text(files, "people", people + ";\n" + rows + ";\n", "drop table people;");
    add_text(files, "slugs", "-- relata:step fill_slugs\nupdate people set name = slug;",
             "select 1;");
    auto const url = test::support().make(1);
    auto const from = read_folder(files.path());
    CHECK(dry_run(open(url), from).at(1).statements.at(0).data_step == "fill_slugs");
    CHECK_THAT(refusal(error_kind::data_step_missing, [&] { verify(open(url), from); }),
               Contains("fill_slugs"));
    verify(open(test::support().make(1)), from, with_steps().steps);
    CHECK(seen.calls == 2);
    auto const& all = from.migrations;
    std::vector<database> const empty{open(test::support().make(1))};
    auto const made = squash(files.path(), all[0].id, all[1].id, "both", empty, with_steps().steps);
    auto const up = made.migrations.at(0).up(test::this_engine());
    REQUIRE(up.size() == 4);
    CHECK(up[2].data_step == "fill_slugs");
    auto const fresh = test::support().make(1);
    CHECK(apply(open(fresh), made, with_steps()).size() == 1);
    CHECK(slugs(fresh) == all_slugs);
}

TEST_CASE("data step: one can be tested by itself") {
    seen = {};
    auto const url = test::support().make(1);
    test::run(url, {people, rows});
    auto const db = open(url);
    auto transaction = db.begin();
    data_run run(transaction, "2");
    fill_by_twos(run);
    CHECK(run.next() == "4");
    transaction.commit();
    CHECK(slugs(url) == "? ? cid-3 dan-4 ?");
    CHECK_THAT(refusal(error_kind::invalid_argument, [&] { run.go_on_at(""); }), Contains("where"));
}
