// SPDX-License-Identifier: BSL-1.0
//
// Values through the SQLite driver: every kind at its edges, both ways of binding, wrong cells.

#include "sqlite_support.hpp"

#include <cmath>
#include <limits>

enum class colour : std::uint8_t { red, green = 7 };
template <>
inline constexpr auto relata::names<colour> = relata::enumerators<colour::red, colour::green>;

struct celsius {
    double degrees = 0;
    bool operator==(celsius const&) const = default;
};
template <> struct relata::codec<celsius> {
    using stored = std::string;
    static std::string encode(celsius c) {
        return std::to_string(c.degrees) + " degrees of Celsius";
    }
    static celsius decode(std::string const& text) { return {std::stod(text)}; }
};
struct badge {
    relata::uuid id;
    bool operator==(badge const&) const = default;
};
template <> struct relata::codec<badge> {
    using stored = relata::uuid;
    static relata::uuid encode(badge const& b) { return b.id; }
    static badge decode(relata::uuid const& id) { return {id}; }
};

namespace {

using namespace driver_tests;
using std::chrono::microseconds;

template <class T> T round_trip(driver::connection& c, std::string const& type, T const& value) {
    c.script("DROP TABLE IF EXISTS t; CREATE TABLE t (v " + type + ") STRICT");
    execute(c, "INSERT INTO t (v) VALUES (?1)", value);
    // the same from an object, through a source plan
    type_info const* const types[] = {&type_of<T>};
    one<T> const object{value};
    auto const insert = c.prepare("INSERT INTO t (v) VALUES (?1)", types, 1);
    insert->execute_from(plan_of_one<T>(), 1, &object);
    CHECK(insert->affected() == 1);
    auto const back = column<T>(c, "SELECT v FROM t ORDER BY rowid");
    REQUIRE(back.size() == 2);
    CHECK(back[0] == back[1]);
    return back[0];
}

template <class T> void keeps(std::string const& type, std::initializer_list<T> values) {
    auto const c = connect_sqlite();
    for (T const& value : values) CHECK(round_trip(*c, type, value) == value);
    CHECK_FALSE(round_trip(*c, type, std::optional<T>()).has_value());
    for (T const& value : values) CHECK(round_trip(*c, type, std::optional<T>(value)) == value);
}

template <class T> void keeps_limits(char const* type = "INTEGER") {
    using limits = std::numeric_limits<T>;
    keeps<T>(type, {limits::min(), T(0), T(1), limits::max()});
}

// What reading the value of an SQL expression as T throws.
template <class T> error_info misread(std::string const& expression) {
    auto const c = connect_sqlite();
    return thrown([&] { column<T>(*c, "SELECT " + expression + " AS value"); });
}

}  // namespace

TEST_CASE("sqlite values: integers keep their limits") {
    keeps<bool>("INTEGER", {false, true});
    keeps_limits<std::int8_t>();
    keeps_limits<std::int16_t>();
    keeps_limits<std::int32_t>();
    keeps_limits<std::int64_t>();
    keeps_limits<std::uint8_t>();
    keeps_limits<std::uint16_t>();
    keeps_limits<std::uint32_t>();
    keeps_limits<std::uint64_t>("TEXT CHECK (length(v) = 20)");
}

TEST_CASE("sqlite values: floats keep every bit") {
    using d = std::numeric_limits<double>;
    keeps<double>("REAL", {0.0, -1.5, 0.1 + 0.2, d::max(), d::lowest(), d::min(), d::denorm_min()});
    using f = std::numeric_limits<float>;
    keeps<float>("REAL", {0.0f, 0.1f, 16777217.0f, f::max(), f::lowest(), f::denorm_min()});
    auto const c = connect_sqlite();
    CHECK(round_trip(*c, "REAL", -0.0) == 0.0);
    for (double const bad : {d::quiet_NaN(), d::infinity(), -d::infinity()}) {
        auto const e = thrown([&] { round_trip(*c, "REAL", bad); });
        CHECK(e.kind == error_kind::out_of_range);
        CHECK(e.outcome == outcome::not_sent);
    }
    CHECK(misread<float>("1e300").kind == error_kind::out_of_range);
    CHECK(column<double>(*c, "SELECT 7") == std::vector<double>{7.0});
}

