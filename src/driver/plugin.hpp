// SPDX-License-Identifier: BSL-1.0
/// \file
/// Files that hold drivers: where they lie, and how one is loaded.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::driver::detail {

/// Throws driver_mismatch when a driver fits not to this library. `origin` says in the message what
/// is looked at. Reads nothing of the entry that another interface version could have moved.
void check_entry(entry const* driver, std::string_view origin);

/// The driver in a file; see `relata::driver::load`.
[[nodiscard]] entry const& load_plugin(std::string const& file);

/// The folders that plug-ins are looked for in: that of RELATA_PLUGIN_PATH, if it is set, then the
/// built-in one. Throws driver_not_found when the variable holds a relative path.
[[nodiscard]] std::vector<std::string> plugin_folders();

/// The names of the plug-ins that lie in a folder, without `relata_` and `.so`; sorted.
[[nodiscard]] std::vector<std::string> plugins_in(std::string const& folder);

}  // namespace relata::driver::detail
