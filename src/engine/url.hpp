// SPDX-License-Identifier: BSL-1.0
/// \file
/// Connection URLs: taken apart, checked, and shown without secrets.
#pragma once

#include <relata/driver/driver.hpp>

#include <string>
#include <string_view>

namespace relata::engine {

/// Takes a URL apart and decodes it.
///
///   sqlite:relative/path.db?option=value     sqlite:///absolute/path.db     sqlite::memory:
///   postgresql://user:password@host:port/database?option=value
///   mysql://[::1]:3306/database              postgresql://%2Frun%2Fpostgresql/database
///   postgresql:///database?host=/run/postgresql
///   postgresql://host1:5432,host2:5433/database
///
/// The scheme is kept whole and in small letters. Hosts of a list are joined by commas, and so are
/// their ports, of which each may be empty. `?host=` and `?port=` stand for an absent host and port.
/// Throws invalid_url that tells the byte, counted from 1, and what is wrong there. Its text holds
/// nothing of the URL but words that are plainly names of options.
[[nodiscard]] RELATA_EXPORT driver::address parse_url(std::string_view url);

/// Whether URLs of this scheme name a file instead of a server.
[[nodiscard]] RELATA_EXPORT bool is_file(std::string_view scheme) noexcept;

/// scheme://host:port/database, fit for messages and logs: no user, no password, no option.
[[nodiscard]] RELATA_EXPORT std::string redacted(driver::address const& where);

/// What a URL tells the pool and the statement cache.
struct pool_options {
    unsigned size = 8;           ///< most connections open at once
    unsigned timeout_ms = 5000;  ///< longest wait for a connection
    unsigned cache = 256;        ///< prepared statements kept by each connection
    unsigned check_ms = 30000;   ///< a connection idle for longer is checked before it is lent
    bool log_stderr = false;     ///< statements go to the standard error stream
};

/// Removes pool_size (1 to 10000), pool_timeout and pool_check (a day at most, in ms or with the
/// suffix ms or s), statement_cache (0 to 100000) and log (stderr) from the options.
/// Throws invalid_url.
[[nodiscard]] RELATA_EXPORT pool_options take_pool_options(driver::address& where);

/// Throws invalid_url when an option is left that the driver does not know.
RELATA_EXPORT void check_options(driver::address const& where, driver::entry const& driver);

}  // namespace relata::engine
