// SPDX-License-Identifier: BSL-1.0
/// \file
/// From what libpq and the server say to `relata::error`.
#pragma once

#include <relata/core/error.hpp>

#include <string>
#include <string_view>

#include <libpq-fe.h>

namespace relata::postgresql_family {

/// What the driver knows about a failed call, besides the words of the server.
struct circumstances {
    transaction_state before = transaction_state::none;  ///< when the call began
    bool sent = true;           ///< the statement may have reached the server
    bool cancel_asked = false;  ///< `cancel` was called for this statement
    bool committing = false;    ///< the call was a COMMIT
};

/// Everything to be known about a failed result; nullptr where libpq gave none. The connection has
/// been drained.
[[nodiscard]] error_info describe_failure(PGconn* connection, PGresult const* result,
                                          circumstances const& known);

/// Why no connection came about. `words` is libpq's text with SQLSTATEs in it (PQERRORS_VERBOSE).
[[nodiscard]] error_info describe_refusal(PGconn* connection, std::string words);

/// Our words for a kind.
[[nodiscard]] char const* words_of(error_kind kind) noexcept;

/// The portable kind of an SQLSTATE.
[[nodiscard]] error_kind kind_of_sqlstate(std::string_view state) noexcept;

/// A prepared statement that the server no longer knows, or whose tables changed.
[[nodiscard]] bool is_stale_statement(PGresult const* result) noexcept;

}  // namespace relata::postgresql_family
