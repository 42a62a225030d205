// SPDX-License-Identifier: BSL-1.0
// Where a text that was made goes: to the standard output, or to a file, of which none is lost by mistake.
#pragma once

#include "cli/session.hpp"

namespace relata::cli {

struct result_options {
    std::string format;  ///< empty: what the file's ending says, or the first of the formats
    std::string file;    ///< empty: the standard output
    bool force = false;
};

/// --format with these words, --out and --force. Without formats there is no --format.
void add_result(command& of, result_options& to, std::vector<std::string> const& formats = {});

/// The format that is meant. Throws usage_error for a file that is there and may not be replaced: to be
/// asked before the work, which else would be done in vain.
[[nodiscard]] std::string format_of(result_options const& o,
                                    std::vector<std::string> const& formats);

/// Writes the text; with --json, an event `created` that names the file, or `text` that holds the text.
/// Throws unknown when the file cannot be written, which is then as it was.
void put_result(session const& s, result_options const& o, std::string const& format,
                std::string const& text);

}  // namespace relata::cli
