// SPDX-License-Identifier: BSL-1.0
// Where a command's text goes: to the standard output, or to a file that is not lost by mistake.
#pragma once

#include "cli/session.hpp"

namespace relata::cli {

struct result_options {
    std::string file;  ///< empty: the standard output
    bool force = false;
};

/// --out and --force.
void add_result(command& of, result_options& to);

/// Throws usage_error for a file that is there and may not be replaced: before work that would be in vain.
void check_result(result_options const& o);

/// Writes the text, and tells of the file. With --json the text is the member `text` of an event of this
/// name where it goes to no file, else `path` is the file's. Throws usage_error as check_result does, and
/// failed as an error when the file cannot be written.
int put_result(session const& s, result_options const& o, std::string_view event,
               std::string const& text);

/// Writes a file whole, or leaves what was there. Throws invalid_argument if it cannot be written.
void write_whole(std::string const& file, std::string_view text);

}  // namespace relata::cli
