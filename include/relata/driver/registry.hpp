// SPDX-License-Identifier: BSL-1.0
/// \file
/// The drivers of this process: those linked in, and those found as plug-ins.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::driver {

/// Makes a linked driver known. Called by each driver target's register.cpp; the entry lives for ever.
/// Thread-safe. Throws driver_mismatch when the entry was built for another interface.
RELATA_EXPORT void add(entry const& driver);

/// The driver for a URL scheme: a linked one, else the plug-in `relata_<driver>.so` from the
/// directory named by RELATA_PLUGIN_PATH, else from the directory fixed when the library was built.
/// Thread-safe. Throws driver_not_found with the names of what is there and the package to install.
RELATA_EXPORT entry const& find(std::string_view scheme);

/// The linked drivers and the plug-ins loaded so far.
RELATA_EXPORT std::vector<entry const*> known();

/// Loads a plug-in from a file. Refuses a relative path, and a file or folder that others may write
/// when the process runs as root. Throws driver_not_found or driver_mismatch. Never unloaded.
RELATA_EXPORT entry const& load(std::string const& file);

}  // namespace relata::driver
