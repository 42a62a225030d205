// SPDX-License-Identifier: BSL-1.0
//
// How the driver shows itself: as a function when linked, as a symbol when loaded as a plug-in.

#include <relata/soci.hpp>

#include "connection.hpp"
#include "options.hpp"

#include <soci/soci-backend.h>
#include <soci/version.h>

namespace relata::soci {
namespace {

constexpr char const* client = "SOCI " SOCI_LIB_VERSION;

struct back_end {
    std::string_view name;  // SOCI's, and behind "soci+" the scheme's
    std::unique_ptr<driver::connection> (*connect)(driver::address const&);
    std::unique_ptr<driver::connection> (*adopt)(detail::session_handle);
};

// Known by name, so that nobody looks for what is missing.
[[noreturn]] void refuse_odbc() {
    fail(error_kind::not_supported,
         "SOCI's ODBC back end cuts text at a NUL and reads beyond the end of long decimals: it is "
         "not used; take the database's own driver, or another back end of SOCI");
}

constexpr back_end back_ends[] = {
    {"odbc", [](driver::address const&) -> std::unique_ptr<driver::connection> { refuse_odbc(); },
     [](detail::session_handle) -> std::unique_ptr<driver::connection> { refuse_odbc(); }},
#if defined(RELATA_SOCI_SQLITE3)
    {"sqlite3", &detail::connect_sqlite3, &detail::adopt_sqlite3},
#endif
#if defined(RELATA_SOCI_POSTGRESQL)
    {"postgresql", &detail::connect_postgresql, &detail::adopt_postgresql},
#endif
#if defined(RELATA_SOCI_MYSQL)
    {"mysql", &detail::connect_mysql, &detail::adopt_mysql},
#endif
#if defined(RELATA_SOCI_FIREBIRD)
    {"firebird", &detail::connect_firebird, &detail::adopt_firebird},
#endif
};

constexpr char const* schemes[] = {
#if defined(RELATA_SOCI_SQLITE3)
    "soci+sqlite3",
#endif
#if defined(RELATA_SOCI_POSTGRESQL)
    "soci+postgresql",
#endif
#if defined(RELATA_SOCI_MYSQL)
    "soci+mysql",
#endif
#if defined(RELATA_SOCI_FIREBIRD)
    "soci+firebird",
#endif
    "soci+odbc",       nullptr};

back_end const& find(std::string_view name) {
    for (auto const& each : back_ends)
        if (each.name == name) return each;
    fail(error_kind::not_supported,
         "the SOCI driver was built without the back end " + std::string(name));
}

std::unique_ptr<driver::connection> connect(driver::address const& where) {
    auto const plus = where.scheme.find('+');
    return find(std::string_view(where.scheme).substr(plus + 1)).connect(where);
}

}  // namespace

driver::entry const& driver_entry() noexcept {
    static driver::entry const entry{
        driver::interface_version, driver::abi_tag, "soci",    schemes,
        detail::option_names,      client,          "BSL-1.0", &connect,
    };
    return entry;
}

driver::lent borrow(::soci::session& session) {
    if (!session.get_backend())
        fail(error_kind::invalid_argument, "a session of SOCI that is not open cannot be lent");
    detail::session_handle handle;
    handle.session = &session;
    return {find(session.get_backend_name()).adopt(std::move(handle)), &driver_entry()};
}

}  // namespace relata::soci

#if defined(RELATA_PLUGIN)
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &relata::soci::driver_entry();
}
#endif
