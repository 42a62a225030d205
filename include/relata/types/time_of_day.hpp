// SPDX-License-Identifier: BSL-1.0
/// \file
/// `time_of_day`: a time between midnight and midnight, without date and without zone.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/detail/raise.hpp>
#include <relata/types/type_info.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace relata {

/// A time of day from 00:00:00 to 23:59:59.999999, in microseconds. The default is midnight.
class time_of_day {
public:
    constexpr time_of_day() = default;

    /// From parts: hour 0 to 23, minute and second 0 to 59, microsecond 0 to 999999.
    /// Throws out_of_range.
    constexpr time_of_day(int hour, int minute, int second = 0, int microsecond = 0) {
        if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 ||
            microsecond < 0 || microsecond > 999'999) {
            detail::raise_out_of_range("time of day outside 00:00:00 to 23:59:59.999999");
        }
        micros_ = ((hour * 60 + minute) * INT64_C(60) + second) * 1'000'000 + microsecond;
    }

    /// From microseconds since midnight, 0 to 86399999999. Throws out_of_range.
    [[nodiscard]] static constexpr time_of_day from_microseconds(std::int64_t micros) {
        if (micros < 0 || micros >= micros_per_day) {
            detail::raise_out_of_range("time of day outside 00:00:00 to 23:59:59.999999");
        }
        time_of_day result;
        result.micros_ = micros;
        return result;
    }

    /// Reads `HH:MM:SS` with an optional fraction of 1 to 6 digits. Throws value_invalid.
    [[nodiscard]] RELATA_EXPORT static time_of_day from_string(std::string_view text);

    /// `HH:MM:SS.ffffff`, always with six digits of fraction.
    [[nodiscard]] RELATA_EXPORT std::string to_string() const;

    /// Microseconds since midnight, 0 to 86399999999.
    [[nodiscard]] constexpr std::int64_t microseconds() const noexcept { return micros_; }

    [[nodiscard]] constexpr int hour() const noexcept {
        return static_cast<int>(micros_ / 3'600'000'000);
    }
    [[nodiscard]] constexpr int minute() const noexcept {
        return static_cast<int>(micros_ / 60'000'000 % 60);
    }
    [[nodiscard]] constexpr int second() const noexcept {
        return static_cast<int>(micros_ / 1'000'000 % 60);
    }
    [[nodiscard]] constexpr int microsecond() const noexcept {
        return static_cast<int>(micros_ % 1'000'000);
    }

    friend constexpr bool operator==(time_of_day, time_of_day) = default;
    friend constexpr std::strong_ordering operator<=>(time_of_day, time_of_day) = default;

private:
    std::int64_t micros_ = 0;  // the only member: drivers read and write it in place
};

namespace detail {
template <> struct type_info_of<time_of_day> {
    static constexpr type_info value = simple_type<time_of_day>(kind::time);
};
}  // namespace detail

}  // namespace relata
