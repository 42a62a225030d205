// SPDX-License-Identifier: BSL-1.0

#include <relata/schema/catalog.hpp>

#include <algorithm>
#include <tuple>

namespace relata::schema::catalog {

table const* schema::find(object_name const& name) const noexcept {
    auto const at = std::lower_bound(
        tables.begin(), tables.end(), name,
        [](table const& each, object_name const& wanted) { return each.name < wanted; });
    return at != tables.end() && at->name == name ? &*at : nullptr;
}

bool operator==(table const& a, table const& b) noexcept {
    auto const compared = [](table const& t) {
        return std::tie(t.name, t.columns, t.primary, t.uniques, t.indexes, t.references, t.checks,
                        t.partitioning, t.comment, t.options);
    };
    return compared(a) == compared(b);
}

bool operator==(schema const& a, schema const& b) noexcept {
    auto const compared = [](schema const& s) {
        return std::tie(s.engine, s.spaces, s.tables, s.views, s.enumerations, s.domains,
                        s.sequences, s.others);
    };
    return compared(a) == compared(b);
}

}  // namespace relata::schema::catalog
