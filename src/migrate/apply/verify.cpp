// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/apply.hpp>

#include "migrate/apply/choose.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>

namespace relata::migrate {

namespace {

bool has_way_back(folder const& from, migration const& m, schema::catalog::engine on) {
    if (m.has_down(on)) return true;
    auto const* parent = from.find(m.parent);
    return m.snapshot(on) && (m.parent.empty() || (parent && parent->snapshot(on)));
}

}  // namespace

void demand_empty(database const& scratch) {
    auto on = scratch.connect();
    schema::catalog::schema nothing;
    nothing.engine = engine_of(on);
    auto const found = summary_of(diff(nothing, inspect(on)));
    if (!found.empty() || !read_rows(on).value_or(std::vector<history_row>{}).empty())
        fail(error_kind::invalid_argument,
             "migrations are replayed in an empty database, and this one has something in it; "
             "nothing was done: name another one");
}

void verify(database const& empty, folder const& from, std::vector<data_step> const& steps) {
    demand_empty(empty);
    auto const engine = engine_of(empty.connect());
    apply_options options;
    options.allow_loss = true;
    options.steps = steps;
    for (auto const& m : from.migrations) {
        options.to = m.id;
        apply(empty, from, options);
        if (!has_way_back(from, m, engine)) continue;
        options.to.clear();
        down(empty, from, options);
        options.to = m.id;
        apply(empty, from, options);
    }
}

}  // namespace relata::migrate
