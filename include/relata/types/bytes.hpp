// SPDX-License-Identifier: BSL-1.0
/// \file
/// Binary data of any length: what a BLOB, BYTEA or VARBINARY column holds.
#pragma once

#include <cstddef>
#include <vector>

namespace relata {

/// Binary data. Never text: no encoding, no terminator, any byte may occur.
using bytes = std::vector<std::byte>;

}  // namespace relata
