// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/time.hpp and time_of_day.hpp.

#include <relata/types/time.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <type_traits>

using namespace relata;
using namespace std::chrono_literals;

static_assert(sizeof(time_of_day) == 8 && std::is_trivially_copyable_v<time_of_day>);
static_assert(std::is_standard_layout_v<time_of_day>);
static_assert(std::regular<time_of_day> && std::totally_ordered<time_of_day>);
static_assert(time_of_day(1, 2, 3, 4).microseconds() == 3'723'000'004);
static_assert(time_of_day(23, 59, 59, 999'999).microseconds() == micros_per_day - 1);
static_assert(time_of_day(13, 45, 59, 7).hour() == 13 && time_of_day(13, 45, 59, 7).minute() == 45);
static_assert(time_of_day(13, 45, 59, 7).second() == 59);
static_assert(time_of_day(13, 45, 59, 7).microsecond() == 7);
static_assert(time_of_day() == time_of_day(0, 0) && time_of_day() < time_of_day(0, 0, 0, 1));
static_assert(days_since_epoch(date{1970y / 1 / 2}) == 1);
static_assert(date_from_days(max_day) == date{9999y / 12 / 31});
static_assert(!std::is_same_v<timestamp, instant>);
static_assert(sizeof(timestamp) == 8 && sizeof(instant) == 8);

TEST_CASE("time of day: parts outside a day are refused", "[types][time]") {
    CHECK(refusal([] { return time_of_day(24, 0); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(-1, 0); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, 60); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, -1); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, 0, 60); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, 0, -1); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, 0, 0, 1'000'000); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(0, 0, 0, -1); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day(INT32_MAX, INT32_MAX); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day::from_microseconds(micros_per_day); }) == "out_of_range");
    CHECK(refusal([] { return time_of_day::from_microseconds(-1); }) == "out_of_range");
}

TEST_CASE("time of day: text has six digits of fraction", "[types][time]") {
    CHECK(time_of_day().to_string() == "00:00:00.000000");
    CHECK(time_of_day(7, 8, 9, 10).to_string() == "07:08:09.000010");
    CHECK(time_of_day::from_string("07:08:09.00001") == time_of_day(7, 8, 9, 10));
    CHECK(time_of_day::from_string("07:08:09") == time_of_day(7, 8, 9));
    CHECK(refusal([] { return time_of_day::from_string("24:00:00"); }) == "value_invalid");
    CHECK(refusal([] { return time_of_day::from_string("7:08:09"); }) == "value_invalid");
}

TEST_CASE("date: text and days agree with the standard calendar", "[types][time]") {
    for (int days = min_day; days <= max_day; days += 97) {
        date const day{std::chrono::sys_days{std::chrono::days{days}}};
        REQUIRE(days_since_epoch(day) == days);
        REQUIRE(date_from_days(days) == day);
        REQUIRE(date_from_string(to_string(day)) == day);
    }
    CHECK(to_string(date{2024y / 2 / 29}) == "2024-02-29");
}

TEST_CASE("date: one that does not exist or has no four-digit year is refused", "[types][time]") {
    for (date const day : {date{2023y / 2 / 29}, date{2024y / 4 / 31}, date{0y / 1 / 1},
                           date{-5y / 1 / 1}, date{10'000y / 1 / 1}, date{2024y / 13 / 1},
                           date{2024y / 1 / 0}, date{std::chrono::year::min() / 1 / 1}}) {
        CHECK(refusal([=] { return to_string(day); }) == "out_of_range");
        CHECK(refusal([=] { return days_since_epoch(day); }) == "out_of_range");
    }
    CHECK(refusal([] { return date_from_days(max_day + 1); }) == "out_of_range");
    CHECK(refusal([] { return date_from_days(min_day - 1); }) == "out_of_range");
    CHECK(refusal([] { return date_from_string("2023-02-29"); }) == "value_invalid");
    CHECK(refusal([] { return date_from_string("29.02.2024"); }) == "value_invalid");
}

TEST_CASE("time stamp: local time has no zone, an instant ends with Z", "[types][time]") {
    auto const local = std::chrono::local_days{2024y / 2 / 29} + 12h + 34min + 56s + 7us;
    auto const point = std::chrono::sys_days{2024y / 2 / 29} + 12h + 34min + 56s + 7us;
    CHECK(to_string(timestamp(local)) == "2024-02-29 12:34:56.000007");
    CHECK(to_string(instant(point)) == "2024-02-29 12:34:56.000007Z");
    CHECK((timestamp_from_string("2024-02-29T12:34:56.000007") == local));
    CHECK((instant_from_string("2024-02-29 12:34:56.000007Z") == point));
    CHECK(refusal([] { return timestamp_from_string("2024-02-29 12:34:56Z"); }) == "value_invalid");
    CHECK(refusal([] { return instant_from_string("2024-02-29 12:34:56"); }) == "value_invalid");
    CHECK(refusal([] { return instant_from_string("2024-02-29 12:34:56.12"); }) == "value_invalid");
    CHECK(refusal([] { return instant_from_string("Z"); }) == "value_invalid");
    CHECK(refusal([] { return instant_from_string(""); }) == "value_invalid");
    CHECK(refusal([] { return timestamp_from_string("2023-02-29 12:00:00"); }) == "value_invalid");
    CHECK(refusal([] { return to_string(timestamp::max()); }) == "out_of_range");
    CHECK(refusal([] { return to_string(instant::min()); }) == "out_of_range");
}

TEST_CASE("dates and times: each type describes its own kind", "[types][time]") {
    CHECK(kind_of<date> == kind::date);
    CHECK(kind_of<time_of_day> == kind::time);
    CHECK(kind_of<timestamp> == kind::timestamp);
    CHECK(kind_of<instant> == kind::instant);
}
