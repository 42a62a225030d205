// SPDX-License-Identifier: BSL-1.0
//
// Fifty queries on the C API of SQLite, the base of the compile costs; relata.cpp has the same ones.
// One translation unit, in parts only because it is long.

#include "raw_changes.hpp"
#include "raw_joins.hpp"
#include "raw_selects.hpp"
