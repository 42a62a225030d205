// SPDX-License-Identifier: BSL-1.0
// What a change takes with it, though it does not change itself.

#include "migrate/postgresql/planning.hpp"

#include <algorithm>

namespace relata::migrate::postgresql {

table_change* altered(schema_change& c, catalog::object_name const& name) {
    for (auto& t : c.altered)
        if (t.after.name == name) return &t;
    auto const* const before = c.before.find(name);
    auto const* const after = c.after.find(name);
    if (!before || !after) return nullptr;
    auto& made = c.altered.emplace_back();
    made.before = *before;
    made.after = *after;
    return &made;
}

void make_references_anew(schema_change& c, catalog::object_name const& table,
                          std::vector<std::string> const& columns) {
    auto const in = [&](auto const& all) {
        return std::find_first_of(all.begin(), all.end(), columns.begin(), columns.end()) !=
               all.end();
    };
    for (auto const& from : c.after.tables)
        for (auto const& f : from.references)
            if ((from.name == table && in(f.columns)) || (f.other == table && in(f.other_columns)))
                if (auto* const t = altered(c, from.name))
                    make_anew(t->references, t->before.references, f);
}

}  // namespace relata::migrate::postgresql
