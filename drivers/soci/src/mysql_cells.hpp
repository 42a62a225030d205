// SPDX-License-Identifier: BSL-1.0
/// \file
/// The cells of a result of MySQL that came as texts.
#pragma once

#include "value.hpp"

#include <mysql.h>

namespace relata::soci::detail {

/// A cell that is not NULL. A text that its type does not have is `other`.
[[nodiscard]] content mysql_cell(MYSQL_FIELD const& column, std::string_view text);

}  // namespace relata::soci::detail
