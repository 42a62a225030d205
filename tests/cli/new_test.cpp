// SPDX-License-Identifier: BSL-1.0
// The command writes a migration for several engines at once, and with a step in C++.
#include "cli/shell.hpp"

#include <catch2/catch.hpp>

using test::has, test::shell, test::with_dev;

namespace {

char const* const tables =
    "create table users (id integer not null primary key, login varchar(20));";
char const* const more = "create table users (id integer not null primary key, login varchar(20));"
                         "create table visits (id integer not null primary key);";

// The content of a file of the migration with this name; empty: there is none.
std::string file(shell const& sh, std::string const& migration, std::string const& name) {
    for (auto const& each : sh.files.files())
        if (each.starts_with("migrations/") && each.ends_with('_' + migration + '/' + name))
            return test::content(sh.files.path() + '/' + each);
    return {};
}

std::string up_file() {
    if (!test::on("mysql")) return test::on("sqlite") ? "up.sqlite.sql" : "up.postgresql.sql";
    return test::on_mysql_proper() ? "up.mysql.sql" : "up.mariadb.sql";
}

}  // namespace

TEST_CASE("command: new with a step in C++ alone") {
    shell const sh;
    auto const made = sh.relata({"new", "slugs", "--step", "fill_slugs"});
    CHECK(made.code == 0);
    CHECK(file(sh, "slugs", "up.sql") == "-- relata:step fill_slugs\n");
    CHECK(has(made.err, "void fill_slugs(relata::migrate::data_run& run) {"));
    CHECK(has(made.err, "{{\"fill_slugs\", fill_slugs}}"));
    auto const url = test::support().make(1);
    CHECK(has(sh.relata({"status", "--url", url}).out, "_slugs, data step fill_slugs (not"));
    CHECK(sh.relata({"apply", "--url", url}).code == 10);
    auto const refused = sh.relata({"new", "wrong", "--step", "Fill slugs"});
    CHECK(refused.code == 64);
    CHECK(has(refused.err, "the name of a step has lower case letters"));
    CHECK(file(sh, "wrong", "meta.json").empty());
}

TEST_CASE("command: new with a step in C++ behind the statements") {
    shell const sh;
    sh.files.write("wanted.sql", tables);
    REQUIRE(sh.relata(with_dev({"new", "first", "--to", "wanted.sql", "--step", "fill"})).code ==
            0);
    auto const first = file(sh, "first", up_file());
    CHECK(has(first, "CREATE TABLE"));
    CHECK(first.ends_with(";\n-- relata:step fill\n"));
    // also where nothing else changes
    REQUIRE(sh.relata(with_dev({"new", "again", "--to", "wanted.sql", "--step", "fill"})).code ==
            0);
    CHECK(file(sh, "again", up_file()) == "-- relata:step fill\n");
}

TEST_CASE("command: new for several engines at once") {
    if (test::on("sqlite")) return;
    shell const sh;
    auto const dev = test::support().make(2);
    sh.files.write("wanted.sql", tables);
    auto const first =
        sh.relata({"new", "first", "--to", "wanted.sql", "--dev", "sqlite::memory:", "--dev", dev});
    CHECK(first.code == 0);
    CHECK(first.err == "");
    CHECK(has(file(sh, "first", "up.sqlite.sql"), "CREATE TABLE"));
    CHECK(has(file(sh, "first", up_file()), "CREATE TABLE"));
    CHECK(has(file(sh, "first", "snapshot.sqlite.json"), "login"));
    // as relata.toml lists them
    sh.files.write("relata.toml", "[env.all]\ndev = [\"sqlite::memory:\", \"" + dev + "\"]\n");
    sh.files.write("wanted.sql", more);
    REQUIRE(sh.relata({"new", "second", "--to", "wanted.sql", "--env", "all"}).code == 0);
    CHECK(has(file(sh, "second", "up.sqlite.sql"), "visits"));
    CHECK(has(file(sh, "second", up_file()), "visits"));
    CHECK(sh.relata({"verify", "--env", "all"}).code == 0);
    auto const none = sh.relata({"new", "third", "--to", "wanted.sql", "--env", "all"});
    CHECK(none.code == 0);
    CHECK(has(none.err, "nothing to do"));
    CHECK(file(sh, "third", "meta.json").empty());
}

