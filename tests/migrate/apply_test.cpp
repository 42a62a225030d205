// SPDX-License-Identifier: BSL-1.0
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::migrate;
using Catch::Contains;
using test::add_text, test::refusal, test::told;

namespace {

bool transactional() { return !test::on("mysql"); }

std::vector<std::string> without_times(std::vector<std::string> ids) {
    for (auto& each : ids) each.erase(0, 15);
    return ids;
}

std::string one_connection(std::string const& url) {
    return url + (url.find('?') == std::string::npos ? "?" : "&") + "pool_size=1";
}

using list = std::vector<std::string>;

}  // namespace

TEST_CASE("apply: up, again, down and up") {
    auto const files = test::shop_folder();
    auto const from = read_folder(files.path());
    auto const url = test::support().make(1);
    auto const db = open(url);
    CHECK(history(db).empty());
    CHECK(told(status(db, from)).find("goods pending 0/1\norders pending") == 0);
    CHECK(dry_run(db, from).size() == 3);
    CHECK(test::inspect(url).tables.empty());

    apply_options options;
    options.to = from.migrations[0].id;
    CHECK(without_times(apply(db, from, options)) == list{"goods"});
    db.script("insert into goods (id, label) values (1, 'cup')");
    CHECK(without_times(apply(db, from)) == list{"orders", "labels"});
    CHECK(apply(db, from).empty());
    CHECK(test::inspect(url) == from.migrations[2].snapshot(test::this_engine()));
    CHECK(drift(db, from).empty());
    for (auto const& each : status(db, from)) {
        CHECK(each.state == migration_state::applied);
        CHECK(each.done == each.statements);
        CHECK(each.running == 0);
        CHECK(each.finished >= each.started);
        CHECK(each.unchanged);
    }
    CHECK(history(db).size() == 3);

    CHECK_THAT(refusal(error_kind::data_loss, [&] { (void)down(db, from); }),
               Contains("may be lost") && Contains("nothing was done"));
    CHECK_THAT(refusal(error_kind::data_loss, [&] { (void)dry_run_down(db, from); }),
               Contains("may be lost"));
    options.allow_loss = true;
    auto const planned = dry_run_down(db, from, options);
    REQUIRE(planned.size() == 2);
    CHECK(planned[0].id == from.migrations[2].id);
    CHECK(!planned[1].statements.empty());
    CHECK(status(db, from).back().state == migration_state::applied);
    CHECK(without_times(down(db, from, options)) == list{"labels", "orders"});
    CHECK(test::inspect(url) == from.migrations[0].snapshot(test::this_engine()));
    CHECK(test::rows(url, "select label from goods") == "cup");
    CHECK(without_times(apply(db, from)) == list{"orders", "labels"});
    CHECK(test::inspect(url) == from.migrations[2].snapshot(test::this_engine()));
}

TEST_CASE("apply: the observer is told each statement") {
    struct listening : apply_observer {
        std::string all;
        void migration_started(migration const& m, std::size_t first, std::size_t of) override {
            all += m.id.substr(15) + " " + std::to_string(first) + "/" + std::to_string(of) + "\n";
        }
        void statement_started(migration const&, std::size_t n, statement const& s) override {
            all += std::to_string(n) + " " + s.text;
        }
        void statement_finished(migration const&, std::size_t n, statement const&,
                                std::chrono::milliseconds) override {
            all += " " + std::to_string(n) + "\n";
        }
        void migration_finished(migration const&, std::chrono::milliseconds) override {
            all += "finished\n";
        }
    };
    test::scratch_folder files;
    add_text(files, "a", "create table a (x int);\ninsert into a values (1);\n");
    add_text(files, "b", "");
    listening heard;
    apply_options options;
    options.observer = &heard;
    (void)apply(open(test::support().make(1)), read_folder(files.path()), options);
    CHECK(heard.all == "a 1/2\n1 create table a (x int) 1\n2 insert into a values (1) 2\nfinished\n"
                       "b 1/0\nfinished\n");
}

