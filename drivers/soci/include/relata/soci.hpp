// SPDX-License-Identifier: BSL-1.0
/// \file
/// The SOCI driver: back ends of SOCI as back ends of relata, and sessions of SOCI lent to relata.
///
/// Linking `relata::soci` is enough for URLs; nothing of this header is needed to open a connection.
///
///     soci+sqlite3:path        soci+postgresql://user:password@host:port/database
///                              soci+mysql://user:password@host:port/database
///                              soci+firebird://user:password@host:port//path/of/file.fdb
///
/// Only the back ends whose client library was there when the driver was built are known. soci+odbc is
/// refused with not_supported: SOCI 4.0 cuts text at a NUL there and reads beyond the end of long
/// decimals.
///
/// | option              | for                   | meaning                                          |
/// | ------------------- | --------------------- | ------------------------------------------------ |
/// | `mode`              | sqlite3               | `rwc` (default), `rw`, `ro`                      |
/// | `busy_timeout`      | sqlite3               | ms to wait for another's lock, default 5000      |
/// | `statement_timeout` | all but firebird      | ms, default 0: no limit; MySQL, other than       |
/// |                     |                       | MariaDB, limits queries only                     |
///
/// The other options of soci+postgresql are those of relata/postgresql.hpp without `statements`,
/// those of soci+mysql are those of relata/mysql.hpp without `bulk`.
///
/// On Firebird (3 and later) dates, times, uint64 and decimals of more than 18 digits are kept as text
/// that sorts alike, decimals up to 18 digits as whole numbers, and text as UTF-8 in OCTETS, because
/// in other character sets spaces at the end do not count; a VARCHAR of OCTETS whose length is a
/// multiple of four is read as text. Text has at most 4000 characters, a value in a statement's text
/// 65535 bytes, a result is read whole, and names longer than 31 bytes are shortened. A wait for a
/// lock ends after 10 to 19 s; a transaction that gives up or loses a conflict is rolled back. A NULL
/// in a unique key of several columns is a duplicate of another. Refused there: now, UPDATE and
/// DELETE … RETURNING, several rows in VALUES, indexes without regard to case, bytes in keys, orders,
/// groups and lists, a quote in a user's name or password. Booleans are 0 and 1, so a boolean column
/// alone is no condition; compare it. In a statement with very many texts none may have more than
/// 1024 bytes.
///
/// SOCI reads whole results into memory before the first row is seen (SQLite excepted), and it has
/// no TLS for MySQL that checks the server, so `soci+mysql` to another machine needs `insecure=1`.
#pragma once

#include <relata/driver/driver.hpp>

namespace soci {
class session;
}

namespace relata::soci {

/// What the driver exports. Linking relata::soci registers it; a program needs this function only
/// to register it by hand. Any thread.
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

/// Lends an open session to relata: `auto db = relata::open(relata::soci::borrow(sql));`.
///
/// Until the database object and its copies are gone, the session has the settings that relata
/// needs (UTC, strict modes, foreign keys, UTF-8), for SOCI's own statements too; then it gets back
/// those it had. Both sides may be used in turn, never at the same time, by one thread at a time.
/// In a transaction that SOCI has begun, relata's verbs are part of it, and a transaction of relata
/// is a savepoint in it. The session must live longer than the database.
///
/// Throws not_supported for a back end that the driver was not built for, for Firebird, whose
/// transaction SOCI keeps to itself, and for a session whose encoding is not UTF-8;
/// invalid_argument for a session that is closed.
[[nodiscard]] RELATA_EXPORT driver::lent borrow(::soci::session& session);

}  // namespace relata::soci
