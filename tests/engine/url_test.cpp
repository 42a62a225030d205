// SPDX-License-Identifier: BSL-1.0
#include "engine/url.hpp"

#include <catch2/catch.hpp>

#include <random>

using namespace relata;
using engine::parse_url;
using engine::redacted;

namespace {

std::string encoded(std::string_view text) {
    constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        if (plain) out += c;
        else (((out += '%') += digits[byte >> 4U]) += digits[byte & 0xFU]);
    }
    return out;
}

std::string server_url(driver::address const& a) {
    auto url = a.scheme + "://" + encoded(a.user) + ":" + encoded(a.password) + "@" +
               encoded(a.host) + ":" + a.port + "/" + encoded(a.database);
    char sign = '?';
    for (auto const& [name, value] : a.options) {
        url += sign + name + "=" + encoded(value);
        sign = '&';
    }
    return url;
}

std::string any_text(std::mt19937& random) {
    std::string out;
    auto const size = 1 + random() % 12;
    while (out.size() < size) out += char(1 + random() % 255);
    return out;
}

}  // namespace

TEST_CASE("sqlite URL: the path is taken as it stands") {
    struct row {
        char const* url;
        char const* path;
    };
    auto const r = GENERATE(
        row{"sqlite:shop.db", "shop.db"}, row{"sqlite:data/2026/shop.db", "data/2026/shop.db"},
        row{"sqlite:../shop.db", "../shop.db"}, row{"sqlite:./a:b.db", "./a:b.db"},
        row{"sqlite:/var/shop.db", "/var/shop.db"}, row{"sqlite:///var/shop.db", "/var/shop.db"},
        row{"sqlite::memory:", ":memory:"}, row{"sqlite:a%20b%23c%3Fd.db", "a b#c?d.db"},
        row{"sqlite:/my files/straße.db", "/my files/straße.db"}, row{"SQLite:Shop.DB", "Shop.DB"},
        row{"sqlite:a@b,c;d=e+f.db", "a@b,c;d=e+f.db"}, row{"sqlite:a//b.db", "a//b.db"});
    auto const a = parse_url(r.url);
    CHECK(a.scheme == "sqlite");
    CHECK(a.database == r.path);
    CHECK(a.host + a.port + a.user + a.password == "");
    CHECK(a.options.empty());
    CHECK(redacted(a) == std::string("sqlite:") + r.path);
}

TEST_CASE("sqlite URL: options follow the path") {
    auto const a = parse_url("sqlite:relative/dir/file.db?mode=ro&busy_timeout=100");
    CHECK(a.database == "relative/dir/file.db");
    REQUIRE(a.options.size() == 2);
    CHECK(a.option("mode") == "ro");
    CHECK(a.option("busy_timeout") == "100");
    CHECK(parse_url("sqlite::memory:?cache_size=1").database == ":memory:");
}

TEST_CASE("server URL: every part lands in its place") {
    auto const a = parse_url("postgresql://alice:p%40ss%3A%2F@db.example:5433/shop"
                             "?sslmode=verify-full&search_path=a%2Cb&application_name=x+y=z");
    CHECK(a.scheme == "postgresql");
    CHECK(a.user == "alice");
    CHECK(a.password == "p@ss:/");
    CHECK(a.host == "db.example");
    CHECK(a.port == "5433");
    CHECK(a.database == "shop");
    CHECK(a.option("sslmode") == "verify-full");
    CHECK(a.option("search_path") == "a,b");
    CHECK(a.option("application_name") == "x+y=z");
    CHECK(redacted(a) == "postgresql://db.example:5433/shop");
}

TEST_CASE("server URL: what is left out stays empty") {
    auto const bare = parse_url("mysql://");
    CHECK(bare.user + bare.password + bare.host + bare.port + bare.database == "");
    CHECK(parse_url("mysql:///shop").database == "shop");
    CHECK(parse_url("mysql://h").host == "h");
    CHECK(parse_url("mysql://h/").database == "");
    CHECK(parse_url("mysql://h?ssl=on").option("ssl") == "on");
    CHECK(parse_url("mysql://alice@h/d").user == "alice");
    CHECK(parse_url("mysql://alice@h/d").password == "");
    CHECK(parse_url("mysql://alice:@h/d").password == "");
    CHECK(parse_url("mysql://alice:a:b:c@h/d").password == "a:b:c");
    CHECK(parse_url("MariaDB://h/d").scheme == "mariadb");
    CHECK(parse_url("postgres://h/d").scheme == "postgres");
    CHECK(parse_url("mysql://jürgen:grün@h/straße").password == "grün");
}

TEST_CASE("server URL: IPv6 addresses lose their brackets and get them back when shown") {
    auto const a = parse_url("postgresql://alice@[2001:db8::1]:5432/shop");
    CHECK(a.host == "2001:db8::1");
    CHECK(a.port == "5432");
    CHECK(redacted(a) == "postgresql://[2001:db8::1]:5432/shop");
    CHECK(parse_url("mysql://[::1]/d").host == "::1");
}

