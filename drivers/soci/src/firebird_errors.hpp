// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors of Firebird in portable words.
#pragma once

#include <relata/core/error.hpp>

#include <string>
#include <vector>

#include <ibase.h>

namespace relata::soci::detail {

/// Whether the code is in a status vector.
[[nodiscard]] bool has_code(std::vector<ISC_STATUS> const& status, ISC_STATUS code);

/// `words` are those of the client library for the whole vector.
[[nodiscard]] error_info describe_firebird(std::vector<ISC_STATUS> const& status,
                                           std::string words);

/// Whether these are the words for a statement with more than the server takes at once; they have no
/// code of their own.
[[nodiscard]] bool firebird_too_large(std::string const& words);

}  // namespace relata::soci::detail
