// SPDX-License-Identifier: BSL-1.0
// What a difference cannot know by itself, told on the command line.
#pragma once

#include "cli/session.hpp"

namespace relata::cli {

struct marks {
    std::vector<std::string> renames;  ///< table=new, table.column=new
    std::vector<std::string> dropped;  ///< table, table.column
    bool none = false;                 ///< whatever may be renamed is dropped and made anew
};
void add_marks(command& of, marks& to);

/// The difference with these marks. Throws usage_error for a mark that cannot be read.
[[nodiscard]] migrate::schema_change diff_with(marks const& m, catalog::schema const& from,
                                               catalog::schema const& to);
/// … and asks at a terminal what the marks leave open. The answers are added to the marks, and told as the
/// options that they are.
[[nodiscard]] migrate::schema_change
asked_diff(session const& s, marks& m, catalog::schema const& from, catalog::schema const& to);
/// Tells what is ambiguous, and how to say what is meant. \return exit_code::ambiguous
int tell_ambiguous(session const& s, migrate::schema_change const& changes);

}  // namespace relata::cli
