// SPDX-License-Identifier: BSL-1.0
/// \file
/// The driver for MySQL and MariaDB over MySQL Connector/C++ 1.1, for programs bound to that library.
///
/// Linking `relata::mysql_connector` is enough; nothing of this header is needed to open a
/// connection. Prefer `relata::mysql` where you have the choice: it streams results, inserts in bulk
/// by arrays, and links an LGPL library, where Connector/C++ is GPL-2 with an exception for free
/// software.
///
///     mysql+connector://user:password@host:port/database?option=value
///
/// Options are those of relata/mysql.hpp, except `bulk`: `socket`, `ssl`, `ssl_ca`, `ssl_cert`,
/// `ssl_key`, `insecure`, `connect_timeout`, `read_timeout`, `write_timeout`, `statement_timeout`.
/// On MySQL, other than on MariaDB, the last limits queries only.
///
/// What differs from `relata::mysql`, because of the client library:
/// - Every result is taken into memory whole, also where the program reads a stream; in return
///   several results may be open at once.
/// - `alive` with a question to the server waits as long as `read_timeout` allows.
/// - Decimals of more than 62 characters are refused, and JSON columns of MySQL (those of MariaDB
///   are text): not_supported.
/// - Statements that may end a transaction (DDL, CALL, …) cost a further round trip, in which the
///   server is asked whether the transaction is still open.
/// - A statement that changes 4,294,967,296 rows or more reports a count without the upper digits.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::mysql_connector {

/// What the driver registers: its name, schemes, options and the function that connects.
/// Thread-safe; the object lives for ever.
[[nodiscard]] RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::mysql_connector
