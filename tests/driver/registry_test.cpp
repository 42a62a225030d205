// SPDX-License-Identifier: BSL-1.0
#include "refusal_support.hpp"

#include <relata/driver/registry.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdlib>
#include <thread>

using namespace relata;
using driver_tests::check_refused;

namespace {

constexpr char const* schemes[] = {"linkedtest", "linkedtest2", nullptr};
constexpr char const* options[] = {nullptr};

std::unique_ptr<driver::connection> connect(driver::address const&) {
    throw error(error_kind::connection_failed, "this driver reaches nothing");
}

constexpr driver::entry linked{driver::interface_version,
                               driver::abi_tag,
                               "linkedtest",
                               schemes,
                               options,
                               "none",
                               "BSL-1.0",
                               &connect};

bool is_known(driver::entry const& driver) {
    auto const all = driver::known();
    return std::count(all.begin(), all.end(), &driver) == 1;
}

void check_not_found(std::string_view scheme, std::string const& text) {
    check_refused(error_kind::driver_not_found, text, [&] { driver::find(scheme); });
}

void check_mismatch(driver::entry wrong, std::string const& text) {
    check_refused(error_kind::driver_mismatch, text, [&] { driver::add(wrong); });
    CHECK_FALSE(is_known(wrong));
}

}  // namespace

TEST_CASE("registry: a driver that was added is found by each of its schemes") {
    driver::add(linked);
    driver::add(linked);
    CHECK(is_known(linked));
    CHECK(&driver::find("linkedtest") == &linked);
    CHECK(&driver::find("linkedtest2") == &linked);
    for (auto const* each : driver::known())
        for (auto const* scheme = each->schemes; *scheme; ++scheme)
            CHECK(driver::find(*scheme).name == std::string_view(each->name));
}

TEST_CASE("registry: a driver for another interface is refused") {
    auto wrong = linked;
    wrong.version = driver::interface_version + 1;
    // what stands behind the version may lie elsewhere in another interface: it is not read
    wrong.abi = wrong.name = reinterpret_cast<char const*>(std::uintptr_t(8));
    check_mismatch(wrong, "version " + std::to_string(wrong.version) +
                              " of the driver interface, not " +
                              std::to_string(driver::interface_version));
    wrong = linked;
    wrong.abi = "another C++ library";
    wrong.name = reinterpret_cast<char const*>(std::uintptr_t(8));
    check_mismatch(wrong, "built for the C++ library another C++ library, not ");
    wrong.abi = nullptr;
    check_mismatch(wrong, "built for the C++ library (none), not ");
}

TEST_CASE("registry: a driver that leaves out a part is refused") {
    auto const part = GENERATE(0, 1, 2, 3);
    auto wrong = linked;
    if (part == 0) wrong.name = nullptr;
    if (part == 1) wrong.schemes = nullptr;
    if (part == 2) wrong.options = nullptr;
    if (part == 3) wrong.connect = nullptr;
    check_mismatch(wrong, "leaves out its name, schemes, options or connect function");
}

TEST_CASE("registry: an unknown scheme gets what is there, the nearest name and what to install") {
    driver::add(linked);
    check_not_found("linkedtset", "no driver for the scheme 'linkedtset'; did you mean linkedtest? "
                                  "known: ");
    check_not_found("sqllite", "; did you mean sqlite? known: ");
    check_not_found("postgressql", "; did you mean postgresql? known: ");
    check_not_found("mariadb+x", "; did you mean mariadb? known: ");
    check_not_found("oracle", "'oracle'; known: ");
    check_not_found("oracle", "linkedtest, linkedtest2");
    check_not_found("oracle", "; link its driver or install its plug-in in /");
}

TEST_CASE("registry: a scheme never reaches the file system as a path") {
    for (char const* scheme : {"", "../right", "/tmp/right", "right/../right", "right.so", "RIGHT",
                               "right\n", "\x1b[31mright", "right\xff", ".", "+right"}) {
        INFO(scheme);
        check_not_found(scheme, "no driver for the scheme '");
    }
    check_not_found("a\nb\x1b", "'a\\x0ab\\x1b'");
    check_not_found(std::string(100'000, 'x'), "'" + std::string(64, 'x') + "…'");
    check_not_found(std::string_view("linkedtest\0", 11), "'linkedtest\\x00'");
}

TEST_CASE("registry: may be used from several threads", "[threads]") {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([] {
            for (int n = 0; n < 200; ++n) {
                driver::add(linked);
                if (&driver::find("linkedtest") != &linked || driver::known().empty()) std::abort();
            }
        });
    for (auto& each : threads) each.join();
    CHECK(is_known(linked));
}
