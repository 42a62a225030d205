// SPDX-License-Identifier: BSL-1.0
// The rows that are kept in the database. Their tables are made by the first migrator and never change.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/migrate/history.hpp>
#include <relata/types/text.hpp>

namespace relata::migrate {

/// One migration: also the journal of one that is being applied or taken back.
struct history_row {
    text<200> id;
    text<64> hash;
    text<16> state;
    std::int32_t statements = 0;
    std::int32_t done = 0;
    std::int32_t running = 0;  ///< number of the one that was begun; 0: none
    /// Of the running one: a hash of the schema before it, or "at " and the cursor of a data step; empty: not
    /// known.
    std::string before;
    std::string done_hash;  ///< of the statements that are done
    std::string error;
    instant started{};
    std::optional<instant> finished;
    std::int64_t milliseconds = 0;
};

/// Who is at work in a SQLite database.
struct lock_row {
    std::int32_t id = 1;
    std::string holder;  ///< of one migrator only
    std::string host;
    std::int64_t process = 0;
    instant until{};
};

inline constexpr char history_table[] = "relata_migration";
inline constexpr char lock_table[] = "relata_migration_lock";

[[nodiscard]] migration_state state_of(history_row const& row);
[[nodiscard]] bool is_done(history_row const& row);  ///< applied or baseline
/// Where the data step that is running goes on; empty: none is, or it goes on nowhere.
[[nodiscard]] std::string cursor_of(history_row const& row);
/// The data step after those that are done has come so far; an empty cursor: to its end.
void put_cursor(history_row& row, std::string const& cursor);
[[nodiscard]] instant now();

/// Nothing when the table is not there, or on PostgreSQL in another schema than the one that comes first.
[[nodiscard]] std::optional<std::vector<history_row>> read_rows(connection const& from);
/// In the order of the folder, and by time where it does not know them.
void sort_rows(std::vector<history_row>& rows, folder const& by);

}  // namespace relata::migrate

template <>
inline constexpr auto relata::table<relata::migrate::history_row> =
    relata::describe<relata::migrate::history_row>(relata::migrate::history_table)
        .key<&relata::migrate::history_row::id>();
template <>
inline constexpr auto relata::table<relata::migrate::lock_row> =
    relata::describe<relata::migrate::lock_row>(relata::migrate::lock_table)
        .key<&relata::migrate::lock_row::id>();
