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

void add_schema(scratch_folder const& to, std::string const& name, std::string const& statements) {
    auto const after = schema_of(statements);
    auto const before = [&] {
        auto const found = migrate::read_folder(to.path()).migrations;
        return found.empty() ? inspect(support().make(2))
                             : found.back().snapshot(this_engine()).value();
    }();
    migrate::engine_steps steps;
    steps.engine = this_engine();
    steps.up = migrate::plan(diff_without_renames(before, after));
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
