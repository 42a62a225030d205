// SPDX-License-Identifier: BSL-1.0
//
// Dates and times between numbers and text. A hot path: SQLite keeps them as text, so a row with a
// time stamp passes here on each read and insert. Hence whole words instead of single characters:
// one exclusive-or with the expected pattern makes digits 0 to 9 and separators 0, one addition
// finds every byte that is something else, one multiplication pairs all digits.

#include <relata/types/calendar.hpp>

#include "word.hpp"

#include <cstring>

namespace relata {
namespace {

using detail::high_bits;
using detail::load;

// In these patterns a byte of `limit` is what lifts the first wrong value to 0x80: 10 for a digit,
// 1 for a separator. Carries do not disturb: only a byte that is wrong anyway can make one.
struct pattern {
    std::uint64_t text;
    std::uint64_t limit;
};

consteval pattern make_pattern(char const (&form)[9]) {
    pattern p{};
    for (unsigned i = 0; i < 8; ++i) {
        auto const c = static_cast<unsigned char>(form[i]);
        p.text |= std::uint64_t{c} << (8 * i);
        p.limit |= std::uint64_t{c == '0' ? 0x80U - 10U : 0x7fU} << (8 * i);
    }
    return p;
}

constexpr pattern date_pattern = make_pattern("00-00-00");
constexpr pattern clock_pattern = make_pattern("00:00:00");
constexpr pattern fraction_pattern = make_pattern("0.000000");

// Digits as numbers; `wrong` gets a high bit for every byte that is not as the pattern wants.
inline std::uint64_t read_digits(char const* text, pattern p, std::uint64_t& wrong) noexcept {
    std::uint64_t const digits = load<std::uint64_t>(text) ^ p.text;
    wrong |= (digits + p.limit) | digits;
    return digits;
}

// Each byte becomes itself as tens and its successor as ones.
constexpr std::uint64_t pairs(std::uint64_t digits) noexcept { return digits * 2561 >> 8U; }

// Raises the high bit of a field whose value is not below its limit.
constexpr std::uint64_t limits(unsigned a, unsigned b, unsigned c) noexcept {
    return (0x80U - a) + (std::uint64_t{0x80U - b} << 24U) + (std::uint64_t{0x80U - c} << 48U);
}

// Three numbers in one word: at bit 0, 24 and 48.
constexpr std::uint64_t triple = 0x00ff'0000'ff00'00ff;

// For each month and day the day in a year that starts in March; `no_day` where there is none.
struct day_table {
    static constexpr std::int16_t no_day = -1;
    std::int16_t days[13 * 32];
};

constexpr unsigned place(unsigned month, unsigned day) noexcept { return month * 32 + day; }

constexpr day_table days_of_year = [] {
    day_table table{};
    for (auto& day : table.days) day = day_table::no_day;
    for (std::int16_t i = 0; i < 366; ++i) {
        civil_date const date = civil_from_days(i - detail::epoch_in_march_days + 1461 - 366);
        table.days[place(date.month, date.day)] = i;
    }
    return table;
}();

// What ten characters say, before anybody has asked whether it is a date.
struct date_digits {
    std::uint32_t year;
    std::uint32_t place;  // below 13 * 32 unless `wrong` says so
};

inline date_digits read_date(char const* text, std::uint64_t& wrong) noexcept {
    std::uint32_t const high = load<std::uint16_t>(text) ^ 0x3030U;
    wrong |= (high + 0x7676U) | high;
    std::uint64_t const low = pairs(read_digits(text + 2, date_pattern, wrong)) & triple;
    wrong |= low + limits(100, 13, 32);
    std::uint32_t const century = high * 2561 >> 8U & 0xffU;
    return {century * 100 + static_cast<std::uint32_t>(low & 0xffU),
            place(static_cast<unsigned>(low >> 24U & 0xffU), static_cast<unsigned>(low >> 48U))};
}

inline bool find_day(date_digits const& date, std::int32_t& days) noexcept {
    std::int32_t const day_of_year = days_of_year.days[date.place];
    // no such day, or the year 0: one jump for both signs
    if ((day_of_year | (static_cast<std::int32_t>(date.year) - 1)) < 0) return false;
    if (date.place == place(2, 29) && !valid({static_cast<int>(date.year), 2, 29})) return false;
    std::uint32_t const year = date.year - (date.place < place(3, 0) ? 1U : 0U);
    std::uint32_t const century = year / 100;
    days = static_cast<std::int32_t>(year * 1461 / 4 - century + century / 4) + day_of_year -
           detail::epoch_in_march_days;
    return true;
}

// What fifteen characters say in microseconds.
inline std::int64_t read_time(char const* text, std::uint64_t& wrong) noexcept {
    std::uint64_t const clock = pairs(read_digits(text, clock_pattern, wrong)) & triple;
    wrong |= clock + limits(24, 60, 60);
    std::uint64_t const fraction =
        pairs(read_digits(text + 7, fraction_pattern, wrong)) >> 16U & 0x00ff'00ff'00ff;
    // One multiplication moves a field onto its neighbour; what else it makes is cut off.
    std::uint64_t const minutes = clock * ((60U << 24U) + 1U) >> 24U & 0xffffU;
    std::uint64_t const seconds = minutes * 60 + (clock >> 48U);
    std::uint64_t const four_digits = fraction * ((100U << 16U) + 1U) >> 16U & 0xffffU;
    return static_cast<std::int64_t>(seconds * 1'000'000 + four_digits * 100 + (fraction >> 32U));
}

constexpr bool right(std::uint64_t wrong) noexcept { return (wrong & high_bits) == 0; }

// Two digits for each number below 100, and `-MM-DD  ` for each day of a year from 1 March.
struct spellings {
    char numbers[100][2];
    char days[366][8];
};

constexpr spellings spelled = [] {
    spellings s{};
    for (unsigned i = 0; i < 100; ++i) {
        s.numbers[i][0] = static_cast<char>('0' + i / 10);
        s.numbers[i][1] = static_cast<char>('0' + i % 10);
    }
    for (unsigned month = 1; month <= 12; ++month) {
        for (unsigned day = 1; day <= 31; ++day) {
            std::int16_t const i = days_of_year.days[place(month, day)];
            if (i == day_table::no_day) continue;
            char const text[8] = {'-',
                                  s.numbers[month][0],
                                  s.numbers[month][1],
                                  '-',
                                  s.numbers[day][0],
                                  s.numbers[day][1],
                                  ' ',
                                  ' '};
            for (unsigned k = 0; k < 8; ++k) s.days[i][k] = text[k];
        }
    }
    return s;
}();

inline void write_pair(std::uint32_t number, char* out) noexcept {
    std::memcpy(out, spelled.numbers[number], 2);
}

// Ten characters and two spaces. Days since 0001-01-01.
inline void write_date(std::uint32_t days, char* out) noexcept {
    auto const date = detail::march_from_days(days + detail::min_day_in_march_days);
    std::uint32_t const year = date.year + (date.day_of_year >= detail::january ? 1U : 0U);
    std::uint32_t const century = year / 100;
    write_pair(century, out);
    write_pair(year - century * 100, out + 2);
    std::memcpy(out + 4, spelled.days[date.day_of_year], 8);
}

// Fifteen characters.
inline void write_time(std::uint64_t micros, char* out) noexcept {
    auto const seconds = static_cast<std::uint32_t>(micros / 1'000'000);
    auto const fraction = static_cast<std::uint32_t>(micros - std::uint64_t{seconds} * 1'000'000);
    std::uint32_t const minutes = seconds / 60;
    std::uint32_t const hours = minutes / 60;
    std::uint32_t const four_digits = fraction / 100;
    std::uint32_t const two_digits = four_digits / 100;
    write_pair(hours, out);
    out[2] = ':';
    write_pair(minutes - hours * 60, out + 3);
    out[5] = ':';
    write_pair(seconds - minutes * 60, out + 6);
    out[8] = '.';
    write_pair(two_digits, out + 9);
    write_pair(four_digits - two_digits * 100, out + 11);
    write_pair(fraction - four_digits * 100, out + 13);
}

// Completes a time of 8 to 15 characters to 15; false if its length or its point is wrong.
bool complete_time(char const* text, std::size_t size, char* out) noexcept {
    constexpr char midnight[] = "00:00:00.000000";
    if (size < 8 || size > time_text_size || size == 9) return false;
    std::memcpy(out, midnight, time_text_size);
    std::memcpy(out, text, size);
    return true;
}

inline bool read_timestamp(char const* text, char const* clock, std::int64_t& micros) noexcept {
    std::uint64_t wrong = 0;
    date_digits const date = read_date(text, wrong);
    std::int64_t const time = read_time(clock, wrong);
    std::int32_t days = 0;
    if (!right(wrong) || !find_day(date, days)) return false;
    micros = days * micros_per_day + time;
    return true;
}

// Apart from the above, so that the usual form needs no stack.
[[gnu::noinline]] bool read_other_timestamp(char const* text, std::size_t size,
                                            std::int64_t& micros) noexcept {
    char clock[time_text_size];
    return size >= 19 && (text[10] == ' ' || text[10] == 'T') &&
           complete_time(text + 11, size - 11, clock) && read_timestamp(text, clock, micros);
}

}  // namespace

bool format_date(std::int32_t days, char* out) noexcept {
    if (days < min_day || days > max_day) return false;
    char text[12];
    write_date(static_cast<std::uint32_t>(days - min_day), text);
    std::memcpy(out, text, date_text_size);
    return true;
}

bool parse_date(char const* text, std::size_t size, std::int32_t& days) noexcept {
    if (size != date_text_size) return false;
    std::uint64_t wrong = 0;
    date_digits const parts = read_date(text, wrong);
    return right(wrong) && find_day(parts, days);
}

bool format_time(std::int64_t micros, char* out) noexcept {
    if (micros < 0 || micros >= micros_per_day) return false;
    write_time(static_cast<std::uint64_t>(micros), out);
    return true;
}

bool parse_time(char const* text, std::size_t size, std::int64_t& micros) noexcept {
    char completed[time_text_size];
    if (!complete_time(text, size, completed)) return false;
    std::uint64_t wrong = 0;
    std::int64_t const time = read_time(completed, wrong);
    if (!right(wrong)) return false;
    micros = time;
    return true;
}

bool format_timestamp(std::int64_t micros, char* out) noexcept {
    std::uint64_t const since_year_1 =
        static_cast<std::uint64_t>(micros) - static_cast<std::uint64_t>(min_timestamp);
    if (since_year_1 > static_cast<std::uint64_t>(max_timestamp - min_timestamp)) return false;
    std::uint64_t const days = since_year_1 / micros_per_day;
    write_date(static_cast<std::uint32_t>(days), out);
    write_time(since_year_1 - days * micros_per_day, out + 11);
    return true;
}

bool parse_timestamp(char const* text, std::size_t size, std::int64_t& micros) noexcept {
    if (size == timestamp_text_size && text[10] == ' ') [[likely]]
        return read_timestamp(text, text + 11, micros);
    return read_other_timestamp(text, size, micros);
}

}  // namespace relata
