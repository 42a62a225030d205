// SPDX-License-Identifier: BSL-1.0
// relata status, history: what a database has of its migrations.

#include "cli/tenants.hpp"

#include <relata/migrate/history.hpp>

#include <algorithm>
#include <mutex>

namespace relata::cli {

namespace {

struct status_options {
    bool exit_code = false;
    bool history = false;
    tenants_flags tenants;
};

using migrate::migration_state;

void show(session const& s, migrate::history_entry const& e) {
    if (s.out.json())
        return s.out.event({{"event", "migration"},
                            {"migration", e.id},
                            {"state", migrate::name_of(e.state)},
                            {"done", e.done},
                            {"statements", e.statements},
                            {"milliseconds", e.duration.count()},
                            {"in_folder", e.in_folder},
                            {"unchanged", e.unchanged},
                            {"cursor", e.cursor},
                            {"data_steps", e.data_steps}});
    bool const good = e.state == migration_state::applied || e.state == migration_state::baseline;
    auto const c = good                                  ? color::green
                   : e.state == migration_state::pending ? color::yellow
                                                         : color::red;
    auto text = std::string(migrate::name_of(e.state));
    text.resize(10, ' ');
    text = s.out.in(c, text) + e.id;
    if (!good && e.state != migration_state::pending)
        text += ", " + std::to_string(e.done) + " of " + std::to_string(e.statements) +
                " statements done";
    if (!e.cursor.empty()) text += ", a data step goes on at " + e.cursor;
    if (!good)
        for (auto const& each : e.data_steps)
            text += ", data step " + each + (s.has_step(each) ? "" : " (not in this program)");
    if (!e.in_folder) text += ", not in the folder";
    if (!e.unchanged) text += ", edited since it was applied";
    s.out.line(text);
}

// What a database has, in numbers.
struct counts {
    std::size_t applied = 0, pending = 0, partly = 0, edited = 0;

    explicit counts(std::vector<migrate::history_entry> const& all) {
        for (auto const& e : all) {
            ++(e.state == migration_state::pending ? pending
               : e.state == migration_state::applied || e.state == migration_state::baseline
                   ? applied
                   : partly);
            if (!e.unchanged || !e.in_folder) ++edited;
        }
    }
    [[nodiscard]] exit_code code() const {
        return partly > 0 ? unfinished : edited > 0 ? folder_invalid : pending > 0 ? differs : done;
    }
    [[nodiscard]] std::string text() const {
        auto text = std::to_string(applied) + " applied, " + std::to_string(pending) + " pending";
        if (partly > 0) text += ", one done in part";
        if (edited > 0) text += ", " + std::to_string(edited) + " edited or not in the folder";
        return text;
    }
};

int run_for_all(session const& s, status_options const& o,
                std::vector<migrate::tenant> const& all) {
    auto const folder = migrate::read_folder(s.folder_path());
    std::mutex guard;
    exit_code worst = done;
    auto const code = work_for_all(
        s, all, o.tenants, [](auto const& told) { return told.at(0); },
        [&](migrate::tenant const&, database const& of) {
            counts const found(migrate::status(of, folder));
            std::lock_guard const alone(guard);
            worst = std::max(worst, found.code());
            return std::vector{found.text()};
        });
    return code != done ? code : o.exit_code ? worst : done;
}

int run_status(session& s, status_options const& o) {
    if (!o.history)
        if (auto const all = tenants_of(s, o.tenants.file); !all.empty())
            return run_for_all(s, o, all);
    auto const of = open(s.database_url({}));
    auto const all = o.history ? migrate::history(of)
                               : migrate::status(of, migrate::read_folder(s.folder_path()));
    for (auto const& each : all) show(s, each);
    counts const found(all);
    if (all.empty()) s.out.note("no migrations");
    if (found.partly > 0)
        s.out.note("a migration is done in part: `" + s.program + " resume` goes on with it");
    else if (found.pending > 0)
        s.out.note(std::to_string(found.pending) + " pending: `" + s.program +
                   " apply` applies them");
    return o.exit_code ? found.code() : done;
}

}  // namespace

void add_status(command& all, session& s) {
    auto status = all.add("status", "Show which migrations a database has, and which not");
    status.footer("Example:\n  relata status --env prod --exit-code");
    auto& options = add_action(status, s, run_status);
    status.flag(
        "--exit-code", options.exit_code,
        "end with 2 when some are pending, 5 when one was edited, 6 when one is done in part");
    add_tenants_flags(status, options.tenants);
    auto history = all.add("history", "Show what a database remembers of its migrations");
    history.footer("Example:\n  relata history --url sqlite:music.db --json");
    add_action(history, s, run_status).history = true;
}

}  // namespace relata::cli
