// SPDX-License-Identifier: BSL-1.0
/// \file
/// `mock::rule`: what the mock answers to a call; `mock::call`: a call that was made.
#pragma once

#include <relata/mock/cell.hpp>

#include <relata/core/error.hpp>
#include <relata/types/time.hpp>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace relata::mock {

/// The calls that reach a database.
enum class step : std::uint8_t {
    connect,
    close,
    prepare,  ///< a statement, before its first execution on a connection
    execute,  ///< a statement with its values
    script,   ///< statements without values
    bulk,     ///< the rows of `insert_all`, all in one call
    begin,
    commit,
    rollback,
    savepoint,
    release,
    rollback_to,
    ping,    ///< the pool asks whether the connection still lives
    reset,   ///< the pool cleans a connection that hand-written SQL may have changed
    cancel,  ///< another thread asks to stop the running statement
};

/// One call that was made.
struct RELATA_EXPORT call {
    mock::step step;
    unsigned connection = 0;  ///< from 1, in the order in which they were opened
    std::string sql;  ///< a statement with placeholders, or `BEGIN …`, `COMMIT`, `SAVEPOINT …`
    std::vector<row> values;  ///< execute: one row of bound values; bulk: one for each object

    /// One line: the text, then the values: `INSERT INTO "artists" ("name") VALUES ($1) ['Evans']`.
    [[nodiscard]] std::string text() const;
};

namespace detail {
struct state;
struct rule_data;
}  // namespace detail

/// What the mock answers to calls that match. A handle: copies mean the same rule. A rule without an
/// answer of its own succeeds with no row. Every member may be called from any thread, also while the
/// rule is in use.
class RELATA_EXPORT rule {
public:
    /// Matches only executions with exactly these values; `mock::anything` stands for any value.
    template <class... A> rule with(A const&... values) const {
        return with_values({cell(values)...});
    }
    rule with_values(std::vector<cell> values) const;

    /// Gives these rows: `returns({{1, "a"}, {2, nullptr}})`. Each cell must have a type that the
    /// program can read, and each row as many as the program reads; otherwise the read throws.
    rule returns(std::vector<row> rows) const;
    /// Gives mapped objects.
    template <class T> rule returns(std::vector<T> const& objects) const {
        return returns(std::vector<row>(objects.begin(), objects.end()));
    }
    /// Names the columns, for errors.
    rule columns(std::vector<std::string> names) const;
    /// Tells that so many rows were inserted, found or deleted.
    rule affects(std::int64_t rows) const;
    /// One row was inserted, and the database made this key for it; in whatever way the dialect tells it.
    rule inserts(std::int64_t key) const;

    /// Fails. Outcome, retry advice and the state of the connection are those that this kind of error
    /// has on a real database.
    rule fails(error_kind kind) const;
    /// Fails with all the facts of an error: constraint, columns, SQLSTATE, …
    rule fails(error_info info) const;
    /// The connection breaks before the answer arrives: `connection_lost`, for a commit `in_doubt`.
    rule drops_connection() const;
    /// `fails` and `drops_connection` happen after so many rows were read or, in bulk, taken.
    rule after(std::size_t rows) const;
    /// Waits before it answers; `cancel` ends the wait and the statement.
    rule delays(std::chrono::milliseconds time) const;

    /// Answers at most so often; then the next rule that matches is asked.
    rule times(unsigned most) const;
    rule once() const { return times(1); }

    /// How often it has answered.
    [[nodiscard]] unsigned runs() const;

private:
    friend class server;
    rule(std::shared_ptr<detail::state> state, detail::rule_data& data);

    std::shared_ptr<detail::state> state_;
    detail::rule_data* data_;  // kept by the state
};

}  // namespace relata::mock
