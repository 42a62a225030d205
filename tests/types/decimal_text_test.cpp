// SPDX-License-Identifier: BSL-1.0
// Mirrors src/types/decimal.cpp: text, double and 128-bit division against slow references.

#include <relata/types/decimal.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>

using namespace relata;
using detail::int128;

namespace {

// A number of up to 38 digits whose length is as random as its digits.
int128 random_number(std::mt19937_64& random, unsigned most_digits = 38) {
    unsigned const length = static_cast<unsigned>(random() % most_digits) + 1;
    int128 value = 0;
    for (unsigned i = 0; i < length; ++i) value = value * 10 + static_cast<int>(random() % 10);
    return random() % 2 == 0 ? value : -value;
}

// One digit after the other, as one would on paper.
std::string slow_text(int128 value, unsigned scale) {
    bool const negative = value < 0;
    std::string digits;
    for (unsigned i = 0; value != 0 || i < scale + 1; ++i) {
        int const digit = static_cast<int>(value % 10);
        digits.insert(digits.begin(), static_cast<char>('0' + (digit < 0 ? -digit : digit)));
        value /= 10;
    }
    if (scale > 0) digits.insert(digits.size() - scale, ".");
    return (negative ? "-" : "") + digits;
}

// Schoolbook division of a * 10^shift by b, in digits; small enough operands only.
int128 slow_divide(int128 a, int128 b, unsigned shift, rounding mode) {
    bool const negative = (a < 0) != (b < 0);
    detail::uint128 const divisor = detail::magnitude(b);
    std::string digits = slow_text(a < 0 ? -a : a, 0) + std::string(shift, '0');
    detail::uint128 quotient = 0;
    detail::uint128 rest = 0;
    for (char const c : digits) {
        rest = rest * 10 + static_cast<unsigned>(c - '0');
        quotient = quotient * 10 + rest / divisor;
        rest %= divisor;
    }
    bool const more = rest * 2 > divisor || (rest * 2 == divisor && mode != rounding::half_even);
    bool const tie_to_even =
        rest * 2 == divisor && mode == rounding::half_even && quotient % 2 != 0;
    if (mode != rounding::down && (more || tie_to_even)) ++quotient;
    auto const result = static_cast<int128>(quotient);
    return negative ? -result : result;
}

template <class Decimal> std::string read(std::string_view text) {
    std::string shown;
    std::string const refused = refusal([&] {
        shown = Decimal::from_string(text).to_string();
        return 0;
    });
    return refused.empty() ? shown : refused;
}

}  // namespace

TEST_CASE("decimal text: all digits of the scale are written", "[types][decimal]") {
    using money = decimal<10, 2>;
    CHECK(money("19.9"_dec).to_string() == "19.90");
    CHECK(money("-0.05"_dec).to_string() == "-0.05");
    CHECK(money(0).to_string() == "0.00");
    CHECK((-money(0)).to_string() == "0.00");
    CHECK(decimal<3, 3>("-0.001"_dec).to_string() == "-0.001");
    CHECK(decimal<5, 0>(-42).to_string() == "-42");
    CHECK(decimal<38, 0>::min().to_string() == "-" + std::string(38, '9'));
    CHECK(decimal<38, 38>::min().to_string() == "-0." + std::string(38, '9'));
    CHECK(decimal<38, 37>::min().to_string() == "-9." + std::string(37, '9'));
    CHECK(decimal<38, 38>(0).to_string() == "0." + std::string(38, '0'));
}

TEST_CASE("decimal text: the core writes any 128-bit number", "[types][decimal]") {
    int128 const lowest = static_cast<int128>(detail::uint128{1} << 127U);
    CHECK(detail::decimal_to_string(lowest, 0) == "-170141183460469231731687303715884105728");
    CHECK(detail::decimal_to_string(lowest, 38) == "-1.70141183460469231731687303715884105728");
    CHECK(detail::digits(lowest) == 39);
    CHECK(detail::digits(0) == 1);
    CHECK(detail::digits(-9) == 1);
    CHECK(detail::digits(10) == 2);
}

TEST_CASE("decimal text: what is read is exact", "[types][decimal]") {
    using money = decimal<10, 2>;
    CHECK(read<money>("19.90") == "19.90");
    CHECK(read<money>("19.9") == "19.90");
    CHECK(read<money>("+19") == "19.00");
    CHECK(read<money>("-0") == "0.00");
    CHECK(read<money>("-0.00") == "0.00");
    CHECK(read<money>(std::string(100, '0') + "1.5") == "1.50");
    CHECK(read<money>("-99999999.99") == "-99999999.99");
    CHECK(read<money>("100000000") == "out_of_range");
    CHECK(read<money>("0.005") == "out_of_range");
    CHECK(read<money>("0.000") == "out_of_range");
    CHECK(read<decimal<38, 0>>(std::string(38, '9')) == std::string(38, '9'));
    CHECK(read<decimal<38, 0>>(std::string(39, '9')) == "out_of_range");
    CHECK(read<decimal<38, 0>>("1" + std::string(400, '0')) == "out_of_range");
    CHECK(read<decimal<38, 38>>("-0." + std::string(38, '9')) == "-0." + std::string(38, '9'));
    CHECK(read<decimal<38, 38>>("0." + std::string(39, '0')) == "out_of_range");
    CHECK(read<decimal<38, 38>>("0") == "0." + std::string(38, '0'));
    CHECK(read<decimal<38, 38>>("1") == "out_of_range");
}

