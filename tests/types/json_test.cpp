// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/json.hpp.

#include <relata/types/json.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <string>
#include <type_traits>

using namespace relata;

static_assert(sizeof(json) == sizeof(std::string));
static_assert(std::regular<json> && std::totally_ordered<json>);
static_assert(!std::is_convertible_v<std::string, json>);

namespace {

std::string repeat(std::string_view part, std::size_t times) {
    std::string text;
    for (std::size_t i = 0; i < times; ++i) text += part;
    return text;
}

}  // namespace

TEST_CASE("json: every production of the grammar is accepted", "[types][json]") {
    char const* const documents[] = {
        "null",
        "true",
        "false",
        "0",
        "-0",
        "10",
        "-12.5",
        "0.1",
        "1e5",
        "1E+5",
        "1e-05",
        "1.5e3",
        "-0e0",
        "123456789012345678901234567890",
        "1e400",
        R"("")",
        R"("a")",
        R"("\"\\\/\b\f\n\r\t")",
        R"("\u0041\u00e9\uFFFF")",
        R"("\ud83c\udfb5")",
        "\"\x7f\"",
        "\"\xc3\xa9\xf0\x9f\x8e\xb5\"",
        "[]",
        "{}",
        "[ ]",
        "{ }",
        "[1]",
        "[1,2]",
        "[[],{}]",
        R"({"a":1})",
        R"({"":{}})",
        R"({"a":[1,{"b":null}],"c":"d"})",
        R"({"a":1,"a":2})",
        "[{},[1]]",
        R"([[],{"a":[[],{}]}])",
        " \t\r\n[ 1 , \n2 ] \t\r\n",
        R"( { "a" : 1 , "b" : [ ] } )",
        "[[[1],2],3]",
        R"([{"a":{"b":[]}},{}])",
        R"("[{")",
    };
    for (char const* const text : documents) {
        CAPTURE(text);
        CHECK(valid_json(text));
        CHECK(json::from_string(text).text() == text);
    }
}

TEST_CASE("json: everything else is refused", "[types][json]") {
    char const* const documents[] = {
        "",
        " ",
        "nul",
        "nulll",
        "Null",
        "TRUE",
        "tru",
        "undefined",
        "NaN",
        "Infinity",
        "-Infinity",
        "+1",
        "-",
        "01",
        "-01",
        "1.",
        ".5",
        "1.e5",
        "1e",
        "1e+",
        "0x10",
        "1_000",
        "1 2",
        "--1",
        "1-",
        "\"",
        "\"a",
        "a\"",
        "'a'",
        R"("\a")",
        R"("\")",
        R"("\)",
        R"("\u")",
        R"("\u12")",
        R"("\u123)",
        R"("\u123g")",
        R"("\ud800")",
        R"("\ud800\u0041")",
        R"("\udc00\udc00")",
        R"("\udc00")",
        R"("\ud800x")",
        R"("\ud800\n")",
        R"("\u0000")",
        "\"\t\"",
        "\"\n\"",
        "\"\x01\"",
        "\"\x1f\"",
        "\"\xff\"",
        "\"\xc3\"",
        "\"\xed\xa0\x80\"",
        "\xef\xbb\xbf{}",
        "[",
        "]",
        "{",
        "}",
        "[}",
        "{]",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[,]",
        "[1,,2]",
        "[1 2]",
        "[1]]",
        "[[1]",
        "{,}",
        R"({"a"})",
        R"({"a":})",
        R"({"a":1,})",
        R"({"a" 1})",
        R"({"a"::1})",
        R"({"a":1 "b":2})",
        R"({"a":1,,"b":2})",
        R"({:1})",
        "{1:1}",
        "{null:1}",
        "{a:1}",
        R"({"a":1}})",
        R"({"a":[1})",
        R"(["a":1])",
        R"({"a":1]})",
        "[] []",
        "{}{}",
        "null null",
        "1,2",
        ",",
        ":",
        "//x\n1",
        "/**/1",
        "[1]x",
        "\f1",
        "\v1",
        ("\xc2\xa0"
         "1"),
        R"({"a":"b)",
        R"({"a)",
        "[\"a\n\"]",
        "[1e1.5]",
    };
    for (char const* const text : documents) {
        CAPTURE(text);
        CHECK_FALSE(valid_json(text));
        CHECK(refusal([&] { return json::from_string(text); }) == "value_invalid");
    }
    CHECK_FALSE(valid_json(std::string_view("1\0", 2)));
    CHECK_FALSE(valid_json(std::string_view("\0", 1)));
    CHECK_FALSE(valid_json(std::string_view("[\0]", 3)));
    CHECK_FALSE(valid_json(std::string_view("\"\0\"", 3)));
}

TEST_CASE("json: a prefix of a document is none", "[types][json]") {
    std::string const whole = R"({"a":[1.5e3,"x\u00e9\n",true,null,{"b":[]}],"c":false})";
    REQUIRE(valid_json(whole));
    for (std::size_t size = 0; size < whole.size(); ++size) {
        // Copied, so that a sanitizer sees a read beyond the end.
        std::string const part = whole.substr(0, size);
        CAPTURE(part);
        REQUIRE_FALSE(valid_json(part));
    }
}

TEST_CASE("json: nesting ends at the limit, whatever the document's size", "[types][json]") {
    auto const arrays = [](std::size_t n) { return repeat("[", n) + repeat("]", n); };
    auto const objects = [](std::size_t n) { return repeat("{\"a\":", n) + "1" + repeat("}", n); };
    CHECK(valid_json(arrays(json_depth_limit)));
    CHECK_FALSE(valid_json(arrays(json_depth_limit + 1)));
    CHECK(valid_json(objects(json_depth_limit)));
    CHECK_FALSE(valid_json(objects(json_depth_limit + 1)));
    CHECK_FALSE(valid_json(repeat("[", 1'000'000)));
    CHECK(valid_json("[" + repeat("[[]],", 100'000) + "{}]"));
    // The kind of each level is remembered: mixed nesting closes in its own order.
    std::string open;
    std::string close;
    for (std::size_t i = 0; i < json_depth_limit; ++i) {
        open += i % 3 == 0 ? "[" : "{\"k\":";
        close.insert(close.begin(), i % 3 == 0 ? ']' : '}');
    }
    CHECK(valid_json(open + "0" + close));
    std::swap(close[0], close[1]);
    CHECK((close[0] == close[1] || !valid_json(open + "0" + close)));
}

TEST_CASE("json: the type keeps the text and compares it", "[types][json]") {
    CHECK(json().text() == "null");
    CHECK(json().valid());
    CHECK(json("{").text() == "{");
    CHECK_FALSE(json("{").valid());
    CHECK(json("{}") == json("{}"));
    CHECK(json("{}") != json("{ }"));
    CHECK(json("1") < json("2"));
    CHECK(json("[1]").text() == "[1]");
    CHECK(kind_of<json> == kind::json);
}
