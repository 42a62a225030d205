// SPDX-License-Identifier: BSL-1.0
/// \file
/// Runs one work of one variant and measures it.
#pragma once

#include "variants.hpp"

#include <cstdint>
#include <string_view>

namespace bench {

/// Name and size of a work: how many rows or operations.
[[nodiscard]] char const* name_of(work w);
[[nodiscard]] work work_named(std::string_view name);

/// What a work reads, made once.
struct inputs {
    keys wanted;
    copies rows;
    std::int64_t last = 0;  ///< report: items up to this id
    unsigned reports = 0;   ///< how often the report runs
};
[[nodiscard]] inputs make_inputs(work w, std::int64_t size, std::int64_t table_rows);

/// One measurement: nanoseconds of the clock on the wall and of this process, and what came out.
struct sample {
    std::int64_t wall = 0;
    std::int64_t cpu = 0;
    std::uint64_t result = 0;
};

/// Runs the work once. `control` empties and checks the table that is written; the check is left out
/// where it would be repeated.
[[nodiscard]] sample measure(subject& variant, subject& control, work w, inputs const& in,
                             bool check);

}  // namespace bench
