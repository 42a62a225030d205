// SPDX-License-Identifier: BSL-1.0
// Every kind of value, at its edges, to a PostgreSQL server and back.
#if __has_include(<relata/postgresql.hpp>)
#include "own_types.hpp"
#include "postgresql_server.hpp"

#include <cmath>
#include <deque>
#include <limits>

using namespace relata;
using namespace relata::literals;
using namespace postgresql_test;

namespace {

// Through a column of the type that storage gives to the kind, as a parameter, as a member, as
// NULL, and in a bulk insert.
// (A deque: a vector of bool has no addresses.)
template <class T>
void round_trip(driver::connection& c, std::string_view type, std::deque<T> const& values) {
    INFO("column of type " << type);
    c.script("CREATE TEMP TABLE round_trip (id integer GENERATED ALWAYS AS IDENTITY, v " +
             std::string(type) + ")");
    auto const insert = prepare<T>(c, "INSERT INTO round_trip (v) VALUES ($1)");
    auto const select = prepare<>(c, "SELECT v FROM round_trip ORDER BY id");
    field const plan = make_field(type_of<T>, 0, 0);
    for (auto const& value : values) execute(*insert, value);
    for (auto const& value : values) insert->execute_from(&plan, 1, &value);

    CHECK(bulk(c, "round_trip", "v", values, "$1") == std::int64_t(values.size()));

    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        select->expect(mode);
        execute(*select);
        auto const back = rows<T>(*select);
        REQUIRE(back.size() == 3 * values.size());
        for (std::size_t i = 0; i < back.size(); ++i) CHECK(back[i] == values[i % values.size()]);
    }
    c.script("DROP TABLE round_trip");
}

template <class T>
void round_trip_both(driver::connection& c, std::string_view type, std::deque<T> const& values) {
    round_trip(c, type, values);
    std::deque<std::optional<T>> optional(values.begin(), values.end());
    optional.insert(optional.begin() + 1, std::nullopt);
    round_trip(c, type, optional);
}

template <class T> void round_trip_integer(driver::connection& c, std::string_view type) {
    using limits = std::numeric_limits<T>;
    round_trip_both<T>(c, type, {limits::min(), T(0), T(1), T(100), limits::max()});
}

std::vector<std::byte> bytes_of(std::string_view text) {
    std::vector<std::byte> out;
    for (char ch : text) out.push_back(std::byte(ch));
    return out;
}

date day(int y, unsigned m, unsigned d) {
    return date(std::chrono::year(y), std::chrono::month(m), std::chrono::day(d));
}

std::string const many = [] {
    std::string out;
    while (out.size() < 1048576) out += "0123456789abcde\xF0\x9F\x98\x80";
    return out;
}();

}  // namespace

TEST_CASE("postgresql values: integers of every width keep their limits") {
    NEED_SERVER();
    auto const c = connect();
    round_trip_both<bool>(*c, "boolean", {true, false});
    round_trip_integer<std::int8_t>(*c, "smallint");
    round_trip_integer<std::int16_t>(*c, "smallint");
    round_trip_integer<std::int32_t>(*c, "integer");
    round_trip_integer<std::int64_t>(*c, "bigint");
    round_trip_integer<std::uint8_t>(*c, "smallint");
    round_trip_integer<std::uint16_t>(*c, "integer");
    round_trip_integer<std::uint32_t>(*c, "bigint");
    round_trip_integer<std::uint64_t>(*c, "numeric(20,0)");
}

TEST_CASE("postgresql values: floating-point numbers keep every bit") {
    NEED_SERVER();
    auto const c = connect();
    using f = std::numeric_limits<float>;
    using d = std::numeric_limits<double>;
    round_trip_both<float>(*c, "real",
                           {0.0f, f::min(), f::max(), f::lowest(), f::denorm_min(), 0.1f});
    round_trip_both<double>(*c, "double precision",
                            {0.0, d::min(), d::max(), d::lowest(), d::denorm_min(), 0.1});
    CHECK_FALSE(std::signbit(one<double>(*c, "SELECT $1", -0.0)));
    CHECK_FALSE(std::signbit(one<float>(*c, "SELECT $1", -0.0f)));
}

