// SPDX-License-Identifier: BSL-1.0
//
// Bind: whole and real numbers at the edges of their types.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/storage.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <random>

namespace relata::conformance {
namespace {

void booleans(subject& s) { each_way<bool>(s, "bool", {true, false, true}); }

template <class T> std::vector<value> around_the_edges() {
    using limits = std::numeric_limits<T>;
    std::vector<value> out;
    for (T const near : {limits::min(), T(0), T(limits::max() / 2), limits::max()})
        for (int const step : {-1, 0, 1}) {
            bool const below = step < 0 && near == limits::min();
            bool const above = step > 0 && near == limits::max();
            if (!below && !above) out.emplace_back(T(near + T(step)));
        }
    return out;
}

void eight_bits(subject& s) {
    each_way(s, "int8", around_the_edges<std::int8_t>());
    each_way(s, "uint8", around_the_edges<std::uint8_t>());
}

void sixteen_bits(subject& s) {
    each_way(s, "int16", around_the_edges<std::int16_t>());
    each_way(s, "uint16", around_the_edges<std::uint16_t>());
}

void thirty_two_bits(subject& s) {
    each_way(s, "int32", around_the_edges<std::int32_t>());
    each_way(s, "uint32", around_the_edges<std::uint32_t>());
    each_way<std::int64_t>(s, "int64 around 2^31",
                           {2147483646, 2147483647, 2147483648, 2147483649, -2147483647,
                            -2147483648, -2147483649, 4294967295, 4294967296});
}

void sixty_four_bits(subject& s) {
    auto values = around_the_edges<std::int64_t>();
    // what a double cannot keep apart
    for (std::int64_t const n : {1376537018368127, 9007199254740992, 9007199254740993,
                                 -9007199254740993, 4611686018427387905})
        values.emplace_back(n);
    each_way(s, "int64", values);
}

void unsigned_sixty_four_bits(subject& s) {
    auto values = around_the_edges<std::uint64_t>();
    values.emplace_back(std::uint64_t(1) << 63U);
    values.emplace_back(std::uint64_t(1) << 53U | 1U);
    each_way(s, "uint64", values);
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::uint64_t>("n")}));
    std::vector<row_values> rows;
    for (auto const& each : values) rows.push_back({value(std::int64_t(rows.size())), each});
    store(c, table, rows, path::prepared);
    auto const sorted =
        read_column<std::uint64_t>(c, "SELECT n FROM " + quoted(c, table.name) + " ORDER BY n");
    s.equal(values.size(), sorted.size(), "rows in order");
    s.check(std::is_sorted(sorted.begin(), sorted.end()), "uint64 are ordered by value");
}

template <class T> std::vector<value> real_edges() {
    using limits = std::numeric_limits<T>;
    std::vector<value> out;
    for (T const x : {limits::max(), limits::min(), limits::denorm_min(), limits::epsilon(), T(0.1),
                      T(1) / T(3), T(16777217), T(1e16), T(1)}) {
        out.emplace_back(x);
        out.emplace_back(T(-x));
    }
    out.emplace_back(std::nextafter(limits::min(), T(0)));
    out.emplace_back(T(0));
    return out;
}

// Numbers of any bits, the same in each run.
template <class T, class Bits> std::vector<value> random_reals(unsigned count) {
    std::mt19937_64 random(2024);
    std::vector<value> out;
    while (out.size() < count) {
        auto const x = std::bit_cast<T>(Bits(random()));
        if (std::isfinite(x)) out.emplace_back(x);
    }
    return out;
}

template <class T> void minus_zero(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<T>("x")}));
    store(c, table, {{value(1L), value(T(-0.0))}}, path::prepared);
    auto const got = read_column<T>(c, "SELECT x FROM " + quoted(c, table.name)).at(0);
    s.check(got == 0 && !std::signbit(got), "minus zero is stored as zero");
}

void float32(subject& s) {
    each_way(s, "float32", real_edges<float>());
    minus_zero<float>(s);
}

void float64(subject& s) {
    each_way(s, "float64", real_edges<double>());
    each_way_bound(s, "float64 of any bits", random_reals<double, std::uint64_t>(40));
    minus_zero<double>(s);
}

template <class T> void not_finite(subject& s, std::string const& type) {
    using limits = std::numeric_limits<T>;
    refused_each_way(s, type + " NaN", value(limits::quiet_NaN()), error_kind::out_of_range);
    refused_each_way(s, type + " infinity", value(limits::infinity()), error_kind::out_of_range);
    refused_each_way(s, type + " minus infinity", value(-limits::infinity()),
                     error_kind::out_of_range);
}

void not_a_number(subject& s) {
    not_finite<float>(s, "float32");
    not_finite<double>(s, "float64");
}

void whole_reals(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<double>("x")}));
    auto const name = quoted(c, table.name);
    std::vector<double> const numbers{0, 1, 3, -7, 1e15, 1e16, 123456789012345680, 1e300};
    for (auto const way : all_paths) {
        std::vector<row_values> rows;
        for (auto const x : numbers) rows.push_back({value(std::int64_t(rows.size())), value(x)});
        store(c, table, rows, way);
        s.equal(numbers, read_column<double>(c, "SELECT x FROM " + name + " ORDER BY id"),
                std::string(name_of(way)) + ": whole numbers in a float column");
        for (std::size_t i = 0; i < numbers.size(); ++i)
            s.throws(
                {error_kind::type_mismatch, error_kind::out_of_range},
                [&] {
                    read_column<std::int64_t>(c, "SELECT x FROM " + name + " WHERE id = ?",
                                              {value(std::int64_t(i))});
                },
                std::string(name_of(way)) + ": a float column read as an integer");
        execute(c, "DELETE FROM " + name);
    }
}

constexpr case_entry bind_numbers_table[] = {
    {"BND-01", "True and false are stored, found and given back by every way.", &booleans},
    {"BND-02", "8-bit integers, with and without sign, keep every value at their edges.",
     &eight_bits},
    {"BND-03", "16-bit integers, with and without sign, keep every value at their edges.",
     &sixteen_bits},
    {"BND-04",
     "32-bit integers, with and without sign, keep every value at their edges, and 64-bit integers "
     "those just beyond them.",
     &thirty_two_bits},
    {"BND-05", "64-bit integers keep every value at their edges and above the 53 bits of a double.",
     &sixty_four_bits},
    {"BND-06",
     "Unsigned 64-bit integers are exact over their whole range, also above 2^63, and are ordered "
     "by value.",
     &unsigned_sixty_four_bits},
    {"BND-07",
     "A float of 32 bits comes back with the same bits, denormal numbers too; minus zero is stored "
     "as zero.",
     &float32},
    {"BND-08",
     "A float of 64 bits comes back with the same bits, whichever they are, when it is bound; "
     "minus "
     "zero is stored as zero.",
     &float64},
    {"BND-09",
     "NaN and the infinities are refused with out_of_range before they are sent, and never become "
     "NULL.",
     &not_a_number},
    {"BND-10",
     "A float without a fraction stays a float: it is read as a double, and never as an integer.",
     &whole_reals},
};

}  // namespace

std::span<case_entry const> bind_numbers_cases() { return bind_numbers_table; }

}  // namespace relata::conformance
