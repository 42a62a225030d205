// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a database remembers of its migrations, and how to put that right.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/migrate/diff.hpp>
#include <relata/migrate/folder.hpp>
#include <relata/types/time.hpp>

#include <optional>
#include <string>
#include <vector>

namespace relata::migrate {

enum class migration_state : std::uint8_t {
    pending,    ///< in the folder, not in the database
    applied,    ///< all of it is in the database
    baseline,   ///< taken for applied when the history began
    running,    ///< begun: by a migrator that is at work, or by one that died
    failed,     ///< a statement was refused, and some before it stay done
    reverting,  ///< on the way down: begun, or failed
};
/// The name as it is written in the enumeration.
[[nodiscard]] RELATA_EXPORT std::string_view name_of(migration_state state) noexcept;

/// One migration as the database remembers it. The rows lie in the table relata_migration.
struct history_entry {
    std::string id;
    std::string hash;  ///< see migration::up_hash
    migration_state state = migration_state::pending;
    std::size_t done = 0;        ///< statements that are done
    std::size_t statements = 0;  ///< of them all
    std::size_t running = 0;     ///< the one that was begun, from 1; 0: none
    std::string error;           ///< of the statement that was refused
    std::string cursor;          ///< where the running one goes on, if it is a data step in parts
    std::optional<instant> started;
    std::optional<instant> finished;
    std::chrono::milliseconds duration{0};
    bool in_folder = true;  ///< `status` only: whether the folder has it
    bool unchanged = true;  ///< `status` only: whether its statements are those that were applied
    std::vector<std::string> data_steps;  ///< `status` only: names of its steps in C++
};

/// What the database remembers, the oldest first; empty for one that was never migrated. Writes nothing.
/// Throws as any query does. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<history_entry> history(database const& of);

/// All migrations of the folder in order, and those that only the database knows. One that replaces others
/// counts as applied where all of these are. Writes nothing.
/// Throws migration_folder_invalid for a migration without statements for this engine. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<history_entry> status(database const& of,
                                                              folder const& from);

/// How the schema of the database differs from the snapshot of the last migration it has; nothing that was
/// never migrated must be empty. Throws migration_incomplete while a migration is done in part, and
/// not_found when that migration has no snapshot for this engine. Thread-safe.
[[nodiscard]] RELATA_EXPORT schema_change drift(database const& of, folder const& from);

/// Takes a database that was made otherwise into the history: this migration and all before it count as
/// applied, and nothing is run. Throws invalid_argument for an unknown id and for a database that has a
/// history, schema_drift where the migration has a snapshot and the database is another, lock_timeout while
/// a migrator is at work; nothing was written then. Thread-safe.
RELATA_EXPORT void baseline(database const& of, folder const& from, std::string const& id);
/// Throws what baseline would, and writes nothing. \return the ids that would count as applied
[[nodiscard]] RELATA_EXPORT std::vector<std::string>
dry_run_baseline(database const& of, folder const& from, std::string const& id);

/// Says that a migration that was done in part is wholly there, finished by hand.
/// These four throw invalid_argument for what makes no sense, and lock_timeout while a migrator is at
/// work; nothing was written then. Thread-safe.
RELATA_EXPORT void repair_applied(database const& of, folder const& from, std::string const& id);
/// … that nothing of it is there, undone by hand: it is pending again.
RELATA_EXPORT void repair_pending(database const& of, std::string const& id);
/// … that just the first `done` of its statements are there; resume then goes on after them.
RELATA_EXPORT void repair_done(database const& of, folder const& from, std::string const& id,
                               std::size_t done);
/// Says that the statements of an applied migration were edited with intention.
RELATA_EXPORT void repair_hash(database const& of, folder const& from, std::string const& id);

}  // namespace relata::migrate
