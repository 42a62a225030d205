// SPDX-License-Identifier: BSL-1.0
/// \file
/// Days and microseconds as the client library's struct of calendar parts.
#pragma once

#include "client.hpp"

#include <relata/types/calendar.hpp>

namespace relata::mysql::detail {

inline void put_date(MYSQL_TIME& to, std::int32_t days) {
    auto const day = civil_from_days(days);
    to.year = unsigned(day.year);
    to.month = day.month;
    to.day = day.day;
    to.hour = to.minute = to.second = 0;
    to.second_part = 0;
    to.neg = 0;
    to.time_type = MYSQL_TIMESTAMP_DATE;
}

inline void put_clock(MYSQL_TIME& to, std::int64_t microseconds) {
    auto const seconds = std::uint32_t(microseconds / 1000000);
    to.hour = seconds / 3600;
    to.minute = seconds / 60 % 60;
    to.second = seconds % 60;
    to.second_part = std::uint32_t(microseconds % 1000000);
}

inline void put_time(MYSQL_TIME& to, std::int64_t microseconds) {
    to.year = to.month = to.day = 0;
    put_clock(to, microseconds);
    to.neg = 0;
    to.time_type = MYSQL_TIMESTAMP_TIME;
}

inline void put_moment(MYSQL_TIME& to, std::int64_t microseconds) {
    std::int64_t days = microseconds / micros_per_day;
    std::int64_t rest = microseconds % micros_per_day;
    if (rest < 0) --days, rest += micros_per_day;
    put_date(to, std::int32_t(days));
    put_clock(to, rest);
    to.time_type = MYSQL_TIMESTAMP_DATETIME;
}

}  // namespace relata::mysql::detail
