// SPDX-License-Identifier: BSL-1.0
// The plan that the options ask for, as text that runs.

#include "migrate/product.hpp"

#include "migrate/postgresql/planning.hpp"

namespace relata::migrate::postgresql {

std::vector<step> plan(schema_change const& changes, plan_options const& options) {
    auto const whole = with_references_to_keys_anew(changes);
    auto all = options.online ? online_plan(whole) : usual_plan(whole);
    bool const by_search_path = changes.before.by_search_path || changes.after.by_search_path;
    for (auto& each : all) each.text = with_default_space(std::move(each.text), by_search_path);
    return all;
}

}  // namespace relata::migrate::postgresql