TEST_CASE("apply: a migration that fails in the middle says what is there, and is resumed") {
    test::scratch_folder files;
    add_text(files, "good", "create table a (x int)");
    add_text(files, "bad",
             "create table b (x int);\ninsert into b values (1);\ninsert into a (y) "
             "values (1);\ncreate table c (x int);");
    auto const url = test::support().make(1);
    auto const db = open(url);
    auto const from = read_folder(files.path());
    auto const try_it = [&](auto how, folder const& with) {
        try {
            (void)how(db, with, apply_options{});
        } catch (error const& e) {
            return e;
        }
        return error(error_kind::unknown, "not refused");
    };
    auto const e = try_it(apply, from);
    auto const mended = [&] {
        auto const id = from.migrations[1].id;
        files.write(id + "/up.sql",
                    "create table b (x int);\ninsert into b values (1);\ninsert into "
                    "a (x) values (1);\ncreate table c (x int);");
        write_sum(files.path());
        return read_folder(files.path());
    };
    CHECK_THAT(e.message(), Contains("statement 3 of 4 of ") && Contains("_bad failed"));
    CHECK(e.statement().find("insert into a") == 0);
    if (transactional()) {
        CHECK(e.kind() == error_kind::column_not_found);
        CHECK_THAT(e.message(), Contains("nothing of it is in the database"));
        CHECK(told(status(db, from)) == "good applied 1/1\nbad pending 0/4\n");
        CHECK(test::inspect(url).tables.size() == 1);
        CHECK(without_times(apply(db, mended())) == list{"bad"});
    } else {
        CHECK(e.kind() == error_kind::migration_incomplete);
        CHECK_THAT(e.message(), Contains("2 of 4 statements of ") && Contains("resume"));
        CHECK(told(status(db, from)) == "good applied 1/1\nbad failed 2/4\n");
        CHECK_THAT(refusal(error_kind::migration_incomplete, [&] { (void)apply(db, from); }),
                   Contains("2 of 4 statements") && Contains("nothing was done now: resume"));
        CHECK(try_it(resume, from).kind() == error_kind::migration_incomplete);
        auto const left = dry_run_resume(db, mended());
        REQUIRE(left.size() == 1);
        REQUIRE(left[0].statements.size() == 2);
        CHECK(left[0].statements[0].text == "insert into a (x) values (1)");
        CHECK(without_times(resume(db, mended())) == list{"bad"});
    }
    CHECK(test::rows(url, "select cast(x as char(1)) from b") == "1");
    CHECK(told(history(db)) == "good applied 1/1\nbad applied 4/4\n");
}

TEST_CASE("apply: the folder and the history must fit together") {
    test::scratch_folder files;
    add_text(files, "a", "create table a (x int)");
    add_text(files, "b", "create table b (x int)");
    auto const db = open(test::support().make(1));
    auto const from = read_folder(files.path());
    (void)apply(db, from);
    auto const refused = [&](folder const& with) {
        return refusal(error_kind::migration_folder_invalid, [&] { (void)apply(db, with); });
    };
    SECTION("a file that was edited") {
        files.write(from.migrations[0].id + "/up.sql", "create table a (y int)");
        write_sum(files.path());
        auto const edited = read_folder(files.path());
        CHECK_THAT(refused(edited),
                   Contains(from.migrations[0].id + " was edited after it was applied"));
        CHECK_FALSE(status(db, edited)[0].unchanged);
        repair_hash(db, edited, from.migrations[0].id);
        CHECK(apply(db, edited).empty());
    }
    SECTION("a migration that is missing") {
        files.remove(from.migrations[1].id);
        write_sum(files.path());
        auto const without = read_folder(files.path());
        CHECK_THAT(refused(without),
                   Contains(from.migrations[1].id + " is in the database and not in the folder"));
        CHECK_FALSE(status(db, without)[1].in_folder);
    }
    SECTION("one that comes before those that are applied") {
        files.write("20200101000000_early/meta.json", "{\"parent\": null}");
        files.write("20200101000000_early/up.sql", "create table c (x int)");
        files.write(from.migrations[0].id + "/meta.json", "{\"parent\": \"20200101000000_early\"}");
        write_sum(files.path());
        CHECK_THAT(refused(read_folder(files.path())),
                   Contains("20200101000000_early comes before"));
    }
    SECTION("names that are not there") {
        apply_options options;
        options.to = "20200101000000_x";
        CHECK_THAT(refusal(error_kind::invalid_argument, [&] { (void)apply(db, from, options); }),
                   Contains("no migration of the folder is called"));
        options.to = from.migrations[0].id;
        CHECK_THAT(refusal(error_kind::invalid_argument, [&] { (void)apply(db, from, options); }),
                   Contains("go there by down"));
    }
}

