// SPDX-License-Identifier: BSL-1.0
/// \file
/// The tables that the programs with mistakes work on.
#pragma once

#include <relata/relata.hpp>

struct singer {
    std::int64_t id{};
    std::string name;
    std::optional<std::string> country;
};
struct record {
    std::int64_t id{};
    std::string title;
    std::int64_t singer_id{};
    relata::decimal<10, 2> price;
    std::optional<std::int32_t> year;
    bool sold{};
    double weight{};
    relata::json notes;
};
// Two references lead to singers, and its key has two columns.
struct duet {
    std::int64_t first_id{};
    std::int64_t second_id{};
};
struct loose {
    std::int64_t number{};
};

template <>
inline constexpr auto relata::table<singer> =
    relata::describe<singer>("singers").key<&singer::id>(relata::generated);
template <>
inline constexpr auto relata::table<record> = relata::describe<record>("records")
                                                  .key<&record::id>(relata::generated)
                                                  .references<&record::singer_id, &singer::id>();
template <>
inline constexpr auto relata::table<duet> = relata::describe<duet>("duets")
                                                .key<&duet::first_id, &duet::second_id>()
                                                .references<&duet::first_id, &singer::id>()
                                                .references<&duet::second_id, &singer::id>();
template <> inline constexpr auto relata::table<loose> = relata::describe<loose>("loose_rows");
