// SPDX-License-Identifier: BSL-1.0
/// \file
/// Empty databases of every engine that can be had, and tables with all kinds of values for them.
#pragma once

#include <relata/core/error.hpp>
#include <relata/migrate/move.hpp>
#include <relata/relata.hpp>

#include <string>
#include <vector>

namespace test {

/// The engines besides that of this program whose servers are there; those that are not are told.
std::vector<std::string> other_engines();
/// Makes scratch database number 1, 2, … of an engine anew, and gives its URL.
std::string empty_database(std::string const& engine, int number);
/// … of the engine that this program runs on.
std::string empty_database(int number);

enum class shade { dark, light };

struct everything {
    std::int64_t id = 0;
    std::optional<bool> flag;
    std::optional<std::int8_t> tiny;
    std::optional<std::int16_t> small;
    std::optional<std::int32_t> medium;
    std::optional<std::int64_t> large;
    std::optional<std::uint8_t> tiny_natural;
    std::optional<std::uint16_t> small_natural;
    std::optional<std::uint32_t> natural;
    std::optional<std::uint64_t> large_natural;
    std::optional<float> single;
    std::optional<double> real;
    std::optional<relata::decimal<10, 2>> price;
    std::optional<relata::decimal<38, 10>> exact;
    std::optional<std::string> words;
    std::optional<relata::text<40>> title;
    std::optional<std::vector<std::byte>> raw;
    std::optional<relata::date> day;
    std::optional<relata::time_of_day> clock;
    std::optional<relata::timestamp> local;
    std::optional<relata::instant> at;
    std::optional<relata::uuid> token;
    std::optional<relata::json> document;
    std::optional<shade> tone;
    bool operator==(everything const&) const = default;
};

struct place {
    relata::text<20> country;
    std::int32_t number = 0;
    std::optional<relata::text<20>> in_country;
    std::optional<std::int32_t> in_number;
    std::int32_t people = 7;
    bool operator==(place const&) const = default;
};

struct visit {
    std::int64_t id = 0;
    relata::text<20> country;
    std::int32_t number = 0;
    relata::text<30> note;
    bool operator==(visit const&) const = default;
};

struct line {  // without a primary key
    std::string words;
    std::optional<std::int32_t> number;
};

struct nothing {
    std::int64_t id = 0;
    std::string name;
};

struct ware {
    std::int64_t id = 0;
    relata::decimal<10, 2> price;
};

/// Makes the tables and fills them: edge values and NULLs, `many` rows in the largest one.
void fill(relata::database const& db, int many);
/// What no engine can tell of these tables.
std::vector<relata::migrate::column_meaning> meanings();

/// Rows of the largest table, where all are moved.
inline constexpr int visits = 12'345;
/// With the meanings, and batches of 1000 rows.
relata::migrate::move_options usual();
relata::migrate::move_report moved(std::string const& from, std::string const& to,
                                   relata::migrate::move_options const& options = usual());
/// The error that such a move ends with; fails where there is none.
relata::error_info refused(std::string const& from, std::string const& to,
                           relata::migrate::move_options const& options = usual());
/// Whether all rows are the same in the eyes of a program.
void check_same_objects(relata::database const& from, relata::database const& to);

}  // namespace test

using relata::literals::operator""_dec;

template <>
inline constexpr auto relata::names<test::shade> =
    relata::enumerators<test::shade::dark, test::shade::light>;
template <>
inline constexpr auto relata::table<test::everything> =
    relata::describe<test::everything>("everything").key<&test::everything::id>(relata::generated);
template <>
inline constexpr auto relata::table<test::place> =
    relata::describe<test::place>("places")
        .key<&test::place::country, &test::place::number>()
        .references(relata::nested<&test::place::in_country, &test::place::in_number>,
                    relata::nested<&test::place::country, &test::place::number>)
        .default_value<&test::place::people>(7)
        .check<"people_count">(relata::col<&test::place::people> >= 0);
template <>
inline constexpr auto relata::table<test::visit> =
    relata::describe<test::visit>("visits")
        .key<&test::visit::id>(relata::generated)
        .references(relata::nested<&test::visit::country, &test::visit::number>,
                    relata::nested<&test::place::country, &test::place::number>,
                    relata::on_delete::cascade)
        .unique<&test::visit::note>()
        .index<&test::visit::number>();
template <> inline constexpr auto relata::table<test::line> = relata::describe<test::line>("lines");
template <>
inline constexpr auto relata::table<test::nothing> =
    relata::describe<test::nothing>("empties").key<&test::nothing::id>();
template <>
inline constexpr auto relata::table<test::ware> =
    relata::describe<test::ware>("wares")
        .key<&test::ware::id>()
        .default_value<&test::ware::price>("1.50"_dec)
        .check<"price_least">(relata::col<&test::ware::price> >= "0.50"_dec);
