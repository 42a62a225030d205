// SPDX-License-Identifier: BSL-1.0
// Mirrors src/migrate/generate/names.hpp and condition.hpp. Needs no database.
#include "migrate/generate/condition.hpp"
#include "migrate/generate/names.hpp"

#include <catch2/catch.hpp>

using namespace relata::migrate::generate;

namespace {

std::string shown(condition const& c) {
    if (c.is == condition::kind::all || c.is == condition::kind::any) {
        std::string out;
        for (auto const& part : c.parts)
            out += (out.empty() ? "" : c.is == condition::kind::all ? " & " : " | ") + shown(part);
        return "(" + out + ")";
    }
    std::string out = c.column + (c.is == condition::kind::one_of ? " in" : " " + c.sign);
    for (auto const& v : c.values) out += " " + (v.is_text ? "'" + v.value + "'" : v.value);
    return out;
}
std::string read(std::string const& sql) {
    auto const found = read_condition(sql);
    return found ? shown(*found) : "-";
}

}  // namespace

TEST_CASE("generated names: lower_snake identifiers that are no words of C++") {
    CHECK(identifier("album_id") == "album_id");
    CHECK(identifier("AlbumId") == "album_id");
    CHECK(identifier("albumID") == "album_id");
    CHECK(identifier("HTTPServer2Name") == "http_server2_name");
    CHECK(identifier("ORDERS") == "orders");
    CHECK(identifier("Order Details") == "order_details");
    CHECK(identifier("__a--b__") == "a_b");
    CHECK(identifier("2nd half") == "n2nd_half");
    CHECK(identifier("") == "n");
    CHECK(identifier("\xC3\xA4\xC3\xB6") == "n");
    CHECK(identifier("gr\xC3\xB6\xC3\x9F"
                     "e") == "gr_e");
    CHECK(identifier("Class") == "class_");
    CHECK(identifier("std") == "std_");
    CHECK_FALSE(is_identifier("a-b"));
    CHECK_FALSE(is_identifier("1a"));
    CHECK_FALSE(is_identifier("new"));
    CHECK(is_identifier("New_1"));
}

TEST_CASE("generated names: a second one gets a number") {
    std::set<std::string> taken;
    CHECK(taken_name(taken, "a") == "a");
    CHECK(taken_name(taken, "a") == "a_2");
    CHECK(taken_name(taken, "a") == "a_3");
    CHECK(taken_name(taken, "a_2") == "a_2_2");
}

TEST_CASE("generated names: texts become literals of C++") {
    CHECK(cpp_literal("a\"b\\c") == R"("a\"b\\c")");
    CHECK(cpp_literal("\n\t"
                      "1") == R"("\n\0111")");
    CHECK(cpp_literal("\?\?=") == R"("\?\?=")");
}

TEST_CASE("generated checks: conditions are read in the spelling of each engine") {
    CHECK(read("((\"n\" >= 0) AND (\"n\" < 10))") == "(n >= 0 & n < 10)");
    CHECK(read("(n >= 0) AND (n < 10)") == "(n >= 0 & n < 10)");
    CHECK(read("`n` >= 0 and `n` < 10") == "(n >= 0 & n < 10)");
    CHECK(read("price >= (0)::numeric") == "price >= 0");
    CHECK(read("sm > '-3'::integer") == "sm > '-3'");
    CHECK(read("x > -3") == "x > -3");
    CHECK(read("(name)::text <> 'it''s'::text") == "name <> 'it's'");
    CHECK(read("a between 1 and 3 or b = 2") == "((a >= 1 & a <= 3) | b = 2)");
    CHECK(read("`s` in ('a','b')") == "s in 'a' 'b'");
    CHECK(read("(s)::text = ANY ((ARRAY['a'::character varying, 'b'::character "
               "varying])::text[])") == "s in 'a' 'b'");
    CHECK(read("s = ANY (ARRAY['a'::text, 'b'::text])") == "s in 'a' 'b'");
    CHECK(read("(((a = 1)))") == "a = 1");
}

TEST_CASE("generated checks: what the mapping cannot say is not read") {
    for (auto const* sql :
         {"length(a) > 3", "a > b", "a is not null", "not a", "a + 1 > 2", "a like 'x'",
          "a = x'00'", "a > 1 and", "(a > 1", "", "a = 'b\\'", "t.a = 1", "a > 1 xor b > 1"})
        CHECK(read(sql) == "-");
}
