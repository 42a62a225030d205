// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a driver and its server can do, as data that the engine asks at run time.
#pragma once

#include <relata/core/isolation.hpp>

#include <cstdint>
#include <string>

namespace relata::driver {

/// How a connection tells the key that the database made for a new row.
enum class generated_key : std::uint8_t {
    returning,  ///< only INSERT … RETURNING tells it
    last_id,    ///< `statement::last_id()` tells it after a plain INSERT of one row
};

/// The bit of a level in `capabilities::isolation_levels`.
constexpr std::uint8_t level_bit(isolation level) { return std::uint8_t(1U << unsigned(level)); }

/// Facts about one connection. Filled by the driver when it connects.
///
/// Everything that is not here every driver must do. The conformance kit tests each fact both ways:
/// what is declared works, what is not declared is refused with `not_supported` and changes nothing.
struct capabilities {
    std::string server;                ///< product and version, such as "PostgreSQL 15.20"
    std::uint32_t version = 0;         ///< major * 10000 + minor * 100 + patch
    std::uint32_t max_params = 0;      ///< most parameters of one statement; 0: not known
    std::uint32_t max_identifier = 0;  ///< longest name in bytes that stays whole; 0: no bound
    std::uint64_t max_packet = 0;      ///< most bytes of one statement with its values; 0: no bound
    generated_key key = generated_key::returning;
    bool returning = true;  ///< INSERT, UPDATE and DELETE … RETURNING
    bool update_returning =
        true;  ///< UPDATE … RETURNING (MariaDB has it only for INSERT and DELETE)
    bool transactional_ddl = true;    ///< what it makes may be of use only after the commit
    bool concurrent_streams = false;  ///< several open results on one connection
    /// rows read as a stream take constant memory and arrive before the whole result is there; else
    /// each result is in memory before its first row is read, and its errors come when it is executed
    bool streaming = true;
    /// the driver watches the network itself: `alive(false)` sees a closed connection, `alive(true)`
    /// ends in two seconds, and connecting in connect_timeout, also when the server falls silent
    bool watches_network = true;
    bool cancel = true;  ///< `connection::cancel` stops a running statement
    bool savepoints = true;
    bool keeps_rows = true;      ///< runs SQL; false for a driver that plays a script (the mock)
    bool server_process = true;  ///< a server behind a network address, which can go away
    bool several_hosts = false;  ///< a URL may name several hosts, which are tried in order
    bool read_only_transactions = true;
    bool affected_rows = true;        ///< `statement::affected` tells the number of rows
    bool constraint_names = true;     ///< errors name the violated constraint
    bool alive_check = true;          ///< `connection::alive(true)` notices that the server is gone
    std::uint32_t max_text = 0;       ///< most characters of a text in a column; 0: no bound
    std::uint32_t max_literal = 0;    ///< most bytes of a value in a statement's text; 0: no bound
    std::uint64_t max_statement = 0;  ///< most bytes of a statement's text; 0: no bound
    bool row_lists = true;    ///< INSERT … VALUES (…), (…), where RETURNING tells of each row
    bool nulls_apart = true;  ///< rows with a NULL in a unique key of several columns never clash
    bool utc_clock = true;    ///< the database can tell the time in UTC, for `now()`
    bool any_credentials = true;  ///< every character can be in a user's name and in a password
    /// levels that `connection::begin` takes, as bits, see `level_bit`; others throw not_supported
    std::uint8_t isolation_levels = level_bit(isolation::read_committed) |
                                    level_bit(isolation::snapshot) |
                                    level_bit(isolation::serializable);
};

}  // namespace relata::driver
