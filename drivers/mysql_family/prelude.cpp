// SPDX-License-Identifier: BSL-1.0

#include "prelude.hpp"

#include <relata/core/error.hpp>

namespace relata::mysql_family {

namespace {

// Older ones ignore checks, compare text without regard to spaces at its end, or lack RETURNING.
void refuse_old(server_traits const& server) {
    if (server.mariadb && server.version < 100500)
        fail(error_kind::not_supported, "the server is older than MariaDB 10.5");
    if (!server.mariadb && server.version < 80017)
        fail(error_kind::not_supported, "the server is older than MySQL 8.0.17");
}

}  // namespace

std::string prelude(server_traits const& server) {
    refuse_old(server);
    std::string sql = "SET "
                      "sql_mode='ANSI_QUOTES,PIPES_AS_CONCAT,NO_BACKSLASH_ESCAPES,ONLY_FULL_GROUP_"
                      "BY,STRICT_ALL_TABLES,"
                      "ERROR_FOR_DIVISION_BY_ZERO,NO_ZERO_DATE,NO_ZERO_IN_DATE,NO_AUTO_VALUE_ON_"
                      "ZERO,NO_ENGINE_SUBSTITUTION,"
                      "NO_UNSIGNED_SUBTRACTION";
    if (server.mariadb) sql += ",SIMULTANEOUS_ASSIGNMENT,TIME_ROUND_FRACTIONAL";
    sql +=
        "',time_zone='+00:00',autocommit=1,foreign_key_checks=1,unique_checks=1,sql_auto_is_null=0,"
        "net_write_timeout=600,character_set_client=utf8mb4,character_set_results=utf8mb4,"
        "collation_connection=";
    sql += server.mariadb ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin";
    if (server.mariadb && server.snapshot) sql += ",innodb_snapshot_isolation=1";
    if (auto const limit = server.statement_timeout) {
        if (server.mariadb) {
            auto const digits = std::to_string(limit % 1000 + 1000).substr(1);
            sql += ",max_statement_time=" + std::to_string(limit / 1000) + "." + digits;
        } else {
            sql += ",max_execution_time=" + std::to_string(limit);
        }
    }
    return sql;
}

void check_settings(std::string_view time_zone, std::string_view sql_mode,
                    std::string_view collation) {
    bool ok =
        time_zone == "+00:00" && collation.starts_with("utf8mb4_") && collation.ends_with("bin");
    for (std::string_view const mode :
         {"ANSI_QUOTES", "STRICT_ALL_TABLES", "NO_BACKSLASH_ESCAPES", "NO_ZERO_DATE"})
        ok = ok && sql_mode.find(mode) != std::string_view::npos;
    if (!ok)
        fail(error_kind::connection_failed, "the server did not take the settings of the session");
}

}  // namespace relata::mysql_family
