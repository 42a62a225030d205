// SPDX-License-Identifier: BSL-1.0
/// \file
/// The PostgreSQL driver: scheme `postgresql://` (also `postgres://`), over libpq.
#pragma once

#include <relata/driver/driver.hpp>

/// URL: `postgresql://user:password@host:port/database?option=value`. Several hosts and ports are
/// separated by commas and tried in order. Without a host: the local socket.
///
/// Options:
/// - `sslmode`: disable, allow, prefer, require, verify-ca or verify-full. Default for a host that
///   is not local: `verify-full`, with the system's authorities; for a local one: `prefer`.
/// - `insecure`: 1 makes `prefer` the default for every host; certificates are not checked.
/// - `sslrootcert`, `sslcert`, `sslkey`: files with the trusted authorities, the own certificate,
///   the own key.
/// - `application_name`: the name of this program in the server's views. Default: `relata`.
/// - `connect_timeout`: seconds to wait for each host, 1 to 3600. Default: 10.
/// - `read_timeout`: seconds that the server may be silent before the connection counts as lost, 0
///   to 86400. Default: 0, no limit.
/// - `statement_timeout`: milliseconds after which the server stops a statement, 0 for never.
///   Default: the server's.
/// - `search_path`: the schemas in which tables are looked up. Default: the server's.
/// - `target_session_attrs`: which of several hosts will do: any (default), read-write, read-only,
///   primary, standby or prefer-standby.
/// - `keepalives_idle`: seconds of silence after which the network is probed. Default: 30.
/// - `tcp_user_timeout`: milliseconds that sent data may stay unacknowledged. Default: 30000.
/// - `statements`: `named` (default), or `unnamed` for proxies that pool by transaction: nothing is
///   kept on the server between statements. (`statement_timeout` and `search_path` are settings of
///   the session, which such a proxy does not keep.)
///
/// Every session speaks UTF-8, ISO dates and UTC; a database in another encoding is refused.
namespace relata::postgresql {

/// The driver's entry, to be given to `relata::driver::add` where it is not linked in the usual way.
RELATA_EXPORT driver::entry const& driver_entry() noexcept;

}  // namespace relata::postgresql