TEST_CASE("postgresql values: decimals are exact at every scale") {
    NEED_SERVER();
    auto const c = connect();
    using money = decimal<10, 2>;
    round_trip_both<money>(*c, "numeric(10,2)",
                           {"0"_dec, "0.01"_dec, "-0.01"_dec, "12345678.90"_dec, "99999999.99"_dec,
                            "-99999999.99"_dec, "100"_dec});
    round_trip_both<decimal<18, 18>>(*c, "numeric(18,18)",
                                     {"0.999999999999999999"_dec, "-0.000000000000000001"_dec});
    round_trip_both<decimal<18, 0>>(
        *c, "numeric(18,0)", {"999999999999999999"_dec, "-10000"_dec, "10000000000000000"_dec});
    round_trip_both<decimal<5, 3>>(*c, "numeric(5,3)", {"99.999"_dec, "0.1"_dec, "10.01"_dec});
    round_trip_both<decimal<38, 0>>(*c, "numeric(38,0)",
                                    {"99999999999999999999999999999999999999"_dec, "-1"_dec});
    round_trip_both<decimal<38, 38>>(*c, "numeric(38,38)",
                                     {"0.99999999999999999999999999999999999999"_dec,
                                      "-0.00000000000000000000000000000000000001"_dec});
    round_trip_both<decimal<38, 19>>(*c, "numeric(38,19)",
                                     {"-9999999999999999999.9999999999999999999"_dec, "1.5"_dec});
    // the text that the server makes of it is independent of our reading
    CHECK(one<std::string>(*c, "SELECT $1::text",
                           decimal<38, 19>("-1200000000000000034.0000000000000000056"_dec)) ==
          "-1200000000000000034.0000000000000000056");
}

TEST_CASE("postgresql values: every scale of a decimal reads what the server computes") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<std::int32_t>(
        *c, "SELECT (123456789::numeric * 10000000000) / power(10::numeric, $1)");
    for (std::int32_t scale = 0; scale <= 18; ++scale) {
        execute(*s, scale);
        std::int64_t mantissa = 0;
        type_info type = type_of<decimal<18, 0>>;
        type.precision = 19;
        type.scale = std::uint8_t(scale);
        field const plan = make_field(type, 0, 0);
        REQUIRE(s->fetch(&plan, 1, &mantissa, 8, 1) == 1);
        CHECK(mantissa == 1234567890000000000);
        s->finish();
    }
}

TEST_CASE("postgresql values: text and bytes of any length and alphabet") {
    NEED_SERVER();
    auto const c = connect();
    std::deque<std::string> const texts = {"a",         "",
                                           "trailing ", "tab\t\"quote\" 'q' \\ %",
                                           "\xC3\xA9",  "\xF0\x9F\x98\x80 \xE2\x82\xAC",
                                           "NULL",      many};
    round_trip_both<std::string>(*c, "text COLLATE \"C\"", texts);
    round_trip_both<text<12>>(
        *c, "varchar(12) COLLATE \"C\"",
        {text<12>("x"), text<12>(""), text<12>("\xF0\x9F\x98\x80\xF0\x9F\x98\x80twelve_pts")});
    round_trip_both<std::vector<std::byte>>(
        *c, "bytea", {bytes_of("x"), {}, bytes_of(std::string("\0\xFF\x80\n", 4)), bytes_of(many)});
}

TEST_CASE("postgresql values: dates and times from year 1 to 9999") {
    NEED_SERVER();
    auto const c = connect();
    round_trip_both<date>(
        *c, "date",
        {day(2000, 1, 1), day(1, 1, 1), day(9999, 12, 31), day(1969, 12, 31), day(2024, 2, 29)});
    round_trip_both<time_of_day>(
        *c, "time(6)",
        {time_of_day(0, 0), time_of_day(23, 59, 59, 999999), time_of_day(1, 2, 3, 4)});
    std::vector<std::int64_t> const micros = {
        0, 1, -1, min_timestamp, max_timestamp, 1700000000123456, 946684800000000};
    std::deque<timestamp> local;
    std::deque<instant> points;
    for (auto m : micros) {
        local.emplace_back(std::chrono::microseconds(m));
        points.emplace_back(std::chrono::microseconds(m));
    }
    round_trip_both(*c, "timestamp(6)", local);
    round_trip_both(*c, "timestamptz(6)", points);
    CHECK(one<std::string>(*c, "SELECT $1::text", points[5]) == "2023-11-14 22:13:20.123456+00");
    CHECK(one<std::string>(*c, "SELECT $1::text", day(1, 1, 1)) == "0001-01-01");
}

