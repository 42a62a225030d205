// SPDX-License-Identifier: BSL-1.0
// relata apply, resume: bring a database up to the folder of migrations.

#include "cli/progress.hpp"

namespace relata::cli {

namespace {

struct flags : apply_flags {
    bool resume = false;
};

int show_plan(session const& s, std::vector<migrate::planned_migration> const& all) {
    for (auto const& each : all) {
        if (!s.out.json()) s.out.line("-- " + each.id);
        for (auto const& statement : each.statements) {
            if (s.out.json())
                s.out.event({{"event", "statement"},
                             {"migration", each.id},
                             {"sql", statement.text},
                             {"in_transaction", statement.in_transaction}});
            else s.out.line(statement.text + ";");
        }
    }
    if (all.empty()) s.out.note("nothing to do");
    return done;
}

int run(session& s, flags const& f) {
    auto const folder = migrate::read_folder(s.folder_path());
    auto const to = open(s.database_url({}));
    progress observer(s);
    auto const options = options_of(f, observer);
    if (f.dry_run) return show_plan(s, migrate::dry_run(to, folder, options));
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
        "  relata apply --env prod --dry-run");
    auto& options = add_action(apply, s, run);
    add_apply_flags(apply, options);
    apply.flag("--dry-run", options.dry_run, "show the statements, and run nothing");
    auto resume = all.add("resume", "Go on after a migration that ended in the middle");
    resume.footer("Example:\n  relata resume --env prod");
    auto& resumed = add_action(resume, s, run);
    resumed.resume = true;
    add_apply_flags(resume, resumed);
}

}  // namespace relata::cli
