// SPDX-License-Identifier: BSL-1.0
/// \file
/// Connections of the SOCI driver for its tests.
#pragma once

#include "support.hpp"

#include "engine/url.hpp"

#include <relata/soci.hpp>

#include <cstdlib>

namespace driver_tests {

using options = std::vector<std::pair<std::string, std::string>>;

inline std::unique_ptr<driver::connection> connect_soci(std::string const& url,
                                                        options const& given = {}) {
    auto where = engine::parse_url(url);
    where.options.insert(where.options.end(), given.begin(), given.end());
    return relata::soci::driver_entry().connect(where);
}

/// The URL of a back end of SOCI, such as "SOCI_MYSQL"; says so and gives nothing when it is unset.
inline std::string soci_url(char const* back_end) {
    auto const* url = std::getenv((std::string("RELATA_TEST_SOCI_") + back_end).c_str());
    if (!url) WARN("skipped: RELATA_TEST_SOCI_" << back_end << " is not set");
    return url ? url : "";
}

/// Every value that this back end could lose, there and back.
inline void check_values(driver::connection& c) {
    bool const dollar = c.spelling().id() == dialect::family::postgresql;
    std::string const sql = dollar ? "SELECT $1" : "SELECT ?";
    auto const same = [&]<class T>(T const& value) {
        CHECK(column<T>(c, sql, value) == std::vector<T>{value});
    };
    for (auto const number : {INT64_MIN, INT64_MAX, std::int64_t(0)}) same(number);
    same(UINT64_MAX);
    for (double const number : {0.1 + 0.2, 5e-324, 1.7976931348623157e308, -1.0 / 3, 0.0, 1e22})
        same(number);
    same(decimal<38, 10>::from_string("1234567890123456789012345678.0123456789"));
    same(decimal<10, 2>::from_string("-0.05"));
    for (char const* text : {"", "'", "\"", "\\", "\\'", ":name", "?", "$1", "ä😀", "NULL", "x\n"})
        same(std::string(text));
    std::vector<std::byte> bytes;
    for (int i = 0; i < 256; ++i) bytes.push_back(std::byte(i));
    same(bytes);
    same(std::vector<std::byte>{});
    same(instant(std::chrono::microseconds(253402300799999999)));
    same(timestamp(std::chrono::microseconds(-62135596800000000)));
    same(timestamp(std::chrono::microseconds(1700000000123456)));
    same(std::optional<std::string>{});
    same(std::optional<std::int64_t>{});
}

}  // namespace driver_tests
