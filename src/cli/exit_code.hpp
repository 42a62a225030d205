// SPDX-License-Identifier: BSL-1.0
// How the command ends. The numbers are promised to scripts.
#pragma once

#include <relata/core/error.hpp>

#include <span>

namespace relata::cli {

enum exit_code : int {
    done = 0,
    failed = 1,
    differs = 2,
    destructive = 3,
    locked = 4,
    folder_invalid = 5,
    unfinished = 6,
    lint_errors = 7,
    drift = 8,
    ambiguous = 9,
    step_missing = 10,
    some_failed = 11,
    usage = 64,
};

struct exit_code_text {
    exit_code code;
    char const* meaning;
};
[[nodiscard]] std::span<exit_code_text const> exit_codes();

/// That of an error which ends a command.
[[nodiscard]] exit_code exit_code_of(error const& e);

}  // namespace relata::cli
