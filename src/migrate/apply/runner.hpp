// SPDX-License-Identifier: BSL-1.0
// Runs the statements of one migration, up or down, from where its row in the history says.
#pragma once

#include "migrate/apply/session.hpp"

#include <relata/migrate/apply.hpp>

#include <optional>
#include <vector>

namespace relata::migrate {

/// What is to be done with one migration.
struct job {
    migration const* what = nullptr;
    std::vector<statement> statements;
    std::optional<schema::catalog::schema> expected;  ///< the schema after it
    history_row row;
    bool known = false;  ///< whether the row is in the database
    bool down = false;
    /// Set where a statement is taken for done because the schema is another: only the snapshot can prove
    /// that.
    bool must_prove = false;
};

/// A row for a migration that was never begun.
[[nodiscard]] history_row new_row(migration const& m, schema::catalog::engine engine);
/// Of the statements that are done or begun.
[[nodiscard]] std::string done_hash(std::vector<statement> const& all, history_row const& row);
/// "3 of 7 statements of <id> are done".
[[nodiscard]] std::string progress_of(history_row const& row);

/// Decides what became of the statement that was begun when the migrator died. Throws
/// migration_incomplete where nobody can know, and where statements that are done were edited.
void recover(session& at, job& of);

/// Runs it. Throws as apply.
void run(session& at, job of, apply_options const& options);

}  // namespace relata::migrate
