// SPDX-License-Identifier: BSL-1.0
// What the target remembers of a move until it is done.
#pragma once

#include <relata/engine/database.hpp>
#include <relata/types/text.hpp>

#include <optional>

namespace relata::migrate::moving {

/// How far a table is. The row without a table's name is of the whole move.
struct journal_row {
    text<64> name;
    text<64> hash;     ///< of the whole: what is moved
    std::string last;  ///< key of the last row that is there; empty: none
    std::int64_t rows = 0;
    bool done = false;  ///< all rows are there
};

inline constexpr char journal_table[] = "relata_move";

class journal {
public:
    /// \param on  a connection to the target, which must outlive the journal
    explicit journal(connection& on) : on_(on) {}

    /// The row of that name; nothing where there is none, or no journal.
    [[nodiscard]] std::optional<journal_row> find(std::string const& name) const;
    /// Makes the table and the row of the whole.
    void begin(std::string const& hash) const;
    /// In the transaction that writes the rows.
    static void write(transaction& in, journal_row const& row);
    /// All is done: the journal goes.
    void end() const;

private:
    connection& on_;
};

}  // namespace relata::migrate::moving

template <>
inline constexpr auto relata::table<relata::migrate::moving::journal_row> =
    relata::describe<relata::migrate::moving::journal_row>(relata::migrate::moving::journal_table)
        .key<&relata::migrate::moving::journal_row::name>();
