// SPDX-License-Identifier: BSL-1.0
/// \file
/// Runs a case in a process of its own: whatever the driver does there, the run goes on.
#pragma once

#include "conformance/case.hpp"

#include <cstdint>
#include <string>

namespace relata::conformance {

/// Which driver is tested, and where.
struct target {
    std::string driver;  ///< a name, or the absolute path of a plug-in
    std::string url;
    std::string transport;  ///< "linked" or "plug-in"
    double seconds_factor =
        1;  ///< by how much time limits are stretched, on a slow or busy machine
};

enum class result : std::uint8_t { passed, declared, failed, not_applicable };
[[nodiscard]] std::string_view name_of(result r);

/// How a case went.
struct verdict {
    std::string driver;  ///< its name
    std::string transport;
    std::string server;  ///< product and version
    std::string id;
    std::string title;
    conformance::result result = result::passed;
    std::uint64_t checks = 0;
    std::string capability;  ///< declared: the one that is lacking
    std::string detail;      ///< what failed, remarks, or why it cannot apply
    double seconds = 0;
};

/// Forks, runs, waits.
[[nodiscard]] verdict run_case(target const& at, case_entry const& which);

/// The case that comes first: the driver is there and connects. Fills `driver` and `server`.
[[nodiscard]] case_entry const& start_case();

}  // namespace relata::conformance