TEST_CASE("sqlite values: decimals are exact in any width") {
    using price = decimal<10, 2>;
    keeps<price>("INTEGER",
                 {price(), "-0.01"_dec, "19.90"_dec, "99999999.99"_dec, "-99999999.99"_dec});
    using fraction = decimal<18, 18>;
    keeps<fraction>("INTEGER", {"0.999999999999999999"_dec, "-0.000000000000000001"_dec});
    using wide = decimal<38, 10>;
    keeps<wide>("TEXT CHECK (length(v) = 39)",
                {wide(), "-0.0000000001"_dec, "9999999999999999999999999999.9999999999"_dec,
                 "-9999999999999999999999999999.9999999999"_dec});
    CHECK(misread<decimal<4, 2>>("123456").kind == error_kind::out_of_range);
    CHECK(misread<decimal<4, 2>>("1.5").kind == error_kind::type_mismatch);
    auto const c = connect_sqlite();
    // sums of narrow decimals are integers also where they are read as wide ones
    CHECK(column<wide>(*c, "SELECT 15")[0] == wide::from_mantissa(15));
}

TEST_CASE("sqlite values: wide decimals and uint64 sort as numbers") {
    auto const c = connect_sqlite();
    c->script("CREATE TABLE t (d TEXT, u TEXT) STRICT");
    using wide = decimal<30, 0>;
    for (std::int64_t const n : {5, -100, 40, -3, 0})
        execute(*c, "INSERT INTO t VALUES (?1, ?2)", wide(n), std::uint64_t(n < 0 ? -n : n));
    CHECK(column<wide>(*c, "SELECT d FROM t ORDER BY d") ==
          std::vector<wide>{wide(-100), wide(-3), wide(0), wide(5), wide(40)});
    CHECK(column<std::uint64_t>(*c, "SELECT max(u) FROM t")[0] == 100);
}

TEST_CASE("sqlite values: text is UTF-8 of any length") {
    keeps<std::string>("TEXT", {"", " ", "a'b\"c", "na\xC3\xAFve", "\xF0\x9F\x8E\xB7", "line\nline",
                                std::string(1 << 20, 'x')});
    keeps<text<3>>("TEXT",
                   {text<3>("\xF0\x9F\x8E\xB7\xF0\x9F\x8E\xB7\xF0\x9F\x8E\xB7"), text<3>("")});
    auto const c = connect_sqlite();
    CHECK(thrown([&] { round_trip(*c, "TEXT", std::string("a\0b", 3)); }).kind ==
          error_kind::text_invalid);
    CHECK(thrown([&] { round_trip(*c, "TEXT", std::string("\xFF")); }).kind ==
          error_kind::text_invalid);
    CHECK(misread<text<3>>("'abcd'").kind == error_kind::value_too_long);
    // written by a program that did not care; at each place of a word
    for (std::string const before : {"", "abc", "1234567", "12345678", "1234567890123456789"}) {
        CHECK(misread<std::string>("CAST('" + before + "' || CAST(x'ff' AS TEXT) AS TEXT)").kind ==
              error_kind::text_invalid);
        CHECK(misread<std::string>("CAST(CAST(x'c3' AS TEXT) || '" + before + "' AS TEXT)").kind ==
              error_kind::text_invalid);
    }
}

TEST_CASE("sqlite values: bytes, uuid, json") {
    keeps<bytes>("BLOB", {bytes(), bytes(3), bytes(1 << 20, std::byte(0xff))});
    keeps<uuid>("BLOB CHECK (length(v) = 16)", {uuid(), uuid::random()});
    keeps<json>("TEXT CHECK (json_valid(v))", {json(), json("{\"a\": [1, \"\xC3\xA4\"]}")});
    auto const c = connect_sqlite();
    CHECK(thrown([&] { round_trip(*c, "TEXT", json("{")); }).kind == error_kind::value_invalid);
    CHECK(misread<uuid>("x'00'").kind == error_kind::value_invalid);
}

