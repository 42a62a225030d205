// SPDX-License-Identifier: BSL-1.0
//
// Rows of a table whose columns are known at run time only.

#pragma once

#include <relata/engine/handle.hpp>

#include <string>
#include <vector>

namespace relata::engine {

/// Where rows go: names as they are, not quoted, and the place of each column in a row.
struct row_target {
    std::string table;
    std::vector<std::string> columns;
    std::vector<field> plan;
};

/// Inserts rows by the fastest means, all of them or none. Returns how many.
RELATA_EXPORT std::int64_t insert_rows(source& into, row_target const& target, object_source rows);

/// Where a handle takes its connection from.
struct source_of : handle {
    [[nodiscard]] static source& handle_source(handle const& h) {
        return *(h.*(&source_of::source_));
    }
};

}  // namespace relata::engine
