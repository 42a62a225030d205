// SPDX-License-Identifier: BSL-1.0
// Types that the options tell.
#pragma once

#include "migrate/generate/draft.hpp"

#include <relata/migrate/move.hpp>

namespace relata::migrate::moving {

/// Throws invalid_argument for a column that is not there and a type that is none.
[[nodiscard]] generate::told_types told_by(move_options const& options,
                                           schema::catalog::schema const& from);

}  // namespace relata::migrate::moving
