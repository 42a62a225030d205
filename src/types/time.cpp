// SPDX-License-Identifier: BSL-1.0
// Text of the date and time types, for people and logs; drivers use calendar.hpp.

#include <relata/types/time.hpp>

namespace relata {
namespace {

std::string timestamp_text(std::int64_t micros, char const* zone) {
    char text[timestamp_text_size];
    if (!format_timestamp(micros, text)) {
        detail::raise_out_of_range("not a time stamp from year 1 to 9999");
    }
    return std::string(text, sizeof text) += zone;
}

std::int64_t timestamp_value(std::string_view text) {
    std::int64_t micros = 0;
    if (!parse_timestamp(text.data(), text.size(), micros)) {
        detail::raise_value_invalid("text is not a time stamp YYYY-MM-DD HH:MM:SS[.ffffff]");
    }
    return micros;
}

}  // namespace

std::string to_string(date day) {
    char text[date_text_size];
    if (!format_date(days_since_epoch(day), text)) {
        detail::raise_out_of_range("not a date from 0001-01-01 to 9999-12-31");
    }
    return std::string(text, sizeof text);
}

std::string to_string(timestamp time) {
    return timestamp_text(time.time_since_epoch().count(), "");
}

std::string to_string(instant time) { return timestamp_text(time.time_since_epoch().count(), "Z"); }

date date_from_string(std::string_view text) {
    std::int32_t days = 0;
    if (!parse_date(text.data(), text.size(), days)) {
        detail::raise_value_invalid("text is not a date YYYY-MM-DD");
    }
    return date_from_days(days);
}

timestamp timestamp_from_string(std::string_view text) {
    return timestamp(std::chrono::microseconds(timestamp_value(text)));
}

instant instant_from_string(std::string_view text) {
    if (!text.ends_with('Z')) {
        detail::raise_value_invalid("text is not a point in time: it does not end with Z");
    }
    text.remove_suffix(1);
    return instant(std::chrono::microseconds(timestamp_value(text)));
}

}  // namespace relata
