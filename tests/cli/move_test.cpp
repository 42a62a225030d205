// SPDX-License-Identifier: BSL-1.0
// relata move, as a script uses it.
#include "cli/shell.hpp"

#include <catch2/catch.hpp>

using test::has, test::shell;

namespace {

std::string const users = "create table users (id integer not null primary key, login varchar(40));"
                          "insert into users values (1, 'ada'), (2, null);"
                          "create view logins as select login from users";

}  // namespace

TEST_CASE("command: move refuses what the target cannot have, and copies the rest when told") {
    shell const sh;
    auto const from = test::filled(users);
    auto const to = test::support().make(3);
    auto const refused = sh.relata({"move", from, to});
    CHECK(refused.code == 3);
    CHECK(has(refused.out, "refused view:logins: "));
    CHECK(has(refused.err, "--leave-out"));
    CHECK(test::inspect(to).tables.empty());

    auto const planned = sh.relata({"move", from, to, "--dry-run", "--leave-out", "view:logins"});
    CHECK(planned.code == 0);
    CHECK(has(planned.out, "left out view:logins: "));
    CHECK(has(planned.out, "CREATE TABLE"));
    CHECK(test::inspect(to).tables.empty());

    auto const moved = sh.relata({"move", from, to, "--leave-out", "view:logins", "--batch", "1"});
    CHECK(moved.code == 0);
    CHECK(has(moved.out, "moved 2 rows of 1 table; the digests of both sides are equal"));
    CHECK(has(moved.err, "users: 2 rows, the same"));
    CHECK(sh.relata({"move", from, to, "--leave-out", "view:logins"}).code == 1);
}

TEST_CASE("command: move tells programs of each batch, table and the end") {
    shell const sh;
    auto const from = test::filled(users);
    auto const to = test::support().make(3);
    auto const moved = sh.relata({"move", from, to, "--json", "--leave-out", "view:logins",
                                  "--type", "users.login=text(50)"});
    CHECK(moved.code == 0);
    CHECK(has(moved.out, R"("event":"table_started")"));
    CHECK(has(moved.out, R"("event":"rows")"));
    CHECK(has(moved.out, R"("digest":")"));
    CHECK(has(moved.out, R"({"event":"moved","tables":1,"rows":2})"));
}

TEST_CASE("command: move takes no type that is none") {
    shell const sh;
    auto const from = test::filled(users);
    auto const to = test::support().make(3);
    CHECK(sh.relata({"move", from, to, "--type", "users.login"}).code == 64);
    auto const none = sh.relata({"move", from, to, "--type", "users.login=words"});
    CHECK(none.code == 1);
    CHECK(has(none.err, "decimal(10,2)"));
}
