// SPDX-License-Identifier: BSL-1.0
// relata status, history: what a database has of its migrations.

#include "cli/session.hpp"

#include <relata/migrate/history.hpp>

#include <algorithm>

namespace relata::cli {

namespace {

struct status_options {
    bool exit_code = false;
    bool history = false;
};

using state = migrate::migration_state;

void show(session const& s, migrate::history_entry const& e) {
    if (s.out.json())
        return s.out.event({{"event", "migration"},
                            {"migration", e.id},
                            {"state", migrate::name_of(e.state)},
                            {"done", e.done},
                            {"statements", e.statements},
                            {"milliseconds", e.duration.count()},
                            {"in_folder", e.in_folder},
                            {"unchanged", e.unchanged}});
    bool const good = e.state == state::applied || e.state == state::baseline;
    auto const c = good ? color::green : e.state == state::pending ? color::yellow : color::red;
    auto text = std::string(migrate::name_of(e.state));
    text.resize(10, ' ');
    text = s.out.in(c, text) + e.id;
    if (!good && e.state != state::pending)
        text += ", " + std::to_string(e.done) + " of " + std::to_string(e.statements) +
                " statements done";
    if (!e.in_folder) text += ", not in the folder";
    if (!e.unchanged) text += ", edited since it was applied";
    s.out.line(text);
}

int run(session& s, status_options const& o) {
    auto const of = open(s.database_url({}));
    auto const all = o.history ? migrate::history(of)
                               : migrate::status(of, migrate::read_folder(s.folder_path()));
    for (auto const& each : all) show(s, each);
    auto const count = [&](auto const& is) { return std::count_if(all.begin(), all.end(), is); };
    auto const pending = count([](auto const& e) { return e.state == state::pending; });
    auto const partly = count([](auto const& e) {
        return e.state == state::running || e.state == state::failed || e.state == state::reverting;
    });
    auto const edited = count([](auto const& e) { return !e.unchanged || !e.in_folder; });
    if (all.empty()) s.out.note("no migrations");
    if (partly > 0)
        s.out.note("a migration is done in part: `" + s.program + " resume` goes on with it");
    else if (pending > 0)
        s.out.note(std::to_string(pending) + " pending: `" + s.program + " apply` applies them");
    if (!o.exit_code) return done;
    return partly > 0 ? unfinished : edited > 0 ? folder_invalid : pending > 0 ? differs : done;
}

}  // namespace

void add_status(command& all, session& s) {
    auto status = all.add("status", "Show which migrations a database has, and which not");
    status.footer("Example:\n  relata status --env prod --exit-code");
    auto& options = add_action(status, s, run);
    status.flag(
        "--exit-code", options.exit_code,
        "end with 2 when some are pending, 5 when one was edited, 6 when one is done in part");
    auto history = all.add("history", "Show what a database remembers of its migrations");
    history.footer("Example:\n  relata history --url sqlite:music.db --json");
    add_action(history, s, run).history = true;
}

}  // namespace relata::cli
