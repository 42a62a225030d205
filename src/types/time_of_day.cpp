// SPDX-License-Identifier: BSL-1.0
// Text of a time of day.

#include <relata/types/time_of_day.hpp>

namespace relata {

time_of_day time_of_day::from_string(std::string_view text) {
    std::int64_t micros = 0;
    if (!parse_time(text.data(), text.size(), micros)) {
        detail::raise_value_invalid("text is not a time of day HH:MM:SS[.ffffff]");
    }
    return from_microseconds(micros);
}

std::string time_of_day::to_string() const {
    std::string text(time_text_size, '0');
    // The class holds only values in range, but a driver may have written a wrong one in place.
    if (!format_time(micros_, text.data())) {
        detail::raise_out_of_range("time of day outside 00:00:00 to 23:59:59.999999");
    }
    return text;
}

}  // namespace relata
