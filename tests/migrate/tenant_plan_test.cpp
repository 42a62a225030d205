// SPDX-License-Identifier: BSL-1.0
// Migrations for tenants that are schemas of one PostgreSQL database, planned in a schema of their own.
#include "migrate/apply_support.hpp"
#include "migrate/plan_support.hpp"
#include "migrate/random_statements.hpp"

#include "database/back_end.hpp"

#include <relata/migrate/scratch.hpp>
#include <relata/migrate/snapshot.hpp>
#include <relata/migrate/tenants.hpp>

#include <catch2/catch.hpp>

using namespace relata;
using namespace relata::migrate;
using test::told;
namespace catalog = schema::catalog;

namespace {

// A schema in the scratch database of this number, which is made anew.
std::string own_schema(int number, std::string const& name) {
    auto const url = test::support().make(number);
    test::run(url, {"create schema " + name, "create table countries (code char(2) primary key)"});
    return url + (url.find('?') == url.npos ? '?' : '&') + "search_path=" + name;
}

catalog::schema made_by(std::string const& url, std::vector<std::string> const& statements) {
    test::run(url, statements);
    return test::inspect(url);
}

// All that can be named, and a table that all tenants share.
std::vector<std::string> const goods{
    "create type mood as enum ('good', 'bad')",
    "create domain price as numeric(10, 2) check (value >= 0)",
    "create sequence numbers",
    "create table goods (id serial primary key, label varchar(20) not null, feel mood, at price, "
    "number bigint default nextval('numbers'), country char(2) references public.countries)",
    "create table orders (id bigint generated always as identity primary key, good_id int "
    "references goods (id), amount int check (amount > 0), "
    "exclude using btree (amount with =))",
    "create table parts (id int primary key) partition by range (id)",
    "create table part_1 partition of parts for values from (0) to (10)",
    "create table more_goods (extra int) inherits (goods)",
    "create index by_label on goods (lower(label)) where label <> ''",
    "create view sold as select o.id, g.label from orders o join goods g on g.id = o.good_id",
    "create materialized view kept as select count(*) as n from sold",
    "create function one(m mood) returns int language sql as 'select 1'",
    "create function touch() returns trigger language plpgsql as 'begin return new; end'",
    "create trigger touched before update on goods for each row execute function touch()",
    "comment on table goods is 'to be sold'",
    "comment on index by_label is 'to find them'",
    "comment on constraint orders_amount_check on orders is 'one at least'"};
// What changes each of them.
std::vector<std::string> const changed{
    "drop view sold cascade",
    "drop trigger touched on goods",
    "drop function one(mood)",
    "alter type mood add value 'fair'",
    "alter domain price add check (value < 1000)",
    "alter sequence numbers increment by 2",
    "alter table goods add column more text, alter column label type varchar(40)",
    "alter table orders alter column amount set not null, drop constraint orders_amount_check, "
    "add constraint enough check (amount > 1)",
    "create unique index orders_of_good on orders (good_id)",
    "drop index by_label",
    "drop table more_goods",
    "create table part_2 partition of parts for values from (10) to (20)",
    "create view sold as select id, label, more from goods",
    "create function one(m text) returns int language sql as 'select 2'",
    "comment on table goods is 'sold'"};

bool names_a_schema(std::vector<step> const& steps) {
    auto const all = test::text(steps);
    INFO(all);
    for (auto const* space :
         {"\"public\".\"goods", "\"public\".\"orders", "\"public\".\"parts", "dev"})
        if (all.find(space) != all.npos) return true;
    return false;
}

engine_steps steps_between(catalog::schema const& before, catalog::schema const& after,
                           plan_options const& how) {
    return {catalog::engine::postgresql, plan(diff(before, after), how),
            plan(diff(after, before), how), after};
}

std::vector<tenant> make_tenants() {
    auto const first = own_schema(1, "t1");
    test::run(first, {"create schema \"T 2\""});
    auto const base = first.substr(0, first.size() - 2);
    return {{"one", first}, {"two", base + "%22T%202%22"}};
}

void plan_in_a_schema(plan_options const& how) {
    auto const dev = own_schema(2, "dev");
    auto const nothing = test::inspect(dev);
    auto const first = made_by(dev, goods);
    auto const second = made_by(dev, changed);
    CHECK(second.by_search_path);
    test::scratch_folder const files;
    for (auto const& steps :
         {steps_between(nothing, first, how), steps_between(first, second, how)}) {
        CHECK_FALSE(names_a_schema(steps.up));
        CHECK_FALSE(names_a_schema(steps.down));
        add_migration(files.path(), "goods", {}, {steps});
    }
    auto const from = read_folder(files.path());
    auto const tenants = make_tenants();
    for (auto const& each : tenants) {
        INFO(each.name);
        auto const db = open(each.url);
        CHECK(apply(db, from).size() == 2);
        CHECK(test::inspect(each.url) == second);
        CHECK(drift(db, from).empty());
        apply_options options;
        options.allow_loss = true;
        options.to = from.migrations[0].id;
        (void)down(db, from, options);
        CHECK(diff(test::inspect(each.url), first).empty());
    }
    // nothing went where all share
    auto const shared = tenants[0].url.substr(0, tenants[0].url.find("search_path") - 1);
    for (auto const& table : test::inspect(shared).tables)
        if (table.name.space.empty()) CHECK(table.name.name == "countries");
}

}  // namespace

TEST_CASE("tenants: what is planned in a schema of PostgreSQL runs in any other") {
    if (!test::on("postgresql")) return;
    plan_in_a_schema({});
}

TEST_CASE(
    "tenants: what is planned in a schema of PostgreSQL for tables in use runs in any other") {
    if (!test::on("postgresql")) return;
    plan_in_a_schema({true});
}

TEST_CASE("tenants: random schemas into each other in a schema of PostgreSQL") {
    if (!test::on("postgresql")) return;
    for (unsigned seed = 1; seed <= 10; ++seed) {
        INFO("seed " << seed);
        test::random_statements source(seed);
        auto const first = source.next();
        auto const start = made_by(own_schema(2, "dev"), first);
        auto const wanted = made_by(own_schema(2, "dev"), source.next());
        auto const tenant = own_schema(1, "t1");
        test::run(tenant, first);
        plan_options const how{seed % 2 == 0};
        test::change_into(tenant, wanted, {}, how);
        test::change_into(tenant, start, {}, how);
    }
}

TEST_CASE("tenants: a scratch database can be a schema, and is empty again") {
    if (!test::on("postgresql")) return;
    auto const url = own_schema(2, "dev");
    {
        scratch made(url);
        made.run(goods);
        CHECK(made.inspect().tables.size() == 5);
        made.clear();
        CHECK(made.inspect().tables.empty());
        CHECK(made.inspect().others.empty());
    }
    CHECK(test::inspect(url).enumerations.empty());
}

TEST_CASE("tenants: a snapshot remembers that it holds in any schema") {
    if (!test::on("postgresql")) return;
    auto const kept = to_json(made_by(own_schema(2, "dev"), goods));
    CHECK(kept.find("\"by_search_path\": true") != kept.npos);
    auto const read = from_json(kept);
    CHECK(read.by_search_path);
    for (auto const& each : create_statements(read))
        CHECK(each.find("\"public\".\"goods") == each.npos);
    auto const whole = test::inspect(test::support().make(1));
    CHECK(to_json(whole).find("by_search_path") == std::string::npos);
}