TEST_CASE("command: new says what it does not write for") {
    shell const sh;
    auto const twice =
        std::vector<std::string>{"new",   "first",           "--to",  "empty.sql",
                                 "--dev", "sqlite::memory:", "--dev", "sqlite::memory:"};
    sh.files.write("empty.sql", "");
    sh.files.write("wanted.sql", tables);
    auto const refused = sh.relata(twice);
    CHECK(refused.code == 64);
    CHECK(has(refused.err, "two of the empty databases are of sqlite; nothing was written"));
    if (test::on("sqlite")) return;
    REQUIRE(sh.relata({"new", "first", "--to", "wanted.sql", "--dev", "sqlite::memory:", "--dev",
                       test::support().make(2)})
                .code == 0);
    sh.files.write("wanted.sql", more);
    auto const shown =
        sh.relata({"new", "second", "--to", "wanted.sql", "--dev", "sqlite::memory:", "--dry-run"});
    CHECK(shown.code == 0);
    CHECK(has(shown.out, "-- second/up.sqlite.sql\n"));
    CHECK(has(shown.out, "-- second/down.sqlite.sql\n"));
    CHECK(has(shown.out, "visits"));
    CHECK(file(sh, "second", "meta.json").empty());
    auto const half =
        sh.relata({"new", "second", "--to", "wanted.sql", "--dev", "sqlite::memory:"});
    CHECK(half.code == 0);
    CHECK(has(half.err, "others have statements for "));
    CHECK(has(half.err, ", this one has none"));
}

TEST_CASE("command: new asks at a terminal whether what goes is renamed") {
    shell const sh;
    sh.files.write("wanted.sql", "CREATE TABLE users (id INT PRIMARY KEY, login VARCHAR(20));");
    REQUIRE(sh.relata(test::with_dev({"new", "first", "--to", "wanted.sql"})).code == 0);
    sh.files.write("wanted.sql", "CREATE TABLE users (id INT PRIMARY KEY, nick VARCHAR(20), "
                                 "handle VARCHAR(20));");
    auto const arguments = test::with_dev({"new", "second", "--to", "wanted.sql"});
    // nobody is there to be asked
    CHECK(sh.relata(arguments).code == 9);
    CHECK(file(sh, "second", "meta.json").empty());
    // the input ends before the answer
    auto const given_up = sh.at_terminal(arguments, "");
    CHECK(given_up.code == 9);
    CHECK(file(sh, "second", "meta.json").empty());
    auto const answered = sh.at_terminal(arguments, "what?\nn\ny\n");
    CHECK(answered.code == 0);
    CHECK(has(answered.out, "Is users.login called nick now, and keeps its data? [y/n]"));
    CHECK(has(answered.out, "Is users.login called handle now, and keeps its data? [y/n]"));
    CHECK(has(answered.out, "--rename users.login=handle"));
    CHECK(
        has(file(sh, "second", up_file()), test::on("mysql") ? "CHANGE COLUMN" : "RENAME COLUMN"));
}

TEST_CASE("command: new asks at a terminal, and what is not renamed is dropped") {
    shell const sh;
    sh.files.write("wanted.sql", "CREATE TABLE users (id INT PRIMARY KEY, login VARCHAR(20));");
    REQUIRE(sh.relata(test::with_dev({"new", "first", "--to", "wanted.sql"})).code == 0);
    sh.files.write("wanted.sql", "CREATE TABLE users (id INT PRIMARY KEY, handle VARCHAR(20));");
    auto const arguments = test::with_dev({"new", "second", "--to", "wanted.sql"});
    auto const dropped = sh.at_terminal(arguments, "n\n");
    CHECK(dropped.code == 3);  // what destroys data must be allowed as well
    CHECK(has(dropped.out, "--dropped users.login"));
    CHECK(file(sh, "second", "meta.json").empty());
}

TEST_CASE("command: plan asks at a terminal, and shows the answer as an option") {
    shell const sh;
    sh.files.write("old.sql", "CREATE TABLE users (id INT PRIMARY KEY, login VARCHAR(20));");
    sh.files.write("wanted.sql", "CREATE TABLE users (id INT PRIMARY KEY, handle VARCHAR(20));");
    auto const arguments = test::with_dev({"plan", "old.sql", "wanted.sql"});
    CHECK(sh.relata(arguments).code == 9);
    auto const renamed = sh.at_terminal(arguments, "y\n");
    CHECK(renamed.code == 0);
    CHECK(has(renamed.out, "--rename users.login=handle"));
    CHECK(has(renamed.out, test::on("mysql") ? "CHANGE COLUMN" : "RENAME COLUMN"));
    auto const dropped = sh.at_terminal(arguments, "n\n");
    CHECK(dropped.code == 0);
    CHECK(has(dropped.out, "--dropped users.login"));
    CHECK(has(dropped.out, "destroys data"));
}
