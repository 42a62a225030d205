// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply_support.hpp"

#include "database/back_end.hpp"
#include "migrate/plan_support.hpp"

namespace test {

using namespace relata;
using product = schema::catalog::engine;

product this_engine() {
    if (on("sqlite")) return product::sqlite;
    if (on("postgresql")) return product::postgresql;
    return on_mysql_proper() ? product::mysql : product::mariadb;
}

namespace {

// The last one that was kept; texts have none.
schema::catalog::schema last_snapshot(scratch_folder const& in) {
    auto const all = migrate::read_folder(in.path()).migrations;
    for (auto i = all.size(); i > 0; --i)
        if (auto kept = all[i - 1].snapshot(this_engine())) return *kept;
    return inspect(support().make(2));
}

}  // namespace

void add_schema(scratch_folder const& to, std::string const& name, std::string const& statements,
                std::vector<migrate::step> up) {
    auto const after = schema_of(statements);
    auto const before = last_snapshot(to);
    migrate::engine_steps steps;
    steps.engine = this_engine();
    steps.up = up.empty() ? migrate::plan(diff_without_renames(before, after)) : std::move(up);
    steps.down = migrate::plan(diff_without_renames(after, before));
    steps.snapshot = after;
    (void)migrate::add_migration(to.path(), name, "", {steps});
}

void add_text(scratch_folder const& to, std::string const& name, std::string const& up,
              std::string const& down) {
    auto const id = migrate::add_migration(to.path(), name, "", {}).migrations.back().id;
    to.write(id + "/up.sql", up);
    if (!down.empty()) to.write(id + "/down.sql", down);
    migrate::write_sum(to.path());
}

scratch_folder shop_folder() {
    scratch_folder made;
    std::string const goods = "create table goods (id integer primary key, label varchar(20)); ";
    add_schema(made, "goods", goods);
    add_schema(made, "orders",
               goods +
                   "create table orders (id integer primary key, good_id integer references goods "
                   "(id), amount integer not null check (amount > 0)); create index by_good on "
                   "orders (good_id); create view sold as select good_id, amount from orders;");
    add_schema(made, "labels",
               "create table goods (id integer primary key, label varchar(40) not null, price "
               "integer default 1); create table orders (id integer primary key, good_id integer "
               "references goods (id), amount integer not null check (amount > 1)); create index "
               "by_amount on orders (amount, good_id);");
    return made;
}

std::string told(std::vector<migrate::history_entry> const& entries) {
    std::string all;
    for (auto const& each : entries)
        all += each.id.substr(15) + " " + std::string(name_of(each.state)) + " " +
               std::to_string(each.done) + "/" + std::to_string(each.statements) +
               (each.running ? " at " + std::to_string(each.running) : "") + "\n";
    return all;
}

}  // namespace test
