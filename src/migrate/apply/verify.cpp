// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/apply.hpp>

#include "migrate/apply/choose.hpp"
#include "migrate/apply/drift.hpp"
#include "migrate/product.hpp"

#include <relata/core/error.hpp>

namespace relata::migrate {

namespace {

void demand_empty(connection& on) {
    schema::catalog::schema nothing;
    nothing.engine = engine_of(on);
    auto const found = summary_of(diff(nothing, inspect(on)));
    if (!found.empty() || !read_rows(on).value_or(std::vector<history_row>{}).empty())
        fail(error_kind::invalid_argument,
             "migrations are verified in an empty database, and this one has something in it; "
             "nothing was done: name another one");
}

bool has_way_back(folder const& from, migration const& m, schema::catalog::engine on) {
    if (m.has_down(on)) return true;
    auto const* parent = from.find(m.parent);
    return m.snapshot(on) && (m.parent.empty() || (parent && parent->snapshot(on)));
}

}  // namespace

void verify(database const& empty, folder const& from) {
    schema::catalog::engine engine{};
    {
        auto on = empty.connect();
        engine = engine_of(on);
        demand_empty(on);
    }
    apply_options options;
    options.allow_loss = true;
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
