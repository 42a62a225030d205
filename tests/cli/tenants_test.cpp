// SPDX-License-Identifier: BSL-1.0
// The command at work on many databases: which they are, what it tells of them, and how it ends.
#include "cli/shell.hpp"

#include <catch2/catch.hpp>

#include <regex>

using test::has, test::shell;

namespace {

// A folder with one migration, and twenty tenants of which number 7 has the table already.
shell with_tenants() {
    shell sh;
    CHECK(sh.relata({"new", "goods"}).code == 0);
    auto const id = [&] {
        for (auto const& each : sh.files.files())
            if (each.ends_with("_goods")) return each;
        return std::string();
    }();
    sh.files.write(id + "/up.sql", "create table goods (id integer primary key);\n");
    CHECK(sh.relata({"repair", "--sum"}).code == 0);
    std::string list = "# name and URL\n\n";
    for (int i = 1; i <= 20; ++i)
        list += "t" + std::to_string(i) + (i == 3 ? " sqlite:third.db" : "") + "\n";
    sh.files.write("tenants.txt", list);
    sh.files.write("relata.toml",
                   "[env.all]\nurl = \"sqlite:{tenant}.db\"\ntenants = \"tenants.txt\"\n"
                   "[env.two]\nurl = \"sqlite:{tenant}.db\"\ntenants = [\"t1\", "
                   "\"t2\"]\n");
    return sh;
}

void spoil(shell const& sh, std::string const& name) {
    auto const db = relata::open("sqlite:" + sh.files.path() + "/" + name + ".db");
    db.script("create table goods (by_hand integer)");
}

}  // namespace

TEST_CASE("command: apply on many tenants, of which one fails") {
    auto const sh = with_tenants();
    spoil(sh, "t7");
    auto const none = sh.relata({"status", "--env", "all", "--exit-code"});
    CHECK(none.code == 2);
    CHECK(has(none.out, "t20  done      0 applied, 1 pending\n"));
    auto const plan = sh.relata({"apply", "--env", "two", "--dry-run"});
    CHECK(plan.code == 0);
    CHECK(has(plan.out, "t1  done      would apply 1 migration"));

    auto const first = sh.relata({"apply", "--env", "all"});
    CHECK(first.code == 11);
    CHECK(has(first.out, "t6   done      applied 1 migration, the last one is "));
    CHECK(has(first.out, "t7   failed    RL-E016 already_exists\n"));
    CHECK(has(first.out, "20 tenants: 19 done, 1 failed, 0 not begun\n"));
    CHECK(has(first.err, "[20/20] t"));
    CHECK(has(first.err, "relata: t7: RL-E016 already_exists: statement 1 of 1 of "));

    auto const again = sh.relata({"apply", "--env", "all", "--at-once", "1", "--stop-after", "1"});
    CHECK(again.code == 11);
    CHECK(has(again.out, "t6   done      nothing to do"));
    CHECK(has(again.out, "t8   not begun\n"));
    CHECK(has(again.out, "6 done, 1 failed, 13 not begun"));

    auto const one = sh.relata({"status", "--env", "all", "--tenant", "t7", "--tenant", "t3"});
    CHECK(one.code == 0);
    CHECK(
        has(one.out, "t7  done      0 applied, 1 pending\nt3  done      1 applied, 0 pending\n2 "));
    CHECK(relata::open("sqlite:" + sh.files.path() + "/third.db").server() != "");
}

