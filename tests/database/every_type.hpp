// SPDX-License-Identifier: BSL-1.0
/// \file
/// A table with a column of every type, plain and optional, and three rows whose columns all ascend.
#pragma once

#include "database/back_end.hpp"

#include <cfloat>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

enum class season { autumn, spring, winter };  // in alphabetical order: a column holds the names
template <>
inline constexpr auto relata::names<season> =
    relata::enumerators<season::autumn, season::spring, season::winter>;

/// A type of the user's own: degrees, stored as thousandths.
struct degrees {
    double value{};
    degrees() = default;
    explicit degrees(double v) : value(v) {}
    friend bool operator==(degrees const&, degrees const&) = default;
};
template <> struct relata::codec<degrees> {
    using stored = std::int64_t;
    static std::int64_t encode(degrees const& d) { return std::int64_t(d.value * 1000); }
    static degrees decode(std::int64_t n) { return degrees(double(n) / 1000); }
};

struct place {
    std::string street;
    std::optional<std::int32_t> zip;
    friend bool operator==(place const&, place const&) = default;
};

struct every_type {
    std::int64_t id{};
    bool flag{};
    std::int8_t i8{};
    std::int16_t i16{};
    std::int32_t i32{};
    std::int64_t i64{};
    std::uint8_t u8{};
    std::uint16_t u16{};
    std::uint32_t u32{};
    std::uint64_t u64{};
    float f32{};
    double f64{};
    relata::decimal<10, 2> money;
    relata::decimal<18, 0> whole;
    relata::decimal<38, 10> wide;
    relata::decimal<38, 30> fine;
    std::string words;
    relata::text<20> name;
    relata::bytes data;
    relata::date day{std::chrono::year{2000}, std::chrono::month{1}, std::chrono::day{1}};
    relata::time_of_day clock;
    relata::timestamp local{};
    relata::instant at{};
    relata::uuid key;
    relata::json document;
    season when{};
    degrees warm;
    place home;
    friend bool operator==(every_type const&, every_type const&) = default;
};

struct every_optional {
    std::int64_t id{};
    std::optional<bool> flag;
    std::optional<std::int8_t> i8;
    std::optional<std::int16_t> i16;
    std::optional<std::int32_t> i32;
    std::optional<std::int64_t> i64;
    std::optional<std::uint8_t> u8;
    std::optional<std::uint16_t> u16;
    std::optional<std::uint32_t> u32;
    std::optional<std::uint64_t> u64;
    std::optional<float> f32;
    std::optional<double> f64;
    std::optional<relata::decimal<10, 2>> money;
    std::optional<relata::decimal<18, 0>> whole;
    std::optional<relata::decimal<38, 10>> wide;
    std::optional<relata::decimal<38, 30>> fine;
    std::optional<std::string> words;
    std::optional<relata::text<20>> name;
    std::optional<relata::bytes> data;
    std::optional<relata::date> day;
    std::optional<relata::time_of_day> clock;
    std::optional<relata::timestamp> local;
    std::optional<relata::instant> at;
    std::optional<relata::uuid> key;
    std::optional<relata::json> document;
    std::optional<season> when;
    std::optional<degrees> warm;
    friend bool operator==(every_optional const&, every_optional const&) = default;
};

template <>
inline constexpr auto relata::table<every_type> =
    relata::describe<every_type>("every_type").key<&every_type::id>();
template <>
inline constexpr auto relata::table<every_optional> =
    relata::describe<every_optional>("every_optional").key<&every_optional::id>();