TEST_CASE("decimal text: anything but a plain number is refused", "[types][decimal]") {
    char const* const wrong[] = {"",    " ",     "-",   "+",        ".",   ".5",  "5.",
                                 "-.5", "--5",   "+-5", "5-",       " 5",  "5 ",  "5. 0",
                                 "1,5", "1.2.3", "1e5", "0x10",     "NaN", "inf", "1_000",
                                 "1'0", "1/2",   "1:2", "\xd9\xa1", "5\n", "1.5f"};
    for (char const* const text : wrong) {
        CAPTURE(text);
        CHECK(read<decimal<10, 2>>(text) == "value_invalid");
    }
    CHECK(read<decimal<10, 2>>(std::string_view("5\0", 2)) == "value_invalid");
    CHECK(read<decimal<10, 2>>(std::string(60, '9') + "x") == "value_invalid");
}

TEST_CASE("decimal text: a refused text leaves the value alone", "[types][decimal]") {
    int128 value = 7;
    using detail::decimal_status;
    CHECK(detail::parse_decimal("x", 10, 2, value) == decimal_status::invalid);
    CHECK(detail::parse_decimal("1.234", 10, 2, value) == decimal_status::too_many_fraction_digits);
    CHECK(detail::parse_decimal("123456789", 10, 2, value) == decimal_status::overflow);
    CHECK((value == 7));
}

TEST_CASE("decimal text: random numbers survive writing and reading", "[types][decimal]") {
    std::mt19937_64 random(20240229);
    unsigned wrong = 0;
    for (unsigned i = 0; i < 20'000; ++i) {
        int128 const value = random_number(random);
        auto const scale = static_cast<unsigned>(random() % 39);
        std::string const text = detail::decimal_to_string(value, scale);
        int128 back = 1;
        if (text != slow_text(value, scale)) ++wrong;
        if (detail::parse_decimal(text, 38, scale, back) != detail::decimal_status::ok) ++wrong;
        if (back != value) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("decimal: random quotients are those of long division", "[types][decimal]") {
    std::mt19937_64 random(17);
    rounding const modes[] = {rounding::half_up, rounding::half_even, rounding::down};
    unsigned wrong = 0;
    for (unsigned i = 0; i < 20'000; ++i) {
        int128 const a = random_number(random, 18);
        int128 b = random_number(random, i % 2 == 0 ? 36 : 2);
        if (b == 0) b = 4;
        auto const shift = static_cast<unsigned>(random() % 20);
        rounding const mode = modes[i % 3];
        if (detail::divide_scaled(a, b, shift, mode) != slow_divide(a, b, shift, mode)) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("decimal: quotients of 38 digits are exact where the product has no room",
          "[types][decimal]") {
    int128 const top = detail::pow10(38) - 1;
    auto const divide = [](int128 a, int128 b, unsigned shift) {
        return detail::decimal_to_string(detail::divide_scaled(a, b, shift, rounding::down), 0);
    };
    CHECK(divide(top, top, 37) == "1" + std::string(37, '0'));
    CHECK(divide(top - 1, top, 38) == std::string(37, '9') + "8");
    CHECK(divide(top / 3, top, 38) == std::string(38, '3'));
    CHECK(divide(-top / 9, top, 38) == "-" + std::string(38, '1'));
    CHECK(refusal([=] { return divide(top, top, 38); }) == "out_of_range");
    CHECK(refusal([=] { return divide(top, 1, 1); }) == "out_of_range");
    // Ten times this would come out small again in 128 bits.
    CHECK(refusal([=] { return divide(detail::pow10(36) * 35, 1, 1); }) == "out_of_range");
    CHECK(divide(detail::pow10(36) * 5, detail::pow10(37), 37) == "5" + std::string(36, '0'));
    auto const nearest = detail::divide_scaled(top - 1, top, 38, rounding::half_up);
    CHECK(detail::decimal_to_string(nearest, 0) == std::string(38, '9'));
}

TEST_CASE("decimal: to_double is the nearest double", "[types][decimal]") {
    CHECK(decimal<10, 2>("19.90"_dec).to_double() == 19.90);
    CHECK(decimal<10, 1>("-0.1"_dec).to_double() == -0.1);
    CHECK(decimal<38, 0>::max().to_double() == 1e38);
    CHECK(decimal<38, 38>("0.00000000000000000000000000000000000001"_dec).to_double() == 1e-38);
    CHECK(decimal<18, 17>("0.10000000000000001"_dec).to_double() == 0.1);
    CHECK(decimal<20, 0>(9'007'199'254'740'993).to_double() == 9'007'199'254'740'992.0);
    CHECK(decimal<38, 4>("12345678901234567890.1234"_dec).to_double() == 12345678901234567890.1234);
    std::mt19937_64 random(5);
    unsigned wrong = 0;
    for (unsigned i = 0; i < 5'000; ++i) {
        int128 const value = random_number(random);
        auto const scale = static_cast<unsigned>(random() % 39);
        if (detail::decimal_to_double(value, scale) != std::stod(slow_text(value, scale))) ++wrong;
    }
    CHECK(wrong == 0);
}
