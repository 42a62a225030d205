// SPDX-License-Identifier: BSL-1.0
// Many databases at once: files of SQLite, databases of MariaDB, schemas of PostgreSQL.
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/tenants.hpp>

#include <catch2/catch.hpp>

#include <atomic>

using namespace relata;
using namespace relata::migrate;
using Catch::Contains;
using test::add_text, test::refusal, test::told;
using state = tenant_result::state;

namespace {

std::string schema_url(std::string const& url, std::string const& path) {
    return url + (url.find('?') == url.npos ? '?' : '&') + "search_path=" + path;
}

std::vector<tenant> make_tenants(test::scratch_folder const& files, int count) {
    std::vector<tenant> all;
    auto const server = test::on("postgresql") ? test::support().make(1) : std::string();
    for (int i = 1; i <= count; ++i) {
        auto const name = "t" + std::to_string(i);
        if (test::on("postgresql")) test::run(server, {"create schema " + name});
        all.push_back({name, test::on("sqlite") ? "sqlite:" + files.path() + "/" + name + ".db"
                             : test::on("postgresql") ? schema_url(server, name)
                                                      : test::support().make(i)});
    }
    return all;
}
int tenant_count() { return test::on("sqlite") ? 20 : 5; }

// Hand-written SQL without a schema's name, so that it means the tenant's.
test::scratch_folder goods_folder() {
    test::scratch_folder made;
    add_text(made, "goods", "create table goods (id integer primary key, label varchar(20));\n");
    add_text(made, "rows", "insert into goods values (1, 'cup');\n", "delete from goods;");
    return made;
}

std::vector<tenant_result> apply_to(std::vector<tenant> const& all, folder const& from,
                                    tenants_options const& options = {}) {
    return for_each_tenant(
        all, [&](tenant const&, database const& db) { return apply(db, from); }, options);
}

std::string states(std::vector<tenant_result> const& all) {
    std::string text;
    for (auto const& each : all)
        text += each.name + " " + std::string(name_of(each.is)) + " " +
                std::to_string(each.told.size()) + "\n";
    return text;
}

struct watcher : tenants_observer {
    std::size_t started = 0, finished = 0, last = 0, all = 0;
    void tenant_started(tenant const&) override { ++started; }
    void tenant_finished(tenant_result const&, std::size_t number, std::size_t of) override {
        ++finished;
        last = std::max(last, number);
        all = of;
    }
};

}  // namespace

TEST_CASE("tenants: one that fails stops no other, and only it is done again", "[threads]") {
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, tenant_count());
    auto const migrations = goods_folder();
    auto const from = read_folder(migrations.path());
    test::run(tenants[2].url, {"create table goods (by_hand integer)"});
    watcher observer;
    auto const first = apply_to(tenants, from, {.at_once = 4, .observer = &observer});
    REQUIRE(first.size() == tenants.size());
    for (std::size_t i = 0; i < first.size(); ++i) {
        INFO(first[i].name);
        CHECK(first[i].name == tenants[i].name);
        CHECK((first[i].is == state::done) == (i != 2));
        CHECK(first[i].told.size() == (i == 2 ? 0 : 2));
        if (i != 2)
            CHECK(told(history(open(tenants[i].url))) == "goods applied 1/1\nrows applied 1/1\n");
    }
    CHECK(first[2].is == state::failed);
    CHECK(first[2].why.value().kind() == error_kind::already_exists);
    CHECK(observer.started == tenants.size());
    CHECK(observer.finished == tenants.size());
    CHECK(observer.last == tenants.size());
    CHECK(observer.all == tenants.size());

    test::run(tenants[2].url, {"drop table goods"});
    auto const second = apply_to(tenants, from);
    for (std::size_t i = 0; i < second.size(); ++i) {
        INFO(second[i].name);
        CHECK(second[i].is == state::done);
        CHECK(second[i].told.size() == (i == 2 ? 2 : 0));
        CHECK(test::rows(tenants[i].url, "select label from goods") == "cup");
    }
}

