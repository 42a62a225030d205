// SPDX-License-Identifier: BSL-1.0

#include <relata/schema/catalog.hpp>

#include <algorithm>

namespace relata::schema::catalog {

table const* schema::find(object_name const& name) const noexcept {
    auto const at = std::lower_bound(
        tables.begin(), tables.end(), name,
        [](table const& each, object_name const& wanted) { return each.name < wanted; });
    return at != tables.end() && at->name == name ? &*at : nullptr;
}

}  // namespace relata::schema::catalog
