// SPDX-License-Identifier: BSL-1.0
//
// How the driver shows itself: its entry, and the symbols by which programs and the loader find it.

#include <relata/mysql.hpp>

#include "connection.hpp"

namespace relata::mysql {
namespace {

constexpr char const* schemes[] = {"mysql", "mariadb", nullptr};
constexpr char const* option_names[] = {
    "socket",          "ssl",          "ssl_ca",        "ssl_cert",          "ssl_key", "insecure",
    "connect_timeout", "read_timeout", "write_timeout", "statement_timeout", "bulk",    nullptr};

std::unique_ptr<driver::connection> connect(driver::address const& where) {
    return std::make_unique<detail::connection>(where);
}

char const* client_name() {
    static std::string const name = std::string("MariaDB Connector/C ") + mysql_get_client_info();
    return name.c_str();
}

}  // namespace

driver::entry const& driver_entry() noexcept {
    static driver::entry const entry{
        driver::interface_version,
        driver::abi_tag,
        "mysql",
        schemes,
        option_names,
        client_name(),
        "LGPL-2.1",
        &connect,
    };
    return entry;
}

}  // namespace relata::mysql

#if defined(RELATA_PLUGIN)
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::mysql::driver_entry();
}
#endif
