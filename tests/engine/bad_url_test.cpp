// SPDX-License-Identifier: BSL-1.0
//
// Wrong URLs: each is refused, the message tells where and why, and no secret gets into it.

#include "engine/url.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using engine::parse_url;

namespace {

struct bad {
    char const* rest;         // of the URL, after the scheme
    std::size_t byte;         // of the mistake, counted from 1 after the scheme
    char const* explanation;  // part of the message
};

// Refused with the scheme of any server.
constexpr bad server_urls[] = {
    {"://alice:s3cr3t@h:0/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:65536/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:70000/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:99999999999999999999/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:-1/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:+1/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:x/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:33 06/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:3306x/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:3306:3307/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t@h:%33306/d", 19, "from 1 to 65535"},
    {"://alice:s3cr3t", 10, "from 1 to 65535"},
    {"://alice:s3cr3t/d", 10, "from 1 to 65535"},
    {"://alice:s3cr3t?ssl=1", 10, "from 1 to 65535"},
    {"://alice:s3cr3t%40h/d", 10, "from 1 to 65535"},
    {"://alice:/s3cr3t@h/d", 10, "from 1 to 65535"},
    {"://alice:1/s3cr3t@h/d", 18, "'@' after the host"},
    {"://alice:1?s3cr3t@h/d", 18, "'@' after the host"},
    {"://alice:1?s3cr3t=2@h/d", 20, "'@' after the host"},
    {"://alice:1@/s3cr3t@h", 19, "'@' after the host"},
    {"://alice:1@?s3cr3t=@h", 20, "'@' after the host"},
    {"://alice:s3cr3t@h/d@e", 20, "'@' after the host"},
    {"://alice:s3cr3t@h/d?x=a@b", 24, "'@' after the host"},
    {"://alice/s3cr3t@h/d", 16, "'@' after the host"},
    {"://alice:s3@cr3t@h/d", 12, "written %40"},
    {"://al@ice:s3cr3t@h/d", 6, "written %40"},
    {"://alice:s3cr3t@@h/d", 16, "written %40"},
    {"://alice:#s3cr3t@h/d", 10, "written %23"},
    {"://alice:s3cr3t@h/d#", 20, "written %23"},
    {"://alice:s3cr3t@h/d?a=b#c", 24, "written %23"},
    {"://alice:s3cr3t%@h/d", 16, "hexadecimal"},
    {"://alice:s3cr3t%4@h/d", 16, "hexadecimal"},
    {"://alice:%zzs3cr3t@h/d", 10, "hexadecimal"},
    {"://alice:s3cr3t@h/d%", 20, "hexadecimal"},
    {"://alice:s3cr3t@h/d%2", 20, "hexadecimal"},
    {"://alice:s3cr3t@h/d?a=%g1", 23, "hexadecimal"},
    {"://alice:%00s3cr3t@h/d", 10, "NUL"},
    {"://al%00ice:s3cr3t@h/d", 6, "NUL"},
    {"://alice:s3cr3t@h%00/d", 18, "NUL"},
    {"://alice:s3cr3t@h/d%00", 20, "NUL"},
    {"://alice:s3cr3t@h/d?a=%00", 23, "NUL"},
    {"://alice:s3cr3t@h/d?%00=a", 21, "NUL"},
    {"://alice:s3cr3t\n@h/d", 16, "control character"},
    {"://alice:\ts3cr3t@h/d", 10, "control character"},
    {"://alice:s3cr3t@h/d\r\n", 20, "control character"},
    {"://alice:s3cr3t\x7f@h/d", 16, "control character"},
    {"://alice:\x1b[31ms3cr3t@h/d", 10, "control character"},
    {"://alice:s3 cr3t@h/d", 12, "space is written %20"},
    {"://alice:s3cr3t@h/a b", 20, "space is written %20"},
    {"://alice:s3cr3t@h h/d", 17, "host name has no space"},
    {"://alice:s3cr3t@h/d?a=b c", 24, "space is written %20"},
    {"://alice:s3cr3t@h%20h/d", 17, "control character, space"},
    {"://alice:s3cr3t@h%0Ah/d", 17, "control character, space"},
    {"://alice:s3cr3t@h%2Ch/d", 17, "control character, space, ','"},
    {"://alice:s3cr3t@h%40h/d", 17, "control character, space, ',' or '@'"},
    {"://alice:s3cr3t<@h/d", 16, "may not stand here"},
    {"://alice:s3cr3t>@h/d", 16, "may not stand here"},
    {"://alice:\"s3cr3t@h/d", 10, "may not stand here"},
    {"://alice:s3\\cr3t@h/d", 12, "may not stand here"},
    {"://alice:s3^cr3t@h/d", 12, "may not stand here"},
    {"://alice:s3`cr3t@h/d", 12, "may not stand here"},
    {"://alice:{s3cr3t}@h/d", 10, "may not stand here"},
    {"://alice:s3|cr3t@h/d", 12, "may not stand here"},
    {"://alice:[s3cr3t]@h/d", 10, "may not stand here"},
    {"://alice:s3cr3t@h|h/d", 18, "may not stand here"},
    {"://alice:s3cr3t@h]/d", 18, "may not stand here"},
    {"://alice:s3cr3t@h/<d>", 19, "may not stand here"},
    {"://alice:s3cr3t@h/d?a=<b>", 23, "may not stand here"},
    {"://alice:s3cr3t@h/d?a=[b]", 23, "may not stand here"},
    {"://alice:s3cr3t@[::1/d", 17, "']'"},
    {"://alice:s3cr3t@[::g]/d", 20, "may not stand here"},
    {"://alice:s3cr3t@[1:2:3]/d", 23, "may not stand here"},
    {"://alice:s3cr3t@[v1.ab]/d", 17, "no IPv6 address"},
    {"://alice:s3cr3t@[]/d", 18, "may not stand here"},
    {"://alice:s3cr3t@[::1]x/d", 22, "may not stand here"},
    {"://alice:s3cr3t@[::1]:x/d", 23, "from 1 to 65535"},
    {"://alice:s3cr3t@::1/d", 18, "from 1 to 65535"},
    {"://alice:s3cr3t@h/d/e", 20, "written %2F"},
    {"://alice:s3cr3t@h//d", 19, "written %2F"},
    {"://alice:s3cr3t@h/d?", 20, "no option follows"},
    {"://alice:s3cr3t@h/d?a=1&", 24, "no option follows"},
    {"://alice:s3cr3t@h/d?a=1&&b=2", 25, "no name of an option"},
    {"://alice:s3cr3t@h/d?&a=1", 21, "no name of an option"},
    {"://alice:s3cr3t@h/d?=1", 21, "no name of an option"},
    {"://alice:s3cr3t@h/d?1=1", 21, "no name of an option"},
    {"://alice:s3cr3t@h/d?a%20b=1", 21, "no name of an option"},
    {"://alice:s3cr3t@h/d?a!=1", 21, "no name of an option"},
    {"://h/d?%73s3cr3t!=1", 8, "no name of an option"},
    {"://alice:s3cr3t@h/d?a", 21, "option without a value"},
    {"://alice:s3cr3t@h/d?a=", 21, "option without a value"},
    {"://h/d?s3cr3t", 8, "option without a value"},
    {"://alice:s3cr3t@h/d?a=1&a=2", 25, "option a stands here again"},
    {"://alice:s3cr3t@h/d?a=1&%61=1", 25, "option a stands here again"},
    {"://h/d?password=s3cr3t&password=s3cr3t", 24, "option password stands here again"},
    {"://alice:s3cr3t@h/d?host=i", 21, "the host stands before the path"},
    {"://alice:s3cr3t@h:1/d?port=2", 23, "the port stands before the path"},
    {"://alice:s3cr3t@/d?port=s3cr3t", 20, "from 1 to 65535"},
    {":alice:s3cr3t@h/d", 14, "'@' after the host"},
    {":/alice:s3cr3t@h/d", 15, "'@' after the host"},
    {":alice:s3cr3t", 2, "'//' is missing"},
    {":/s3cr3t", 2, "'//' is missing"},
    {"://alice:s3cr3t\xff@h/d", 0, "not UTF-8"},
    {"://alice:s3cr3t@h/\xc3", 0, "not UTF-8"},
};

// Refused as they stand.
constexpr bad whole_urls[] = {
    {"", 1, "URL is empty"},
    {"s3cr3t", 1, "scheme is missing"},
    {"/s3cr3t", 1, "scheme is missing"},
    {"//alice:s3cr3t@h/d", 1, "scheme is missing"},
    {"?s3cr3t", 1, "scheme is missing"},
    {"#s3cr3t", 1, "scheme is missing"},
    {"://alice:s3cr3t@h/d", 1, "scheme is missing"},
    {":memory:?s3cr3t=1", 1, "scheme is missing"},
    {"host=h password=s3cr3t", 1, "scheme is missing"},
    {"./s3cr3t:db", 1, "scheme is missing"},
    {"1sqlite:s3cr3t", 1, "a scheme has only"},
    {"my_sql://alice:s3cr3t@h/d", 3, "a scheme has only"},
    {" mysql://alice:s3cr3t@h/d", 1, "a scheme has only"},
    {"mysql ://alice:s3cr3t@h/d", 6, "a scheme has only"},
    {"my%73ql://alice:s3cr3t@h/d", 3, "a scheme has only"},
    {"möbel://alice:s3cr3t@h/d", 2, "a scheme has only"},
    {"alice:s3cr3t@h/d", 13, "'@' after the host"},
    {"jdbc:mysql://alice:s3cr3t@h/d", 26, "'@' after the host"},
    {"mysql://alice:s3cr3t@h1,h2/d", 22, "only a postgresql URL"},
    {"mariadb://alice:s3cr3t@h1:1,h2:2/d", 24, "only a postgresql URL"},
    {"postgresql://alice:s3cr3t@h1,,h2/d", 30, "a host of the list is missing"},
    {"postgresql://alice:s3cr3t@h1,/d", 30, "a host of the list is missing"},
    {"postgresql://alice:s3cr3t@,h1/d", 27, "a host of the list is missing"},
    {"postgresql://alice:s3cr3t@h1:x,h2/d", 30, "from 1 to 65535"},
    {"postgresql://alice:s3cr3t@h1,h2:0/d", 33, "from 1 to 65535"},
    {"postgresql://alice:s3cr3t@h1,[::1/d", 30, "']'"},
    {"postgresql://alice:s3cr3t@h1,h|2/d", 31, "may not stand here"},
    {"postgresql://alice:s3,cr3t", 20, "from 1 to 65535"},
    {"sqlite:", 8, "path is missing"},
    {"sqlite://", 10, "path is missing"},
    {"sqlite:?mode=s3cr3t", 8, "path is missing"},
    {"sqlite://s3cr3t.db", 10, "no host"},
    {"sqlite://alice:s3cr3t@h/shop.db", 10, "no host"},
    {"sqlite://localhost/s3cr3t.db", 10, "no host"},
    {"sqlite://:memory:?x=s3cr3t", 10, "no host"},
    {"sqlite:///:memory:?x=s3cr3t", 10, "sqlite::memory:"},
    {"sqlite:s3cr3t#1.db", 14, "written %23"},
    {"sqlite:s3cr3t%00.db", 14, "NUL"},
    {"sqlite:s3cr3t%.db", 14, "hexadecimal"},
    {"sqlite:s3cr3t\n.db", 14, "control character"},
    {"sqlite:s3cr3t.db?", 17, "no option follows"},
    {"sqlite:s3cr3t.db?mode", 18, "option without a value"},
    {"sqlite:s3cr3t.db?mode=ro&mode=rw", 26, "option mode stands here again"},
    {"sqlite:s3cr3t<.db", 14, "may not stand here"},
    {"sqlite:c:\\s3cr3t.db", 10, "may not stand here"},
};

void check_refused(std::string const& url, std::size_t byte, std::string const& explanation) {
    INFO(url);
    try {
        static_cast<void>(parse_url(url));
        FAIL_CHECK("not refused");
    } catch (error const& e) {
        std::string const what = e.what();
        CHECK(e.kind() == error_kind::invalid_url);
        CHECK_THAT(what, Catch::Contains("byte " + std::to_string(byte) + ": "));
        CHECK_THAT(what, Catch::Contains(explanation));
        CHECK_THAT(what, !Catch::Contains("s3cr3t") && !Catch::Contains("alice"));
        CHECK(what.find('\n') == what.npos);
    }
}

}  // namespace

