// SPDX-License-Identifier: BSL-1.0
//
// Bind: decimals, which keep each digit and their scale, or are refused.

#include "conformance/case.hpp"
#include "conformance/each_way.hpp"
#include "conformance/storage.hpp"

#include <relata/types/decimal.hpp>

#include <string>

namespace relata::conformance {
namespace {

template <unsigned P, unsigned S>
std::vector<value> decimals(std::initializer_list<char const*> texts) {
    std::vector<value> out;
    for (auto const* text : texts) out.emplace_back(decimal<P, S>::from_string(text));
    return out;
}

void digits_and_scale(subject& s) {
    each_way(
        s, "decimal(10,2)",
        decimals<10, 2>({"0", "0.01", "-0.01", "0.10", "12.30", "-99999999.99", "99999999.99"}));
    each_way(s, "decimal(18,8)",
             decimals<18, 8>({"0.01", "0.001", "0.0001", "0.00001", "0.000001", "0.0000001",
                              "0.00000001", "-0.00000001", "9999999999.99999999"}));
    each_way(s, "decimal(38,15)",
             decimals<38, 15>({"400000000", "5748000000000000000", "31943874831932418390.01",
                               "54.234246451650", "0.000000000696", "-0.000000000000001"}));
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<decimal<10, 3>>("d")}));
    store(c, table, {{value(1L), value(decimal<10, 3>::from_string("1"))}}, path::ad_hoc);
    auto const got = read_column<decimal<10, 3>>(c, "SELECT d FROM " + quoted(c, table.name)).at(0);
    s.equal("1.000", got.to_string(), "the scale is that of the type");
    auto const minus_zero = decimal<10, 2>::from_string("-0");
    s.equal("0.00", minus_zero.to_string(), "minus zero is zero");
}

template <unsigned P, unsigned S> void extremes(subject& s) {
    using D = decimal<P, S>;
    auto const name = "decimal(" + std::to_string(P) + "," + std::to_string(S) + ")";
    each_way(s, name,
             {value(D::max()), value(D::min()), value(D::from_mantissa(typename D::rep(1))),
              value(D::from_mantissa(typename D::rep(-1))), value(D())});
}

void widest(subject& s) {
    extremes<1, 0>(s);
    extremes<9, 9>(s);
    extremes<18, 0>(s);
    extremes<18, 18>(s);
    extremes<19, 0>(s);
    extremes<19, 19>(s);
    extremes<28, 1>(s);
    extremes<38, 0>(s);
    extremes<38, 19>(s);
    extremes<38, 30>(s);
    auto& c = s.connection();
    auto const wide = std::string(45, '9');
    s.throws(
        {error_kind::out_of_range, error_kind::type_mismatch},
        [&] { read_column<decimal<38, 0>>(c, "SELECT CAST('" + wide + "' AS decimal(45, 0))"); },
        "a number of 45 digits");
}

void beyond_the_column(subject& s) {
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<decimal<4, 2>>("d")}));
    kinds const expected{error_kind::out_of_range, error_kind::check_violation};
    for (auto const way : all_paths)
        for (auto const* text : {"100.00", "-100.00", "12345678.90"}) {
            auto const what = std::string(text) + ", " + std::string(name_of(way));
            row_values const row{value(1L), value(decimal<10, 2>::from_string(text))};
            s.throws(expected, [&] { store(c, table, {row}, way); }, what);
            s.equal(0, count(c, table), what + ": nothing is stored");
        }
    store(c, table, {{value(1L), value(decimal<10, 2>::from_string("99.99"))}}, path::prepared);
    s.equal(1, count(c, table), "a value that fits is stored");
    auto const sql = "SELECT d FROM " + quoted(c, table.name);
    s.equal(value(decimal<4, 2>::from_string("99.99")),
            read(c, sql, {&ops_of<decimal<4, 2>>})[0][0], "and read");
    s.throws(
        error_kind::out_of_range, [&] { read_column<decimal<3, 2>>(c, sql); },
        "a decimal of more digits than the program's type");
}

constexpr case_entry bind_decimals_table[] = {
    {"BND-11",
     "A decimal keeps each of its digits, from 8 places behind the point to 20 before it, and its "
     "scale; minus zero is zero.",
     &digits_and_scale},
    {"BND-12",
     "The greatest and the least decimal of every width up to 38 digits are kept; a number of more "
     "digits is an error where it is read, never a rounded one.",
     &widest},
    {"BND-13",
     "A decimal with more digits than its column, or than the program's type, is refused by every "
     "way; it is never rounded or cut.",
     &beyond_the_column},
};

}  // namespace

std::span<case_entry const> bind_decimals_cases() { return bind_decimals_table; }

}  // namespace relata::conformance
