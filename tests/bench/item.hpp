// SPDX-License-Identifier: BSL-1.0
/// \file
/// The tables of the benchmark, as every variant reads and writes them.
#pragma once

#include <relata/schema/table.hpp>
#include <relata/types/time.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace bench {

/// What is read.
struct item {
    std::int64_t id{};
    std::string name;
    double price{};
    std::int32_t qty{};
    relata::timestamp created;
    std::optional<std::string> note;
};

/// Where rows are written.
struct item_copy {
    std::int64_t id{};
    std::string name;
    double price{};
    std::int32_t qty{};
    relata::timestamp created;
    std::optional<std::string> note;
};

/// Joined by the report: item.qty names one of 1,000 shelves.
struct shelf {
    std::int32_t id{};
    std::string label;
};

/// Ten rows, to make ten rows of each item while streaming.
struct digit {
    std::int32_t value{};
};

/// A row of the report.
struct group_row {
    std::string label;
    std::int64_t items{};
    std::optional<double> value;
    std::optional<relata::timestamp> newest;
};

inline constexpr std::int32_t shelf_count = 1000;

}  // namespace bench

template <>
inline constexpr auto relata::table<bench::item> =
    relata::describe<bench::item>("item").key<&bench::item::id>();
template <>
inline constexpr auto relata::table<bench::item_copy> =
    relata::describe<bench::item_copy>("item_copy").key<&bench::item_copy::id>();
template <>
inline constexpr auto relata::table<bench::shelf> =
    relata::describe<bench::shelf>("shelf").key<&bench::shelf::id>();
template <>
inline constexpr auto relata::table<bench::digit> =
    relata::describe<bench::digit>("digit").key<&bench::digit::value>();
