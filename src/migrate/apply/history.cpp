// SPDX-License-Identifier: BSL-1.0

#include "migrate/apply/choose.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>
#include <relata/sql/raw.hpp>

#include <algorithm>
#include <tuple>

namespace relata::migrate {

namespace {

history_entry entry_of(history_row const& row) {
    history_entry e;
    e.id = row.id.value();
    e.hash = row.hash.value();
    e.state = state_of(row);
    e.done = std::size_t(row.done);
    e.statements = std::size_t(row.statements);
    e.running = std::size_t(row.running);
    e.error = row.error;
    e.cursor = cursor_of(row);
    e.started = row.started;
    e.finished = row.finished;
    e.duration = std::chrono::milliseconds(row.milliseconds);
    return e;
}

history_entry entry_of(migration const& m, std::vector<statement> const& up,
                       schema::catalog::engine engine) {
    history_entry e;
    e.id = m.id;
    e.hash = m.up_hash(engine);
    e.statements = up.size();
    return e;
}

}  // namespace

std::vector<history_entry> history(database const& of) {
    std::vector<history_entry> all;
    for (auto const& row : read_rows(of.connect()).value_or(std::vector<history_row>{}))
        all.push_back(entry_of(row));
    std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) {
        return std::tie(a.started, a.id) < std::tie(b.started, b.id);
    });
    return all;
}

std::vector<history_entry> status(database const& of, folder const& from) {
    auto const on = of.connect();
    auto const engine = engine_of(on);
    auto const rows = joined_rows(from, engine, read_rows(on).value_or(std::vector<history_row>{}));
    std::vector<history_entry> all;
    for (auto const& m : from.migrations) {
        auto const row = std::find_if(rows.begin(), rows.end(),
                                      [&](auto const& each) { return each.id.value() == m.id; });
        auto const up = m.up(engine);
        all.push_back(row == rows.end() ? entry_of(m, up, engine) : entry_of(*row));
        all.back().unchanged = row == rows.end() || m.up_hash(engine) == row->hash.value();
        for (auto const& each : up)
            if (!each.data_step.empty()) all.back().data_steps.push_back(each.data_step);
    }
    for (auto const& row : rows) {
        if (from.find(row.id.value())) continue;
        all.push_back(entry_of(row));
        all.back().in_folder = false;
    }
    return all;
}

schema_change drift(database const& of, folder const& from) {
    auto on = of.connect();
    auto const engine = engine_of(on);
    auto const found = compare(from, engine, read_rows(on).value_or(std::vector<history_row>{}));
    if (auto const* part = found.incomplete()) refuse_incomplete(*part);
    schema::catalog::schema expected;
    expected.engine = engine;
    if (auto const* last = found.last()) {
        auto kept = last->snapshot(engine);
        if (!kept) fail(error_kind::not_found, last->id + " has no snapshot for this engine");
        expected = std::move(*kept);
    }
    return diff(expected, inspect(on));
}

}  // namespace relata::migrate
