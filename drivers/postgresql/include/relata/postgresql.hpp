// SPDX-License-Identifier: BSL-1.0
/// \file
/// The PostgreSQL driver: scheme `postgresql://` (also `postgres://`), over libpq.
#pragma once

#include <relata/driver/driver.hpp>

/// URL: `postgresql://user:password@host:port/database?option=value`. Several hosts and ports are
/// separated by commas and tried in order. Without a host: the local socket.
///
/// | option | meaning |
/// | --- | --- |
/// | `sslmode` | disable, allow, prefer, require, verify-ca, verify-full. Default: `verify-full` with the system's certificates for a host that is not local, `prefer` for a local one |
/// | `insecure` | 1: `prefer` for a host that is not local, certificates are not checked |
/// | `sslrootcert`, `sslcert`, `sslkey` | files: authorities that are trusted, own certificate, own key |
/// | `application_name` | name of this program in the server's views; default `relata` |
/// | `connect_timeout` | seconds to wait for each host, 1 to 3600; default 10 |
/// | `statement_timeout` | milliseconds after which the server stops a statement; 0 = never. Default: the server's |
/// | `search_path` | schemas in which tables are looked up. Default: the server's |
/// | `target_session_attrs` | any, read-write, read-only, primary, standby, prefer-standby: which of several hosts will do |
/// | `keepalives_idle` | seconds of silence after which the network is probed; default 30 |
/// | `tcp_user_timeout` | milliseconds that sent data may stay unacknowledged; default 30000 |
/// | `statements` | `named` (default) or `unnamed`: nothing is kept on the server between statements, for proxies that pool by transaction. `statement_timeout` and `search_path` are session settings, which such proxies do not keep |
///
/// Every session speaks UTF-8, ISO dates and UTC; a database in another encoding is refused.
namespace relata::postgresql {

/// The driver's entry, to be given to `relata::driver::add` where it is not linked in the usual way.
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::postgresql
