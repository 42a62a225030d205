// SPDX-License-Identifier: BSL-1.0
/// \file
/// The driver for MySQL and MariaDB, over MariaDB Connector/C.
///
/// Linking `relata::mysql` is enough; nothing of this header is needed to open a connection.
///
///     mysql://user:password@host:port/database?option=value      also mariadb://
///
/// Without a host, or with `localhost`, the driver uses TCP to this machine, never a socket, unless
/// `socket` is given.
///
/// | option              | meaning                                                                |
/// | ------------------- | ---------------------------------------------------------------------- |
/// | `socket`            | path of the server's Unix socket, used instead of host and port        |
/// | `ssl`               | `on`: TLS; `off`: none. Default: on, but off for a local server        |
/// | `ssl_ca`            | file with the certificates to trust; default: those of the system      |
/// | `ssl_cert`,`ssl_key`| files with the client's own certificate and key                        |
/// | `insecure`          | `1`: the server's certificate is not checked, and without `ssl=on`     |
/// |                     | a server without TLS is accepted                                       |
/// | `connect_timeout`   | seconds, 1 to 3600, default 10                                         |
/// | `read_timeout`      | seconds to wait for an answer, default 0: no limit                     |
/// | `write_timeout`     | seconds to wait while sending, default 0: no limit                     |
/// | `statement_timeout` | milliseconds, default 0: no limit. MySQL limits queries only; there    |
/// |                     | the driver ends other statements, with a thread and KILL QUERY         |
/// | `bulk`              | `arrays`: bulk inserts by array binding; `values`: by long VALUES      |
/// |                     | lists. Default: arrays where the server has them                       |
///
/// The character set is always utf8mb4, the session's time zone UTC. LOCAL INFILE and several
/// statements in one text are off. A server is local when it is reached by a Unix socket or a
/// loopback address; every other one must show a certificate that is valid for its host name.
#pragma once

#include <relata/driver/driver.hpp>

namespace relata::mysql {

/// What the driver registers: its name, schemes, options and the function that connects.
/// Thread-safe; the object lives for ever.
[[nodiscard]] RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::mysql
