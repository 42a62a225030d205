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

    /// Limits that keep walks over conditions within the stack, and shared parts from multiplying
    /// without end: `c = c && c` doubles the size each time.
    static constexpr std::uint32_t most_levels = 500;
    static constexpr std::uint32_t most_parts = 1'000'000;

    owned_values const owned;
    std::vector<condition> const kept;    ///< keeps the parts alive
    std::vector<clause const*> pointers;  ///< to the parts
    std::uint32_t levels = 1;             ///< of conditions within conditions
    std::uint32_t size = 1;               ///< all conditions within it, each time they occur
    mutable std::atomic<std::uint32_t> users{1};

private:
    void contain(clause const& inner);
};

/// The clause that a condition stands for.
[[nodiscard]] inline clause const& clause_of(condition const& c) noexcept {
    return *static_cast<clause const*>(c.values()->object);
}

}  // namespace relata::sql
