// SPDX-License-Identifier: BSL-1.0
/// \file
/// What parent and child have to do with each other.
#pragma once

#include "conformance/child.hpp"
#include "conformance/ledger.hpp"

#include <string>
#include <vector>

namespace relata::conformance {

/// Runs a case in this process, which is a forked child.
void run_in_child(target const& at, case_entry const& which, ledger& to);

/// Drops tables that a case left behind; in a forked child too.
void sweep_in_child(target const& at, std::vector<std::string> const& tables, ledger& to);

}  // namespace relata::conformance
