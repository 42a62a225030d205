// SPDX-License-Identifier: BSL-1.0
#include "engine/url.hpp"

#include <catch2/catch.hpp>

using namespace relata;
using engine::parse_url;

namespace {

constexpr char const* schemes[] = {"mysql", nullptr};
constexpr char const* options[] = {"ssl", "connect_timeout", "mysql+tls:cipher", "mariadb:cursor",
                                   nullptr};
driver::entry const some_driver{
    driver::interface_version, driver::abi_tag, "mysql", schemes, options, "", "", nullptr};

engine::pool_options pool(std::string const& options_text) {
    auto address = parse_url("mysql://alice:s3cr3t@h/d?" + options_text);
    return engine::take_pool_options(address);
}

}  // namespace

TEST_CASE("pool options: what the URL leaves out has its usual value") {
    auto const o = pool("ssl=on");
    CHECK(o.size == 8);
    CHECK(o.timeout_ms == 5000);
    CHECK(o.cache == 256);
    CHECK(o.check_ms == 30000);
    CHECK_FALSE(o.log_stderr);
}

TEST_CASE("pool options: they are read, checked and taken out of the address") {
    auto address = parse_url("mysql://h/d?pool_size=3&ssl=on&pool_timeout=250ms&statement_cache=0"
                             "&pool_check=2s&log=stderr&connect_timeout=1");
    auto const o = engine::take_pool_options(address);
    CHECK(o.size == 3);
    CHECK(o.timeout_ms == 250);
    CHECK(o.cache == 0);
    CHECK(o.check_ms == 2000);
    CHECK(o.log_stderr);
    REQUIRE(address.options.size() == 2);
    CHECK(address.options[0].first == "ssl");
    CHECK(address.options[1].first == "connect_timeout");
    CHECK_NOTHROW(engine::check_options(address, some_driver));
}

TEST_CASE("pool options: the ends of the ranges") {
    CHECK(pool("pool_size=1").size == 1);
    CHECK(pool("pool_size=10000").size == 10000);
    CHECK(pool("statement_cache=100000").cache == 100000);
    CHECK(pool("pool_timeout=0").timeout_ms == 0);
    CHECK(pool("pool_timeout=1234").timeout_ms == 1234);
    CHECK(pool("pool_timeout=86400s").timeout_ms == 86'400'000);
    CHECK(pool("pool_check=86400000ms").check_ms == 86'400'000);
}

TEST_CASE("pool options: a bad value is refused by name and without the value") {
    auto const text = GENERATE(
        "pool_size=0", "pool_size=10001", "pool_size=-1", "pool_size=8x", "pool_size=1.5",
        "pool_size=%208", "pool_size=99999999999999", "statement_cache=100001", "statement_cache=x",
        "pool_timeout=s", "pool_timeout=ms", "pool_timeout=5m", "pool_timeout=-5s",
        "pool_timeout=1.5s", "pool_timeout=86401s", "pool_timeout=86400001", "pool_timeout=5%20s",
        "pool_check=never", "log=stdout", "log=s3cr3t", "pool_size=s3cr3t");
    std::string const name(text, std::string_view(text).find('='));
    try {
        static_cast<void>(pool(text));
        FAIL_CHECK(text);
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_url);
        CHECK_THAT(e.what(), Catch::Contains("option " + name + " takes"));
        CHECK_THAT(e.what(), !Catch::Contains("s3cr3t"));
    }
}

TEST_CASE("driver options: one of another scheme of the driver is unknown") {
    CHECK_NOTHROW(engine::check_options(parse_url("mariadb://h/d?cursor=1"), some_driver));
    CHECK_NOTHROW(engine::check_options(parse_url("mariadb://h/d?ssl=on"), some_driver));
    for (auto const* url :
         {"mysql://h/d?cursor=1", "mariadb://h/d?cipher=1", "mariadb://h/d?mariadb:cursor=1"}) {
        try {
            engine::check_options(parse_url(url), some_driver);
            FAIL_CHECK(url);
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::invalid_url);
        }
    }
}

TEST_CASE("driver options: an unknown one is refused with the nearest name") {
    struct row {
        char const* option;
        char const* text;
    };
    auto const r = GENERATE(
        row{"conect_timeout", "mysql has no option conect_timeout; did you mean connect_timeout?"},
        row{"Connect_Timeout", "did you mean connect_timeout?"},
        row{"connect_timeotu", "did you mean connect_timeout?"}, row{"sls", "did you mean ssl?"},
        row{"poolsize", "did you mean pool_size?"}, row{"pol_size", "did you mean pool_size?"},
        row{"plugin_dir",
            "mysql has no option plugin_dir; known: ssl, connect_timeout, pool_size"});
    auto const address = parse_url(std::string("mysql://alice:s3cr3t@h/d?") + r.option + "=s3cr3t");
    try {
        engine::check_options(address, some_driver);
        FAIL_CHECK(r.option);
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::invalid_url);
        CHECK_THAT(e.what(), Catch::Contains(r.text));
        CHECK_THAT(e.what(), !Catch::Contains("s3cr3t") && !Catch::Contains("alice"));
    }
}
