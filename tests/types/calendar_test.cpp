// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/calendar.hpp: every day, every damaged character.

#include <relata/types/calendar.hpp>

#include <catch2/catch.hpp>

#include <cstdio>
#include <cstring>
#include <random>
#include <string>

using namespace relata;

static_assert(days_from_civil({1970, 1, 1}) == 0 && days_from_civil({1969, 12, 31}) == -1);
static_assert(days_from_civil({1, 1, 1}) == min_day && days_from_civil({9999, 12, 31}) == max_day);
static_assert(civil_from_days(min_day) == civil_date{1, 1, 1});
static_assert(civil_from_days(max_day) == civil_date{9999, 12, 31});
static_assert(days_from_civil({2000, 3, 1}) - days_from_civil({2000, 2, 28}) == 2);
static_assert(days_from_civil({1900, 3, 1}) - days_from_civil({1900, 2, 28}) == 1);
static_assert(valid({2000, 2, 29}) && valid({2024, 2, 29}) && !valid({1900, 2, 29}));
static_assert(!valid({2023, 2, 29}) && !valid({2024, 2, 30}) && !valid({2024, 4, 31}));
static_assert(!valid({0, 1, 1}) && !valid({10'000, 1, 1}) && !valid({-1, 1, 1}));
static_assert(!valid({2024, 0, 1}) && !valid({2024, 13, 1}) && !valid({2024, 1, 0}));

namespace {

std::string date_text(std::int32_t days) {
    std::string text(date_text_size, '?');
    return format_date(days, text.data()) ? text : "refused";
}

std::string time_text(std::int64_t micros) {
    std::string text(time_text_size, '?');
    return format_time(micros, text.data()) ? text : "refused";
}

std::string timestamp_text(std::int64_t micros) {
    std::string text(timestamp_text_size, '?');
    return format_timestamp(micros, text.data()) ? text : "refused";
}

constexpr std::int64_t not_read = INT64_MIN;

std::int64_t date_value(std::string const& text) {
    std::int32_t days = 7;
    if (parse_date(text.data(), text.size(), days)) return days;
    return days == 7 ? not_read : 0;
}

std::int64_t time_value(std::string const& text) {
    std::int64_t micros = 7;
    if (parse_time(text.data(), text.size(), micros)) return micros;
    return micros == 7 ? not_read : 0;
}

std::int64_t timestamp_value(std::string const& text) {
    std::int64_t micros = 7;
    if (parse_timestamp(text.data(), text.size(), micros)) return micros;
    return micros == 7 ? not_read : 0;
}

// Digit by digit: the text of a time stamp from its parts.
std::string slow_text(civil_date date, std::int64_t micros) {
    char text[64];
    auto const seconds = static_cast<int>(micros / 1'000'000);
    std::snprintf(text, sizeof text, "%04d-%02u-%02u %02d:%02d:%02d.%06d", date.year, date.month,
                  date.day, seconds / 3600, seconds / 60 % 60, seconds % 60,
                  static_cast<int>(micros % 1'000'000));
    return text;
}

}  // namespace

TEST_CASE("calendar: all 3652059 days go to parts, to text and back", "[types][calendar]") {
    civil_date expected{1, 1, 1};
    unsigned wrong = 0;
    for (std::int32_t day = min_day; day <= max_day; ++day) {
        if (civil_from_days(day) != expected || days_from_civil(expected) != day) ++wrong;
        char text[date_text_size];
        std::int32_t back = 0;
        if (!format_date(day, text) || !parse_date(text, sizeof text, back) || back != day) ++wrong;
        unsigned const year = static_cast<unsigned>(expected.year);
        char const parts[date_text_size] = {static_cast<char>('0' + year / 1000),
                                            static_cast<char>('0' + year / 100 % 10),
                                            static_cast<char>('0' + year / 10 % 10),
                                            static_cast<char>('0' + year % 10),
                                            '-',
                                            static_cast<char>('0' + expected.month / 10),
                                            static_cast<char>('0' + expected.month % 10),
                                            '-',
                                            static_cast<char>('0' + expected.day / 10),
                                            static_cast<char>('0' + expected.day % 10)};
        if (std::memcmp(text, parts, sizeof text) != 0) ++wrong;
        ++expected.day;
        if (valid(expected)) continue;
        expected = {expected.year, expected.month + 1, 1};
        if (!valid(expected)) expected = {expected.year + 1, 1, 1};
    }
    CHECK(wrong == 0);
    CHECK(expected.year == 10'000);
}

TEST_CASE("calendar: each four-year cycle's impossible dates are refused", "[types][calendar]") {
    for (int const year : {1, 4, 100, 400, 1900, 1999, 2000, 2024, 9999}) {
        for (unsigned month = 0; month < 100; ++month) {
            for (unsigned day = 0; day < 100; ++day) {
                std::string const text = slow_text({year, month, day}, 0);
                bool const exists = valid({year, month, day});
                REQUIRE((date_value(text.substr(0, 10)) != not_read) == exists);
                REQUIRE((timestamp_value(text) != not_read) == exists);
            }
        }
    }
    CHECK(date_value("0000-01-01") == not_read);
    CHECK(timestamp_value("0000-12-31 23:59:59.999999") == not_read);
}

TEST_CASE("calendar: known texts and numbers meet", "[types][calendar]") {
    CHECK(timestamp_text(0) == "1970-01-01 00:00:00.000000");
    CHECK(timestamp_text(-1) == "1969-12-31 23:59:59.999999");
    CHECK(timestamp_text(951'782'400'000'000) == "2000-02-29 00:00:00.000000");
    CHECK(timestamp_text(min_timestamp) == "0001-01-01 00:00:00.000000");
    CHECK(timestamp_text(max_timestamp) == "9999-12-31 23:59:59.999999");
    CHECK(timestamp_value("2038-01-19 03:14:08.000001") == 2'147'483'648'000'001);
    CHECK(timestamp_value("0001-01-01 00:00:00.000000") == min_timestamp);
    CHECK(timestamp_value("9999-12-31 23:59:59.999999") == max_timestamp);
    CHECK(date_text(0) == "1970-01-01");
    CHECK(time_text(micros_per_day - 1) == "23:59:59.999999");
}

TEST_CASE("calendar: numbers outside years 1 to 9999 or outside a day are refused",
          "[types][calendar]") {
    CHECK(date_text(min_day - 1) == "refused");
    CHECK(date_text(max_day + 1) == "refused");
    CHECK(date_text(INT32_MIN) == "refused");
    CHECK(date_text(INT32_MAX) == "refused");
    CHECK(timestamp_text(min_timestamp - 1) == "refused");
    CHECK(timestamp_text(max_timestamp + 1) == "refused");
    CHECK(timestamp_text(INT64_MIN) == "refused");
    CHECK(timestamp_text(INT64_MAX) == "refused");
    CHECK(time_text(-1) == "refused");
    CHECK(time_text(micros_per_day) == "refused");
    CHECK(time_text(INT64_MIN) == "refused");
}

TEST_CASE("calendar: fractions of one to six digits are filled with zeros", "[types][calendar]") {
    std::string const base = "2024-02-29 12:34:56";
    std::int64_t const whole = timestamp_value(base);
    REQUIRE(whole != not_read);
    CHECK(timestamp_value("2024-02-29T12:34:56") == whole);
    CHECK(timestamp_value("2024-02-29T12:34:56.000001") == whole + 1);
    CHECK(timestamp_value(base + ".1") == whole + 100'000);
    CHECK(timestamp_value(base + ".12") == whole + 120'000);
    CHECK(timestamp_value(base + ".123") == whole + 123'000);
    CHECK(timestamp_value(base + ".1234") == whole + 123'400);
    CHECK(timestamp_value(base + ".12345") == whole + 123'450);
    CHECK(timestamp_value(base + ".123456") == whole + 123'456);
    CHECK(timestamp_value(base + ".") == not_read);
    CHECK(timestamp_value(base + ".1234567") == not_read);
    CHECK(timestamp_value(base + "1") == not_read);
    CHECK(timestamp_value(base + ",5") == not_read);
    CHECK(timestamp_value(base + "Z") == not_read);
    CHECK(timestamp_value(base + "+00") == not_read);
    CHECK(timestamp_value(base + ".123456Z") == not_read);
    for (std::size_t size = 0; size < base.size(); ++size) {
        CHECK(timestamp_value(base.substr(0, size)) == not_read);
    }
    CHECK(time_value("12:34:56.5") == (12 * 3600 + 34 * 60 + 56) * INT64_C(1'000'000) + 500'000);
    CHECK(time_value("12:34:56.") == not_read);
    CHECK(time_value("12:34") == not_read);
    CHECK(time_value("12:34:56.1234567") == not_read);
    CHECK(time_value("") == not_read);
    CHECK(date_value("") == not_read);
    CHECK(date_value("2024-2-29") == not_read);
    CHECK(date_value("2024-02-290") == not_read);
}

TEST_CASE("calendar: one wrong character anywhere is noticed", "[types][calendar]") {
    std::string const right = "1999-10-11 11:11:11.111111";
    std::string const shorter = right.substr(0, 22);
    for (std::size_t place = 0; place < right.size(); ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text = right;
            text[place] = static_cast<char>(c);
            bool const digit = right[place] >= '0' && right[place] <= '9';
            bool fine = digit ? c >= '0' && c <= '9' : c == right[place];
            if (place == 10 && c == 'T') fine = true;
            if (place == 5) fine = c == '1';
            if (place == 6) fine = c >= '0' && c <= '2';
            if (place == 8) fine = c >= '0' && c <= '3';
            if (place == 11) fine = c >= '0' && c <= '2';
            if (place == 14 || place == 17) fine = c >= '0' && c <= '5';
            CAPTURE(text, c);
            REQUIRE((timestamp_value(text) != not_read) == fine);
            if (place < 22) {
                REQUIRE((timestamp_value(text.substr(0, 22)) != not_read) == fine);
            }
            if (place < 10) REQUIRE((date_value(text.substr(0, 10)) != not_read) == fine);
            if (place > 10) REQUIRE((time_value(text.substr(11)) != not_read) == fine);
        }
    }
    CHECK(timestamp_value(shorter) != not_read);
}

TEST_CASE("calendar: every second of a day and its limits", "[types][calendar]") {
    for (int hour = 0; hour < 100; ++hour) {
        for (int minute = 0; minute < 100; ++minute) {
            char text[32];
            std::snprintf(text, sizeof text, "%02d:%02d:00", hour, minute);
            bool const fine = hour < 24 && minute < 60;
            std::int64_t const value = (hour * 60 + minute) * INT64_C(60'000'000);
            REQUIRE(time_value(text) == (fine ? value : not_read));
        }
    }
    for (int second = 0; second < 100; ++second) {
        std::string const text =
            std::string("00:00:") + (second < 10 ? "0" : "") + std::to_string(second) + ".000001";
        REQUIRE(time_value(text) == (second < 60 ? second * 1'000'000 + 1 : not_read));
    }
    CHECK(time_value("24:00:00") == not_read);
    unsigned wrong = 0;
    for (std::int64_t micros = 0; micros < micros_per_day; micros += 1'000'003) {
        std::string const text = time_text(micros);
        if (text != slow_text({1, 1, 1}, micros).substr(11) || time_value(text) != micros) ++wrong;
    }
    CHECK(wrong == 0);
}

TEST_CASE("calendar: random time stamps survive and match the slow text", "[types][calendar]") {
    std::mt19937_64 random(1582);
    unsigned wrong = 0;
    for (unsigned i = 0; i < 50'000; ++i) {
        auto const day = static_cast<std::int32_t>(
            min_day + static_cast<std::int64_t>(random() % std::uint64_t{max_day - min_day + 1}));
        auto const time = static_cast<std::int64_t>(random() % std::uint64_t{micros_per_day});
        std::int64_t const micros = day * micros_per_day + time;
        std::string const text = timestamp_text(micros);
        if (text != slow_text(civil_from_days(day), time)) ++wrong;
        if (timestamp_value(text) != micros) ++wrong;
    }
    CHECK(wrong == 0);
}