TEST_CASE("server URL: the path of a Unix socket is a host") {
    CHECK(parse_url("postgresql://%2Frun%2Fpostgresql/shop").host == "/run/postgresql");
    CHECK(parse_url("postgresql://u:p@%2Frun%2Fpg:5433/shop").port == "5433");
    auto const a = parse_url("postgresql:///shop?sslmode=disable&host=/run/postgresql&port=5433");
    CHECK(a.host == "/run/postgresql");
    CHECK(a.port == "5433");
    CHECK(a.options.size() == 1);
    CHECK(redacted(a) == "postgresql:///run/postgresql:5433/shop");
}

TEST_CASE("server URL: postgresql may list several hosts") {
    auto const a = parse_url("postgresql://alice:pw@host1:5432,host2:5433,[::1]/shop");
    CHECK(a.host == "host1,host2,::1");
    CHECK(a.port == "5432,5433,");
    CHECK(redacted(a) == "postgresql://host1:5432,host2:5433,[::1]/shop");
    auto const b = parse_url("postgres://host1,host2/shop");
    CHECK(b.host == "host1,host2");
    CHECK(b.port == "");
    CHECK(redacted(b) == "postgres://host1,host2/shop");
}

TEST_CASE("other URLs: the scheme is kept whole and the path is the database") {
    auto const a = parse_url("soci+firebird://alice:pw@h:3050/srv/data/shop.fdb?charset=UTF8");
    CHECK(a.scheme == "soci+firebird");
    CHECK(a.host == "h");
    CHECK(a.database == "srv/data/shop.fdb");
    CHECK(redacted(a) == "soci+firebird://h:3050/srv/data/shop.fdb");
    CHECK(parse_url("duckdb:shop.db").database == "shop.db");
    CHECK(parse_url("mysql+connector://h/d").scheme == "mysql+connector");
}

TEST_CASE("URL: every byte but NUL survives percent-encoding in every part") {
    for (int byte = 1; byte < 256; ++byte) {
        driver::address a;
        a.scheme = "postgresql";
        a.user = a.password = a.database = std::string("x") + char(byte) + "y";
        a.host = "h";
        a.port = "1";
        a.options.emplace_back("option", a.user);
        auto const b = parse_url(server_url(a));
        INFO(byte);
        CHECK(b.user == a.user);
        CHECK(b.password == a.password);
        CHECK(b.database == a.database);
        CHECK(b.options == a.options);
    }
}

TEST_CASE("URL: ten thousand addresses come back as they were written") {
    std::mt19937 random(20260101);
    for (int i = 0; i < 10'000; ++i) {
        driver::address a;
        a.scheme = i % 2 ? "mysql" : "postgresql";
        a.user = any_text(random);
        a.password = any_text(random);
        a.database = any_text(random);
        a.host = "host" + std::to_string(random() % 100);
        a.port = std::to_string(1 + random() % 65535);
        for (auto n = random() % 4; n; --n)
            a.options.emplace_back("option" + std::to_string(n), any_text(random));
        auto const b = parse_url(server_url(a));
        REQUIRE(b.scheme == a.scheme);
        REQUIRE(b.user == a.user);
        REQUIRE(b.password == a.password);
        REQUIRE(b.host == a.host);
        REQUIRE(b.port == a.port);
        REQUIRE(b.database == a.database);
        REQUIRE(b.options == a.options);
    }
}

TEST_CASE("URL: what is shown is one line") {
    auto const shown = redacted(parse_url("mysql://h/a%0Ab%1B%5B31m"));
    CHECK(shown == "mysql://h/a\\x0ab\\x1b[31m");
    CHECK(redacted(parse_url("sqlite:a%0Db.db")) == "sqlite:a\\x0db.db");
}

TEST_CASE("URL: 64 KiB are read, one byte more is refused") {
    std::size_t const limit = 64 * 1024;
    for (std::string const start :
         {"sqlite:", "mysql://h/", "mysql://u:", "mysql://", "mysql://h?a="}) {
        std::string url = start + std::string(limit - start.size(), 'a');
        if (start == "mysql://u:") url.replace(url.size() - 2, 2, "@h");
        INFO(start);
        CHECK_NOTHROW(parse_url(url));
        CHECK_THROWS_WITH(parse_url(url + "a"), Catch::Contains("longer than 64 KiB"));
    }
    std::string options = "mysql://h?";
    for (int i = 0; i < 100; ++i) options += "o" + std::to_string(i) + "=1&";
    options.pop_back();
    CHECK(parse_url(options).options.size() == 100);
    CHECK_THROWS_WITH(parse_url(options + "&o100=1"), Catch::Contains("more than 100 options"));
}