TEST_CASE("command: events tell of each tenant") {
    auto const sh = with_tenants();
    spoil(sh, "t2");
    auto const all = sh.relata({"apply", "--env", "two", "--json"});
    CHECK(all.code == 11);
    CHECK(has(all.out, R"({"event":"tenant_started","tenant":"t1"})"));
    CHECK(has(all.out, R"({"event":"started","tenant":"t1","migration":")"));
    CHECK(has(all.out, R"({"event":"tenant","tenant":"t1","state":"done","told":[")"));
    CHECK(has(all.out,
              R"({"event":"tenant","tenant":"t2","state":"failed","told":[],"milliseconds":)"));
    CHECK(has(all.out, R"("code":"RL-E016","exit_code":1})"));
    CHECK(has(all.out, R"({"event":"tenants","done":1,"failed":1,"not_begun":0})"));
    CHECK(has(all.err, R"("tenant":"t2"})"));
    auto const stopped = sh.relata({"apply", "--env", "two", "--json", "--tenant", "t2", "--tenant",
                                    "t1", "--at-once", "1", "--stop-after", "1"});
    CHECK(has(stopped.out, R"({"event":"tenant","tenant":"t1","state":"not begun")"));
}

TEST_CASE("command: down, drift and baseline on many tenants") {
    auto const sh = with_tenants();
    CHECK(sh.relata({"apply", "--env", "two"}).code == 0);
    CHECK(sh.relata({"down", "--env", "two", "--allow-loss"}).code == 64);
    sh.files.write("empty.txt", "t1\nt2\n");
    auto const id = std::regex_replace(sh.relata({"status", "--env", "two", "--tenant", "t1"}).out,
                                       std::regex("\\s"), "");
    CHECK(has(id, "1applied,0pending"));
    auto const drift = sh.relata({"drift", "--env", "two"});
    CHECK(drift.code == 11);  // there is no snapshot
    CHECK(has(drift.out, "t1  failed    RL-E026 not_found"));
    CHECK(sh.relata({"baseline", "20000101000000_none", "--env", "two"}).code == 11);
    CHECK(sh.relata({"baseline", "20000101000000_none", "--env", "two", "--dry-run"}).code == 11);
}

TEST_CASE("command: tenants that are not known, and lists that cannot be read") {
    auto const sh = with_tenants();
    auto const says = [&](std::vector<std::string> const& arguments, int code,
                          std::string const& words) {
        auto const found = sh.relata(arguments);
        INFO(found.out << found.err);
        CHECK(found.code == code);
        CHECK(has(found.err, words));
    };
    says({"status", "--env", "two", "--tenant", "t9"}, 64, "there is no tenant 't9'");
    says({"status", "--url", "sqlite:a.db", "--tenant", "t9"}, 64, "--url has no {tenant}");
    says({"status", "--url", "sqlite:{tenant}.db"}, 64, "the URL has {tenant}: which?");
    says({"history", "--env", "two"}, 64, "this command works on one database: choose a tenant");
    says({"history", "--env", "two", "--tenant", "t2"}, 0, "no migrations");
    says({"status", "--tenants", "none.txt"}, 64, "cannot read the file none.txt");
    sh.files.write("bad.txt", "t1 sqlite:a.db\nt 2 sqlite:b.db\n");
    says({"status", "--tenants", "bad.txt"}, 1, "bad.txt, line 2: a line is a name, and a URL");
    sh.files.write("bad.txt", "../t sqlite:a.db\n");
    says({"status", "--tenants", "bad.txt"}, 1, "'../t' is no name of a tenant");
    sh.files.write("bad.txt", "t\n");
    says({"status", "--tenants", "bad.txt"}, 1, "bad.txt, line 1: the tenant t has no URL");
    sh.files.write("bad.txt", "# none\n");
    says({"status", "--tenants", "bad.txt"}, 1, "bad.txt: it has no tenants");
    sh.files.write("bad.txt", "t1 sqlite:a.db\nt2 sqlite:a.db\n");
    says({"status", "--tenants", "bad.txt"}, 1, "the tenant t2 has the URL of another one");
    says({"apply", "--url", "sqlite:x{tenant}.db", "--tenant", "t1", "--at-once", "0"}, 1,
         "no tenants at once");
}

TEST_CASE("command: migrations for tenants that are schemas of PostgreSQL") {
    if (!test::on("postgresql")) return;
    shell const sh;
    auto const dev = test::support().make(2);
    auto const shop = test::support().make(1);
    test::run(dev, {"create schema scratch"});
    test::run(shop, {"create schema acme", "create schema globex"});
    auto const path = [](std::string const& url) {
        return url + (url.find('?') == url.npos ? "?" : "&") + "search_path=";
    };
    sh.files.write("relata.toml", "environment = \"prod\"\n[env.prod]\nurl = \"" + path(shop) +
                                      "{tenant}\"\ndev = \"" + path(dev) +
                                      "scratch\"\ntenants = [\"acme\", \"globex\"]\n");
    auto const wanted = [&](std::string const& more) {
        sh.files.write("wanted.sql", "create type mood as enum ('good', 'bad');"
                                     "create table goods (id serial primary key, feel mood" +
                                         more + "); create view moods as select feel from goods;");
    };
    wanted("");
    REQUIRE(sh.relata({"new", "first", "--to", "wanted.sql"}).code == 0);
    wanted(", label text");
    REQUIRE(sh.relata({"new", "second", "--to", "wanted.sql"}).code == 0);
    for (auto const& each : sh.files.files())
        if (each.ends_with(".sql") || each.ends_with(".json")) {
            INFO(each);
            auto const text = test::content(sh.files.path() + '/' + each);
            CHECK_FALSE(has(text, "public"));
            CHECK_FALSE(has(text, "scratch"));
        }
    CHECK(sh.relata({"verify"}).code == 0);
    auto const applied = sh.relata({"apply"});
    INFO(applied.out << applied.err);
    CHECK(applied.code == 0);
    CHECK(sh.relata({"drift"}).code == 0);
    CHECK(test::rows(shop, "select count(*)::text from acme.goods, globex.goods") == "0");
    CHECK(test::rows(shop, "select count(*)::text from pg_tables where schemaname = 'public'") ==
          "0");
}
