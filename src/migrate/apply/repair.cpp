// SPDX-License-Identifier: BSL-1.0
// What people say about a database, written into its history.

#include "migrate/apply/choose.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

constexpr std::chrono::milliseconds no_wait{0};

migration const& demand(folder const& from, std::string const& id) {
    if (auto const* found = from.find(id)) return *found;
    fail(error_kind::invalid_argument, "no migration of the folder is called " + id);
}

void demand_no_history(std::vector<history_row> const& rows) {
    if (!rows.empty())
        fail(error_kind::invalid_argument,
             "the database has a history already; nothing was done: apply, or see status");
}

// Those that are done in part, or else those that are done.
history_row demand_row(session& at, std::string const& id, bool done) {
    auto const row = at.on().find<history_row>(text<200>(id));
    if (!row) fail(error_kind::invalid_argument, "the database knows of no migration " + id);
    if (is_done(*row) != done)
        fail(error_kind::invalid_argument,
             id + (done ? " is done in part only: resume it, or repair that first"
                        : " is not done in part: it is applied"));
    return *row;
}

void finish(history_row& row, migration const& m, session const& at, migration_state state) {
    row.hash = m.up_hash(at.engine());
    row.state = name_of(state);
    row.statements = std::int32_t(m.up(at.engine()).size());
    row.done = row.statements;
    row.running = 0;
    row.finished = now();
    row.error.clear();
    row.done_hash = done_hash(m.up(at.engine()), row);
}

}  // namespace

std::vector<std::string> dry_run_baseline(database const& of, folder const& from,
                                          std::string const& id) {
    auto const& last = demand(from, id);
    auto on = of.connect();
    demand_no_history(read_rows(on).value_or(std::vector<history_row>{}));
    if (auto const kept = last.snapshot(engine_of(on))) demand_schema(on, *kept, id);
    std::vector<std::string> ids;
    for (std::size_t i = 0; i <= from.place_of(id); ++i) ids.push_back(from.migrations[i].id);
    return ids;
}

void baseline(database const& of, folder const& from, std::string const& id) {
    auto const& last = demand(from, id);
    session at(of, no_wait);
    demand_no_history(at.rows());
    if (auto const kept = last.snapshot(at.engine())) demand_schema(at.on(), *kept, id);
    std::vector<history_row> rows;
    for (std::size_t i = 0; i <= from.place_of(id); ++i) {
        rows.push_back(new_row(from.migrations[i], at.engine()));
        finish(rows.back(), from.migrations[i], at, migration_state::baseline);
    }
    auto transaction = at.on().begin();
    at.demand_lock();
    for (auto const& row : rows) transaction.insert(row);
    transaction.commit();
}

void repair_applied(database const& of, folder const& from, std::string const& id) {
    session at(of, no_wait);
    auto row = demand_row(at, id, false);
    finish(row, demand(from, id), at, migration_state::applied);
    at.on().update(row);
}

void repair_pending(database const& of, std::string const& id) {
    session at(of, no_wait);
    at.on().remove(demand_row(at, id, false));
}

void repair_done(database const& of, folder const& from, std::string const& id, std::size_t done) {
    session at(of, no_wait);
    auto row = demand_row(at, id, false);
    auto const& m = demand(from, id);
    auto const statements = state_of(row) == migration_state::reverting && m.has_down(at.engine())
                                ? m.down(at.engine())
                                : m.up(at.engine());
    if (done > statements.size())
        fail(error_kind::invalid_argument,
             id + " has " + std::to_string(statements.size()) + " statements only");
    row.done = std::int32_t(done);
    row.running = 0;
    row.before.clear();
    row.error.clear();
    row.done_hash = done_hash(statements, row);
    at.on().update(row);
}

void repair_hash(database const& of, folder const& from, std::string const& id) {
    session at(of, no_wait);
    auto row = demand_row(at, id, true);
    row.hash = demand(from, id).up_hash(at.engine());
    at.on().update(row);
}

}  // namespace relata::migrate
