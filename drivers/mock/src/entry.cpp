// SPDX-License-Identifier: BSL-1.0
//
// How the driver shows itself: as a function when linked, as a symbol when loaded as a plug-in.

#include <relata/mock.hpp>

#include "connection.hpp"
#include "options.hpp"

namespace relata::mock {
namespace {

constexpr char const* schemes[] = {"mock", nullptr};

std::unique_ptr<driver::connection> connect(driver::address const& where) {
    return std::make_unique<detail::connection>(detail::script_of(where));
}

}  // namespace

driver::entry const& driver_entry() noexcept {
    static driver::entry const entry{
        driver::interface_version, driver::abi_tag, "mock",    schemes,
        detail::option_names,      "a script",      "BSL-1.0", &connect,
    };
    return entry;
}

}  // namespace relata::mock

#if defined(RELATA_PLUGIN)
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::mock::driver_entry();
}
#endif
