// SPDX-License-Identifier: BSL-1.0
/// \file
/// The cells of a result of PostgreSQL that came as texts.
#pragma once

#include "value.hpp"

#include <string>

#include <libpq-fe.h>

namespace relata::soci::detail {

/// A cell; `bytes` keeps those of a bytea. A text that its type does not have is `other`.
[[nodiscard]] content postgresql_cell(PGresult const* result, int row, int column,
                                      std::string& bytes);

}  // namespace relata::soci::detail
