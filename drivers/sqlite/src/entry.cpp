// SPDX-License-Identifier: BSL-1.0
//
// How the driver shows itself: as a function when linked, as a symbol when loaded as a plug-in.

#include <relata/sqlite.hpp>

#include "connection.hpp"

namespace relata::sqlite {
namespace {

// of the headers; the library that runs is told by capabilities::server
constexpr char const* client = "SQLite " SQLITE_VERSION;
constexpr char const* schemes[] = {"sqlite", nullptr};

std::unique_ptr<driver::connection> connect(driver::address const& where) {
    return std::make_unique<detail::connection>(where);
}

}  // namespace

driver::entry const& driver_entry() noexcept {
    static driver::entry const entry{
        driver::interface_version, driver::abi_tag, "sqlite",        schemes,
        detail::option_names,      client,          "public domain", &connect,
    };
    return entry;
}

}  // namespace relata::sqlite

#if defined(RELATA_PLUGIN)
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::sqlite::driver_entry();
}
#endif
