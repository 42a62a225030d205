// SPDX-License-Identifier: BSL-1.0
// relata apply, resume: bring a database up to the folder of migrations.

#include "cli/progress.hpp"
#include "cli/tenants.hpp"

namespace relata::cli {

namespace {

struct flags : apply_flags {
    bool resume = false;
    tenants_flags tenants;
};

std::vector<migrate::planned_migration> planned(database const& to, migrate::folder const& folder,
                                                flags const& f,
                                                migrate::apply_options const& options) {
    return f.resume ? migrate::dry_run_resume(to, folder, options)
                    : migrate::dry_run(to, folder, options);
}

int run_for_all(session const& s, flags const& f, migrate::folder const& folder,
                std::vector<migrate::tenant> const& all) {
    auto const* const verb = f.dry_run ? "would apply" : "applied";
    return work_for_all(
        s, all, f.tenants, [&](auto const& ids) { return text_of(verb, ids); },
        [&](migrate::tenant const& which, database const& to) {
            progress observer(s, which.name);
            auto const options = options_of(s, f, observer);
            if (f.dry_run) return ids_of(planned(to, folder, f, options));
            return f.resume ? migrate::resume(to, folder, options)
                            : migrate::apply(to, folder, options);
        });
}

int run_apply(session& s, flags const& f) {
    auto const folder = migrate::read_folder(s.folder_path());
    if (auto const all = tenants_of(s, f.tenants.file); !all.empty())
        return run_for_all(s, f, folder, all);
    auto const to = open(s.database_url({}));
    progress observer(s);
    auto const options = options_of(s, f, observer);
    if (f.dry_run) return show_planned(s, planned(to, folder, f, options));
    return tell_done(s, "applied",
                     f.resume ? migrate::resume(to, folder, options)
                              : migrate::apply(to, folder, options));
}

}  // namespace

void add_apply(command& all, session& s) {
    auto apply = all.add("apply", "Apply the migrations that a database does not have yet");
    apply.footer(
        "Ends with 4 when another migrator is at work, 5 when the folder is not sound, 6 when a\n"
        "migration ended in the middle, 8 when the schema is not that of the snapshot. Examples:\n"
        "  relata apply --url sqlite:music.db\n"
        "  relata apply --env prod --dry-run\n"
        "  relata apply --tenants tenants.txt --at-once 8 --stop-after 1");
    auto& options = add_action(apply, s, run_apply);
    add_apply_flags(apply, options);
    add_tenants_flags(apply, options.tenants);
    auto resume = all.add("resume", "Go on after a migration that ended in the middle");
    resume.footer("Example:\n  relata resume --env prod --dry-run");
    auto& resumed = add_action(resume, s, run_apply);
    resumed.resume = true;
    add_apply_flags(resume, resumed);
    add_tenants_flags(resume, resumed.tenants);
}

}  // namespace relata::cli
