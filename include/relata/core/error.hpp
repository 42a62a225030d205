// SPDX-License-Identifier: BSL-1.0
/// \file
/// The one exception family of the library: what went wrong, in portable words, and what to do next.
#pragma once

#include <relata/core/export.hpp>

#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace relata {

/// Portable reason of an error. Each has a stable code (`RL-E…`, see `code_of`) and a section in
/// docs/reference/errors.md.
enum class error_kind : std::uint8_t {
    // the program or its configuration
    invalid_url = 1,   ///< a connection URL that cannot be read, or an unknown option in it
    driver_not_found,  ///< no driver is linked or installed for the URL's scheme
    driver_mismatch,   ///< a plug-in was built for another version of the driver interface
    invalid_argument,  ///< a call that makes no sense, such as commit on a finished transaction
    not_supported,     ///< this back end cannot give the answer that the others give
    invalid_schema,    ///< a table description that no back end could keep
    // connecting
    connection_failed,   ///< nothing answers at this address
    connection_lost,     ///< the server or the network went away
    auth_failed,         ///< the server does not know this user or password
    database_not_found,  ///< the server has no such database; for SQLite: no such file
    tls_failed,          ///< no secure connection with this server
    pool_timeout,        ///< no connection became free in time
    // the statement
    syntax,             ///< the database does not understand the statement
    table_not_found,    ///< no such table or view
    column_not_found,   ///< no such column
    already_exists,     ///< a table, index or constraint of that name is there already
    permission_denied,  ///< the user may not do this
    read_only,          ///< the database or the transaction cannot be written
    // values
    type_mismatch,   ///< the column holds another type than the program reads
    null_value,      ///< NULL where the program's type has no place for it
    out_of_range,    ///< a number or a date that does not fit
    value_too_long,  ///< text or bytes that exceed the column's bound
    text_invalid,    ///< text that is not UTF-8, or that contains a NUL
    value_invalid,   ///< a value that its type does not allow, such as an unknown enumerator
    division_by_zero,
    // rows
    not_found,      ///< `one` found no row
    too_many_rows,  ///< `one` found more than one row
    // constraints
    unique_violation,
    foreign_key_violation,
    not_null_violation,
    check_violation,
    constraint_violation,  ///< another constraint, such as an exclusion constraint
    // working together
    serialization_failure,  ///< another transaction was faster; run the whole transaction again
    deadlock,      ///< two transactions waited for each other; run the whole transaction again
    lock_timeout,  ///< a lock was not given in time
    timeout,       ///< the statement took longer than allowed
    cancelled,     ///< the statement was cancelled
    transaction_failed,       ///< an earlier error of this transaction forbids to go on
    transaction_rolled_back,  ///< the database rolled back by itself where commit was asked for
    in_doubt,                 ///< the connection was lost while the commit was on its way
    // resources
    disk_full,
    out_of_memory,
    limit_exceeded,  ///< too many parameters, too large a packet, too many connections
    corrupt,         ///< the database file is damaged or is no database
    unknown,         ///< the driver has no portable word for this; see native_code and sqlstate
    // migrations
    migration_folder_invalid,  ///< files that do not fit together, or not what was applied
    migration_incomplete,      ///< a migration has run in part: resume it, or repair
    schema_drift,              ///< the database is not what its migrations made
    data_step_missing,         ///< a migration asks for C++ that this program does not have
    data_loss,                 ///< rows or values would be lost, which was not allowed
};

/// How far the statement came.
enum class outcome : std::uint8_t {
    not_sent,  ///< the database never saw it
    rejected,  ///< the database said no; nothing of it happened
    unknown,   ///< it was sent and no answer came
    in_doubt,  ///< a commit was sent and no answer came
};

/// What became of the transaction in which the error happened.
enum class transaction_state : std::uint8_t {
    none,         ///< there was none
    open,         ///< it is open and can go on
    failed,       ///< it can only be rolled back, or back to a savepoint
    rolled_back,  ///< the database rolled it back
    unknown,
};

/// Whether doing the same again can help.
enum class retry_advice : std::uint8_t {
    no,
    statement,    ///< run the statement again
    transaction,  ///< run the whole transaction again
    reconnect,    ///< take a new connection, then run the statement again
};

/// Everything known about an error. Strings are empty where nothing is known.
struct error_info {
    error_kind kind = error_kind::unknown;
    relata::outcome outcome = relata::outcome::rejected;
    relata::transaction_state transaction = relata::transaction_state::none;
    retry_advice retry = retry_advice::no;
    bool connection_usable = true;  ///< false: the connection is dead and will not be reused
    int native_code = 0;            ///< the client library's or server's own number
    std::string sqlstate;           ///< five characters where the back end has them
    std::string message;            ///< in our words: names things, holds no value and no secret
    std::string native_message;     ///< the database's own words; may hold values, never in what()
    std::string detail;             ///< further words of the database; may hold values
    std::string constraint;         ///< name of the violated constraint
    std::string table;
    std::vector<std::string> columns;
    std::string statement;  ///< SQL text with placeholders
    std::int64_t row = -1;  ///< in a bulk operation: which row, from 0; else -1
};

/// The exception that every function of the library throws.
///
/// Copying never throws. `what()` is one line: code, kind, the message, constraint, the state of the
/// transaction and the next step. It holds no bound value and no secret.
/// Thread-safety: an error may be read from several threads at once.
class RELATA_EXPORT error : public std::exception {
public:
    explicit error(error_info info);
    error(error_kind kind, std::string message);
    error(error const& other) noexcept;
    error& operator=(error const& other) noexcept;
    ~error() override;

    [[nodiscard]] char const* what() const noexcept override;

    [[nodiscard]] error_info const& info() const noexcept;
    [[nodiscard]] error_kind kind() const noexcept;
    [[nodiscard]] relata::outcome outcome() const noexcept;
    [[nodiscard]] transaction_state transaction() const noexcept;
    [[nodiscard]] retry_advice retry() const noexcept;
    [[nodiscard]] int native_code() const noexcept;
    [[nodiscard]] std::string const& sqlstate() const noexcept;
    [[nodiscard]] std::string const& message() const noexcept;
    [[nodiscard]] std::string const& constraint() const noexcept;
    [[nodiscard]] std::string const& table() const noexcept;
    [[nodiscard]] std::vector<std::string> const& columns() const noexcept;
    [[nodiscard]] std::string const& statement() const noexcept;

private:
    struct shared;
    shared* shared_;
};

/// The kind's name as it is written in the enumeration, such as "unique_violation".
[[nodiscard]] RELATA_EXPORT std::string_view name_of(error_kind kind) noexcept;

/// The kind's stable, searchable code, such as "RL-E028".
[[nodiscard]] RELATA_EXPORT std::string code_of(error_kind kind);

/// Throws `error(kind, message)`; keeps the throwing code out of headers and hot paths.
[[noreturn]] RELATA_EXPORT void fail(error_kind kind, std::string_view message);

}  // namespace relata