TEST_CASE("apply: a schema that is not that of the snapshot is told by name") {
    auto const files = test::shop_folder();
    auto const from = read_folder(files.path());
    auto const db = open(test::support().make(1));
    apply_options options;
    options.to = from.migrations[0].id;
    (void)apply(db, from, options);
    db.script("create table by_hand (x int)");
    CHECK(drift(db, from).created.size() == 1);
    CHECK_THAT(refusal(error_kind::schema_drift, [&] { (void)apply(db, from); }),
               Contains("_orders and another schema than its snapshot: table by_hand is too much"));
    CHECK(told(status(db, from)).find("orders applied") != std::string::npos);
}

TEST_CASE("apply: a baseline is taken over without running anything") {
    auto const files = test::shop_folder();
    auto const from = read_folder(files.path());
    auto const url = test::filled("create table goods (id integer primary key, label varchar(20))");
    auto const db = open(url);
    CHECK_THAT(
        refusal(error_kind::schema_drift, [&] { baseline(db, from, from.migrations[1].id); }),
        Contains("table orders is missing"));
    CHECK(history(db).empty());
    CHECK_THAT(refusal(error_kind::schema_drift,
                       [&] { (void)dry_run_baseline(db, from, from.migrations[1].id); }),
               Contains(from.migrations[1].id));
    CHECK(dry_run_baseline(db, from, from.migrations[0].id) == list{from.migrations[0].id});
    CHECK(history(db).empty());
    baseline(db, from, from.migrations[0].id);
    CHECK(told(history(db)) == "goods baseline 1/1\n");
    CHECK_THAT(
        refusal(error_kind::invalid_argument, [&] { baseline(db, from, from.migrations[0].id); }),
        Contains("has a history already"));
    CHECK(without_times(apply(db, from)) == list{"orders", "labels"});
}

TEST_CASE("apply: what a human says about a migration that is done in part") {
    if (transactional()) return;  // there is no part
    test::scratch_folder files;
    add_text(files, "bad",
             "create table a (x int);\ncreate table a (x int);\ncreate table b (x int);");
    auto const url = test::support().make(1);
    auto const db = open(url);
    auto const from = read_folder(files.path());
    auto const id = from.migrations[0].id;
    CHECK_THROWS_AS(apply(db, from), error);
    REQUIRE(told(history(db)) == "bad failed 1/3\n");
    SECTION("all of it is there") {
        db.script("create table b (x int)");
        repair_applied(db, from, id);
        CHECK(told(history(db)) == "bad applied 3/3\n");
        CHECK_THAT(refusal(error_kind::invalid_argument, [&] { repair_applied(db, from, id); }),
                   Contains("is not done in part"));
        CHECK(apply(db, from).empty());
    }
    SECTION("nothing of it is there") {
        db.script("drop table a");
        repair_pending(db, id);
        CHECK(history(db).empty());
        CHECK(told(status(db, from)) == "bad pending 0/3\n");
    }
    SECTION("two statements are there") {
        repair_done(db, from, id, 2);
        CHECK(without_times(resume(db, from)) == list{"bad"});
        CHECK(test::inspect(url).tables.size() == 2);
    }
    SECTION("more than there are") {
        CHECK_THAT(refusal(error_kind::invalid_argument, [&] { repair_done(db, from, id, 4); }),
                   Contains("has 3 statements only"));
    }
    SECTION("statements that have run were edited") {
        files.write(id + "/up.sql", "create table z (x int);\ncreate table b (x int);");
        write_sum(files.path());
        CHECK_THAT(refusal(error_kind::migration_folder_invalid,
                           [&] { (void)resume(db, read_folder(files.path())); }),
                   Contains("was edited where it has run already") &&
                       Contains("1 of 2 statements"));
    }
}

