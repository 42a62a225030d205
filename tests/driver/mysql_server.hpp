// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the MySQL driver share, beside server_support.hpp.
#pragma once

#include "server_support.hpp"

#include <relata/mysql.hpp>
#include <relata/types/bytes.hpp>

#include <chrono>
#include <thread>

namespace mysql_test {

using server_test::bulk;
using server_test::connection;
using server_test::error_of;
using server_test::execute;
using server_test::one;
using server_test::options;
using server_test::param_of;
using server_test::prepare;
using server_test::rows;
using server_test::run;

/// The server of RELATA_TEST_MYSQL, nothing when the variable is not set.
inline std::optional<relata::driver::address> server() {
    return server_test::server_of("RELATA_TEST_MYSQL");
}

inline connection connect_to(relata::driver::address const& where) {
    return relata::mysql::driver_entry().connect(where);
}

inline connection connect(options more = {}) {
    auto where = *server();
    where.options = std::move(more);
    return connect_to(where);
}

inline bool is_mariadb(relata::driver::connection& c) {
    return c.can().server.starts_with("MariaDB");
}

}  // namespace mysql_test

#define NEED_SERVER() NEED_SERVER_OF("RELATA_TEST_MYSQL")
