// SPDX-License-Identifier: BSL-1.0
/// \file
/// The statements that change a database from one schema into another.
#pragma once

#include <relata/migrate/diff.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace relata::migrate {

/// Who waits for their work on a table while a statement has its lock: on MySQL and MariaDB while it runs, elsewhere
/// until its transaction ends.
enum class waiters : std::uint8_t {
    nobody,     ///< but for a moment
    writers,    ///< others read
    everybody,  ///< who reads, too
};
/// "nobody", "writers" or "everybody".
[[nodiscard]] RELATA_EXPORT char const* name_of(waiters who) noexcept;

/// One statement of a plan.
struct step {
    std::string text;            ///< without a semicolon at its end
    bool in_transaction = true;  ///< false: runs before or after the transaction, as it stands
    bool destroys = false;       ///< something that has rows or values goes
    bool copies_rows = false;    ///< writes all rows of a table anew
    /// Of a plan that keeps tables in use: what others notice of it nevertheless, such as who waits, by which
    /// lock, and why. Empty: nothing but the moment in which a lock is taken.
    std::string impact = {};
    /// The table that is there before the plan and that the statement locks, reads or writes; where
    /// there are several, the first. Empty: none.
    std::string table = {};
    /// Its lock as the engine calls it: of PostgreSQL such as ACCESS EXCLUSIVE; of MySQL and MariaDB
    /// LOCK=NONE or LOCK=SHARED, METADATA where it is held for a moment; of SQLite that of the whole
    /// database, RESERVED, also where there is no such table.
    std::string lock = {};
    waiters waits = waiters::nobody;
    bool reads_rows = false;           ///< all rows of that table
    std::int64_t estimated_rows = -1;  ///< of that table, by the engine's statistics; -1: not known
    /// Whether a plan back leads to the rows as they were: nothing is destroyed, and no column gets a type
    /// that does not hold all its values.
    bool reversible = true;

    friend bool operator==(step const&, step const&) = default;
};

struct plan_options {
    /// Tables stay in use while they change. What cannot be done so says it in its step's `impact`.
    ///
    /// On PostgreSQL indexes and keys are made CONCURRENTLY, and references, checks and NOT NULL are
    /// validated while others write, in steps behind the transaction, which stay to be repeated if one
    /// fails. On MySQL and MariaDB each statement says the ALGORITHM and LOCK that keep others out the
    /// least, so that a server which cannot do it refuses it; there new columns come at the end of their
    /// table. On SQLite, where one writer at a time has the file, it changes nothing.
    bool online = false;
};

/// The statements for these changes, in order. On SQLite all changes of a table that ALTER TABLE
/// cannot make become one copy of it: rows, rowids, indexes, triggers, views and the counter of
/// AUTOINCREMENT are kept, and a broken reference or row makes a step fail before the commit.
///
/// On MySQL and MariaDB, where each change of a schema ends the transaction, no step is in one: all
/// changes of a table are one ALTER TABLE (`online`: one for each way in which the server can do it), and
/// foreign keys on changed columns or keys go before and come back after it.
///
/// On PostgreSQL a plan to or from a schema that is `by_search_path` names no default namespace, and runs
/// in that of any tenant; every other one says `public`.
///
/// The first steps outside of the transaction come before it, the last ones after it, also when
/// it was rolled back.
/// Throws invalid_argument for changes that are ambiguous, not_supported for a change that
/// the engine cannot make or that is not planned yet. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<step> plan(schema_change const& changes,
                                                   plan_options const& options = {});

}  // namespace relata::migrate
