// SPDX-License-Identifier: BSL-1.0
// Values of the mock driver: what a script gives is what a program reads, or an error.

#include "mock_support.hpp"

#include "docs/music.hpp"

#include <relata/mock.hpp>

#include <catch2/catch.hpp>

#include <limits>

using namespace relata;
using Catch::Contains;

namespace mock_values {
enum class mood { calm, loud };
}
template <>
inline constexpr auto relata::names<mock_values::mood> =
    relata::enumerators<mock_values::mood::calm, mock_values::mood::loud>;

namespace {

using mock_values::mood;

constexpr date first_of_may{std::chrono::year(2024), std::chrono::May, std::chrono::day(1)};

// A script with one row of one cell, read as T.
template <class T> T read(mock::cell given) {
    mock::server server;
    server.on("select x").returns({mock::row{std::move(given)}});
    return open(server.url()).one(sql_query<"SELECT x", T>()).m0;
}

template <class T> error_info refused_as(mock::cell given) {
    return mock_tests::refused([&] { read<T>(std::move(given)); });
}

template <class T> void same(T const& value) {
    CHECK(read<T>(value) == value);
    CHECK(read<std::optional<T>>(std::optional<T>(value)) == value);
    CHECK_FALSE(read<std::optional<T>>(nullptr));
    CHECK_FALSE(read<std::optional<T>>(std::optional<T>()));
    CHECK(refused_as<T>(nullptr).kind == error_kind::null_value);
}

template <class T> void whole_range() {
    same(std::numeric_limits<T>::min());
    same(std::numeric_limits<T>::max());
}

}  // namespace

TEST_CASE("mock values: every type is read as it was given") {
    same(true);
    same(false);
    whole_range<std::int8_t>();
    whole_range<std::int16_t>();
    whole_range<std::int32_t>();
    whole_range<std::int64_t>();
    whole_range<std::uint8_t>();
    whole_range<std::uint16_t>();
    whole_range<std::uint32_t>();
    whole_range<std::uint64_t>();
    same(1.5f);
    same(-0.1);
    same(decimal<10, 2>("19.90"_dec));
    same(decimal<38, 10>::max());
    same(decimal<38, 0>::min());
    same(std::string("gr\xc3\xbc\xc3\x9f"));
    same(std::string());
    same(text<5>("abcde"));
    same(std::vector<std::byte>{std::byte(0), std::byte(255)});
    same(first_of_may);
    same(time_of_day(23, 59, 59, 999999));
    same(timestamp(std::chrono::microseconds(-1)));
    same(instant(std::chrono::microseconds(1)));
    same(uuid::from_string("00112233-4455-6677-8899-aabbccddeeff"));
    same(json("{\"a\": [1, null]}"));
    same(mood::loud);
}

TEST_CASE("mock values: a wrong type is found") {
    auto const wrong = refused_as<int>("seven");
    CHECK(wrong.kind == error_kind::type_mismatch);
    CHECK(wrong.message ==
          "row 1 of the script has text in column 1, the program reads an integer");
    CHECK(wrong.columns == std::vector<std::string>{"column 1"});
    CHECK(refused_as<std::string>(7).kind == error_kind::type_mismatch);
    CHECK(refused_as<int>(true).kind == error_kind::type_mismatch);
    CHECK(refused_as<bool>(1).kind == error_kind::type_mismatch);
    CHECK(refused_as<decimal<10, 2>>(1.5).kind == error_kind::type_mismatch);
    CHECK(refused_as<instant>(timestamp()).kind == error_kind::type_mismatch);
    CHECK(refused_as<timestamp>(instant()).kind == error_kind::type_mismatch);
    CHECK(refused_as<uuid>("00112233-4455-6677-8899-aabbccddeeff").kind ==
          error_kind::type_mismatch);
    CHECK(refused_as<std::int8_t>(128).kind == error_kind::out_of_range);
    CHECK(refused_as<std::uint64_t>(-1).kind == error_kind::out_of_range);
    CHECK(refused_as<std::int64_t>(std::uint64_t(1) << 63).kind == error_kind::out_of_range);
    CHECK(refused_as<decimal<10, 2>>("1.005"_dec).kind == error_kind::out_of_range);
    CHECK(refused_as<decimal<3, 2>>("10.00"_dec).kind == error_kind::out_of_range);
    CHECK(refused_as<text<2>>("abc").kind == error_kind::value_too_long);
    CHECK(refused_as<mood>("wild").kind == error_kind::value_invalid);
}

