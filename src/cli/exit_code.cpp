// SPDX-License-Identifier: BSL-1.0

#include "cli/exit_code.hpp"

#include <array>

namespace relata::cli {

std::span<exit_code_text const> exit_codes() {
    static constexpr std::array<exit_code_text, 13> all{{
        {done, "done, or no difference"},
        {failed, "an error; the message tells what the state is now"},
        {differs, "a difference, or migrations to apply"},
        {destructive,
         "a change that destroys data was refused, or a move that would leave something out"},
        {locked, "the lock was not obtained: somebody else migrates"},
        {folder_invalid, "the folder of migrations is not sound"},
        {unfinished, "a migration ended in the middle; it can be resumed"},
        {lint_errors, "lint found errors"},
        {drift, "the database is not as its migrations left it"},
        {ambiguous, "something may be renamed, or dropped and made anew"},
        {step_missing, "a migration has a step in C++ that this program has not"},
        {some_failed, "of many tenants some failed, or were not begun; the others are done"},
        {usage, "a mistake on the command line"},
    }};
    return all;
}

exit_code exit_code_of(error const& e) {
    switch (e.kind()) {
    case error_kind::lock_timeout: return locked;
    case error_kind::migration_folder_invalid: return folder_invalid;
    case error_kind::migration_incomplete: return unfinished;
    case error_kind::schema_drift: return drift;
    case error_kind::data_step_missing: return step_missing;
    case error_kind::data_loss: return destructive;
    default: return failed;
    }
}

}  // namespace relata::cli
