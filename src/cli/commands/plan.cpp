// SPDX-License-Identifier: BSL-1.0
// relata plan: the statements that change one schema into another.

#include "cli/change.hpp"
#include "cli/source.hpp"

#include <relata/migrate/plan.hpp>

namespace relata::cli {

namespace {

struct plan_flags {
    change_options change;
    bool online = false;
    bool explain = false;
};

// What a statement does to the table and to those who use it.
std::string explained(migrate::step const& of) {
    std::string out = of.table;
    if (of.estimated_rows >= 0) out += ", about " + std::to_string(of.estimated_rows) + " rows";
    if (!out.empty()) out += ": ";
    if (of.lock.empty()) out += "no lock on what is there";
    else
        out += of.lock + (of.waits == migrate::waiters::nobody    ? ", nobody waits"
                          : of.waits == migrate::waiters::writers ? ", writers wait"
                                                                  : ", everybody waits");
    if (of.reads_rows && !of.copies_rows) out += "; all rows are read";
    if (!of.reversible) out += "; cannot be taken back without loss";
    return out;
}

void show(session const& s, migrate::step const& each, catalog::engine on, bool explain) {
    if (s.out.json())
        return s.out.event({{"event", "statement"},
                            {"sql", each.text},
                            {"in_transaction", each.in_transaction},
                            {"destroys", each.destroys},
                            {"reversible", each.reversible},
                            {"table", each.table},
                            {"lock", each.lock},
                            {"waits", name_of(each.waits)},
                            {"reads_rows", each.reads_rows},
                            {"copies_rows", each.copies_rows},
                            {"estimated_rows", each.estimated_rows},
                            {"impact", each.impact}});
    bool const on_mysql = on == catalog::engine::mysql || on == catalog::engine::mariadb;
    if (each.destroys) s.out.line(s.out.in(color::red, "-- destroys data"));
    if (each.copies_rows)
        s.out.line(s.out.in(color::yellow, "-- writes all rows of the table anew"));
    if (!each.impact.empty()) s.out.line(s.out.in(color::yellow, "-- in use: " + each.impact));
    if (explain) s.out.line("-- " + explained(each));
    if (!each.in_transaction && !on_mysql) s.out.line("-- relata:outside");
    s.out.line(each.text + ";");
}

int run_plan(session& s, plan_flags const& o) {
    auto const both = read_both(s, o.change.from, o.change.to);
    auto marks = o.change.marks;
    auto const changes = asked_diff(s, marks, both.from, both.to);
    if (!changes.ambiguous.empty()) return tell_ambiguous(s, changes);
    auto const steps = migrate::plan(changes, {o.online});
    for (auto const& each : steps) show(s, each, changes.engine, o.explain);
    if (s.out.json()) s.out.event({{"event", "finished"}, {"statements", steps.size()}});
    else if (steps.empty()) s.out.note("nothing to do");
    return o.change.exit_code && !steps.empty() ? differs : done;
}

}  // namespace

void add_plan(command& all, session& s) {
    auto command = all.add("plan", "Show the statements that change one schema into another");
    command.footer(
        "Nothing is run. Examples:\n"
        "  relata plan sqlite:music.db wanted.sql\n"
        "  relata plan env:prod model --dev postgresql://localhost/empty --online --explain\n"
        "  relata plan old.json new.json --rename users.login=handle");
    auto& options = add_action(command, s, run_plan);
    add_change(command, options.change, "there is something to do");
    command.flag("--online", options.online, online_text);
    command.flag("--explain", options.explain,
                 "say of each statement which table it locks and how, who waits, and what it does "
                 "to the rows");
}

}  // namespace relata::cli
