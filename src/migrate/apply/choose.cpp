// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/choose.hpp"

#include "migrate/folder/layout.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate {

namespace {

// Rows of those that were squashed into m become one row of m, whose id has the time of the last of them.
// Returns false, and leaves them, where only some of them are there.
bool join(comparison& of, migration const& m) {
    joined_row made{new_row(m, of.engine), {}};
    bool complete = false;
    for (auto const& row : of.rows) {
        auto const& id = row.id.value();
        if (std::find(m.replaces.begin(), m.replaces.end(), id) == m.replaces.end()) continue;
        complete = complete || (is_done(row) && id.substr(0, 15) == m.id.substr(0, 15));
        made.replaced.push_back(row);
    }
    if (made.replaced.empty()) return true;
    if (!complete) return false;
    std::erase_if(of.rows, [&](auto const& row) {
        return std::any_of(made.replaced.begin(), made.replaced.end(),
                           [&](auto const& each) { return each.id == row.id; });
    });
    made.row.state = name_of(migration_state::applied);
    made.row.statements = made.row.done = std::int32_t(m.up(of.engine).size());
    made.row.started = made.replaced.front().started;
    made.row.finished = made.replaced.back().finished;
    of.rows.push_back(made.row);
    of.joined.push_back(std::move(made));
    return true;
}

void demand_known(comparison const& of) {
    for (auto const& row : of.rows)
        if (!of.from.find(row.id.value()))
            refuse_folder(row.id.value() +
                          " is in the database and not in the folder; restore it, or "
                          "use the newer folder that has it");
}

// Edits of one that is done in part are looked at when it is resumed.
void demand_unchanged(comparison const& of) {
    for (auto const& row : of.rows)
        if (is_done(row) && of.from.find(row.id.value())->up_hash(of.engine) != row.hash.value())
            refuse_folder(row.id.value() +
                          " was edited after it was applied; restore its statements, "
                          "or, if they still lead to this database, say repair_hash");
}

void demand_no_gap(comparison const& of) {
    migration const* gap = nullptr;
    for (auto const& m : of.from.migrations) {
        if (!of.row_of(m)) gap = gap ? gap : &m;
        else if (gap)
            refuse_folder(gap->id + " comes before " + m.id +
                          ", which is applied, and is not applied "
                          "itself; make it come after the last "
                          "applied one, by parent in meta.json");
    }
}

std::optional<schema::catalog::schema> snapshot_before(comparison const& of, migration const& m) {
    if (!m.parent.empty()) return of.from.find(m.parent)->snapshot(of.engine);
    schema::catalog::schema nothing;
    nothing.engine = of.engine;
    return nothing;
}

}  // namespace

history_row const* comparison::row_of(migration const& m) const noexcept {
    auto const at = std::find_if(rows.begin(), rows.end(),
                                 [&](auto const& row) { return row.id.value() == m.id; });
    return at == rows.end() ? nullptr : &*at;
}

history_row const* comparison::incomplete() const {
    auto const at =
        std::find_if(rows.begin(), rows.end(), [](auto const& row) { return !is_done(row); });
    return at == rows.end() ? nullptr : &*at;
}

migration const* comparison::last() const {
    return rows.empty() ? nullptr : from.find(rows.back().id.value());
}

comparison compare(folder const& from, schema::catalog::engine engine,
                   std::vector<history_row> rows) {
    comparison both{from, engine, std::move(rows)};
    for (auto const& m : from.migrations)
        if (!m.replaces.empty() && !join(both, m))
            refuse_folder(m.id +
                          " replaces migrations of which only some are applied here, the last one "
                          "not; apply them all with the folder as it was before");
    sort_rows(both.rows, from);
    demand_known(both);
    demand_unchanged(both);
    demand_no_gap(both);
    return both;
}

