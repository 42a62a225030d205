// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/text.hpp.

#include <relata/types/text.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <string>
#include <type_traits>

using namespace relata;

static_assert(sizeof(text<5>) == sizeof(std::string));
static_assert(std::regular<text<5>> && std::totally_ordered<text<5>>);

namespace {

// The code point's bytes in the shortest form, also for values that UTF-8 forbids.
std::string bytes_of(unsigned point) {
    auto const byte = [](unsigned value) { return static_cast<char>(value); };
    auto const rest = [&](unsigned shift) { return byte(0x80U | (point >> shift & 0x3fU)); };
    if (point < 0x80) return {byte(point)};
    if (point < 0x800) return {byte(0xc0U | point >> 6U), rest(0)};
    if (point < 0x10000) return {byte(0xe0U | point >> 12U), rest(6), rest(0)};
    return {byte(0xf0U | point >> 18U), rest(12), rest(6), rest(0)};
}

// Decodes by the book: length from the first byte, then value, shortest form and forbidden ranges.
bool slow_valid(std::string_view text, std::size_t& points) {
    points = 0;
    for (std::size_t at = 0; at < text.size(); ++points) {
        unsigned const lead = static_cast<unsigned char>(text[at]);
        std::size_t const length = lead < 0x80              ? 1
                                   : (lead & 0xe0U) == 0xc0 ? 2
                                   : (lead & 0xf0U) == 0xe0 ? 3
                                   : (lead & 0xf8U) == 0xf0 ? 4
                                                            : 0;
        if (length == 0 || at + length > text.size()) return false;
        unsigned value = length == 1 ? lead : lead & (0xffU >> (length + 1));
        for (std::size_t i = 1; i < length; ++i) {
            unsigned const next = static_cast<unsigned char>(text[at + i]);
            if ((next & 0xc0U) != 0x80) return false;
            value = value << 6U | (next & 0x3fU);
        }
        unsigned const least[] = {0, 0, 0x80, 0x800, 0x10000};
        if (value < least[length] || value > 0x10ffff) return false;
        if (value >= 0xd800 && value <= 0xdfff) return false;
        at += length;
    }
    return true;
}

// All three checks against the slow one.
bool agrees(std::string_view text) {
    std::size_t points = 0;
    bool const valid = slow_valid(text, points);
    bool const nul = text.find('\0') != text.npos;
    return valid_utf8(text) == valid && valid_text(text) == (valid && !nul) &&
           has_nul(text) == nul && (!valid || code_points(text) == points);
}

}  // namespace

