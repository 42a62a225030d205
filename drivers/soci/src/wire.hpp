// SPDX-License-Identifier: BSL-1.0
/// \file
/// One statement of SOCI, seen alike for all back ends.
#pragma once

#include "value.hpp"

#include <string>
#include <vector>

namespace relata::soci::detail {

/// A statement of one back end. Functions may throw what SOCI throws; the caller translates it.
class wire {
public:
    virtual ~wire() = default;

    /// Runs it with these values; a result that is still open is gone.
    virtual void run(std::vector<bound> const& values) = 0;
    /// Goes to the next row, at first to the first. False after the last.
    virtual bool next() = 0;
    /// A cell of the row.
    virtual content at(unsigned column) = 0;
    /// Ends the result.
    virtual void close() noexcept = 0;

    /// Columns of the result, also before it was run.
    virtual unsigned columns() = 0;
    virtual std::string name(unsigned column) = 0;
    /// What the column is called in its table, for errors.
    virtual std::string origin(unsigned column) { return name(column); }

    virtual std::int64_t affected() = 0;
    virtual std::int64_t last_id() { return 0; }
};

}  // namespace relata::soci::detail
