// SPDX-License-Identifier: BSL-1.0
/// \file
/// The conformance kit as a function: for a program that links a driver of its own.
#pragma once

#include <relata/core/export.hpp>

namespace relata::conformance {

/// Runs the conformance cases on a driver as the program `relata-conformance` does, with its command
/// line. A driver author links `relata::conformance` and the driver, and writes
///
///     int main(int argc, char** argv) { return relata::conformance::main(argc, argv); }
///
/// Each case runs in a forked child, so call it before the program starts threads.
/// \return 0 when no case failed, 1 when one did, 2 for a mistake on the command line. Throws nothing.
RELATA_EXPORT int main(int argc, char const* const* argv) noexcept;

}  // namespace relata::conformance
