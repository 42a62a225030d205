// SPDX-License-Identifier: BSL-1.0
/// \file
/// Statements of the kit for verbs of the engine.
#pragma once

#include "conformance/written.hpp"

#include <relata/sql/raw.hpp>

#include <cstdint>

namespace relata::conformance {

/// A query that reads the number 1.
inline auto one_row(driver::connection const& on) {
    return sql_query<std::int64_t>(unsafe_sql(written(on, "SELECT 1")));
}

}  // namespace relata::conformance
