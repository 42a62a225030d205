// SPDX-License-Identifier: BSL-1.0
#include "tiny.hpp"

#include "connection.hpp"

#include <sqlite3.h>

namespace tiny {
namespace {

// [entry]
constexpr char const* schemes[] = {"tiny", nullptr};
constexpr char const* options[] = {nullptr};

std::unique_ptr<relata::driver::connection> connect(relata::driver::address const& where) {
    return std::make_unique<connection>(where);
}

constexpr relata::driver::entry description{
    relata::driver::interface_version,
    relata::driver::abi_tag,
    "tiny",                    // the name
    schemes,                   // URL schemes that it serves
    options,                   // URL options that it knows
    "SQLite " SQLITE_VERSION,  // the client library
    "public domain",           // and its licence
    &connect,
};
// [entry end]

}  // namespace

relata::driver::entry const& driver_entry() noexcept { return description; }

}  // namespace tiny

// [plugin]
extern "C" RELATA_EXPORT relata::driver::entry const* relata_driver() {
    return &tiny::driver_entry();
}
// [plugin end]
