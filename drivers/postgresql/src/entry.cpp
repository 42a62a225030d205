// SPDX-License-Identifier: BSL-1.0
#include <relata/postgresql.hpp>

#include "connection.hpp"

#include <postgresql_family/options.hpp>

#include <libpq-fe.h>
#include <pg_config.h>

namespace relata::postgresql {
namespace {

std::unique_ptr<driver::connection> connect_to(driver::address const& where) {
    return std::make_unique<detail::connection>(where);
}

constexpr char const* schemes[] = {"postgresql", "postgres", nullptr};

}  // namespace

driver::entry const& driver_entry() noexcept {
    static constexpr driver::entry entry{
        driver::interface_version,       driver::abi_tag,     "postgresql",         schemes,
        postgresql_family::option_names, "libpq " PG_VERSION, "PostgreSQL licence", &connect_to};
    return entry;
}

}  // namespace relata::postgresql

#if defined(RELATA_PLUGIN)
// What the plug-in loader looks for.
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::postgresql::driver_entry();
}
#endif
