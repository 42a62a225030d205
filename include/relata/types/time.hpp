// SPDX-License-Identifier: BSL-1.0
/// \file
/// Dates and times as `std::chrono` types; the only header of this floor that includes `<chrono>`.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/detail/raise.hpp>
#include <relata/types/time_of_day.hpp>
#include <relata/types/type_info.hpp>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace relata {

/// A calendar date, 0001-01-01 to 9999-12-31: a DATE column.
using date = std::chrono::year_month_day;

/// A date and time that some clock on a wall shows; no zone, so no point in time.
using timestamp = std::chrono::local_time<std::chrono::microseconds>;

/// A point in time. Stored in UTC on every back end.
using instant = std::chrono::sys_time<std::chrono::microseconds>;

/// Days since 1970-01-01. Throws out_of_range if the date does not exist or its year is not 1 to
/// 9999.
[[nodiscard]] constexpr std::int32_t days_since_epoch(date day) {
    civil_date const parts{static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                           static_cast<unsigned>(day.day())};
    if (!valid(parts)) detail::raise_out_of_range("not a date from 0001-01-01 to 9999-12-31");
    return days_from_civil(parts);
}

/// The date of `days` since 1970-01-01. Throws out_of_range outside years 1 to 9999.
[[nodiscard]] constexpr date date_from_days(std::int32_t days) {
    if (days < min_day || days > max_day) {
        detail::raise_out_of_range("not a date from 0001-01-01 to 9999-12-31");
    }
    civil_date const parts = civil_from_days(days);
    return date{std::chrono::year{parts.year}, std::chrono::month{parts.month},
                std::chrono::day{parts.day}};
}

/// `YYYY-MM-DD`. Throws out_of_range if the date does not exist or its year is not 1 to 9999.
[[nodiscard]] RELATA_EXPORT std::string to_string(date day);

/// `YYYY-MM-DD HH:MM:SS.ffffff`. Throws out_of_range outside years 1 to 9999.
[[nodiscard]] RELATA_EXPORT std::string to_string(timestamp time);

/// `YYYY-MM-DD HH:MM:SS.ffffffZ`, in UTC. Throws out_of_range outside years 1 to 9999.
[[nodiscard]] RELATA_EXPORT std::string to_string(instant time);

/// Reads `YYYY-MM-DD`. Throws value_invalid.
[[nodiscard]] RELATA_EXPORT date date_from_string(std::string_view text);

/// Reads `YYYY-MM-DD`, a space or `T`, `HH:MM:SS` and an optional fraction of 1 to 6 digits.
/// Throws value_invalid.
[[nodiscard]] RELATA_EXPORT timestamp timestamp_from_string(std::string_view text);

/// As `timestamp_from_string`, in UTC, and the text must end with `Z`. Throws value_invalid.
[[nodiscard]] RELATA_EXPORT instant instant_from_string(std::string_view text);

namespace detail {
template <> struct type_info_of<date> {
    static constexpr type_info value = simple_type<date>(kind::date);
};
template <> struct type_info_of<timestamp> {
    static constexpr type_info value = simple_type<timestamp>(kind::timestamp);
};
template <> struct type_info_of<instant> {
    static constexpr type_info value = simple_type<instant>(kind::instant);
};
}  // namespace detail

}  // namespace relata