TEST_CASE("bad URL: each is refused with its place, a reason and no secret") {
    for (std::string const scheme : {"postgresql", "postgres", "mysql", "mariadb"})
        for (auto const& each : server_urls)
            check_refused(scheme + each.rest, each.byte ? scheme.size() + each.byte : 1,
                          each.explanation);
    for (auto const& each : whole_urls) check_refused(each.rest, each.byte, each.explanation);
}

TEST_CASE("bad URL: a NUL is no end") {
    using namespace std::string_literals;
    check_refused("mysql://alice:s3cr3t@h\0.example/d"s, 23, "NUL");
    check_refused("sqlite:s3cr3t.db\0"s, 17, "NUL");
}

TEST_CASE("bad URL: whatever two letters cut a password, no piece of it is shown") {
    // letters that stand in no message
    for (std::string const start : {"postgresql://alice:zqxj", "mysql://zqxj", "mysql://alice:12"})
        for (std::string const end :
             {"vwkq@db.example:5432/shop", "vwkq@db.example", "9@h/shop?a=b"})
            for (int first = 1; first < 128; ++first)
                for (int second = 1; second < 128; ++second) {
                    auto const url = start + char(first) + char(second) + end;
                    std::string text;
                    try {
                        text = engine::redacted(parse_url(url));
                    } catch (error const& e) {
                        text = e.what();
                    }
                    if (text.find("zqxj") != text.npos || text.find("vwkq") != text.npos)
                        FAIL_CHECK(url << " gives " << text);
                }
}
