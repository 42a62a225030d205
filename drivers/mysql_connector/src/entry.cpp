// SPDX-License-Identifier: BSL-1.0
//
// How the driver shows itself: its entry, and the symbols by which programs and the loader find it.

#include <relata/mysql_connector.hpp>

#include "connection.hpp"

namespace relata::mysql_connector {
namespace {

constexpr char const* schemes[] = {"mysql+connector", nullptr};
constexpr char const* option_names[] = {
    "socket",          "ssl",          "ssl_ca",        "ssl_cert",          "ssl_key", "insecure",
    "connect_timeout", "read_timeout", "write_timeout", "statement_timeout", nullptr};

std::unique_ptr<driver::connection> connect(driver::address const& where) {
    return std::make_unique<detail::connection>(where);
}

}  // namespace

driver::entry const& driver_entry() noexcept {
    static driver::entry const entry{
        driver::interface_version,
        driver::abi_tag,
        "mysql_connector",
        schemes,
        option_names,
        detail::client_name(),
        "GPL-2 with FOSS exception",
        &connect,
    };
    return entry;
}

}  // namespace relata::mysql_connector

#if defined(RELATA_PLUGIN)
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::mysql_connector::driver_entry();
}
#endif
