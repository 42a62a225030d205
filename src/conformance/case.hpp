// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a conformance case is: a named function, and the sentence that it holds a driver to.
#pragma once

#include <relata/core/export.hpp>

#include <span>
#include <string_view>
#include <vector>

namespace relata::conformance {

class subject;

/// One case. Each file of cases/ has a constant table of them.
struct case_entry {
    char const* id;                ///< "EXE-06"
    char const* title;             ///< the whole expectation, in one or two sentences
    void (*run)(subject&);         ///< nullptr: the case cannot apply, see `reason`
    char const* reason = nullptr;  ///< why it cannot
    unsigned seconds = 20;         ///< it is killed after that long
    bool fault = false;            ///< cuts networks or kills servers: left out with --skip-faults
};

/// Cases of one subject; their ids begin with its prefix.
struct case_group {
    char letter;
    std::string_view prefix;
    std::string_view title;
    unsigned cases;  ///< how many the kit promises
};

/// A to U.
[[nodiscard]] RELATA_EXPORT std::span<case_group const> all_groups();

/// Every case, in the order of the groups and of the ids.
[[nodiscard]] RELATA_EXPORT std::vector<case_entry const*> all_cases();

/// The group of an id, or nullptr.
[[nodiscard]] RELATA_EXPORT case_group const* group_of(std::string_view id);

/// The tables of the files in cases/, from a list that the build writes.
[[nodiscard]] std::vector<std::span<case_entry const>> case_tables();

}  // namespace relata::conformance
