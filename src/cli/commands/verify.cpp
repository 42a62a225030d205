// SPDX-License-Identifier: BSL-1.0
// relata verify, drift: whether folder and database are what they should be.

#include "cli/tenants.hpp"

#include <relata/migrate/apply.hpp>
#include <relata/migrate/describe.hpp>

#include <atomic>

namespace relata::cli {

namespace {

struct no_options {};

void verify_in(session const& s, migrate::folder const& folder, std::string const& url) {
    migrate::scratch clean(url);  // refuses one that is not empty
    migrate::verify(open(url), folder, s.steps);
    clean.drop_all();
    clean.run(std::vector<std::string>{"DROP TABLE IF EXISTS relata_migration",
                                       "DROP TABLE IF EXISTS relata_migration_lock"});
}

int run_verify(session& s, no_options const&) {
    auto const folder = migrate::read_folder(s.folder_path());
    auto devs = s.dev_urls();
    if (devs.empty()) devs.push_back("sqlite::memory:");
    for (auto const& each : devs) verify_in(s, folder, each);
    s.out.note(std::to_string(folder.migrations.size()) +
               " migrations: up, down and up again give the schemas of their snapshots");
    return done;
}

struct drift_options {
    tenants_flags tenants;
};

int drift_of_all(session const& s, drift_options const& o, migrate::folder const& folder,
                 std::vector<migrate::tenant> const& all) {
    std::atomic<bool> some{false};
    auto const code = work_for_all(
        s, all, o.tenants,
        [](auto const& told) { return told.empty() ? std::string("as it was left") : told[0]; },
        [&](migrate::tenant const&, database const& of) -> std::vector<std::string> {
            auto const found = migrate::differences(migrate::drift(of, folder));
            if (found.empty()) return {};
            some = true;
            return {std::to_string(found.size()) + " differences: " + s.program +
                    " drift --tenant lists them"};
        });
    return code != done ? code : some ? exit_code::drift : done;
}

int run_drift(session& s, drift_options const& o) {
    auto const folder = migrate::read_folder(s.folder_path());
    auto const tenants = tenants_of(s, o.tenants.file);
    if (tenants.size() > 1) return drift_of_all(s, o, folder, tenants);
    auto const url = tenants.empty() ? s.database_url({}) : tenants[0].url;
    auto const all = migrate::differences(migrate::drift(open(url), folder));
    for (auto const& each : all) {
        if (s.out.json())
            s.out.event({{"event", "difference"},
                         {"change", migrate::name_of(each.is)},
                         {"thing", each.thing},
                         {"name", each.name},
                         {"detail", each.detail}});
        else
            s.out.line(std::string(migrate::name_of(each.is)) + ' ' + each.thing + ' ' + each.name +
                       (each.detail.empty() ? "" : ": " + each.detail));
    }
    if (all.empty()) s.out.note("the database is as its migrations left it");
    return all.empty() ? done : exit_code::drift;
}

}  // namespace

void add_verify(command& all, session& s) {
    auto verify = all.add("verify", "Replay the folder in an empty database, up and down");
    verify.footer("Examples:\n  relata verify\n  relata verify --dev postgresql://localhost/empty");
    add_action(verify, s, run_verify);
    auto drift = all.add("drift", "Compare a database with the snapshot of its last migration");
    drift.footer("Ends with 8 when they differ. Example:\n  relata drift --env prod");
    add_tenants_flags(drift, add_action(drift, s, run_drift).tenants);
}

}  // namespace relata::cli
