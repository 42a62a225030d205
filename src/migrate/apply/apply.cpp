// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/apply.hpp>

#include "migrate/apply/choose.hpp"
#include "migrate/apply/data_call.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

// A statement that waits for a lock of a table keeps all others out that come after it.
void limit_waiting(session& at, std::chrono::milliseconds wait) {
    using schema::catalog::engine;
    if (wait.count() <= 0 || at.engine() == engine::sqlite) return;
    if (at.engine() == engine::postgresql) {
        at.on().script(unsafe_sql("SET lock_timeout = " + std::to_string(wait.count())));
        return;
    }
    auto const seconds = std::to_string(std::max<std::int64_t>(1, (wait.count() + 999) / 1000));
    at.on().script(unsafe_sql("SET lock_wait_timeout = " + seconds +
                              ", innodb_lock_wait_timeout = " + seconds));
}

// Brings one that was done in part to its end.
void finish_part(session& at, comparison const& found, history_row const& part,
                 apply_options const& options) {
    auto next = job_to_resume(found, part);
    recover(at, next);
    run(at, std::move(next), options);
}

// All that is to run, before any of it does.
void demand_steps(comparison const& of, apply_options const& options) {
    if (auto const* part = of.incomplete()) {
        demand_steps(job_to_resume(of, *part), options.steps);
        if (state_of(*part) == migration_state::reverting) return;
    }
    for (auto const& each : jobs_up(of, options.to)) demand_steps(each, options.steps);
}

std::vector<std::string> go_up(database const& to, folder const& from, apply_options const& options,
                               bool resumes) {
    demand_sound(options.steps);
    session at(to, options.lock_wait);
    limit_waiting(at, options.table_lock_wait);
    std::vector<std::string> applied;
    auto const before = compare(from, at.engine(), at.rows());
    if (auto const* part = before.incomplete(); part && !resumes) refuse_incomplete(*part);
    demand_steps(before, options);
    write_joined(at, before);
    if (auto const* part = before.incomplete()) {
        finish_part(at, before, *part, options);
        if (state_of(*part) == migration_state::reverting) return applied;
        applied.push_back(part->id.value());
    }
    for (auto& each : jobs_up(compare(from, at.engine(), at.rows()), options.to)) {
        auto const id = each.what->id;
        each.row.started = now();
        run(at, std::move(each), options);
        applied.push_back(id);
    }
    return applied;
}

std::size_t rows_to_keep(comparison const& of, std::string const& to) {
    auto const count = of.rows.size();
    if (to == "empty" || count == 0) return 0;
    if (to.empty()) return count - 1;
    auto const keep = of.from.place_of(to) + 1;
    if (keep > count) fail(error_kind::invalid_argument, to + " is not applied; nothing was done");
    return keep;
}

// The last one first.
std::vector<job> jobs_down(comparison const& of, apply_options const& options) {
    std::vector<job> jobs;
    for (auto i = of.rows.size(), keep = rows_to_keep(of, options.to); i > keep; --i)
        jobs.push_back(job_down(of, of.from.migrations[i - 1], options.allow_loss));
    return jobs;
}

comparison compare_unlocked(connection const& at, folder const& from) {
    return compare(from, engine_of(at), read_rows(at).value_or(std::vector<history_row>{}));
}

std::vector<planned_migration> planned(std::vector<job> jobs) {
    std::vector<planned_migration> all;
    for (auto& each : jobs) all.push_back({each.what->id, std::move(each.statements)});
    return all;
}

}  // namespace

apply_observer::~apply_observer() = default;
void apply_observer::migration_started(migration const&, std::size_t, std::size_t) {}
void apply_observer::statement_started(migration const&, std::size_t, statement const&) {}
void apply_observer::statement_finished(migration const&, std::size_t, statement const&,
                                        std::chrono::milliseconds) {}
void apply_observer::data_step_progressed(migration const&, std::size_t, statement const&,
                                          std::size_t, std::size_t) {}
void apply_observer::migration_finished(migration const&, std::chrono::milliseconds) {}

std::vector<std::string> apply(database const& to, folder const& from,
                               apply_options const& options) {
    return go_up(to, from, options, false);
}

std::vector<std::string> resume(database const& to, folder const& from,
                                apply_options const& options) {
    return go_up(to, from, options, true);
}

std::vector<planned_migration> dry_run(database const& to, folder const& from,
                                       apply_options const& options) {
    auto const found = compare_unlocked(to.connect(), from);
    if (auto const* part = found.incomplete()) refuse_incomplete(*part);
    return planned(jobs_up(found, options.to));
}

std::vector<planned_migration> dry_run_resume(database const& to, folder const& from,
                                              apply_options const& options) {
    auto const found = compare_unlocked(to.connect(), from);
    auto const* const part = found.incomplete();
    if (!part) return planned(jobs_up(found, options.to));
    std::vector<job> all;
    all.push_back(job_to_resume(found, *part));
    auto& left = all[0].statements;
    left.erase(left.begin(), left.begin() + std::min<std::ptrdiff_t>(part->done, std::ssize(left)));
    if (state_of(*part) != migration_state::reverting)
        for (auto& each : jobs_up(found, options.to)) all.push_back(std::move(each));
    return planned(std::move(all));
}

std::vector<planned_migration> dry_run_down(database const& of, folder const& from,
                                            apply_options const& options) {
    auto const found = compare_unlocked(of.connect(), from);
    if (auto const* part = found.incomplete()) refuse_incomplete(*part);
    return planned(jobs_down(found, options));
}

std::vector<std::string> down(database const& of, folder const& from,
                              apply_options const& options) {
    demand_sound(options.steps);
    session at(of, options.lock_wait);
    limit_waiting(at, options.table_lock_wait);
    auto const found = compare(from, at.engine(), at.rows());
    write_joined(at, found);
    if (auto const* part = found.incomplete()) refuse_incomplete(*part);
    auto jobs = jobs_down(found, options);
    for (auto const& each : jobs) demand_steps(each, options.steps);
    std::vector<std::string> taken_back;
    for (auto& each : jobs) {
        taken_back.push_back(each.what->id);
        run(at, std::move(each), options);
    }
    return taken_back;
}

}  // namespace relata::migrate
