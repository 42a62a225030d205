// SPDX-License-Identifier: BSL-1.0
// What the back ends of SOCI for servers could lose.
#include "soci_support.hpp"

#include "placeholders.hpp"
#include "wide_floats.hpp"

using namespace driver_tests;
using relata::soci::detail::marks;
using relata::soci::detail::split_at_placeholders;
using relata::soci::detail::widen_floats;

TEST_CASE("soci+postgresql: every kind of value comes back as it went") {
    auto const url = soci_url("POSTGRESQL");
    if (!url.empty()) check_values(*connect_soci(url));
}

TEST_CASE("soci+mysql: every kind of value comes back as it went") {
    auto const url = soci_url("MYSQL");
    if (!url.empty()) check_values(*connect_soci(url));
}

TEST_CASE("soci+mysql: a FLOAT comes whole or not at all") {
    auto const url = soci_url("MYSQL");
    if (url.empty()) return;
    auto const c = connect_soci(url);
    c->script("CREATE TEMPORARY TABLE f (a float, b int); INSERT INTO f VALUES (16777215, 1)");
    CHECK(column<float>(*c, "SELECT a FROM f") == std::vector<float>{16777215});
    CHECK(column<float>(*c, "SELECT max(a) AS m FROM f") == std::vector<float>{16777215});
    CHECK(thrown([&] { (void)column<float>(*c, "SELECT * FROM f"); }).kind ==
          error_kind::type_mismatch);
}

TEST_CASE("soci+mysql: a server on another machine needs insecure=1") {
    auto const url = soci_url("MYSQL");
    if (url.empty()) return;
    CHECK(thrown([] { (void)connect_soci("soci+mysql://db.example.org/x"); }).kind ==
          error_kind::tls_failed);
}

TEST_CASE("soci: colons and question marks in quotes and comments are no placeholders") {
    auto const pieces = split_at_placeholders("SELECT '?:a', \"?\", `?`, ? -- ?\n, /* ? */ ? # ?",
                                              marks::question, 2);
    REQUIRE(pieces.pieces.size() == 3);
    CHECK(pieces.pieces[0] == "SELECT '?:a', \"?\", `?`, ");
    CHECK(pieces.pieces[2] == " # ?");
    auto const dollar = split_at_placeholders(
        "SELECT $2, E'\\'$1', $x$ $1 $x$, a$1, '$1'::text, $1", marks::dollar, 2);
    CHECK(dollar.numbers == std::vector<unsigned>{1, 0});
    CHECK(thrown([] { (void)split_at_placeholders("a; b", marks::dollar, 0); }).kind ==
          error_kind::syntax);
    CHECK(thrown([] { (void)split_at_placeholders("?", marks::question, 2); }).kind ==
          error_kind::invalid_argument);
}

TEST_CASE("soci: FLOATs of a list of columns are widened one by one") {
    CHECK(widen_floats("SELECT a, b FROM t", {false, true}) == "SELECT a, ( b )+0e0 FROM t");
    CHECK(widen_floats("SELECT DISTINCT f(a, b) AS x FROM t", {true}) ==
          "SELECT DISTINCT ( f(a, b) )+0e0 AS x FROM t");
    CHECK(widen_floats("INSERT INTO t VALUES (1) RETURNING \"a\"", {true}) ==
          "INSERT INTO t VALUES (1) RETURNING ( \"a\")+0e0 ");
    CHECK(widen_floats("SELECT * FROM t", {false, true}).empty());
    CHECK(widen_floats("SELECT a FROM t UNION SELECT b FROM t", {true}).empty());
}
