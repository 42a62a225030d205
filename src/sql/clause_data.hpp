// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a `condition` points at: a clause of the query tree with everything it needs.
#pragma once

#include "sql/owned_values.hpp"

#include <relata/sql/condition.hpp>
#include <relata/sql/node.hpp>

#include <atomic>
#include <vector>

namespace relata::sql {

/// Shared by the copies of a condition, and never changed. Every clause that a param points at is one.
struct clause_data : clause {
    clause_data(node const& tree, param const* values, unsigned count);
    clause_data(condition const* first, std::size_t count, bool any);

    /// The condition that a param of role clause stands for.
    [[nodiscard]] static condition shared(param const& p) noexcept {
        return condition(static_cast<clause const*>(p.object));
    }

    owned_values const owned;
    std::vector<condition> const kept;    ///< keeps the parts alive
    std::vector<clause const*> pointers;  ///< to the parts
    mutable std::atomic<std::uint32_t> users{1};
};

/// The clause that a condition stands for.
[[nodiscard]] inline clause const& clause_of(condition const& c) noexcept {
    return *static_cast<clause const*>(c.values()->object);
}

}  // namespace relata::sql
