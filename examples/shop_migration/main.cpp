// SPDX-License-Identifier: BSL-1.0
//
// Adds a migration to the shop's, which leads from where they end to the tables of its structs:
//
//   shop_migration NAME URL...
//
// Each URL is that of an empty database, one for each engine that the shop is to run on.

#include "../shop/tables.hpp"

#include <relata/migrate/folder.hpp>
#include <relata/migrate/plan.hpp>

#include <cstdio>

namespace {

namespace migrate = relata::migrate;

constexpr char path[] = RELATA_EXAMPLE_FOLDER "/../shop/migrations";

migrate::engine_steps steps_for(migrate::folder const& folder, std::string_view empty_database) {
    migrate::scratch scratch(empty_database);
    auto before = scratch.inspect();  // of the first migration
    if (!folder.migrations.empty())
        before = folder.migrations.back().snapshot(scratch.engine()).value();
    scratch.make(shop::all_tables());
    auto const after = scratch.inspect();
    return {scratch.engine(), migrate::plan(migrate::diff(before, after)),
            migrate::plan(migrate::diff(after, before)), after};
}

}  // namespace

int main(int count, char** values) {
    if (count < 3) {
        std::fputs("usage: shop_migration NAME URL...\n", stderr);
        return 64;
    }
    try {
        auto const folder = migrate::read_folder(path);
        std::vector<migrate::engine_steps> all;
        bool changed = false;
        for (int i = 2; i < count; ++i) {
            all.push_back(steps_for(folder, values[i]));
            changed = changed || !all.back().up.empty();
        }
        if (!changed) return std::puts("nothing to do: the migrations lead to these structs"), 0;
        auto const made = migrate::add_migration(path, values[1], {}, all);
        std::puts(made.migrations.back().id.c_str());
    } catch (std::exception const& e) {
        std::fprintf(stderr, "shop_migration: %s\n", e.what());
        return 1;
    }
}
