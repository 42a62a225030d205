// SPDX-License-Identifier: BSL-1.0
// relata down: take migrations back.

#include "cli/progress.hpp"
#include "cli/tenants.hpp"

namespace relata::cli {

namespace {

struct down_flags : apply_flags {
    tenants_flags tenants;
};

int down_for_all(session const& s, down_flags const& f, migrate::folder const& folder,
                 std::vector<migrate::tenant> const& all) {
    if (f.to.empty())
        throw usage_error(
            "tenants may be at different migrations: say with --to which one shall be "
            "the last, or empty");
    auto const* const verb = f.dry_run ? "would take back" : "taken back";
    return work_for_all(
        s, all, f.tenants, [&](auto const& ids) { return text_of(verb, ids); },
        [&](migrate::tenant const& which, database const& of) {
            progress observer(s, which.name);
            if (f.dry_run)
                return ids_of(migrate::dry_run_down(of, folder, options_of(s, f, observer)));
            return migrate::down(of, folder, options_of(s, f, observer));
        });
}

int run_down(session& s, down_flags const& f) {
    auto const folder = migrate::read_folder(s.folder_path());
    if (auto const all = tenants_of(s, f.tenants.file); !all.empty())
        return down_for_all(s, f, folder, all);
    auto const of = open(s.database_url({}));
    progress observer(s);
    auto const options = options_of(s, f, observer);
    if (f.dry_run) return show_planned(s, migrate::dry_run_down(of, folder, options));
    return tell_done(s, "taken back", migrate::down(of, folder, options));
}

}  // namespace

void add_down(command& all, session& s) {
    auto command = all.add("down", "Take the last migration back, or all after --to");
    command.footer(
        "Examples:\n"
        "  relata down --url sqlite:music.db\n"
        "  relata down --env local --to 20261122090000_add_orders --allow-loss --dry-run");
    auto& options = add_action(command, s, run_down);
    add_apply_flags(command, options);
    add_tenants_flags(command, options.tenants);
    command.flag("--allow-loss", options.allow_loss, "also where rows or values may go");
}

}  // namespace relata::cli