TEST_CASE("postgresql values: uuid, json, enumerations and types with a codec") {
    NEED_SERVER();
    auto const c = connect();
    round_trip_both<uuid>(*c, "uuid",
                          {uuid::from_string("00112233-4455-6677-8899-aabbccddeeff"), uuid{}});
    std::deque<json> const documents = {json("{ \"b\" : [1, 2.50, null], \"a\":\"\xC3\xA9\" }"),
                                        json("null"), json("0")};
    c->script("CREATE TEMP TABLE documents (j json, b jsonb)");
    for (auto const& d : documents) {
        CHECK(one<json>(*c, "SELECT $1", d) == d);
        CHECK(one<std::optional<json>>(*c, "SELECT $1", std::optional<json>(d)) == d);
    }
    CHECK(one<json>(*c, "SELECT '{\"a\": 1}'::jsonb") == json("{\"a\": 1}"));
    round_trip<json>(*c, "jsonb", {json("{\"a\": [1, 2]}"), json("null")});
    round_trip<json>(*c, "json", documents);
    round_trip_both<colour>(*c, "varchar(9) COLLATE \"C\"", {colour::red, colour::deep_blue});

    auto const warm = one<celsius>(*c, "SELECT $1", celsius{36.6});
    CHECK(warm.degrees == Approx(36.6));
    CHECK(one<std::string>(*c, "SELECT $1::text", celsius{36.6}) == "36.60");
    CHECK(one<note>(*c, "SELECT $1", note{"a"}).text == "a");
    CHECK(one<std::string>(*c, "SELECT $1", note{"long enough to need the heap"}) ==
          "<long enough to need the heap>");
    CHECK_FALSE(one<std::optional<note>>(*c, "SELECT NULL::text"));
}

TEST_CASE("postgresql values: numbers are read across types only where nothing is lost") {
    NEED_SERVER();
    auto const c = connect();
    CHECK(one<std::int64_t>(
              *c, "SELECT sum(x) FROM (VALUES (9223372036854775806::bigint), (1)) v(x)") ==
          INT64_MAX);
    CHECK(one<std::int16_t>(*c, "SELECT 7::bigint") == 7);
    CHECK(one<std::uint64_t>(*c, "SELECT 7::integer") == 7);
    CHECK(one<double>(*c, "SELECT 2.5::numeric") == 2.5);
    CHECK(one<double>(*c, "SELECT avg(x) FROM (VALUES (1), (2)) v(x)") == 1.5);
    CHECK(one<double>(*c, "SELECT 1e300::numeric") == 1e300);
    CHECK(one<double>(*c, "SELECT 0.1::numeric") == 0.1);
    CHECK(one<double>(*c, "SELECT -123456789.000000001::numeric") == -123456789.000000001);
    CHECK(one<decimal<10, 2>>(*c, "SELECT 7::integer") == decimal<10, 2>("7"_dec));
    auto kind_of_reading = [&]<class T>(T const&, std::string_view sql) {
        return error_of([&] { one<T>(*c, sql); }).kind;
    };
    CHECK(kind_of_reading(std::int16_t(), "SELECT 32768") == error_kind::out_of_range);
    CHECK(kind_of_reading(std::uint8_t(), "SELECT -1") == error_kind::out_of_range);
    CHECK(kind_of_reading(std::uint64_t(), "SELECT -1") == error_kind::out_of_range);
    CHECK(kind_of_reading(std::int64_t(), "SELECT 1.5") == error_kind::out_of_range);
    CHECK(kind_of_reading(std::int64_t(), "SELECT 9223372036854775808") ==
          error_kind::out_of_range);
    CHECK(kind_of_reading(std::uint64_t(), "SELECT 18446744073709551616") ==
          error_kind::out_of_range);
    CHECK(kind_of_reading(decimal<4, 2>(), "SELECT 100.00") == error_kind::out_of_range);
    CHECK(kind_of_reading(decimal<4, 2>(), "SELECT 1.001") == error_kind::out_of_range);
    CHECK(kind_of_reading(decimal<38, 2>(), "SELECT 1e60::numeric") == error_kind::out_of_range);
    CHECK(kind_of_reading(decimal<4, 2>(), "SELECT 'NaN'::numeric") == error_kind::out_of_range);
    CHECK(kind_of_reading(float(), "SELECT 1e39::float8") == error_kind::out_of_range);
}