TEST_CASE("tenants: after so many failures no further one is begun") {
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 5);
    auto const migrations = goods_folder();
    auto const from = read_folder(migrations.path());
    for (auto const i : {1U, 2U}) test::run(tenants[i].url, {"create table goods (x integer)"});
    CHECK(states(apply_to(tenants, from, {.at_once = 1, .stop_after = 1})) ==
          "t1 done 2\nt2 failed 0\nt3 not begun 0\nt4 not begun 0\nt5 not begun 0\n");
    CHECK(states(apply_to(tenants, from, {.at_once = 1, .stop_after = 2})) ==
          "t1 done 0\nt2 failed 0\nt3 failed 0\nt4 not begun 0\nt5 not begun 0\n");
    CHECK(states(apply_to(tenants, from, {.at_once = 1})) ==
          "t1 done 0\nt2 failed 0\nt3 failed 0\nt4 done 2\nt5 done 2\n");
}

TEST_CASE("tenants: not more than asked for are worked on at once", "[threads]") {
    test::scratch_folder const files;
    std::vector<tenant> tenants;
    for (int i = 0; i < 12; ++i)
        tenants.push_back(
            {"t" + std::to_string(i), "sqlite:" + files.path() + "/" + std::to_string(i) + ".db"});
    std::atomic<int> now{0};
    std::atomic<int> most{0};
    auto const found = for_each_tenant(
        tenants,
        [&](tenant const&, database const& db) {
            auto const mine = ++now;
            for (auto seen = most.load(); seen < mine && !most.compare_exchange_weak(seen, mine);) {
            }
            db.script("create table t (x integer)");
            --now;
        },
        {.at_once = 3});
    CHECK(most >= 1);
    CHECK(most <= 3);
    CHECK(states(found).find("failed") == std::string::npos);
}

TEST_CASE("tenants: what makes no sense is refused before anything is done") {
    auto const words = [](std::vector<tenant> const& all, std::size_t at_once) {
        return refusal(error_kind::invalid_argument, [&] {
            (void)for_each_tenant(all, [](tenant const&, database const&) { FAIL("called"); },
                                  {.at_once = at_once});
        });
    };
    CHECK_THAT(words({{"a", "sqlite:a.db"}, {"a", "sqlite:b.db"}}, 1),
               Contains("two tenants are called a; nothing was done"));
    CHECK_THAT(words({{"a", "sqlite:a.db"}, {"b", "sqlite:a.db"}}, 1),
               Contains("the tenant b has the URL of another one"));
    CHECK_THAT(words({{"a", "sqlite:a.db"}}, 0), Contains("no tenants at once"));
    CHECK(for_each_tenant(std::vector<tenant>{}, [](tenant const&, database const&) {}).empty());
}

TEST_CASE("tenants: a database that cannot be opened is one that failed", "[threads]") {
    test::scratch_folder const files;
    std::vector<tenant> const tenants{{"gone", "sqlite:" + files.path() + "/none/gone.db"},
                                      {"here", "sqlite:" + files.path() + "/here.db"}};
    auto const found = for_each_tenant(tenants, [](tenant const&, database const&) {});
    CHECK(states(found) == "gone failed 0\nhere done 0\n");
}

TEST_CASE("tenants: another exception begins no further one, and leaves") {
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 3);
    int calls = 0;
    CHECK_THROWS_AS(for_each_tenant(tenants,
                                    [&](tenant const&, database const&) {
                                        ++calls;
                                        throw std::logic_error("a mistake of the program");
                                    },
                                    {.at_once = 1}),
                    std::logic_error);
    CHECK(calls == 1);
}

namespace {

// Applies to another tenant while the one that it watches is at work.
struct meanwhile : apply_observer {
    std::string url;
    folder const& from;
    std::size_t applied = 0;
    meanwhile(std::string to, folder const& migrations) : url(std::move(to)), from(migrations) {}
    void migration_started(migration const&, std::size_t, std::size_t) override {
        if (applied == 0) applied = apply(open(url), from).size();
    }
};

}  // namespace

