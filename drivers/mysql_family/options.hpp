// SPDX-License-Identifier: BSL-1.0
/// \file
/// The options of a connection, read from its URL and checked.
#pragma once

#include <relata/driver/driver.hpp>

#include <string>

namespace relata::mysql_family {

/// How the connection is protected.
enum class security : std::uint8_t {
    plain,     ///< no TLS
    prefer,    ///< TLS if the server has it, certificate unchecked
    required,  ///< TLS or no connection, certificate unchecked
    verified,  ///< TLS, certificate and host name checked
};

struct options {
    std::string host, user, password, database, socket;
    std::string ssl_ca, ssl_cert, ssl_key;
    unsigned port = 3306;
    unsigned connect_timeout = 10;        // seconds
    unsigned read_timeout = 0;            // seconds, 0: none
    unsigned write_timeout = 0;           // seconds, 0: none
    std::uint64_t statement_timeout = 0;  // milliseconds, 0: none
    security tls = security::plain;
    bool bulk_arrays = true;
};

/// Throws invalid_url, naming the option and never its value.
options read_options(driver::address const& where);

}  // namespace relata::mysql_family
