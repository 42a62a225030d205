// SPDX-License-Identifier: BSL-1.0
// Every kind of value, at its edges, to a server and back.
#include "mysql_server.hpp"
#include "own_types.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

using namespace relata;
using namespace relata::literals;
using namespace mysql_test;

namespace {

struct settings {
    connection c = connect();
    connection by_values = connect({{"bulk", "values"}});
};

// Through a column of the type that storage gives to the kind: as a parameter, as a member, and in
// both kinds of bulk insert. (A deque: a vector of bool has no addresses.)
template <class T>
void round_trip(settings& s, std::string_view type, std::deque<T> const& values) {
    INFO("column of type " << type);
    auto& c = *s.c;
    c.script("DROP TABLE IF EXISTS round_trip; "
             "CREATE TABLE round_trip (id int AUTO_INCREMENT PRIMARY KEY, v " +
             std::string(type) + ") ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE " +
             (is_mariadb(c) ? "utf8mb4_nopad_bin" : "utf8mb4_0900_bin"));
    {
        auto const insert = prepare<T>(c, "INSERT INTO round_trip (v) VALUES (?)");
        auto const select = prepare<>(c, "SELECT v FROM round_trip ORDER BY id");
        field const plan = make_field(type_of<T>, 0, 0);
        for (auto const& value : values) execute(*insert, value);
        for (auto const& value : values) insert->execute_from(&plan, 1, &value);
        CHECK(bulk(c, "round_trip", "v", values) == std::int64_t(values.size()));
        CHECK(bulk(*s.by_values, "round_trip", "v", values) == std::int64_t(values.size()));
        execute(*select);
        auto const back = rows<T>(*select);
        REQUIRE(back.size() == 4 * values.size());
        for (std::size_t i = 0; i < back.size(); ++i) CHECK(back[i] == values[i % values.size()]);
        // and as a value to compare with
        for (auto const& value : values)
            CHECK(one<std::int64_t>(c, "SELECT count(*) FROM round_trip WHERE v <=> ?", value) ==
                  4 * std::count(values.begin(), values.end(), value));
    }
    c.script("DROP TABLE round_trip");
}

template <class T>
void round_trip_both(settings& s, std::string_view type, std::deque<T> const& values) {
    round_trip(s, type, values);
    std::deque<std::optional<T>> some{std::nullopt};
    for (auto const& value : values) {
        some.emplace_back(value);
        some.emplace_back();
    }
    round_trip(s, type, some);
}

template <class T> std::deque<T> edges() {
    return {std::numeric_limits<T>::min(), 0, 1, std::numeric_limits<T>::max()};
}

}  // namespace

TEST_CASE("mysql values: integers and booleans") {
    NEED_SERVER();
    settings s;
    round_trip_both<bool>(s, "tinyint(1) CHECK (v IN (0,1))", {false, true});
    round_trip_both(s, "tinyint", edges<std::int8_t>());
    round_trip_both(s, "smallint", edges<std::int16_t>());
    round_trip_both(s, "mediumint", std::deque<std::int32_t>{-8388608, -1, 8388607});
    round_trip_both(s, "int", edges<std::int32_t>());
    round_trip_both(s, "bigint", edges<std::int64_t>());
    round_trip_both(s, "tinyint unsigned", edges<std::uint8_t>());
    round_trip_both(s, "smallint unsigned", edges<std::uint16_t>());
    round_trip_both(s, "int unsigned", edges<std::uint32_t>());
    round_trip_both(
        s, "bigint unsigned",
        std::deque<std::uint64_t>{0, 1, 0x7fffffffffffffff, 0x8000000000000000, UINT64_MAX});
}

