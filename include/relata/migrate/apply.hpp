// SPDX-License-Identifier: BSL-1.0
/// \file
/// Runs migrations: up, on after a crash, and down.
///
/// On SQLite and PostgreSQL the statements of a migration, and its row in the history, are one transaction.
/// A statement outside of it, and each one on MySQL and MariaDB, is written down before it runs and after
/// it, so that `resume` knows where a crash left it. One that was begun and not finished is decided by what
/// the schema is, compared with what it was before; where that says nothing, a clear error names the step to
/// take by hand. Data statements that stand alone are one transaction with what is written about them.
///
/// One migrator is at work in a database at a time. The lock lies in the session that runs the statements:
/// a server keeps it as long as it works for a migrator, also for one that was killed. On SQLite it is a row
/// with a lease of 30 seconds, which is taken over at once from a process of this host that is dead.
#pragma once

#include <relata/migrate/data_step.hpp>
#include <relata/migrate/history.hpp>

#include <string>
#include <vector>

namespace relata::migrate {

/// Is told what happens. Called in the thread that applies; an exception stops as an error would.
class RELATA_EXPORT apply_observer {
public:
    virtual ~apply_observer();
    /// `first` of `statements` is the next one to run, from 1: more than 1 after a crash.
    virtual void migration_started(migration const& m, std::size_t first, std::size_t statements);
    virtual void statement_started(migration const& m, std::size_t number, statement const& s);
    /// It has run; in a transaction it is not yet made last.
    virtual void statement_finished(migration const& m, std::size_t number, statement const& s,
                                    std::chrono::milliseconds took);
    /// A data step, which is statement `number`, is so far; `total` 0: it does not know of how many.
    virtual void data_step_progressed(migration const& m, std::size_t number, statement const& s,
                                      std::size_t done, std::size_t total);
    /// All of it is made last.
    virtual void migration_finished(migration const& m, std::chrono::milliseconds took);
};

struct apply_options {
    /// Up: the last migration to apply; empty: all. Down: see there.
    std::string to;
    /// Longest wait for another migrator; then lock_timeout tells who holds the lock.
    std::chrono::milliseconds lock_wait{0};
    /// Longest wait of a statement for locks of tables, in PostgreSQL and MySQL, where one that waits keeps
    /// all others out. Seconds on MySQL. Zero: as the server has it.
    std::chrono::milliseconds table_lock_wait{3000};
    /// How often a statement or transaction that did not get its locks in time is run, with a pause between.
    unsigned tries = 5;
    /// Compare the schema with the snapshot after each migration that has one.
    bool verify = true;
    /// Down only: also where rows or values may go.
    bool allow_loss = false;
    apply_observer* observer = nullptr;
    /// The steps in C++ that this program has; those of no migration are no mistake.
    std::vector<data_step> steps = {};
};

/// Applies the migrations that are pending, in order.
/// \return the ids of those that were applied
///
/// Throws, each with what the state is and what to do:
/// - migration_folder_invalid, before anything runs: an applied migration was edited or is missing, one that
///   is not applied comes before one that is, or one has no statements for this engine;
/// - migration_incomplete: one was done in part before (see resume), or is now;
/// - lock_timeout: another migrator is at work;
/// - schema_drift: all ran, and the schema is not that of the snapshot;
/// - invalid_argument: `to` is unknown, or applied and not the last one; two data steps have one name, or
///   one has no function or a name that no file can mention;
/// - data_step_missing, before anything runs: what is to run has a data step that `steps` has not;
/// - any other kind: a statement was refused, and nothing of its migration is in the database.
/// Thread-safe.
RELATA_EXPORT std::vector<std::string> apply(database const& to, folder const& from,
                                             apply_options const& options = {});

/// The same; a migration that was done in part, up or down, is first brought to its end. Its statements that
/// are not done yet may have been edited. Throws migration_incomplete where the statement that was begun
/// may be done or not: repair_done says which.
RELATA_EXPORT std::vector<std::string> resume(database const& to, folder const& from,
                                              apply_options const& options = {});

/// Takes migrations back, the last one first, until `options.to` is the last one; an empty `to` takes the
/// last one back, and the word "empty" all of them. Statements are those of the down file, or else computed
/// from the snapshots before and after it. Without `allow_loss` it refuses what may lose rows or values, which
/// is all for which there are no two snapshots.
/// \return the ids of those that were taken back
/// Throws as apply, not_supported where there is no way back, and data_loss for what it refuses; of those
/// nothing has run. Thread-safe.
RELATA_EXPORT std::vector<std::string> down(database const& of, folder const& from,
                                            apply_options const& options = {});

/// What one migration would run.
struct planned_migration {
    std::string id;
    std::vector<statement> statements;
};

/// What apply would run; data steps need not be there. Writes nothing and takes no lock. Throws as apply.
/// Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<planned_migration>
dry_run(database const& to, folder const& from, apply_options const& options = {});
/// What resume would run: of a migration that was done in part, the statements that are not done, the first of which
/// may be done nevertheless; then as dry_run.
[[nodiscard]] RELATA_EXPORT std::vector<planned_migration>
dry_run_resume(database const& to, folder const& from, apply_options const& options = {});
/// What down would run. Throws as down.
[[nodiscard]] RELATA_EXPORT std::vector<planned_migration>
dry_run_down(database const& of, folder const& from, apply_options const& options = {});

/// Replays the folder in an empty database of the same engine and compares with each snapshot; takes every
/// migration that has a way back down again and applies it once more. The database is left with all applied.
/// \param steps  those in C++, which run as well: on tables without rows, if no migration adds some
/// Throws invalid_argument for a database that has anything in it, else as apply. Thread-safe.
RELATA_EXPORT void verify(database const& empty, folder const& from,
                          std::vector<data_step> const& steps = {});

}  // namespace relata::migrate