TEST_CASE("tenants: schemas of one PostgreSQL database have locks and histories of their own") {
    if (!test::on("postgresql")) return;
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 2);
    auto const migrations = goods_folder();
    auto const from = read_folder(migrations.path());
    meanwhile observer(tenants[1].url, from);
    apply_options options;
    options.observer = &observer;
    CHECK(apply(open(tenants[0].url), from, options).size() == 2);
    CHECK(observer.applied == 2);
    auto const shared = tenants[0].url.substr(0, tenants[0].url.find("search_path") - 1);
    CHECK(history(open(shared)).empty());
    CHECK(apply(open(shared), from).size() == 2);
    test::run(shared, {"create schema t9"});
    auto const url = schema_url(shared, "t9,public");
    CHECK(history(open(url)).empty());
    CHECK(apply(open(url), from).size() == 2);
    CHECK(test::rows(shared, "select label from t9.goods") == "cup");
    CHECK_THAT(refusal(error_kind::database_not_found,
                       [&] { (void)apply(open(schema_url(shared, "t8")), from); }),
               Contains("no schema of the search path is there"));
}

TEST_CASE(
    "tenants: the schema of one in PostgreSQL is that of its own namespace, without its name") {
    if (!test::on("postgresql")) return;
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 2);
    std::vector<std::string> const statements{
        "create type mood as enum ('good', 'bad')",
        "create table goods (id serial primary key, label varchar(20) not null, feel mood)",
        "create table orders (id bigint generated always as identity primary key, good_id int "
        "references goods (id), amount int check (amount > 0))",
        "create index by_label on goods (lower(label)) where label <> ''",
        "create view sold as select o.id, g.label from orders o join goods g on g.id = o.good_id",
        "create function one() returns int language sql as 'select 1'",
        "create function touch() returns trigger language plpgsql as 'begin return new; end'",
        "create trigger touched before update on goods for each row execute function touch()",
        "comment on table goods is 'to be sold'"};
    for (auto const& each : tenants) test::run(each.url, statements);
    auto const one = test::inspect(tenants[0].url);
    CHECK(one == test::inspect(tenants[1].url));
    CHECK(one.tables.size() == 2);
    CHECK(one.views.size() == 1);
    CHECK(one.enumerations.size() == 1);
    CHECK(one.others.size() == 3);
    CHECK(one.spaces.empty());
    for (auto const& each : one.others) CHECK(each.definition.find("t1") == std::string::npos);
    CHECK(one.tables[1].references.at(0).other.space.empty());
    test::run(tenants[1].url, {"alter table goods add column more int"});
    CHECK_FALSE(one == test::inspect(tenants[1].url));
    auto const whole = tenants[0].url.substr(0, tenants[0].url.find("search_path") - 1);
    CHECK(test::inspect(whole).tables.size() == 4);
}

TEST_CASE("tenants: a snapshot holds in each schema of PostgreSQL", "[threads]") {
    if (!test::on("postgresql")) return;
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 3);
    test::scratch_folder migrations;
    test::add_schema(migrations, "goods", "create table goods (id int primary key, label text);",
                     {{"create table goods (id int primary key, label text)"}});
    auto const from = read_folder(migrations.path());
    CHECK(states(apply_to(tenants, from)) == "t1 done 1\nt2 done 1\nt3 done 1\n");
    CHECK(drift(open(tenants[1].url), from).empty());
    test::run(tenants[1].url, {"alter table goods add column more int"});
    CHECK_FALSE(drift(open(tenants[1].url), from).empty());
    CHECK(drift(open(tenants[2].url), from).empty());
}

TEST_CASE("docs: the same work for each tenant", "[docs][threads]") {
    test::scratch_folder const files;
    auto const tenants = make_tenants(files, 2);
    auto const written = goods_folder();
    auto const migrations = read_folder(written.path());
    std::string out;
    // [each]
    auto const results = relata::migrate::for_each_tenant(
        tenants,  // a range of {name, url}
        [&](relata::migrate::tenant const&, relata::database const& db) {
            return relata::migrate::apply(db, migrations);
        },
        {.at_once = 8, .stop_after = 3});
    for (auto const& each : results)
        if (each.why) out += each.name + ": " + each.why->what() + '\n';
    // [each end]
    CHECK(out.empty());
    CHECK(states(results) == "t1 done 2\nt2 done 2\n");
}
