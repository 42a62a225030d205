// SPDX-License-Identifier: BSL-1.0

#include "cli/progress.hpp"

namespace relata::cli {

namespace {

std::string time_of(std::chrono::milliseconds took) { return std::to_string(took.count()) + " ms"; }

}  // namespace

void progress::event(std::vector<member> members) const {
    if (!tenant_.empty()) members.insert(members.begin() + 1, {"tenant", tenant_});
    s_.out.event(members);
}

void progress::note(std::string const& text) const {
    if (tenant_.empty()) s_.out.note(text);
}

void progress::migration_started(migrate::migration const& m, std::size_t first,
                                 std::size_t statements) {
    count_ = statements;
    if (s_.out.json())
        return event({{"event", "started"},
                      {"migration", m.id},
                      {"first", first},
                      {"statements", statements}});
    note(m.id + (first > 1 ? ": goes on with statement " + std::to_string(first) : ""));
}

void progress::statement_started(migrate::migration const& m, std::size_t number,
                                 migrate::statement const& statement) {
    if (s_.out.json())
        event({{"event", "statement"},
               {"migration", m.id},
               {"number", number},
               {"line", statement.line},
               {"data_step", statement.data_step},
               {"in_transaction", statement.in_transaction}});
}

void progress::statement_finished(migrate::migration const& m, std::size_t number,
                                  migrate::statement const& statement,
                                  std::chrono::milliseconds took) {
    if (s_.out.json())
        return event({{"event", "statement_finished"},
                      {"migration", m.id},
                      {"number", number},
                      {"milliseconds", took.count()}});
    auto const line = statement.data_step.empty()
                          ? statement.text.substr(0, statement.text.find('\n')).substr(0, 70)
                          : "data step " + statement.data_step;
    note("  " + std::to_string(number) + '/' + std::to_string(count_) + "  " + line + "  (" +
         time_of(took) + ')');
}

void progress::data_step_progressed(migrate::migration const& m, std::size_t number,
                                    migrate::statement const& statement, std::size_t done,
                                    std::size_t total) {
    if (s_.out.json())
        return event({{"event", "progress"},
                      {"migration", m.id},
                      {"number", number},
                      {"data_step", statement.data_step},
                      {"done", done},
                      {"total", total}});
    note("       " + statement.data_step + ": " + std::to_string(done) +
         (total ? " of " + std::to_string(total) : ""));
}

void progress::migration_finished(migrate::migration const& m, std::chrono::milliseconds took) {
    if (s_.out.json())
        event({{"event", "finished"}, {"migration", m.id}, {"milliseconds", took.count()}});
    else note("  done in " + time_of(took));
}

namespace {

void show_statement(session const& s, std::string const& id, migrate::statement const& one) {
    auto const& step = one.data_step;
    if (s.out.json())
        return s.out.event({{"event", "statement"},
                            {"migration", id},
                            {"sql", step.empty() ? one.text : ""},
                            {"data_step", step},
                            {"in_transaction", one.in_transaction}});
    s.out.line(one.text + (step.empty() ? ";" : ""));
    if (!step.empty() && !s.has_step(step))
        s.out.note("this program has no data step " + step + ": apply with the one that has it");
}

}  // namespace

int show_planned(session const& s, std::vector<migrate::planned_migration> const& all) {
    for (auto const& each : all) {
        if (!s.out.json()) s.out.line("-- " + each.id);
        for (auto const& statement : each.statements) show_statement(s, each.id, statement);
    }
    if (all.empty()) s.out.note("nothing to do");
    return done;
}

std::vector<std::string> ids_of(std::vector<migrate::planned_migration> const& all) {
    std::vector<std::string> ids;
    for (auto const& each : all) ids.push_back(each.id);
    return ids;
}

void add_apply_flags(command& of, apply_flags& to) {
    of.value("--to", to.to, "id of the migration to stop at").shown_as("ID");
    of.value("--lock-wait", to.lock_wait, "milliseconds to wait for another migrator")
        .shows_default();
    of.value("--lock-timeout", to.table_lock_wait,
             "milliseconds that a statement waits for the locks of tables; 0: as the server has it")
        .shows_default();
    of.value("--tries", to.tries, "how often a statement that got no lock is run").shows_default();
    of.flag("--no-verify", to.no_verify, "do not compare the schema with the snapshots");
    of.flag("--dry-run", to.dry_run, "show the statements, and run nothing");
}

migrate::apply_options options_of(session const& s, apply_flags const& flags, progress& observer) {
    migrate::apply_options options;
    options.to = flags.to;
    options.lock_wait = std::chrono::milliseconds(flags.lock_wait);
    options.table_lock_wait = std::chrono::milliseconds(flags.table_lock_wait);
    options.tries = flags.tries;
    options.verify = !flags.no_verify;
    options.allow_loss = flags.allow_loss;
    options.observer = &observer;
    options.steps = s.steps;
    return options;
}

std::string text_of(char const* verb, std::vector<std::string> const& ids) {
    if (ids.empty()) return "nothing to do: the database has all that was asked for";
    return std::string(verb) + ' ' + std::to_string(ids.size()) +
           (ids.size() == 1 ? " migration" : " migrations") + ", the last one is " + ids.back();
}

int tell_done(session const& s, char const* verb, std::vector<std::string> const& ids) {
    if (s.out.json()) s.out.event({{"event", verb}, {"migrations", ids}});
    else s.out.line(text_of(verb, ids));
    return done;
}

}  // namespace relata::cli
