// SPDX-License-Identifier: BSL-1.0
/// \file
/// Times between their parts and microseconds, by hand: what the hand-written programs use.
#pragma once

#include "item.hpp"

#include <cstdint>

namespace bench {

/// The parts of a date and a time.
struct civil {
    int year;
    unsigned month, day, hour, minute, second, micro;
};

inline relata::timestamp from_micros(std::int64_t micros) {
    return relata::timestamp(std::chrono::microseconds(micros));
}
inline std::int64_t micros_of(relata::timestamp t) { return t.time_since_epoch().count(); }

/// Microseconds since 1970-01-01.
inline std::int64_t micros_of(civil const& c) {
    int const y = c.year - (c.month <= 2);
    int const era = (y >= 0 ? y : y - 399) / 400;
    unsigned const year_of_era = unsigned(y - era * 400);
    unsigned const day_of_year = (153 * (c.month + (c.month > 2 ? -3u : 9u)) + 2) / 5 + c.day - 1;
    unsigned const day_of_era =
        year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    std::int64_t const days = std::int64_t(era) * 146097 + day_of_era - 719468;
    return ((days * 24 + c.hour) * 60 + c.minute) * 60'000'000 +
           c.second * std::int64_t(1'000'000) + c.micro;
}

inline civil civil_of(std::int64_t micros) {
    constexpr std::int64_t day_micros = 86'400'000'000;
    std::int64_t days = micros / day_micros, rest = micros % day_micros;
    if (rest < 0) rest += day_micros, --days;
    days += 719468;
    std::int64_t const era = (days >= 0 ? days : days - 146096) / 146097;
    unsigned const day_of_era = unsigned(days - era * 146097);
    unsigned const year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    unsigned const day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    unsigned const m = (5 * day_of_year + 2) / 153;
    unsigned const seconds = unsigned(rest / 1'000'000);
    unsigned const month = m < 10 ? m + 3 : m - 9;
    return {int(year_of_era) + int(era) * 400 + (month <= 2),
            month,
            day_of_year - (153 * m + 2) / 5 + 1,
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60,
            unsigned(rest % 1'000'000)};
}

/// Length of `YYYY-MM-DD HH:MM:SS.ffffff`.
inline constexpr int time_text_size = 26;

/// Reads that text.
inline std::int64_t micros_of(char const* text) {
    auto two = [&](int at) { return unsigned(text[at] - '0') * 10 + unsigned(text[at + 1] - '0'); };
    return micros_of(civil{int(two(0) * 100 + two(2)), two(5), two(8), two(11), two(14), two(17),
                           two(20) * 10000 + two(22) * 100 + two(24)});
}

/// Writes that text.
inline void write_time(char* to, std::int64_t micros) {
    civil const c = civil_of(micros);
    auto two = [&](int at, unsigned value) {
        to[at] = char('0' + value / 10);
        to[at + 1] = char('0' + value % 10);
    };
    two(0, unsigned(c.year) / 100), two(2, unsigned(c.year) % 100), two(5, c.month), two(8, c.day);
    two(11, c.hour), two(14, c.minute), two(17, c.second);
    two(20, c.micro / 10000), two(22, c.micro / 100 % 100), two(24, c.micro % 100);
    to[4] = to[7] = '-', to[10] = ' ', to[13] = to[16] = ':', to[19] = '.';
}

}  // namespace bench