std::vector<history_row> joined_rows(folder const& from, schema::catalog::engine engine,
                                     std::vector<history_row> rows) {
    comparison both{from, engine, std::move(rows)};
    for (auto const& m : from.migrations)
        if (!m.replaces.empty()) (void)join(both, m);
    sort_rows(both.rows, from);
    return std::move(both.rows);
}

void write_joined(session& at, comparison const& found) {
    if (found.joined.empty()) return;
    auto transaction = at.on().begin();
    at.demand_lock();
    for (auto const& each : found.joined) {
        for (auto const& row : each.replaced) transaction.remove(row);
        transaction.insert(each.row);
    }
    transaction.commit();
}

history_row new_row(migration const& m, schema::catalog::engine engine) {
    history_row row;
    row.id = m.id;
    row.hash = m.up_hash(engine);
    row.started = now();
    return row;
}

std::vector<job> jobs_up(comparison const& of, std::string const& to) {
    auto const& all = of.from.migrations;
    auto const end = to.empty() ? all.size() : of.from.place_of(to) + 1;
    if (end > all.size())
        fail(error_kind::invalid_argument, "no migration of the folder is called " + to);
    if (!to.empty() && end < of.rows.size())
        fail(error_kind::invalid_argument,
             to + " is applied, and others after it; go there by down");
    std::vector<job> jobs;
    for (auto const& m : all) {
        if (&m - all.data() >= std::ptrdiff_t(end)) break;
        if (of.row_of(m)) continue;
        auto& added = jobs.emplace_back();
        added.what = &m;
        added.statements = m.up(of.engine);
        added.expected = m.snapshot(of.engine);
        added.row = new_row(m, of.engine);
        added.row.statements = std::int32_t(added.statements.size());
    }
    return jobs;
}

job job_to_resume(comparison const& of, history_row const& row) {
    auto const& m = *of.from.find(row.id.value());
    if (state_of(row) == migration_state::reverting) {
        auto next = job_down(of, m, true);
        next.row = row;
        next.row.statements = std::int32_t(next.statements.size());
        return next;
    }
    job next{&m, m.up(of.engine), m.snapshot(of.engine), row, true};
    next.row.hash = m.up_hash(of.engine);
    next.row.statements = std::int32_t(next.statements.size());
    return next;
}

job job_down(comparison const& of, migration const& m, bool allow_loss) {
    auto const before = snapshot_before(of, m);
    auto const after = m.snapshot(of.engine);
    std::vector<step> steps;
    bool loses = true;
    if (before && after) {
        auto const change = diff(*after, *before);
        if (change.ambiguous.empty()) {
            steps = plan(change);
            loses =
                std::any_of(steps.begin(), steps.end(), [](auto const& s) { return s.destroys; });
        } else if (!m.has_down(of.engine)) {
            fail(error_kind::not_supported,
                 m.id + " has no way back: it has no down file, and whether "
                        "something was renamed cannot be computed");
        }
    } else if (!m.has_down(of.engine)) {
        fail(error_kind::not_supported,
             m.id + " has no way back: it has no down file, and there are no "
                    "two snapshots to compute one from");
    }
    if (loses && !allow_loss)
        fail(error_kind::data_loss, "rows or values may be lost when " + m.id +
                                        " is taken back; nothing was done: allow the "
                                        "loss if it is meant");
    job next{&m, {}, before, *of.row_of(m), true, true};
    if (m.has_down(of.engine)) next.statements = m.down(of.engine);
    else next.statements = read_script(write_script(steps, of.engine), of.engine, m.id);
    next.row.done = 0;
    next.row.statements = std::int32_t(next.statements.size());
    return next;
}

void refuse_incomplete(history_row const& row) {
    bool const down = state_of(row) == migration_state::reverting;
    fail(error_kind::migration_incomplete,
         std::string(down ? "on the way down, " : "") + progress_of(row) +
             (row.error.empty() ? "; its migrator died" : "; it was refused: " + row.error) +
             "; nothing was done now: resume, or mend it by hand and say so with repair");
}

}  // namespace relata::migrate
