// SPDX-License-Identifier: BSL-1.0
/// \file
/// A driver written from scratch, the example of docs/how-to/write-a-driver.md: `tiny:<file>` opens a
/// SQLite file. relata's own SQLite driver does more, and faster; this one shows what is needed.
#pragma once

#include <relata/driver/driver.hpp>

namespace tiny {

/// What a driver exports. Never fails.
relata::driver::entry const& driver_entry() noexcept;

}  // namespace tiny