TEST_CASE("mysql values: floating point numbers keep their bits") {
    NEED_SERVER();
    settings s;
    using d = std::numeric_limits<double>;
    using f = std::numeric_limits<float>;
    round_trip_both<double>(s, "double", {0, 0.1, 1.0 / 3, d::max(), d::lowest(), d::min(), 1e16});
    round_trip_both<float>(s, "float", {0, 0.1F, 16777217.0F, f::max(), f::lowest(), f::min()});
    s.c->script("CREATE TEMPORARY TABLE signed_zero (v double)");
    run(*s.c, "INSERT INTO signed_zero VALUES (?)", -0.0);
    CHECK(one<double>(*s.c, "SELECT v FROM signed_zero") == 0);  // servers drop the sign of zero
    for (double const bad : {d::quiet_NaN(), d::infinity(), -d::infinity()})
        CHECK(error_of([&] { run(*s.c, "INSERT INTO signed_zero VALUES (?)", bad); }).kind ==
              error_kind::out_of_range);
}

TEST_CASE("mysql values: decimals are exact") {
    NEED_SERVER();
    settings s;
    using money = decimal<10, 2>;
    round_trip_both<money>(s, "decimal(10,2)",
                           {money("0.00"_dec), money("19.90"_dec), money("-0.05"_dec),
                            money("99999999.99"_dec), money("-99999999.99"_dec)});
    using widest18 = decimal<18, 18>;
    round_trip_both<widest18>(
        s, "decimal(18,18)",
        {widest18::from_mantissa(1), widest18::from_mantissa(-999999999999999999)});
    using whole = decimal<18, 0>;
    round_trip_both<whole>(s, "decimal(18,0)",
                           {whole::from_mantissa(0), whole::from_mantissa(999999999999999999)});
    using wide = decimal<38, 10>;
    auto const most = wide::from_mantissa(relata::detail::pow10(38) - 1);
    round_trip_both<wide>(s, "decimal(38,10)", {wide{}, most, -most, wide("0.0000000001"_dec)});
    if (is_mariadb(*s.c)) {  // MySQL keeps at most 30 digits after the point
        using finest = decimal<38, 38>;
        round_trip_both<finest>(
            s, "decimal(38,38)",
            {finest::from_mantissa(1), finest::from_mantissa(1 - relata::detail::pow10(38))});
    }
    CHECK(one<money>(*s.c, "SELECT 0.1 + 0.2") == money("0.30"_dec));
    CHECK(one<money>(*s.c, "SELECT 1.5000000") == money("1.50"_dec));
    CHECK(one<money>(*s.c, "SELECT 7") == money("7.00"_dec));
    CHECK(error_of([&] { one<money>(*s.c, "SELECT 1.505"); }).kind == error_kind::out_of_range);
    CHECK(error_of([&] { one<money>(*s.c, "SELECT 123456789012.5"); }).kind ==
          error_kind::out_of_range);
    CHECK(error_of([&] { one<money>(*s.c, "SELECT 1e0"); }).kind == error_kind::type_mismatch);
}

TEST_CASE("mysql values: text and bytes of all sizes") {
    NEED_SERVER();
    settings s;
    std::deque<std::string> texts{"",
                                  " ",
                                  "a",
                                  "it's \"quoted\" \\ `x` %_",
                                  "trailing  ",
                                  "\xc3\xa9",
                                  "\xf0\x9f\x98\x80",
                                  "\xf4\x8f\xbf\xbf",
                                  "NULL",
                                  "line\nline"};
    for (std::size_t const size : {250U, 251U, 255U, 256U, 65535U, 65536U, 1048576U, 16777216U})
        texts.emplace_back(size, 'x');
    round_trip(s, "longtext", texts);
    round_trip_both<std::string>(s, "varchar(255)", {"", "Abc", "abc "});
    round_trip_both<text<3>>(s, "varchar(3)", {text<3>(""), text<3>("\xf0\x9f\x98\x80\xc3\xa9x")});

    bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(std::byte(i));
    round_trip_both<bytes>(s, "longblob", {bytes{}, bytes(1), all, bytes(1048576, std::byte{7})});
    round_trip_both<bytes>(s, "varbinary(255)", {bytes{}, bytes(1), bytes(255, std::byte{255})});
}

