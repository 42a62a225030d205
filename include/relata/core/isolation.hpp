// SPDX-License-Identifier: BSL-1.0
/// \file
/// Isolation of transactions, named by what it prevents.
#pragma once

#include <cstdint>

namespace relata {

/// Portable isolation. Set explicitly for every transaction, because the defaults of databases differ.
enum class isolation : std::uint8_t {
    read_committed,  ///< each statement sees what was committed before it began
    snapshot,      ///< one view for the whole transaction; a lost update is an error, never silent
    serializable,  ///< as if the transactions had run one after the other
};

}  // namespace relata
