// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/sortable.hpp.

#include <relata/types/sortable.hpp>

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

using namespace relata;
using detail::int128;
using detail::pow10;

namespace {

std::string encode(int128 value, unsigned digits) {
    std::string text(sortable_size(digits), '?');
    encode_sortable(value, digits, text.data());
    return text;
}

std::string encode_u64(std::uint64_t value) {
    std::string text(sortable_u64_size, '?');
    encode_sortable_u64(value, text.data());
    return text;
}

bool decodes(std::string_view text) {
    int128 value = 0;
    return decode_sortable(text, value);
}

bool decodes_u64(std::string_view text) {
    std::uint64_t value = 0;
    return decode_sortable_u64(text, value);
}

}  // namespace

TEST_CASE("sortable: the sign leads, negative digits are complements", "[types][sortable]") {
    CHECK(encode(0, 5) == "100000");
    CHECK(encode(42, 5) == "100042");
    CHECK(encode(99'999, 5) == "199999");
    CHECK(encode(-1, 5) == "099998");
    CHECK(encode(-42, 5) == "099957");
    CHECK(encode(-99'999, 5) == "000000");
    CHECK(encode(pow10(38) - 1, 38) == "1" + std::string(38, '9'));
    CHECK(encode(1 - pow10(38), 38) == std::string(39, '0'));
}

TEST_CASE("sortable: every small number survives and byte order is numeric", "[types][sortable]") {
    std::string before;
    for (int value = -999; value <= 999; ++value) {
        std::string const text = encode(value, 3);
        int128 back = 12345;
        REQUIRE(decode_sortable(text, back));
        REQUIRE((back == value));
        REQUIRE(before < text);
        before = text;
    }
}

TEST_CASE("sortable: random numbers sort as text as they do as numbers", "[types][sortable]") {
    std::mt19937_64 random(38);
    std::vector<int128> numbers;
    for (unsigned i = 0; i < 5'000; ++i) {
        auto const size = pow10(static_cast<unsigned>(random() % 38) + 1);
        auto const wide = static_cast<int128>(random()) * static_cast<int128>(random() >> 1U);
        numbers.push_back(wide % size * (random() % 2 == 0 ? 1 : -1));
    }
    std::vector<std::string> texts;
    for (int128 const value : numbers) texts.push_back(encode(value, 38));
    std::sort(numbers.begin(), numbers.end());
    std::sort(texts.begin(), texts.end());
    unsigned wrong = 0;
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        int128 back = 0;
        if (!decode_sortable(texts[i], back) || back != numbers[i]) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("sortable: texts that nothing encodes to are refused", "[types][sortable]") {
    CHECK(decodes("10"));
    CHECK(decodes("00"));
    CHECK_FALSE(decodes(""));
    CHECK_FALSE(decodes("1"));
    CHECK_FALSE(decodes("0999"));  // a negative zero
    CHECK_FALSE(decodes("2000"));
    CHECK_FALSE(decodes("-100"));
    CHECK_FALSE(decodes("1 00"));
    CHECK_FALSE(decodes("100x"));
    CHECK_FALSE(decodes(std::string(40, '1')));
    CHECK_FALSE(decodes(std::string_view("10\0", 3)));
    int128 value = 7;
    CHECK_FALSE(decode_sortable("10x", value));
    CHECK((value == 7));
}

TEST_CASE("sortable: an unsigned number has twenty digits", "[types][sortable]") {
    CHECK(encode_u64(0) == "00000000000000000000");
    CHECK(encode_u64(42) == "00000000000000000042");
    CHECK(encode_u64(~0ULL) == "18446744073709551615");
    std::mt19937_64 random(64);
    std::uint64_t last = 0;
    for (unsigned i = 0; i < 2'000; ++i) {
        std::uint64_t const value = random() >> (random() % 64);
        std::uint64_t back = 0;
        REQUIRE(decode_sortable_u64(encode_u64(value), back));
        REQUIRE(back == value);
        REQUIRE((encode_u64(last) < encode_u64(value)) == (last < value));
        last = value;
    }
}

TEST_CASE("sortable: texts that are no unsigned number are refused", "[types][sortable]") {
    CHECK(decodes_u64("18446744073709551615"));
    CHECK_FALSE(decodes_u64("18446744073709551616"));
    CHECK_FALSE(decodes_u64("99999999999999999999"));
    CHECK_FALSE(decodes_u64(""));
    CHECK_FALSE(decodes_u64("0000000000000000000"));
    CHECK_FALSE(decodes_u64("000000000000000000000"));
    CHECK_FALSE(decodes_u64("-0000000000000000001"));
    CHECK_FALSE(decodes_u64("0000000000000000000x"));
}