TEST_CASE("mysql values: dates and times") {
    NEED_SERVER();
    settings s;
    using namespace std::chrono;
    using namespace std::chrono_literals;
    round_trip_both<date>(s, "date",
                          {1y / 1 / 1, 1969y / 12 / 31, 2024y / 2 / 29, 9999y / 12 / 31});
    auto const clock = [](std::int64_t micros) { return time_of_day::from_microseconds(micros); };
    round_trip_both<time_of_day>(s, "time(6)",
                                 {clock(0), clock(1), clock(3600000000), clock(86399999999)});
    auto const first = sys_days(1y / 1 / 1);
    auto const latest = sys_days(9999y / 12 / 31) + 24h - 1us;
    std::deque<instant> moments{instant(first),
                                instant(latest),
                                instant(0us),
                                instant(-1us),
                                instant(sys_days(2024y / 2 / 29) + 1us),
                                instant(sys_days(2000y / 1 / 1) + 13h)};
    round_trip_both(s, "datetime(6)", moments);
    std::deque<timestamp> local;
    for (auto const moment : moments) local.emplace_back(moment.time_since_epoch());
    round_trip_both(s, "datetime(6)", local);
}

TEST_CASE("mysql values: uuid, json, enumerations and types with a codec") {
    NEED_SERVER();
    settings s;
    round_trip_both<uuid>(
        s, "binary(16)",
        {uuid{}, uuid::random(), uuid::from_string("ffffffff-ffff-ffff-ffff-ffffffffffff")});
    auto const id = uuid::ordered();
    CHECK(one<uuid>(*s.c, "SELECT CAST(? AS char(36))", id.to_string()) == id);
    // the type of columns that keep the text; MySQL's json does not
    round_trip_both<json>(
        s, is_mariadb(*s.c) ? "json" : "longtext",
        {json("null"), json(R"({"a":[1,2.50,"\u00e9"],"b":"é"})"), json("12345678901234567890")});
    round_trip_both<colour>(s, "varchar(9) CHECK (v IN ('red','deep_blue'))",
                            {colour::red, colour::deep_blue});
    CHECK(error_of([&] { one<colour>(*s.c, "SELECT 'green'"); }).kind == error_kind::value_invalid);
    CHECK(error_of([&] { one<json>(*s.c, "SELECT ?", json("{bad")); }).kind ==
          error_kind::value_invalid);

    auto const warm = one<celsius>(*s.c, "SELECT CAST(? AS decimal(9,2))", celsius{36.6});
    CHECK(std::abs(warm.degrees - 36.6) < 1e-9);
    std::string const long_text(300, 'n');
    CHECK(one<note>(*s.c, "SELECT CONCAT(?, '') FROM DUAL WHERE ? <> ?", note{long_text}, note{"a"},
                    note{"b"}) == note{long_text});
    CHECK(one<std::optional<note>>(*s.c, "SELECT CAST(? AS char)", std::optional<note>{}) ==
          std::nullopt);
    std::deque<note> many(5000, note{"n"});
    s.c->script("CREATE TEMPORARY TABLE notes (v varchar(100))");
    CHECK(bulk(*s.c, "notes", "v", many) == 5000);
    CHECK(one<std::int64_t>(*s.c, "SELECT count(*) FROM notes WHERE v = '<n>'") == 5000);
}

TEST_CASE("mysql values: what cannot be sent is refused before it is sent") {
    NEED_SERVER();
    auto const c = connect();
    auto const kind_of = [&](auto const& value) {
        auto const info = error_of([&] { one<std::string>(*c, "SELECT ?", value); });
        CHECK(info.outcome == outcome::not_sent);
        return info.kind;
    };
    using namespace std::chrono;
    using namespace std::string_literals;
    CHECK(kind_of("a\0b"s) == error_kind::text_invalid);
    CHECK(error_of([&] {
              one<std::string>(*c, "SELECT ?", "\xff"s);
          }).message.find("placeholder 1") != std::string::npos);
    CHECK(kind_of("\xff"s) == error_kind::text_invalid);
    CHECK(kind_of("\xed\xa0\x80"s) == error_kind::text_invalid);
    CHECK(kind_of(date(2023y / 2 / 30)) == error_kind::out_of_range);
    CHECK(kind_of(date(10000y / 1 / 1)) == error_kind::out_of_range);
    CHECK(kind_of(instant(sys_days(10000y / 1 / 1))) == error_kind::out_of_range);
    CHECK(kind_of(colour(5)) == error_kind::value_invalid);
    CHECK(one<std::string>(*c, "SELECT ?", "fine"s) == "fine");
}

