// SPDX-License-Identifier: BSL-1.0
// Which migrations are to be run, and whether the history and the folder fit together.
#pragma once

#include "migrate/apply/runner.hpp"

namespace relata::migrate {

/// A migration that replaces others which are applied.
struct joined_row {
    history_row row;
    std::vector<history_row> replaced;
};

/// What the folder and the rows of a database say together. Rows are in the folder's order.
struct comparison {
    folder const& from;
    schema::catalog::engine engine;
    std::vector<history_row> rows;
    std::vector<joined_row> joined{};  ///< among the rows, and not yet in the database

    [[nodiscard]] history_row const* row_of(migration const& m) const noexcept;
    /// The one that is done in part, or null.
    [[nodiscard]] history_row const* incomplete() const;
    /// The last one that is applied, or null.
    [[nodiscard]] migration const* last() const;
};

/// Throws migration_folder_invalid where the history has what the folder has not, was edited, or comes
/// after something that is not applied.
[[nodiscard]] comparison compare(folder const& from, schema::catalog::engine engine,
                                 std::vector<history_row> rows);

/// The rows with one in place of those that a migration of the folder replaces, where all of these are there.
[[nodiscard]] std::vector<history_row>
joined_rows(folder const& from, schema::catalog::engine engine, std::vector<history_row> rows);

/// Writes down what counts as applied since it replaces what is.
void write_joined(session& at, comparison const& found);

/// The jobs that bring the database up to `to`, without one that is done in part.
[[nodiscard]] std::vector<job> jobs_up(comparison const& of, std::string const& to);
/// The one that is done in part, as it goes on.
[[nodiscard]] job job_to_resume(comparison const& of, history_row const& row);
/// The job that takes the migration back.
[[nodiscard]] job job_down(comparison const& of, migration const& m, bool allow_loss);

/// Throws migration_incomplete, with what can be done.
[[noreturn]] void refuse_incomplete(history_row const& row);

}  // namespace relata::migrate