namespace test {

inline relata::bytes bytes_from(std::string_view text) {
    relata::bytes out;
    for (char const c : text) out.push_back(static_cast<std::byte>(c));
    return out;
}

/// The least values of every type.
inline every_type lowest() {
    every_type e;
    e.id = 1;
    e.i8 = INT8_MIN;
    e.i16 = INT16_MIN;
    e.i32 = INT32_MIN;
    e.i64 = INT64_MIN;
    e.f32 = -FLT_MAX;
    e.f64 = -DBL_MAX;
    e.money = relata::decimal<10, 2>::from_string("-99999999.99");
    e.whole = relata::decimal<18, 0>::from_string("-999999999999999999");
    e.wide = relata::decimal<38, 10>::from_string("-9999999999999999999999999999.9999999999");
    e.fine = relata::decimal<38, 30>::from_string("-99999999.999999999999999999999999999999");
    e.day = relata::date_from_string("0001-01-01");
    e.local = relata::timestamp_from_string("0001-01-01 00:00:00");
    e.at = relata::instant_from_string("0001-01-01 00:00:00Z");
    e.warm = degrees(-40.5);
    return e;
}

/// Values in the middle, with what is easily lost: signs of zero, fractions, NUL bytes, long UTF-8.
inline every_type middle() {
    every_type e;
    e.id = 2;
    e.flag = true;
    e.u8 = 1;
    e.u16 = 1;
    e.u32 = 1;
    e.u64 = 9;
    e.f32 = 0.1F;
    e.f64 = 0.1;
    e.money = relata::decimal<10, 2>::from_string("0.01");
    e.whole = 1;
    e.wide = relata::decimal<38, 10>::from_string("0.0000000001");
    e.fine = relata::decimal<38, 30>::from_string("0.000000000000000000000000000001");
    e.words = "a ' \" \\ ; -- \t\n Grüße 漢字 😀 ";
    e.name = "Ünïcödé 😀😀";
    e.data = bytes_from(std::string_view("\0\xff\x80 '\\", 6));
    e.day = relata::date_from_string("2024-02-29");
    e.clock = relata::time_of_day(12, 30, 15, 1);
    e.local = relata::timestamp_from_string("1969-12-31 23:59:59.999999");
    e.at = relata::instant_from_string("2024-02-29 12:00:00.000001Z");
    e.key = relata::uuid::from_string("00112233-4455-6677-8899-aabbccddeeff");
    e.document = relata::json(R"({"a": [1, "ü😀"]})");
    e.when = season::spring;
    e.warm = degrees(21.125);
    e.home = {"Main \"Street\" 1", 12345};
    return e;
}

/// The greatest values of every type.
inline every_type highest() {
    every_type e;
    e.id = 3;
    e.flag = true;
    e.i8 = INT8_MAX;
    e.i16 = INT16_MAX;
    e.i32 = INT32_MAX;
    e.i64 = INT64_MAX;
    e.u8 = UINT8_MAX;
    e.u16 = UINT16_MAX;
    e.u32 = UINT32_MAX;
    e.u64 = UINT64_MAX;
    e.f32 = FLT_MAX;
    e.f64 = DBL_MAX;
    e.money = relata::decimal<10, 2>::from_string("99999999.99");
    e.whole = relata::decimal<18, 0>::from_string("999999999999999999");
    e.wide = relata::decimal<38, 10>::from_string("9999999999999999999999999999.9999999999");
    e.fine = relata::decimal<38, 30>::from_string("99999999.999999999999999999999999999999");
    e.words = "\xF4\x8F\xBF\xBF";  // the last code point
    e.name = "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀";
    e.data = bytes_from("\xff");
    e.day = relata::date_from_string("9999-12-31");
    e.clock = relata::time_of_day(23, 59, 59, 999999);
    e.local = relata::timestamp_from_string("9999-12-31 23:59:59.999999");
    e.at = relata::instant_from_string("9999-12-31 23:59:59.999999Z");
    e.key = relata::uuid::from_string("ffffffff-ffff-ffff-ffff-ffffffffffff");
    e.document = relata::json("[]");
    e.when = season::winter;
    e.warm = degrees(1e6);
    e.home = {"z", INT32_MAX};
    return e;
}

inline every_optional optional_of(every_type const& e) {
    return {e.id,   e.flag, e.i8,    e.i16,   e.i32,   e.i64,  e.u8,       e.u16,   e.u32,
            e.u64,  e.f32,  e.f64,   e.money, e.whole, e.wide, e.fine,     e.words, e.name,
            e.data, e.day,  e.clock, e.local, e.at,    e.key,  e.document, e.when,  e.warm};
}

}  // namespace test