TEST_CASE("mysql values: what does not fit the program's type is an error, never a change") {
    NEED_SERVER();
    auto const c = connect();
    auto const kind_of = [&]<class T>(T, std::string sql) {
        auto const info = error_of([&] { one<T>(*c, "SELECT " + sql + " AS answer"); });
        CHECK(info.columns == std::vector<std::string>{"answer"});
        CHECK(info.connection_usable);
        return info.kind;
    };
    using enum error_kind;
    CHECK(kind_of(std::int8_t(), "128") == out_of_range);
    CHECK(kind_of(std::int32_t(), "2147483648") == out_of_range);
    CHECK(kind_of(std::uint8_t(), "-1") == out_of_range);
    CHECK(kind_of(std::uint64_t(), "-1") == out_of_range);
    CHECK(kind_of(std::int64_t(), "18446744073709551615") == out_of_range);
    CHECK(kind_of(bool(), "2") == out_of_range);
    CHECK(kind_of(std::int64_t(), "'12'") == type_mismatch);
    CHECK(kind_of(std::int64_t(), "1e0") == type_mismatch);
    CHECK(kind_of(std::int64_t(), "1.5") == type_mismatch);
    CHECK(kind_of(std::string(), "12") == type_mismatch);
    CHECK(kind_of(std::string(), "x'00'") == type_mismatch);
    CHECK(kind_of(bytes(), "'a'") == type_mismatch);
    CHECK(kind_of(double(), "'1.5'") == type_mismatch);
    CHECK(kind_of(date(), "'2024-01-01'") == type_mismatch);
    CHECK(kind_of(instant(), "DATE '2024-01-01'") == type_mismatch);
    CHECK(kind_of(uuid(), "x'0011'") == value_invalid);
    CHECK(kind_of(time_of_day(), "TIME '25:00:00'") == out_of_range);
    CHECK(kind_of(time_of_day(), "TIME '-00:00:01'") == out_of_range);
    CHECK(kind_of(float(), "1e300") == out_of_range);
    CHECK(kind_of(text<2>(), "'abc'") == value_too_long);
    CHECK(kind_of(std::int64_t(), "CAST(NULL AS signed)") == null_value);
    CHECK(kind_of(std::string(), "CAST(NULL AS char)") == null_value);
    CHECK(kind_of(double(), "NULL") == null_value);
    CHECK(one<std::int64_t>(
              *c, "SELECT sum(v) FROM (SELECT 9223372036854775806 v UNION ALL SELECT 1) t") ==
          INT64_MAX);
    CHECK(one<std::uint64_t>(
              *c, "SELECT sum(v) FROM (SELECT 18446744073709551614 v UNION ALL SELECT 1) t") ==
          UINT64_MAX);
    CHECK(one<double>(*c, "SELECT avg(v) FROM (SELECT 1 v UNION ALL SELECT 2) t") == 1.5);
    CHECK(one<double>(*c, "SELECT 7") == 7);
}

TEST_CASE("mysql values: a zero date in an old table is an error") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMPORARY TABLE zeros (d date, t datetime(6))");
    c->script("SET sql_mode = ''");
    c->script("INSERT INTO zeros VALUES ('0000-00-00', '2024-00-01 00:00:00')");
    CHECK(error_of([&] { one<date>(*c, "SELECT d FROM zeros"); }).kind == error_kind::out_of_range);
    CHECK(error_of([&] { one<timestamp>(*c, "SELECT t FROM zeros"); }).kind ==
          error_kind::out_of_range);
}
