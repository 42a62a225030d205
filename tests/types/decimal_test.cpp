// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/decimal.hpp: construction, order and what is refused.

#include <relata/types/decimal.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <optional>
#include <type_traits>

using namespace relata;
using detail::int128;

namespace {

using money = decimal<10, 2>;
using widest = decimal<38, 0>;
using finest = decimal<38, 38>;

template <class A, class B>
concept addable = requires(A a, B b) { a + b; };
template <class A, class B>
concept ordered_with = requires(A a, B b) { a < b; };

static_assert(sizeof(money) == 8 && sizeof(decimal<18, 18>) == 8 && sizeof(decimal<19, 0>) == 16);
static_assert(std::is_trivially_copyable_v<money> && std::is_standard_layout_v<money>);
static_assert(std::is_trivially_copyable_v<widest> && std::is_standard_layout_v<widest>);
static_assert(std::regular<money> && std::totally_ordered<money>);
static_assert(std::regular<finest> && std::totally_ordered<finest>);

constexpr money price = "19.90"_dec;
static_assert(price.mantissa() == 1990);
static_assert(money("19.9"_dec) == price && money("+019.90"_dec) == price);
static_assert(money("-0.05"_dec).mantissa() == -5 && money("-0"_dec).mantissa() == 0);
static_assert(price == "19.900"_dec && price < "19.901"_dec && price > "19.899"_dec);
static_assert(money(7).mantissa() == 700 && money(-7L) == -7 && money(7U) == 7ULL);
static_assert(price * 2 == "39.80"_dec && 3 * price == "59.70"_dec);
static_assert(price + 1 == "20.90"_dec && 1 - price == "-18.90"_dec);
static_assert(price + "0.10"_dec == 20 && -price == -"19.90"_dec);
static_assert(money::max().mantissa() == 9'999'999'999 && money::min() == -money::max());
static_assert(price >= 0 && 20 > price && price != 19);
static_assert(widest::max() == "99999999999999999999999999999999999999"_dec);
static_assert(finest::max() == "0.99999999999999999999999999999999999999"_dec);
static_assert(finest("0.00000000000000000000000000000000000001"_dec).mantissa() == 1);

// A wider decimal takes a narrower one by itself; anything that could fail must be spelled out.
static_assert(std::is_convertible_v<money, decimal<12, 4>>);
static_assert(std::is_convertible_v<money, decimal<11, 2>>);
static_assert(!std::is_convertible_v<money, decimal<11, 4>>);
static_assert(std::is_constructible_v<decimal<11, 4>, money>);
static_assert(!std::is_constructible_v<money, decimal<10, 3>>);
static_assert(std::is_same_v<decltype(price + decimal<12, 4>()), decimal<12, 4>>);
static_assert(!addable<money, decimal<8, 4>>);

static_assert(!std::is_constructible_v<money, double> && !std::is_convertible_v<money, double>);
static_assert(!std::is_constructible_v<money, bool> && !std::is_constructible_v<money, char>);
static_assert(!addable<money, double> && !ordered_with<money, double>);
static_assert(!ordered_with<money, bool>);

static_assert(std::is_same_v<decltype(price * price), decimal<20, 4>>);
static_assert(std::is_same_v<decltype(widest() * price), decimal<38, 2>>);
static_assert(price * price == "396.01"_dec);
static_assert(price.round_to<1>(rounding::half_up).mantissa() == 199);
static_assert(std::is_same_v<decltype(price.round_to<4>(rounding::down)), decimal<12, 4>>);
static_assert(std::is_same_v<decltype(price.round_to<0>(rounding::down)), decimal<10, 0>>);

}  // namespace

TEST_CASE("decimal: a member takes literals and whole numbers", "[types][decimal]") {
    struct item {
        money price = 5;
        std::optional<money> reduced = "4.50"_dec;
    };
    item const i;
    CHECK(i.price == 5);
    CHECK(i.reduced == money("4.50"_dec));
    CHECK(money() == 0);
}

TEST_CASE("decimal: more digits than the type has are refused, never cut", "[types][decimal]") {
    auto const make = [](auto value) { return refusal([=] { return money(value); }); };
    CHECK(make(99'999'999) == "");
    CHECK(make(100'000'000) == "out_of_range");
    CHECK(make(-100'000'000) == "out_of_range");
    CHECK(make(~0ULL) == "out_of_range");
    CHECK(make("99999999.99"_dec) == "");
    CHECK(make("100000000"_dec) == "out_of_range");
    CHECK(make("0.005"_dec) == "out_of_range");
    CHECK(make("0.000"_dec) == "out_of_range");
    CHECK(make(decimal<11, 2>::max()) == "out_of_range");
    CHECK(refusal([] { return money::from_mantissa(10'000'000'000); }) == "out_of_range");
    CHECK(refusal([] { return money::from_mantissa(INT64_MIN); }) == "out_of_range");
    CHECK(refusal([] { return decimal<1, 1>(1); }) == "out_of_range");
    CHECK(decimal<1, 1>(0) == 0);
    CHECK(decimal<38, 0>(~0ULL) == 18'446'744'073'709'551'615ULL);
    CHECK(decimal<38, 0>(INT64_MIN) == INT64_MIN);
}

TEST_CASE("decimal: sums and products beyond the precision are refused", "[types][decimal]") {
    auto const top = money::max();
    money const cent = "0.01"_dec;
    CHECK(refusal([=] { return top + cent; }) == "out_of_range");
    CHECK(refusal([=] { return -top - cent; }) == "out_of_range");
    CHECK(top - cent + cent == top);
    CHECK(refusal([=] { return top * 2; }) == "out_of_range");
    CHECK(refusal([=] { return cent * ~0ULL; }) == "out_of_range");
    CHECK(refusal([=] { return cent * INT64_MIN; }) == "out_of_range");
    CHECK(refusal([] { return widest::max() + 1; }) == "out_of_range");
    CHECK(refusal([] { return widest::max() + widest::max(); }) == "out_of_range");
    CHECK(refusal([] { return widest::min() - 1; }) == "out_of_range");
    CHECK(refusal([] { return widest::max() * 10; }) == "out_of_range");
    CHECK(refusal([] { return widest::max() * widest::max(); }) == "out_of_range");
    CHECK(refusal([] { return widest::max().round_to<1>(rounding::down); }) == "out_of_range");
    CHECK(widest::max() * 1 == widest::max());
    CHECK(widest::max() * -1 == widest::min());
    CHECK(decimal<18, 0>::max() * decimal<18, 0>::max() ==
          "999999999999999998000000000000000001"_dec);
}

TEST_CASE("decimal: compound assignment keeps the value when it is refused", "[types][decimal]") {
    money total = price;
    total += 1;
    total -= "0.90"_dec;
    total *= 3;
    CHECK(total == 60);
    CHECK(refusal([&] { return total *= 1'000'000'000; }) == "out_of_range");
    CHECK(total == 60);
}

TEST_CASE("decimal: order is by value across precisions and scales", "[types][decimal]") {
    CHECK(money("-0.01"_dec) < 0);
    CHECK(money("-0.01"_dec) < decimal<38, 38>(0));
    CHECK(decimal<38, 38>("0.00000000000000000000000000000000000001"_dec) > widest(0));
    CHECK(decimal<38, 38>("-0.00000000000000000000000000000000000001"_dec) < widest(0));
    CHECK(widest::max() > finest::max());
    CHECK(widest::min() < finest::min());
    CHECK(decimal<5, 1>("1.5"_dec) == decimal<38, 30>("1.5"_dec));
    CHECK(decimal<5, 1>("-1.5"_dec) > decimal<38, 30>("-1.500000000000000000000000000001"_dec));
    CHECK(decimal<5, 1>("-1.5"_dec) < decimal<38, 30>("-1.499999999999999999999999999999"_dec));
    CHECK(money(1) != decimal<3, 3>("0.999"_dec));
    CHECK(finest::max() < 1);
    CHECK(money::max() < ~0ULL);
    CHECK(money::min() > INT64_MIN);
}

TEST_CASE("decimal: rounding follows the named mode on both sides of zero", "[types][decimal]") {
    auto const round = [](decimal<6, 3> value, rounding mode) { return value.round_to<1>(mode); };
    CHECK(round("1.250"_dec, rounding::half_up) == "1.3"_dec);
    CHECK(round("1.250"_dec, rounding::half_even) == "1.2"_dec);
    CHECK(round("1.350"_dec, rounding::half_even) == "1.4"_dec);
    CHECK(round("1.251"_dec, rounding::half_even) == "1.3"_dec);
    CHECK(round("1.249"_dec, rounding::half_up) == "1.2"_dec);
    CHECK(round("1.299"_dec, rounding::down) == "1.2"_dec);
    CHECK(round("-1.250"_dec, rounding::half_up) == "-1.3"_dec);
    CHECK(round("-1.250"_dec, rounding::half_even) == "-1.2"_dec);
    CHECK(round("-1.350"_dec, rounding::half_even) == "-1.4"_dec);
    CHECK(round("-1.299"_dec, rounding::down) == "-1.2"_dec);
    CHECK(round("0.050"_dec, rounding::half_even) == 0);
    CHECK(round("-0.049"_dec, rounding::half_up).mantissa() == 0);
    CHECK(round("999.999"_dec, rounding::half_up) == 1000);
    CHECK(finest::max().round_to<0>(rounding::half_up) == 1);
    CHECK(widest::max().round_to<0>(rounding::half_up) == widest::max());
}

TEST_CASE("decimal: division gives the scale of the dividend", "[types][decimal]") {
    CHECK(divide(money(10), 3, rounding::half_up) == "3.33"_dec);
    CHECK(divide(money(20), 3, rounding::half_up) == "6.67"_dec);
    CHECK(divide(money(20), 3, rounding::down) == "6.66"_dec);
    CHECK(divide(money(-20), 3, rounding::half_up) == "-6.67"_dec);
    CHECK(divide(money(-20), -3, rounding::down) == "6.66"_dec);
    CHECK(divide(money("0.01"_dec), 2, rounding::half_up) == "0.01"_dec);
    CHECK(divide(money("0.01"_dec), 2, rounding::half_even) == 0);
    CHECK(divide(money("0.03"_dec), 2, rounding::half_even) == "0.02"_dec);
    CHECK(divide(price, decimal<4, 3>("1.190"_dec), rounding::half_even) == "16.72"_dec);
    CHECK(divide(widest::max(), widest::max(), rounding::down) == 1);
    CHECK(divide(finest::max(), 3, rounding::down) ==
          "0.33333333333333333333333333333333333333"_dec);
    CHECK(refusal([] { return divide(finest::max(), finest::max(), rounding::down); }) ==
          "out_of_range");  // 1 has no place in it
    CHECK(divide(money::max(), ~0ULL, rounding::half_up) == 0);
}

TEST_CASE("decimal: division by zero and too large quotients are refused", "[types][decimal]") {
    CHECK(refusal([] { return divide(price, 0, rounding::down); }) == "division_by_zero");
    CHECK(refusal([] { return divide(price, money(), rounding::down); }) == "division_by_zero");
    decimal<10, 9> const tiny = "0.000000001"_dec;
    CHECK(refusal([=] { return divide(money::max(), tiny, rounding::down); }) == "out_of_range");
    finest const least = "0.00000000000000000000000000000000000001"_dec;
    CHECK(refusal([=] { return divide(widest::max(), least, rounding::down); }) == "out_of_range");
    CHECK(divide(widest(), least, rounding::down) == 0);
}

TEST_CASE("decimal: the description names kind, precision and scale", "[types][decimal]") {
    CHECK(type_of<money>.kind == kind::decimal);
    CHECK(type_of<decimal<18, 4>>.kind == kind::decimal);
    CHECK(type_of<decimal<19, 4>>.kind == kind::decimal_wide);
    CHECK(int{type_of<decimal<19, 4>>.precision} == 19);
    CHECK(int{type_of<decimal<19, 4>>.scale} == 4);
}
