// SPDX-License-Identifier: BSL-1.0
/// \file
/// The command line of the conformance kit.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace relata::conformance {

struct options {
    std::string driver;
    std::string url;
    std::vector<std::string> patterns;
    std::string report = "text";
    std::string out;
    std::vector<std::string> merge;
    std::optional<std::uint64_t> random;
    double seconds_factor = 1;
    bool list = false;
    bool skip_faults = false;
};

/// What the command line says, or the exit code of a program that is to end now: 0 after --help,
/// 2 after a mistake, which has been told on the standard error stream.
struct parsed_options {
    options values;
    std::optional<int> exit_code;
};
[[nodiscard]] parsed_options parse_options(int argc, char const* const* argv);

}  // namespace relata::conformance
