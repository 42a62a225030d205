// SPDX-License-Identifier: BSL-1.0
/// \file
/// Reads comma-separated files with a header line and quoted fields.
#pragma once

#include <string>
#include <vector>

namespace shop {

/// The rows of a file without its header line. Throws std::runtime_error when the file cannot be
/// read or a row has another number of fields than the header.
std::vector<std::vector<std::string>> read_csv(std::string const& file);

}  // namespace shop