TEST_CASE("mock values: numbers of another kind are read where nothing is lost") {
    CHECK(read<double>(3) == 3.0);
    CHECK(read<double>("1.5"_dec) == 1.5);
    CHECK(read<decimal<10, 2>>(3) == 3);
    CHECK(read<decimal<10, 2>>("1.500"_dec) == "1.50"_dec);
    CHECK(read<decimal<38, 38>>(0) == decimal<38, 38>());
    CHECK(read<std::int64_t>("3.00"_dec) == 3);
    CHECK(refused_as<std::int64_t>("3.50"_dec).kind == error_kind::out_of_range);
    CHECK(read<mood>("calm") == mood::calm);
}

TEST_CASE("mock values: what no database would take is no cell") {
    CHECK_THROWS_AS(mock::cell("\xff"), error);
    CHECK_THROWS_AS(mock::cell(std::numeric_limits<double>::infinity()), error);
    CHECK_THROWS_AS(mock::cell(mood(7)), error);
}

TEST_CASE("mock values: cells are compared by value and shown for tests") {
    CHECK(mock::cell(1) == mock::cell(std::uint64_t(1)));
    CHECK(mock::cell("1.5"_dec) == mock::cell(decimal<10, 2>("1.50"_dec)));
    CHECK(mock::cell(2) == mock::cell("2.00"_dec));
    CHECK_FALSE(mock::cell(1) == mock::cell(1.0));
    CHECK_FALSE(mock::cell(0) == mock::cell(nullptr));
    CHECK_FALSE(mock::cell("1") == mock::cell(1));
    CHECK(mock::cell(mock::anything) == mock::cell("x"));

    mock::row const all{
        nullptr,     7,   "it's",       true,
        "19.90"_dec, 1.5, first_of_may, std::vector<std::byte>{std::byte(0), std::byte(255)}};
    CHECK(all.text() == "[NULL, 7, 'it''s', true, 19.90, 1.5, 2024-05-01, x'00ff']");
    CHECK(mock::cell(std::numeric_limits<std::uint64_t>::max()).text() == "18446744073709551615");
    CHECK(mock::cell(instant()).text() == "1970-01-01 00:00:00.000000Z");
    CHECK(mock::cell(uuid::from_string("00112233-4455-6677-8899-aabbccddeeff")).text() ==
          "00112233-4455-6677-8899-aabbccddeeff");
}

TEST_CASE("mock values: rows are as wide as the program reads") {
    mock::server server;
    server.on("select * from artists").returns({{1, "a", "too many"}}).once();
    server.on("select * from artists").returns({{1}}).once();
    auto const db = open(server.url());
    CHECK_THROWS_WITH(db.all(from<artist>()), Contains("has 3 values, the program reads 2"));
    CHECK_THROWS_WITH(db.all(from<artist>()), Contains("has 1 values, the program reads 2"));
}

TEST_CASE("mock values: objects and cells make the rows of a join") {
    mock::server server;
    auto const joined = from<album>().join<artist>().select(all<album>(), col<&artist::name>);
    auto const outer = from<artist>().left_join<album>().select(col<&artist::name>, all<album>());
    album const train{1, "Blue Train", 4, "19.90"_dec, first_of_may};
    server.on(joined).returns({mock::row(train) + mock::row{"John Coltrane"}});
    mock::row const no_album{nullptr, nullptr, nullptr, nullptr, nullptr};
    server.on(outer).returns({mock::row{"Nobody"} + no_album, mock::row{"Coltrane"} + train});
    auto const db = open(server.url());

    auto const [found, name] = db.one(joined);
    CHECK(found.artist_id == 4);
    CHECK(found.released == first_of_may);
    CHECK(name == "John Coltrane");
    auto const rows = db.all(outer);
    REQUIRE(rows.size() == 2);
    CHECK_FALSE(rows[0].m1);
    CHECK(rows[1].m1->title == "Blue Train");
}
