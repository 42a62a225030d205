// SPDX-License-Identifier: BSL-1.0
//
// A plug-in without a database, built several times: right, and wrong in one way each.

#include <relata/driver/driver.hpp>

using namespace relata;

namespace {

constexpr char const* schemes[] = {TEST_SCHEME, nullptr};
constexpr char const* options[] = {nullptr};

[[maybe_unused]] std::unique_ptr<driver::connection> connect(driver::address const&) {
    throw error(error_kind::connection_failed, "this driver reaches nothing");
}

[[maybe_unused]] constexpr driver::entry description{
    TEST_VERSION, TEST_ABI, "test", schemes, options, "no client", "BSL-1.0", TEST_CONNECT};

}  // namespace

#if TEST_SYMBOL
extern "C" RELATA_EXPORT driver::entry const* relata_driver();
extern "C" RELATA_EXPORT driver::entry const* relata_driver() { return TEST_ENTRY; }
#endif