TEST_CASE("apply: a folder is verified in an empty database") {
    auto const files = test::shop_folder();
    auto const from = read_folder(files.path());
    auto const url = test::support().make(1);
    verify(open(url), from);
    CHECK(test::inspect(url) == from.migrations[2].snapshot(test::this_engine()));
    CHECK_THAT(refusal(error_kind::invalid_argument, [&] { verify(open(url), from); }),
               Contains("this one has something in it; nothing was done"));

    files.write(from.migrations[1].id + "/up." +
                    (test::on("mysql") ? "" : test::support().name + ".") + "sql",
                "create table something_else (x int);");
    if (test::on("mysql"))
        files.remove(from.migrations[1].id + "/up." +
                     (test::on_mysql_proper() ? "mysql" : "mariadb") + ".sql");
    write_sum(files.path());
    CHECK_THAT(refusal(error_kind::schema_drift,
                       [&] { verify(open(test::support().make(1)), read_folder(files.path())); }),
               Contains("table orders is missing, table something_else is too much"));
}

TEST_CASE("apply: what must stand outside of the transaction does") {
    test::scratch_folder files;
    if (test::on("postgresql"))
        add_text(files, "a",
                 "create table a (x int);\n-- relata:outside\ncreate index concurrently i on "
                 "a (x);\ninsert into a values (1);\n");
    else if (test::on("sqlite"))
        add_text(files, "a",
                 "create table a (x int);\n-- relata:outside\nvacuum;\ninsert into a values "
                 "(1);\n");
    else return;
    auto const url = test::support().make(1);
    auto const db = open(url);
    CHECK(without_times(apply(db, read_folder(files.path()))) == list{"a"});
    CHECK(test::rows(url, "select cast(x as char(1)) from a") == "1");
    CHECK(told(history(db)) == "a applied 3/3\n");
}

TEST_CASE("apply: tables whose checks use JSON are made on SQLite, by migrators only") {
    if (!test::on("sqlite")) return;
    test::scratch_folder files;
    add_text(files, "a", "create table a (x text check (json_valid(x)))");
    auto const db = open(one_connection(test::support().make(1)));
    (void)apply(db, read_folder(files.path()));
    CHECK(
        db.one(sql_query<"select trusted_schema from pragma_trusted_schema", std::int64_t>()).m0 ==
        0);
}

TEST_CASE("apply: the lock is with one migrator") {
    test::scratch_folder files;
    add_text(files, "a", "create table a (x int);\ninsert into a values (1);\n");
    auto const url = test::support().make(1);
    struct second_migrator : apply_observer {
        std::string url;
        folder from;
        std::string heard;
        void migration_started(migration const&, std::size_t, std::size_t) override {
            heard = refusal(error_kind::lock_timeout, [&] { (void)apply(open(url), from); });
        }
    } second;
    second.url = url;
    second.from = read_folder(files.path());
    apply_options options;
    options.observer = &second;
    CHECK(apply(open(url), second.from, options).size() == 1);
    CHECK_THAT(second.heard, Contains("another migrator is at work in this database: ") &&
                                 Contains("nothing was done"));
    CHECK(test::rows(url, test::on("mysql") ? "select concat(x) from a"
                                            : "select x || '' from a") == "1");
}
