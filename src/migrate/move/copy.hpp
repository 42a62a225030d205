// SPDX-License-Identifier: BSL-1.0
// Copies the rows of one table, and makes digests of tables.
#pragma once

#include "migrate/move/journal.hpp"
#include "migrate/move/rows.hpp"

#include <relata/core/error.hpp>

#include <exception>

namespace relata::migrate::moving {

/// Selects the columns of a table, all or only these, in the table's order.
[[nodiscard]] std::string select_text(connection const& c, table_route const& t, bool source,
                                      std::vector<std::size_t> const& only = {});

/// What orders rows by the key, and what begins behind a key of which each column has a value; with
/// `values` in the order of the question marks.
[[nodiscard]] std::string order_text(connection const& c, table_route const& t, bool source);
[[nodiscard]] std::string behind_text(connection const& c, table_route const& t, bool source,
                                      std::vector<param> const& key, std::vector<param>& values);

/// Gives a row where a row of the table refers to none.
[[nodiscard]] std::string orphan_text(connection const& c, schema::catalog::table const& t,
                                      schema::catalog::reference const& r);

/// The key of the journal, without values for an empty text.
[[nodiscard]] decoded_key last_key(row_layout const& layout, table_route const& t,
                                   std::string const& text);

/// Copies the rows that are not there yet.
class table_copy {
public:
    table_copy(connection& from, connection& to, table_route const& t, move_options const& options);
    /// Throws errors of a row with its table, column and key.
    void run();

private:
    void copy_batches();
    bool copy_batch(row_cursor& from);
    void const* next(row_cursor& from);
    [[nodiscard]] std::string query(decoded_key const& last, std::vector<param>& values) const;

    connection& from_;
    connection& to_;
    table_route const& route_;
    move_options const& options_;
    move_observer& observer_;
    row_layout layout_;
    row one_, other_;  ///< a driver may look at a row until the second following one is asked for
    bool second_ = false;
    std::int64_t in_batch_ = 0;
    void const* last_ = nullptr;
    std::exception_ptr failure_;  ///< of reading
    relata::engine::row_target target_;
    journal_row state_;
};

/// Number of rows, and a digest of all their values that does not depend on their order.
[[nodiscard]] moved_table digest_of(handle const& in, connection const& c, table_route const& t,
                                    bool source);

/// An error while rows behind a key were copied.
class failed_row {
public:
    /// \param last  key of the journal
    failed_row(connection& from, connection& to, table_route const& t, std::string const& last)
        : from_(from), to_(to), route_(t), layout_(t.columns), last_(last_key(layout_, t, last)) {}

    /// Throws the error with table, column and key of the row that cannot be read; as it is where it is
    /// not about a value.
    [[noreturn]] void raise_reading(error const& e);
    /// … that the target does not take.
    [[noreturn]] void raise_writing(error const& e, relata::engine::row_target const& target);

private:
    [[nodiscard]] std::string query(std::vector<param>& values,
                                    std::vector<std::size_t> const& only) const;
    [[nodiscard]] std::int64_t readable(std::vector<std::size_t> const& only);
    [[nodiscard]] std::string key_of(std::int64_t number);
    [[noreturn]] void raise(error const& e, std::string const& what, std::string const& column,
                            std::string const& key) const;
    [[nodiscard]] std::string unfit_column(row const& r) const;

    connection& from_;
    connection& to_;
    table_route const& route_;
    row_layout layout_;
    decoded_key last_;
};

/// Makes the counters of the target go on where those of the source are, and behind the highest key.
void move_counter(connection& from, connection& to, table_route const& t);

}  // namespace relata::migrate::moving
