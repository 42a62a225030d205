// SPDX-License-Identifier: BSL-1.0
// The program relata as a script uses it: what it writes where, and how it ends.
#include "cli/shell.hpp"
#include "migrate/plan_support.hpp"

#include <relata/migrate/main.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using test::has, test::in_quotes, test::shell, test::with_dev;

namespace {

struct person {
    std::int64_t id{};
    std::string name;
};

}  // namespace
template <>
inline constexpr auto relata::table<person> =
    relata::describe<person>("people").key<&person::id>(generated);

namespace {

std::string const users = "create table users (id integer not null primary key, login varchar(40))";
std::string const wanted =
    "create table users (id integer not null primary key, login varchar(40), age integer);";

}  // namespace

TEST_CASE("command: inspect writes SQL and JSON that diff reads") {
    shell const sh;
    auto const url = test::filled(users);
    auto const sql = sh.relata({"inspect", url});
    CHECK(sql.code == 0);
    CHECK(has(sql.out, "CREATE TABLE"));
    CHECK(sql.err.empty());
    auto const json = sh.relata({"inspect", url, "--format", "json"});
    CHECK(json.out.front() == '{');
    sh.files.write("snapshot.json", json.out);
    CHECK(sh.relata({"diff", "snapshot.json", url, "--exit-code"}).code == 0);
    sh.files.write("schema.sql", sql.out);
    auto const none = sh.relata(with_dev({"diff", url, "schema.sql", "--exit-code"}));
    CHECK(none.out == "");
    CHECK(none.code == 0);
}

TEST_CASE("command: diff and plan tell what differs, and end with 2 when asked") {
    shell const sh;
    auto const url = test::filled(users);
    sh.files.write("wanted.sql", wanted);
    auto const diff = sh.relata(with_dev({"diff", url, "wanted.sql", "--exit-code"}));
    CHECK(diff.code == 2);
    CHECK(has(diff.out, "+ column users.age"));
    CHECK_FALSE(has(diff.out, "\033["));
    CHECK(sh.relata(with_dev({"diff", url, "wanted.sql"})).code == 0);
    CHECK(
        has(sh.relata(with_dev({"diff", url, "wanted.sql", "--color", "always"})).out, "\033[32m"));
    auto const json = sh.relata(with_dev({"diff", url, "wanted.sql", "--json"}));
    CHECK(has(json.out,
              R"({"event":"difference","change":"added","thing":"column","name":"users.age")"));
    CHECK(has(json.out, R"({"event":"finished","differences":1})"));
    auto const plan = sh.relata(with_dev({"plan", url, "wanted.sql"}));
    CHECK(plan.code == 0);
    CHECK(has(plan.out, "ADD COLUMN"));
}

