// SPDX-License-Identifier: BSL-1.0
/// \file
/// What a driver and its server can do, as data that the engine asks at run time.
#pragma once

#include <cstdint>
#include <string>

namespace relata::driver {

/// How a connection tells the key that the database made for a new row.
enum class generated_key : std::uint8_t {
    returning,  ///< only INSERT … RETURNING tells it
    last_id,    ///< `statement::last_id()` tells it after a plain INSERT of one row
};

/// Facts about one connection. Filled by the driver when it connects.
struct capabilities {
    std::string server;            ///< product and version, such as "PostgreSQL 15.20"
    std::uint32_t version = 0;     ///< major * 10000 + minor * 100 + patch
    std::uint32_t max_params = 0;  ///< most parameters of one statement
    generated_key key = generated_key::returning;
    bool returning = true;  ///< INSERT, UPDATE and DELETE … RETURNING
    bool update_returning =
        true;  ///< UPDATE … RETURNING (MariaDB has it only for INSERT and DELETE)
    bool transactional_ddl = true;
    bool concurrent_streams = false;  ///< several open results on one connection
    bool cancel = true;               ///< `connection::cancel` stops a running statement
    bool savepoints = true;
};

}  // namespace relata::driver
