// SPDX-License-Identifier: BSL-1.0
/// \file
/// The settings that make the sessions of all servers of this family answer alike.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace relata::mysql_family {

/// What the settings depend on.
struct server_traits {
    bool mariadb = false;
    std::uint32_t version = 0;            ///< major * 10000 + minor * 100 + patch
    bool snapshot = false;                ///< it has innodb_snapshot_isolation
    std::uint64_t statement_timeout = 0;  ///< milliseconds, 0: none
};

/// One SET statement, sent first of all. Throws not_supported for a server that is too old.
std::string prelude(server_traits const& server);

/// Error code of a server that does not know one of the variables.
inline constexpr unsigned unknown_variable = 1193;

/// Reads back what the driver relies on. The columns: the largest packet, whether a lock timeout
/// rolls back, time zone, SQL mode, collation.
inline constexpr std::string_view settings_query =
    "SELECT @@max_allowed_packet,@@innodb_rollback_on_timeout,@@time_zone,@@sql_mode,"
    "@@collation_connection";

/// Throws connection_failed unless the server says what the prelude has set: a proxy may have
/// swallowed it.
void check_settings(std::string_view time_zone, std::string_view sql_mode,
                    std::string_view collation);

}  // namespace relata::mysql_family
