// SPDX-License-Identifier: BSL-1.0
/// \file
/// Copies a database into another one, of the same or another engine: schema, rows and counters.
///
/// The schema becomes what create_tables of a program with these tables would have made there, so that the
/// program goes on with nothing but another URL. What has no counterpart is never dropped silently: it is
/// listed, all of it at once and before anything is written, and left out only when it is named.
///
/// Rows go in batches, in the order of the primary key; each batch and the line in the journal (a table
/// `relata_move` in the target) are one transaction, so that a move that was killed goes on where it was.
/// A table without a primary key is one transaction, and begins anew. In the end a digest of all values
/// of each table is made on both sides.
#pragma once

#include <relata/engine/database.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace relata::migrate {

/// Something of the source that the target cannot have, or has in another way.
struct move_finding {
    /// What `move_options::leave_out` takes: "check:albums.price_positive", "view:sales",
    /// "column:places.shape", "default:albums.price", "table:logs", "trigger:audit", …
    std::string name;
    std::string why;

    friend bool operator==(move_finding const&, move_finding const&) = default;
};

/// What a column holds where its engine cannot say it. SQLite keeps a decimal as an integer, and no
/// engine but PostgreSQL tells an instant from a local time.
struct column_meaning {
    std::string table;
    std::string column;
    /// boolean, int8 to int64, uint8 to uint64, float32, float64, decimal(10,2), text, text(40), bytes,
    /// date, time, timestamp, instant, uuid or json
    std::string type;
};

/// Is told what happens. Called in the thread that moves; an exception stops as an error would, and
/// what was committed stays, to be gone on with.
class RELATA_EXPORT move_observer {
public:
    virtual ~move_observer();
    /// `estimated` rows by the statistics of the source, -1: not known. `done`: before a resume too.
    virtual void table_started(std::string const& table, std::int64_t done, std::int64_t estimated);
    /// A batch is committed.
    virtual void rows_moved(std::string const& table, std::int64_t done, std::int64_t estimated);
    /// The digests of both sides are equal.
    virtual void table_compared(std::string const& table, std::int64_t rows);
};

struct move_options {
    std::int64_t batch = 10'000;         ///< rows in a transaction, at least 1
    std::vector<std::string> leave_out;  ///< names of findings
    std::vector<column_meaning> columns;
    move_observer* observer = nullptr;
};

struct moved_table {
    std::string table;
    std::int64_t rows = 0;
    std::string digest;  ///< of all values; the same on both sides
};

struct move_report {
    std::vector<move_finding> refused;    ///< of plan_move only: what would make move throw
    std::vector<move_finding> left_out;   ///< because the options name it
    std::vector<move_finding> notes;      ///< what is in the target in another way
    std::vector<std::string> statements;  ///< that make the schema, in order
    std::vector<moved_table> tables;      ///< sorted by name; of move only
};

/// What move would do. Reads both schemas and writes nothing. Throws invalid_argument for options that
/// make no sense or a target that is not empty, not_supported for an engine without migrations.
/// Thread-safe.
[[nodiscard]] RELATA_EXPORT move_report plan_move(database const& from, database const& to,
                                                  move_options const& options = {});

/// Copies `from` into `to`, which is empty or holds a move that was begun from this source. Nobody else
/// writes to either meanwhile: rows that change make the digests differ.
///
/// Throws, each with what the state is and what to do:
/// - not_supported, before anything is written: all findings that the options do not leave out;
/// - invalid_argument: the target is not empty and has no journal, or the options make no sense;
/// - schema_drift: a move was begun there from another schema, or with other options;
/// - the kind of the row's error (value_too_long, text_invalid, out_of_range, …) with table, column and key
///   of a row that cannot be read or kept; rows before it are there;
/// - corrupt: the digests of a table differ;
/// - any other kind, as statements do. After all of these but the first two the target keeps what is
///   there, and the same call goes on.
/// Thread-safe.
RELATA_EXPORT move_report move(database const& from, database const& to,
                               move_options const& options = {});

}  // namespace relata::migrate