TEST_CASE("sqlite values: dates and times keep years 1 to 9999 and microseconds") {
    using namespace std::chrono;
    date const first = year(1) / 1 / 1, leap = year(2024) / 2 / 29, latest = year(9999) / 12 / 31;
    keeps<date>("TEXT", {first, date(year(1969) / 12 / 31), leap, latest});
    keeps<time_of_day>("TEXT",
                       {time_of_day(), time_of_day(23, 59, 59, 999999), time_of_day(0, 0, 0, 1)});
    keeps<timestamp>("TEXT CHECK (length(v) = 26)",
                     {timestamp(microseconds(min_timestamp)), timestamp(microseconds(-1)),
                      timestamp(microseconds(0)), timestamp(microseconds(max_timestamp))});
    keeps<instant>("TEXT",
                   {instant(microseconds(min_timestamp)), instant(microseconds(1700000000123456)),
                    instant(microseconds(max_timestamp))});
    auto const c = connect_sqlite();
    CHECK(thrown([&] { round_trip(*c, "TEXT", date(year(2023) / 2 / 30)); }).kind ==
          error_kind::out_of_range);
    CHECK(thrown([&] {
              round_trip(*c, "TEXT", timestamp(microseconds(max_timestamp + 1)));
          }).kind == error_kind::out_of_range);
    round_trip(*c, "TEXT", instant(microseconds(-1)));
    CHECK(column<std::string>(*c, "SELECT v FROM t")[0] == "1969-12-31 23:59:59.999999");
    CHECK(misread<date>("'2023-02-30'").kind == error_kind::value_invalid);
    CHECK(misread<timestamp>("'yesterday'").kind == error_kind::value_invalid);
    CHECK(misread<timestamp>("1700000000").kind == error_kind::type_mismatch);
}

TEST_CASE("sqlite values: enumerations and types with a codec") {
    keeps<colour>("TEXT CHECK (v IN ('red', 'green'))", {colour::red, colour::green});
    keeps<celsius>("TEXT", {celsius{-12.5}, celsius{1000}});
    keeps<badge>("BLOB", {badge{uuid::random()}});
    CHECK(misread<colour>("'blue'").kind == error_kind::value_invalid);
    auto const c = connect_sqlite();
    CHECK(thrown([&] { round_trip(*c, "TEXT", colour(3)); }).kind == error_kind::value_invalid);
}

TEST_CASE("sqlite values: a wrong cell is an error that names its column, never a changed value") {
    CHECK(misread<std::int64_t>("NULL").kind == error_kind::null_value);
    CHECK(misread<std::string>("NULL").kind == error_kind::null_value);
    CHECK(misread<double>("NULL").kind == error_kind::null_value);
    CHECK(misread<std::int64_t>("'12'").kind == error_kind::type_mismatch);
    CHECK(misread<std::int64_t>("1.0").kind == error_kind::type_mismatch);
    CHECK(misread<double>("'1.0'").kind == error_kind::type_mismatch);
    CHECK(misread<std::string>("12").kind == error_kind::type_mismatch);
    CHECK(misread<std::string>("x'41'").kind == error_kind::type_mismatch);
    CHECK(misread<bytes>("'a'").kind == error_kind::type_mismatch);
    CHECK(misread<std::int8_t>("128").kind == error_kind::out_of_range);
    CHECK(misread<std::uint32_t>("-1").kind == error_kind::out_of_range);
    CHECK(misread<std::uint64_t>("-1").kind == error_kind::out_of_range);
    CHECK(misread<bool>("2").kind == error_kind::value_invalid);
    auto const e = misread<std::optional<std::int32_t>>("3000000000");
    CHECK(e.kind == error_kind::out_of_range);
    CHECK(e.columns == std::vector<std::string>{"value"});
}