TEST_CASE("command: --online keeps tables in use, or says who waits") {
    shell const sh;
    auto const url = test::filled("create table t (a integer);");
    sh.files.write("wanted.sql", "create table t (a integer); create index i on t (a);");
    auto const plan = sh.relata(with_dev({"plan", url, "wanted.sql", "--online"}));
    auto const made = sh.relata(with_dev({"new", "index", "--to", "wanted.sql", "--online"}));
    CHECK(plan.code == 0);
    CHECK(made.code == 0);
    if (test::on("mysql")) CHECK(has(plan.out, ", LOCK=NONE"));
    if (test::on("postgresql")) CHECK(has(plan.out, "INDEX CONCURRENTLY"));
    if (test::on("sqlite")) return;
    sh.files.write("wanted.sql", "create table t (a bigint);");
    char const* const waits = test::on("mysql") ? "-- in use: writers wait (LOCK=SHARED): "
                                                : "-- in use: readers and writers wait (ACCESS ";
    auto const slow = with_dev({"plan", url, "wanted.sql", "--online"});
    CHECK(has(sh.relata(slow).out, waits));
    auto json = slow;
    json.emplace_back("--json");
    CHECK(has(sh.relata(json).out, R"("impact":")" + std::string(waits).substr(11)));
}

TEST_CASE("command: what may be a rename is asked for, not guessed") {
    shell const sh;
    auto const url = test::filled(users);
    sh.files.write("wanted.sql",
                   "create table users (id integer not null primary key, handle varchar(40));");
    auto const asked = sh.relata(with_dev({"plan", url, "wanted.sql"}));
    CHECK(asked.code == 9);
    CHECK(asked.out == "");
    CHECK(has(asked.err, "--rename users.login=handle"));
    auto const told =
        sh.relata(with_dev({"plan", url, "wanted.sql", "--rename", "users.login=handle"}));
    CHECK(told.code == 0);
    // MySQL's CHANGE gives a column its new name
    CHECK((has(told.out, "RENAME COLUMN") || has(told.out, "CHANGE")));
    CHECK(sh.relata(with_dev({"plan", url, "wanted.sql", "--dropped", "users.login"})).code == 0);
    // or the file itself says it
    auto const table =
        std::string("create table users (id integer not null primary key, handle varchar(40)");
    sh.files.write("wanted.sql", test::on("sqlite") ? table + " -- relata:renamed from=login\n);"
                                 : test::on("mysql")
                                     ? table + " comment 'relata:renamed from=login');"
                                     : table +
                                           "); comment on column users.handle is 'relata:renamed "
                                           "from=login';");
    auto const marked = sh.relata(with_dev({"plan", url, "wanted.sql"}));
    CHECK(marked.code == 0);
    CHECK(marked.out == told.out);
}

TEST_CASE("command: lint ends with 7 for errors, and reads reasons") {
    shell const sh;
    auto const url = test::filled(users);
    sh.files.write("drop.sql", "ALTER TABLE users DROP COLUMN login;\n");
    auto const found = sh.relata(with_dev({"lint", "drop.sql", "--from", url}));
    CHECK(found.code == 7);
    CHECK(has(found.out, "drop.sql:1: error RL-D02 users.login"));
    sh.files.write("drop.sql",
                   "-- relata:nolint RL-D02 unused\nALTER TABLE users DROP COLUMN login;\n");
    CHECK(sh.relata(with_dev({"lint", "drop.sql", "--from", url})).code == 0);
    auto const github = sh.relata({"lint", "--from", url, "--to", "empty", "--format", "github"});
    CHECK(has(github.out, ",title=RL-D01::users: "));
    auto const sarif = sh.relata({"lint", "--from", url, "--to", "empty", "--format", "sarif"});
    CHECK(has(sarif.out, "\"ruleId\":\"RL-D01\""));
}

TEST_CASE("command: new, apply, status and down") {
    shell const sh;
    auto const url = test::support().make(1);
    sh.files.write("wanted.sql", users + ";");
    CHECK(sh.relata(with_dev({"new", "first", "--to", "wanted.sql"})).code == 0);
    CHECK(sh.relata({"status", "--url", url, "--exit-code"}).code == 2);
    CHECK(has(sh.relata({"apply", "--url", url, "--dry-run"}).out, "CREATE TABLE"));
    auto const applied = sh.relata({"apply", "--url", url});
    CHECK(applied.code == 0);
    CHECK(has(applied.out, "applied 1 migration"));
    CHECK(has(applied.err, "  1/"));
    CHECK(sh.relata({"status", "--url", url, "--exit-code"}).code == 0);
    CHECK(sh.relata({"drift", "--url", url}).code == 0);
    test::run(url, {"create table foreign_one (id integer not null primary key)"});
    CHECK(sh.relata({"drift", "--url", url}).code == 8);
    test::run(url, {"drop table foreign_one"});
    sh.files.write("wanted.sql", "create table users (id integer not null primary key);");
    auto const refused = sh.relata(with_dev({"new", "second", "--to", "wanted.sql"}));
    CHECK(refused.code == 3);
    CHECK(has(refused.err, "--allow RL-D02:users.login"));
    CHECK(sh.relata(
                with_dev({"new", "second", "--to", "wanted.sql", "--allow", "RL-D02:users.login"}))
              .code == 0);
    CHECK(sh.relata(with_dev({"verify"})).code == 0);
    CHECK(sh.relata(with_dev({"lint", "migrations"})).code == 7);
    auto const json = sh.relata({"apply", "--url", url, "--json"});
    CHECK(json.code == 0);
    CHECK(has(json.out, "{\"event\":\"started\","));
    auto const shown = sh.relata({"down", "--url", url, "--allow-loss", "--dry-run"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out, "login"));
    CHECK(sh.relata({"status", "--url", url, "--exit-code"}).code == 0);
    CHECK(has(sh.relata({"resume", "--url", url, "--dry-run"}).err, "nothing to do"));
    CHECK(sh.relata({"down", "--url", url, "--allow-loss"}).code == 0);
    CHECK(has(sh.relata({"status", "--url", url}).out, "pending"));
    // the first one made the table
    auto const kept = sh.relata({"down", "--url", url});
    CHECK(kept.code == 3);
    CHECK(has(kept.err, "RL-E050 data_loss: rows or values may be lost"));
    CHECK(has(kept.err, "--allow-loss"));
    CHECK(test::inspect(url).find({"", "users"}) != nullptr);
}

TEST_CASE("command: bad input ends with its own code and says what to do") {
    shell const sh;
    auto const nothing = sh.relata({});
    CHECK(nothing.code == 64);
    CHECK(has(nothing.out, "inspect"));
    auto const misspelled = sh.relata({"inpsect"});
    CHECK(misspelled.code == 64);
    CHECK(has(misspelled.err, "inspect'?"));
    CHECK(sh.relata({"diff", "a.sql"}).code == 64);
    CHECK(sh.relata({"inspect", "--colour"}).code == 64);
    auto const missing = sh.relata({"diff", "missing.sql", "empty"});
    CHECK(missing.code == 64);
    CHECK(has(missing.err, "missing.sql"));
    CHECK(sh.relata({"inspect", "nothing"}).code == 64);
    CHECK(sh.relata({"diff", "model", "empty"}).code == 64);
    sh.files.write("bad.sql", "create tabel x;");
    auto const bad = sh.relata({"diff", "bad.sql", "empty"});
    CHECK(bad.code == 1);
    CHECK(has(bad.err, "syntax"));
    CHECK(sh.relata({"apply", "--url", "sqlite:x.db", "--folder", "none"}).code == 5);
    auto const bytes = sh.relata({"status", "--json", "--url", "sqlite:x.db", "--folder", "\xff"});
    CHECK(bytes.code == 5);
    CHECK(has(bytes.err, "\"code\""));
    auto const unreachable = sh.relata({"inspect", "postgresql://user:s3cret@127.0.0.1:1/x"});
    CHECK(unreachable.code == 1);
    CHECK_FALSE(has(unreachable.err, "s3cret"));
    auto const usage = sh.relata({"inspect", "a", "postgresql://user:s3cret@127.0.0.1:1/x"});
    CHECK(usage.code == 64);
    CHECK_FALSE(has(usage.err, "s3cret"));
}

TEST_CASE("command: plan explains what each statement does to tables and to others") {
    shell const sh;
    sh.files.write("old.sql", "CREATE TABLE t (id INT PRIMARY KEY, a INT);");
    sh.files.write("new.sql",
                   "CREATE TABLE t (id INT PRIMARY KEY, a INT); CREATE INDEX i ON t (a);");
    auto const arguments = test::with_dev({"plan", "old.sql", "new.sql"});
    auto explained = arguments;
    explained.push_back("--explain");
    auto const line = test::on("sqlite")       ? "RESERVED, writers wait; all rows are read\n"
                      : test::on("postgresql") ? "SHARE, writers wait; all rows are read\n"
                                               : "LOCK=NONE, nobody waits; all rows are read\n";
    CHECK(has(sh.relata(explained).out, line));
    CHECK(!has(sh.relata(arguments).out, line));
    explained.back() = "--json";
    auto const json = sh.relata(explained).out;
    CHECK(has(json, R"("table":"t","lock":")"));
    CHECK(has(json, test::on("mysql") ? R"("waits":"nobody")" : R"("waits":"writers")"));
    CHECK(has(json, R"("reversible":true)"));
}

TEST_CASE("command: a scratch database that is not empty is left alone") {
    if (test::on("sqlite")) return;
    shell const sh;
    auto const url = test::filled(users);
    sh.files.write("wanted.sql", wanted);
    auto const refused = sh.relata({"diff", url, "wanted.sql", "--dev", url});
    CHECK(refused.code == 1);
    CHECK(has(refused.err, "not empty"));
    CHECK(test::inspect(url).tables.size() == 1);
}

TEST_CASE("command: relata.toml gives databases by name, and keeps secrets out") {
    shell const sh;
    auto const url = test::filled(users);
    sh.files.write("relata.toml", "environment = \"local\"\n[env.local]\nurl = \"${THE_URL}\"\n");
    CHECK(has(sh.relata({"inspect"}, "THE_URL=" + in_quotes(url)).out, "CREATE TABLE"));
    CHECK(sh.relata({"diff", "env:local", url, "--exit-code"}, "THE_URL=" + in_quotes(url)).code ==
          0);
    auto const unset = sh.relata({"inspect"});
    CHECK(unset.code == 1);
    CHECK(has(unset.err, "THE_URL is not set"));
    CHECK(sh.relata({"new", "nothing"}).code == 0);  // needs no database
    auto const other = sh.relata({"inspect", "--env", "prod"}, "THE_URL=x");
    CHECK(other.code == 64);
    CHECK(has(other.err, "there are: local"));
    sh.files.write("relata.toml", "environment = \"local\"\n[env.local]\nurl = " + in_quotes(url) +
                                      "\n[env.prod]\nurl = \"${PROD_URL}\"\n");
    CHECK(sh.relata({"inspect"}).code == 0);
    CHECK(has(sh.relata({"inspect", "--env", "prod"}).err,
              "line 5: the environment variable PROD_URL"));
    sh.files.write("relata.toml", "[env.local]\nurls = \"x\"\n");
    CHECK(has(sh.relata({"inspect"}).err, "line 2"));
}

TEST_CASE("command: completion and help know every command") {
    shell const sh;
    for (auto const* name : {"bash", "zsh", "fish"}) {
        auto const script = sh.relata({"completion", name});
        CHECK(script.code == 0);
        CHECK(has(script.out, "inspect"));
        CHECK(has(script.out, "exit-code"));
    }
    sh.files.write("complete", sh.relata({"completion", "bash"}).out);
    CHECK(std::system(("bash -n " + in_quotes(sh.files.path() + "/complete")).c_str()) == 0);
    CHECK(has(sh.relata({"help", "exit-codes"}).out, "64  a mistake on the command line"));
    CHECK(has(sh.relata({"diff", "--help"}).out, "Examples:"));
    CHECK(has(sh.relata({"rules", "RL-D01"}).out, "DROP TABLE users;"));
    CHECK(has(sh.relata({"--version"}).out, "0."));
    auto const page = sh.relata({"help", "man"}).out;
    CHECK(page.starts_with(".TH \"relata\" 1"));
    CHECK(has(page, ".SS inspect\nShow the schema"));
    CHECK(has(page, "\\fB\\-\\-exit\\-code\\fR\n"));
    CHECK(has(page, ".SH EXIT STATUS\n.TP\n\\fB0\\fR\n"));
}

TEST_CASE("command: a program's own tables are the model") {
    auto const url = test::support().make(1);
    open(url).create_tables<person>();
    auto const ends = [&](std::vector<char const*> arguments) {
        std::string const dev = test::on("sqlite") ? "" : test::support().make(2);
        if (!dev.empty()) arguments.insert(arguments.end(), {"--dev", dev.c_str()});
        arguments.insert(arguments.begin(), "app");
        return relata_migrate_main(static_cast<int>(arguments.size()), arguments.data(),
                                   migrate::models_of<person>());
    };
    CHECK(ends({"diff", "model", url.c_str(), "--exit-code"}) == 0);
    test::run(url, {"alter table people add column age integer"});
    CHECK(ends({"diff", "model", url.c_str(), "--exit-code"}) == 2);
}