TEST_CASE("utf-8: every code point is judged alone and at every place", "[types][text]") {
    unsigned wrong = 0;
    for (unsigned point = 0; point < 0x110400; ++point) {
        if (!agrees(bytes_of(point))) ++wrong;
    }
    for (unsigned const point : {0x0U, 0x7fU, 0x80U, 0x7ffU, 0x800U, 0xd7ffU, 0xd800U, 0xdfffU,
                                 0xe000U, 0xffffU, 0x10000U, 0x10ffffU, 0x110000U}) {
        for (std::size_t before = 0; before < 20; ++before) {
            for (std::size_t after = 0; after < 20; ++after) {
                std::string const text =
                    std::string(before, 'a') + bytes_of(point) + std::string(after, 'z');
                if (!agrees(text)) ++wrong;
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf-8: every pair and triple of bytes is judged right", "[types][text]") {
    unsigned wrong = 0;
    for (unsigned a = 0; a < 256; ++a) {
        for (unsigned b = 0; b < 256; ++b) {
            std::string text{static_cast<char>(a), static_cast<char>(b)};
            if (!agrees(text)) ++wrong;
            for (unsigned const c : {0x00U, 0x7fU, 0x80U, 0xbfU, 0xc0U}) {
                std::string const longer = text + static_cast<char>(c);
                if (!agrees(longer) || !agrees(longer + "\x80") || !agrees("12345" + longer)) {
                    ++wrong;
                }
            }
        }
    }
    CHECK(wrong == 0);
}

TEST_CASE("utf-8: random texts with damage are judged as the slow check does", "[types][text]") {
    std::mt19937 engine(8);
    auto const random = [&] { return static_cast<unsigned>(engine()); };
    unsigned const tops[] = {0x80, 0x80, 0x80, 0x800, 0x10000, 0x110000};
    unsigned wrong = 0;
    unsigned valid = 0;
    for (unsigned i = 0; i < 20'000; ++i) {
        std::string text;
        for (unsigned k = random() % 30; k > 0; --k)
            text += bytes_of(random() % tops[random() % 6]);
        if (i % 2 == 0 && !text.empty()) {
            text[random() % text.size()] = static_cast<char>(random() % 256);
        }
        if (!agrees(text)) ++wrong;
        if (valid_utf8(text)) ++valid;
    }
    CHECK(wrong == 0);
    CHECK(valid > 5'000);
    CHECK(valid < 19'000);
}

TEST_CASE("utf-8: the empty text and a large one are fine", "[types][text]") {
    CHECK(agrees(""));
    CHECK(valid_text(std::string_view()));
    CHECK(code_points("") == 0);
    std::string large;
    for (unsigned i = 0; i < 100'000; ++i) large += "\xf0\x9f\x8e\xb5 tune";
    CHECK(valid_text(large));
    CHECK(code_points(large) == 600'000);
    large.back() = '\xff';
    CHECK_FALSE(valid_utf8(large));
}

TEST_CASE("text<N>: the bound counts code points", "[types][text]") {
    CHECK(text<4>("abcd").value() == "abcd");
    CHECK(text<4>("\xf0\x9f\x8e\xb5\xf0\x9f\x8e\xb5\xf0\x9f\x8e\xb5\xf0\x9f\x8e\xb5")
              .value()
              .size() == 16);
    CHECK(text<4>().value().empty());
    CHECK(refusal([] { return text<4>("abcde"); }) == "value_too_long");
    CHECK(refusal([] { return text<1>("\xc3\xa9\xc3\xa9"); }) == "value_too_long");
    CHECK(refusal([] { return text<1>("\xc3\xa9"); }) == "");
    CHECK(refusal([] { return text<4>(std::string(1'000'000, 'x')); }) == "value_too_long");
}

TEST_CASE("text<N>: what is not storable text is refused", "[types][text]") {
    CHECK(refusal([] { return text<4>("\xff"); }) == "text_invalid");
    CHECK(refusal([] { return text<4>("\xc3"); }) == "text_invalid");
    CHECK(refusal([] { return text<4>(std::string("a\0b", 3)); }) == "text_invalid");
    CHECK(refusal([] { return text<1>("\xff\xff"); }) == "text_invalid");
}

TEST_CASE("text<N>: a refused assignment keeps the old text", "[types][text]") {
    text<3> name = "abc";
    CHECK(refusal([&] { return name = "abcd"; }) == "value_too_long");
    CHECK(name == "abc");
    name = std::string("x");
    CHECK(name == "x");
    name = std::string_view("y");
    CHECK(std::string_view(name) == "y");
}

TEST_CASE("text<N>: order is by code point, with any other text", "[types][text]") {
    text<5> const a = "a";
    text<9> const b = "b";
    CHECK(a < b);
    CHECK(b > a);
    CHECK(a != b);
    CHECK(a == std::string("a"));
    CHECK("a" == a);
    CHECK(std::string("b") > a);
    CHECK(text<5>("z") < text<5>("\xc3\xa9"));
    CHECK(text<5>("\xef\xbf\xbf") < text<5>("\xf0\x90\x80\x80"));
    CHECK(type_of<text<5>>.kind == kind::bounded_text);
    CHECK(type_of<text<5>>.length == 5);
}
