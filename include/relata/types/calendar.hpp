// SPDX-License-Identifier: BSL-1.0
/// \file
/// Dates and times as plain numbers and as text, without `<chrono>`: what drivers work with.
///
/// Everywhere: proleptic Gregorian calendar, years 1 to 9999, days counted from 1970-01-01,
/// microseconds counted from 1970-01-01 00:00:00. All functions may be called from any thread.
#pragma once

#include <relata/core/export.hpp>

#include <cstddef>
#include <cstdint>

namespace relata {

/// A calendar date in parts. Year 1 to 9999, month 1 to 12, day 1 to 31 when valid.
struct civil_date {
    int year = 1970;
    unsigned month = 1;
    unsigned day = 1;

    friend constexpr bool operator==(civil_date const&, civil_date const&) = default;
};

/// Microseconds in a day.
inline constexpr std::int64_t micros_per_day = 86'400'000'000;

/// 0001-01-01 and 9999-12-31 as days since 1970-01-01.
inline constexpr std::int32_t min_day = -719'162;
inline constexpr std::int32_t max_day = 2'932'896;

/// The first and the last microsecond of that range.
inline constexpr std::int64_t min_timestamp = min_day * micros_per_day;
inline constexpr std::int64_t max_timestamp = (max_day + 1) * micros_per_day - 1;

/// Lengths of the texts below.
inline constexpr std::size_t date_text_size = 10;
inline constexpr std::size_t time_text_size = 15;
inline constexpr std::size_t timestamp_text_size = 26;

/// Whether `date` exists and its year is in 1 to 9999.
[[nodiscard]] constexpr bool valid(civil_date date) noexcept {
    if (date.year < 1 || date.year > 9999 || date.month < 1 || date.month > 12) return false;
    bool const leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
    constexpr unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    unsigned const last = days[date.month - 1] + (leap && date.month == 2 ? 1U : 0U);
    return date.day >= 1 && date.day <= last;
}

/// Days since 1970-01-01 of a date that is `valid`.
[[nodiscard]] constexpr std::int32_t days_from_civil(civil_date date) noexcept {
    // The year starts in March here, so that the leap day is its last day.
    bool const early = date.month <= 2;
    auto const year = static_cast<std::uint32_t>(date.year) - (early ? 1U : 0U);
    std::uint32_t const month = early ? date.month + 9 : date.month - 3;
    std::uint32_t const century = year / 100;
    std::uint32_t const days = year * 1461 / 4 - century + century / 4 + (month * 153 + 2) / 5;
    return static_cast<std::int32_t>(days + date.day) - 719'469;
}

namespace detail {

/// A year that starts on 1 March, so that its leap day is the last, and the day in it from 0.
struct march_date {
    std::uint32_t year;
    std::uint32_t day_of_year;
};

/// The date that lies `days` after 0000-03-01.
[[nodiscard]] constexpr march_date march_from_days(std::uint32_t days) noexcept {
    // Neri and Schneider, "Euclidean affine functions and their application to calendar
    // algorithms" (2022): each step is one multiplication instead of a division.
    std::uint32_t const quarters = 4 * days + 3;
    std::uint32_t const century = quarters / 146'097;
    std::uint64_t const rest = std::uint64_t{2'939'745} * (quarters % 146'097 | 3U);
    return {100 * century + static_cast<std::uint32_t>(rest >> 32U),
            static_cast<std::uint32_t>(rest) / 2'939'745 / 4};
}

/// Days from 0000-03-01 to 1970-01-01 and to 0001-01-01.
inline constexpr std::int32_t epoch_in_march_days = 719'468;
inline constexpr std::int32_t min_day_in_march_days = epoch_in_march_days + min_day;

/// The first day of January in a year that starts in March.
inline constexpr std::uint32_t january = 306;

}  // namespace detail

/// The date of `days` since 1970-01-01, from `min_day` to `max_day`.
[[nodiscard]] constexpr civil_date civil_from_days(std::int32_t days) noexcept {
    auto const [year, day_of_year] =
        detail::march_from_days(static_cast<std::uint32_t>(days + detail::epoch_in_march_days));
    std::uint32_t const early = day_of_year >= detail::january ? 1 : 0;
    std::uint32_t const scaled = 2141 * day_of_year + 197'913;
    return {static_cast<int>(year + early), (scaled >> 16U) - 12 * early,
            (scaled & 0xffffU) / 2141 + 1};
}

/// Writes `YYYY-MM-DD` (10 characters, no terminator). False, and nothing written, if `days` is
/// outside `min_day` to `max_day`.
[[nodiscard]] RELATA_EXPORT bool format_date(std::int32_t days, char* out) noexcept;

/// Reads exactly `YYYY-MM-DD`. False, and `days` unchanged, for anything else or if the date does
/// not exist.
[[nodiscard]] RELATA_EXPORT bool parse_date(char const* text, std::size_t size,
                                            std::int32_t& days) noexcept;

/// Writes `HH:MM:SS.ffffff` (15 characters, no terminator). False, and nothing written, unless
/// `micros` is at least 0 and below `micros_per_day`.
[[nodiscard]] RELATA_EXPORT bool format_time(std::int64_t micros, char* out) noexcept;

/// Reads `HH:MM:SS` with an optional fraction of 1 to 6 digits. False, and `micros` unchanged, for
/// anything else, 24:00:00 and leap seconds among it.
[[nodiscard]] RELATA_EXPORT bool parse_time(char const* text, std::size_t size,
                                            std::int64_t& micros) noexcept;

/// Writes `YYYY-MM-DD HH:MM:SS.ffffff` (26 characters, no terminator). False, and nothing written,
/// if `micros` is outside `min_timestamp` to `max_timestamp`.
[[nodiscard]] RELATA_EXPORT bool format_timestamp(std::int64_t micros, char* out) noexcept;

/// Reads `YYYY-MM-DD`, a space or `T`, `HH:MM:SS`, and an optional fraction of 1 to 6 digits.
/// False, and `micros` unchanged, for anything else or if the date does not exist.
[[nodiscard]] RELATA_EXPORT bool parse_timestamp(char const* text, std::size_t size,
                                                 std::int64_t& micros) noexcept;

}  // namespace relata