TEST_CASE("postgresql values: what does not fit the program's type is refused and named") {
    NEED_SERVER();
    auto const c = connect();
    auto refusal = [&]<class T>(T const&, std::string_view sql) {
        auto const info = error_of([&] { one<T>(*c, sql); });
        CHECK(info.columns == std::vector<std::string>{"v"});
        CHECK(info.connection_usable);
        return info.kind;
    };
    CHECK(refusal(std::int32_t(), "SELECT NULL::integer AS v") == error_kind::null_value);
    CHECK(refusal(std::string(), "SELECT NULL::text AS v") == error_kind::null_value);
    CHECK(refusal(double(), "SELECT NULL::numeric AS v") == error_kind::null_value);
    CHECK(refusal(uuid(), "SELECT NULL::uuid AS v") == error_kind::null_value);
    CHECK(refusal(std::int32_t(), "SELECT '1'::text AS v") == error_kind::type_mismatch);
    CHECK(refusal(std::string(), "SELECT 1 AS v") == error_kind::type_mismatch);
    CHECK(refusal(std::int32_t(), "SELECT 1.5::float8 AS v") == error_kind::type_mismatch);
    CHECK(refusal(true, "SELECT 1 AS v") == error_kind::type_mismatch);
    CHECK(refusal(std::string(), "SELECT ''::bytea AS v") == error_kind::type_mismatch);
    CHECK(refusal(date(), "SELECT now() AS v") == error_kind::type_mismatch);
    CHECK(refusal(instant(), "SELECT localtimestamp AS v") == error_kind::type_mismatch);
    CHECK(refusal(std::string(), "SELECT '1 day'::interval AS v") == error_kind::type_mismatch);
    CHECK(refusal(date(), "SELECT 'infinity'::date AS v") == error_kind::out_of_range);
    CHECK(refusal(date(), "SELECT '10000-01-01'::date AS v") == error_kind::out_of_range);
    CHECK(refusal(date(), "SELECT '0001-12-31 BC'::date AS v") == error_kind::out_of_range);
    CHECK(refusal(instant(), "SELECT 'infinity'::timestamptz AS v") == error_kind::out_of_range);
    CHECK(refusal(timestamp(), "SELECT '-infinity'::timestamp AS v") == error_kind::out_of_range);
    CHECK(refusal(time_of_day(), "SELECT '24:00'::time AS v") == error_kind::out_of_range);
    CHECK(refusal(text<3>(), "SELECT 'abcd' AS v") == error_kind::value_too_long);
    CHECK(refusal(colour(), "SELECT 'green' AS v") == error_kind::value_invalid);
    auto const info = error_of([&] { one<bool>(*c, "SELECT 1::numeric AS v"); });
    CHECK(info.message == "a column of type numeric cannot be read as a boolean");
}

TEST_CASE("postgresql values: what the server could not keep never leaves the program") {
    NEED_SERVER();
    auto const c = connect();
    auto refusal = [&](auto const& value) {
        auto const info = error_of([&] { run(*c, "SELECT $1", value); });
        CHECK(info.outcome == outcome::not_sent);
        return info.kind;
    };
    CHECK(refusal(std::string("a\0b", 3)) == error_kind::text_invalid);
    CHECK(refusal(std::string("\xFF")) == error_kind::text_invalid);
    CHECK(refusal(std::numeric_limits<double>::quiet_NaN()) == error_kind::out_of_range);
    CHECK(refusal(std::numeric_limits<double>::infinity()) == error_kind::out_of_range);
    CHECK(refusal(json("{")) == error_kind::value_invalid);
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
}
#endif
