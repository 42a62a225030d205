// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a log hook is told about each statement: text and time, never values.
#pragma once

#include <relata/core/error.hpp>

#include <cstdint>
#include <string_view>

namespace relata {

/// One statement that has run.
struct statement_event {
    std::string_view sql;      ///< with placeholders; valid during the call
    std::int64_t nanoseconds;  ///< from the request to the last row, or to the error
    std::int64_t rows;         ///< rows read or affected
    error const* failure;      ///< nullptr when it succeeded
};

/// Called after each statement, in the thread that ran it. Must not throw and must not use the
/// connection. `context` is what was given with the function.
using log_function = void (*)(void* context, statement_event const& event);

}  // namespace relata
