// SPDX-License-Identifier: BSL-1.0

#include "migrate/move/stages.hpp"

#include <relata/migrate/diff.hpp>
#include <relata/migrate/plan.hpp>

#include <algorithm>

namespace relata::migrate::moving {

namespace catalog = schema::catalog;

namespace {

template <class T> bool has_name(std::vector<T> const& list, std::string const& name) {
    return std::any_of(list.begin(), list.end(), [&](T const& each) { return each.name == name; });
}

}  // namespace

catalog::schema first_stage_tables(catalog::schema const& wanted) {
    auto out = wanted;
    for (auto& t : out.tables) {
        // a row that breaks a unique one is told by its key
        std::erase_if(t.indexes, [](auto const& index) { return !index.unique; });
        if (wanted.engine != catalog::engine::sqlite) t.references.clear();
    }
    return out;
}

catalog::schema first_stage(catalog::schema const& wanted, catalog::schema const& there) {
    auto out = first_stage_tables(wanted);
    std::erase_if(out.tables, [&](auto const& t) { return there.find(t.name) != nullptr; });
    return out;
}

// From what is wanted, not from what is there: engines may spell an expression in another way.
std::vector<std::string> second_stage(catalog::schema const& wanted, catalog::schema const& there) {
    auto before = wanted;
    for (auto& t : before.tables) {
        auto const* const found = there.find(t.name);
        if (!found) continue;
        std::erase_if(t.indexes, [&](auto const& i) { return !has_name(found->indexes, i.name); });
        std::erase_if(t.references,
                      [&](auto const& r) { return !has_name(found->references, r.name); });
    }
    std::vector<std::string> out;
    for (auto& each : plan(diff(before, wanted))) out.push_back(std::move(each.text));
    return out;
}

}  // namespace relata::migrate::moving
