// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the MySQL drivers share, beside server_support.hpp. RELATA_TEST_BACKEND says
/// which of them is tested: mysql, or mysql_connector.
#pragma once

#include "server_support.hpp"

#include <relata/driver/registry.hpp>
#include <relata/types/bytes.hpp>

#include <chrono>
#include <cstdlib>
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

/// Whether the driver over MySQL Connector/C++ is tested, which takes every result into memory.
inline bool with_connector() {
    auto const* name = std::getenv("RELATA_TEST_BACKEND");
    return name && std::string_view(name) == "mysql_connector";
}

inline char const* variable() {
    return with_connector() ? "RELATA_TEST_MYSQL_CONNECTOR" : "RELATA_TEST_MYSQL";
}

/// The server of that variable, nothing when it is not set.
inline std::optional<relata::driver::address> server() {
    return server_test::server_of(variable());
}

inline connection connect_to(relata::driver::address const& where) {
    return relata::driver::find(where.scheme).connect(where);
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

#define NEED_SERVER() NEED_SERVER_OF(mysql_test::variable())
