// SPDX-License-Identifier: BSL-1.0
// From one schema to another: what diff, plan and lint look at.
#pragma once

#include "cli/marks.hpp"

namespace relata::cli {

/// What --online is.
inline constexpr char const* online_text = "keep tables in use while they change";

struct change_options {
    std::string from = {};
    std::string to = {};
    bool exit_code = false;
    cli::marks marks = {};
};

/// FROM, TO, --exit-code and the marks. `ends_with_2` says when.
void add_change(command& of, change_options& to, std::string const& ends_with_2);

/// The change between the two. Throws usage_error as read_both and diff_with do, and what reading them
/// throws.
[[nodiscard]] migrate::schema_change read_change(session const& s, change_options const& o);

}  // namespace relata::cli
