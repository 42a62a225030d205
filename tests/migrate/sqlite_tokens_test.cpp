// SPDX-License-Identifier: BSL-1.0
#include "migrate/sqlite/tokens.hpp"

#include "migrate/sqlite/read_text.hpp"

#include <catch2/catch.hpp>

#include <relata/relata.hpp>

using namespace relata;
namespace sqlite = relata::migrate::sqlite;

namespace {

std::string respelled(std::string_view text) { return sqlite::joined(sqlite::tokens_of(text)); }

}  // namespace

TEST_CASE("SQLite tokens: spaces and comments do not count") {
    CHECK(respelled(" a>0 -- c, \n and(b  IN(1,2 ) )") == "a > 0 and (b IN (1, 2))");
    CHECK(respelled("lower( a )||'x  y'/* ) */->>'$.a'") == "lower(a) || 'x  y' ->> '$.a'");
    CHECK(respelled("- 5") == "-5");
    CHECK(respelled("a-5, -b , 1*-2, (-c), a - -1") == "a - 5, -b, 1 * -2, (-c), a - -1");
    CHECK(respelled("t . a between -1 and +1e-5") == "t.a between -1 and +1e-5");
    CHECK(respelled("x'0f' <>\"q\"\"\"") == "x'0f' <> \"q\"\"\"");
    CHECK(respelled(respelled("case when a then(b)else-c end")) ==
          "case when a then (b) else -c end");
    CHECK(respelled("0x1F+.5") == "0x1F + .5");
    CHECK(respelled("") == "");
    CHECK(respelled("'open") == "'open");
}

TEST_CASE("SQLite tokens: names lose their quotes") {
    auto const tokens = sqlite::tokens_of(R"(plain "a""b" [c"d] `e``f` 'it''s')");
    REQUIRE(tokens.size() == 5);
    CHECK(sqlite::name_of(tokens[0]) == "plain");
    CHECK(sqlite::name_of(tokens[1]) == "a\"b");
    CHECK(sqlite::name_of(tokens[2]) == "c\"d");
    CHECK(sqlite::name_of(tokens[3]) == "e`f");
    CHECK(sqlite::name_of(tokens[4]) == "it's");
}

TEST_CASE("SQLite tokens: a text that is not understood is refused, with the table's name") {
    for (auto const* text : {"create table t (a int unknown (1) (2) word 'x'", "create table t",
                             "create table t (a int) with magic", "create view t as select 1",
                             "create table t (a int primary)", "create table t (a default", "",
                             "create table t (a int references)"}) {
        INFO(text);
        try {
            (void)sqlite::read_table(text, "t");
            FAIL("read");
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::not_supported);
            CHECK(e.message().find("table t ") != std::string::npos);
        }
    }
}
