// SPDX-License-Identifier: BSL-1.0
// relata baseline, repair: put right what a database remembers.

#include "cli/tenants.hpp"

#include <relata/migrate/history.hpp>

namespace relata::cli {

namespace {

struct baseline_options {
    std::string id;
    bool dry_run = false;
    tenants_flags tenants;
};

int run_baseline(session& s, baseline_options const& o) {
    auto const folder = migrate::read_folder(s.folder_path());
    auto const said =
        o.id + " and all before it " + (o.dry_run ? "would count" : "count") + " as applied";
    auto const take = [&](database const& of) {
        if (o.dry_run) (void)migrate::dry_run_baseline(of, folder, o.id);
        else migrate::baseline(of, folder, o.id);
    };
    if (auto const all = tenants_of(s, o.tenants.file); !all.empty())
        return work_for_all(
            s, all, o.tenants, [&](auto const&) { return said; },
            [&](migrate::tenant const&, database const& of) {
                take(of);
                return std::vector<std::string>{};
            });
    take(open(s.database_url({})));
    s.out.note(said + "; nothing was run");
    return done;
}

struct repair_options {
    std::string applied;
    std::string pending;
    std::string rehash;
    std::string partly;
    std::size_t statements = 0;
    bool sum = false;
};

int run_repair(session& s, repair_options const& o) {
    int const asked = static_cast<int>(!o.applied.empty()) + static_cast<int>(!o.pending.empty()) +
                      static_cast<int>(!o.rehash.empty()) + static_cast<int>(!o.partly.empty()) +
                      static_cast<int>(o.sum);
    if (asked != 1)
        throw usage_error(
            "say one of --mark-applied, --mark-pending, --mark-done, --rehash and --sum");
    if (o.sum) {
        migrate::write_sum(s.folder_path());
        s.out.note("relata.sum is written anew for what is in the folder now");
        return done;
    }
    auto const of = open(s.database_url({}));
    auto const folder = migrate::read_folder(s.folder_path());
    if (!o.applied.empty()) migrate::repair_applied(of, folder, o.applied);
    if (!o.pending.empty()) migrate::repair_pending(of, o.pending);
    if (!o.rehash.empty()) migrate::repair_hash(of, folder, o.rehash);
    if (!o.partly.empty()) migrate::repair_done(of, folder, o.partly, o.statements);
    s.out.note("written; `" + s.program + " status` shows how it is now");
    return done;
}

}  // namespace

void add_repair(command& all, session& s) {
    auto baseline = all.add("baseline", "Take a database that was made otherwise into the history");
    baseline.footer("Example:\n  relata baseline 20261122090000_add_orders --env prod");
    auto& taken = add_action(baseline, s, run_baseline);
    baseline.value("id", taken.id, "the last migration that the database has")
        .required()
        .shown_as("ID");
    baseline.flag("--dry-run", taken.dry_run, "compare the schema, and write nothing");
    add_tenants_flags(baseline, taken.tenants);
    auto repair = all.add("repair", "Say what is true after a failure or an edit that was meant");
    repair.footer(
        "Examples:\n"
        "  relata repair --mark-done 20261122090000_add_orders --statements 2 --env prod\n"
        "  relata repair --sum");
    auto& o = add_action(repair, s, run_repair);
    repair.value("--mark-applied", o.applied, "all of this one is there").shown_as("ID");
    repair.value("--mark-pending", o.pending, "nothing of this one is there").shown_as("ID");
    auto partly =
        repair.value("--mark-done", o.partly, "just the first --statements of this one are there")
            .shown_as("ID");
    auto const count = repair.value("--statements", o.statements, "how many").needs(partly);
    partly.needs(count);
    repair.value("--rehash", o.rehash, "this one was edited with intention").shown_as("ID");
    repair.flag("--sum", o.sum, "write relata.sum of the folder anew, after an edit or merge");
}

}  // namespace relata::cli
