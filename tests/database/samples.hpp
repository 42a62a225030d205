// SPDX-License-Identifier: BSL-1.0
/// \file
/// Rows with edges and NULLs, and what a query makes of them: for tests that hold the same answers
/// on every back end.
#pragma once

#include "database/back_end.hpp"
#include "database/thrown.hpp"

#include <relata/relata.hpp>

#include <string>
#include <string_view>
#include <vector>

enum class mood { calm, wild };
template <> inline constexpr auto relata::names<mood> = relata::enumerators<mood::calm, mood::wild>;

struct sample {
    std::int64_t id{};
    bool flag{};
    std::int8_t i8{};
    std::int32_t i32{};
    std::optional<std::int64_t> i64;
    std::uint32_t u32{};
    std::uint64_t u64{};
    float f32{};
    std::optional<double> f64;
    relata::decimal<10, 2> money;
    std::optional<relata::decimal<12, 4>> fine;
    relata::decimal<30, 5> wide;
    std::optional<std::string> words;
    relata::text<20> name;
    relata::text<20> nick;
    relata::bytes data;
    relata::date day{};
    relata::time_of_day clock;
    relata::timestamp local{};
    relata::instant at{};
    relata::uuid key;
    mood feeling{};
};
template <>
inline constexpr auto relata::table<sample> = describe<sample>("semantics_samples")
                                                  .key<&sample::id>()
                                                  .unique<&sample::name>()
                                                  .unique<&sample::nick>()
                                                  .ignore_case<&sample::nick>();

namespace test {

using relata::bytes;
using relata::col;
using relata::database;
using relata::date_from_string;
using relata::error;
using relata::error_kind;
using relata::from;
using relata::instant;
using relata::time_of_day;
using relata::timestamp;
using relata::uuid;
using relata::literals::operator""_dec;
using std::chrono::microseconds;

inline bytes bytes_of(std::string_view text) {
    bytes out;
    for (char const c : text) out.push_back(static_cast<std::byte>(c));
    return out;
}

inline sample make(std::int64_t id) {
    sample s;
    s.id = id;
    s.name = std::string(1, static_cast<char>('a' + id));
    s.nick = (id % 2 ? "Ä" : "ä") + std::string(1, static_cast<char>(id % 3 ? 'a' + id : 'A' + id));
    s.day = date_from_string("2024-02-29");
    s.clock = time_of_day(23, 59, 59, 999999);
    s.local = timestamp(microseconds(1700000000123456));
    s.at = instant(microseconds(1700000000123456));
    s.data = bytes_of(std::string("a\0\xff", 3));
    s.key = uuid::from_string("00112233-4455-6677-8899-aabbccddeeff");
    return s;
}

inline std::vector<sample> samples() {
    std::vector<sample> all{make(1), make(2), make(3), make(4)};
    auto& one = all[0];
    one.flag = true;
    one.i8 = -128;
    one.i32 = INT32_MIN;
    one.i64 = 7;
    one.u32 = UINT32_MAX;
    one.u64 = UINT64_MAX;
    one.f32 = 1.5F;
    one.f64 = 2.5;
    one.money = "19.90"_dec;
    one.fine = -"1.2345"_dec;
    one.wide = -"12345678901234567890.12345"_dec;
    one.words = "Ünï\\cö'dé ABC xyz%_ 😀";
    one.name = " pad ";
    auto& two = all[1];
    two.i8 = 127;
    two.i32 = INT32_MAX;
    two.i64 = -7;
    two.u64 = 5;
    two.f64 = -0.1;
    two.money = -"19.95"_dec;
    two.fine = "1.2350"_dec;
    two.wide = "3"_dec;
    two.words = "abc";
    two.name = "ABC";
    two.day = date_from_string("0001-01-01");
    two.feeling = mood::wild;
    two.key = uuid{};
    two.data = bytes_of("b");
    all[2].money = "0.05"_dec;
    all[2].name = "z";
    all[2].day = date_from_string("9999-12-31");
    all[2].data = {};
    auto& four = all[3];
    four.i64 = 0;
    four.words = "";
    four.money = "0.05"_dec;
    four.fine = "0.05"_dec;
    four.name = "Z";
    four.f64 = 0.1;
    return all;
}

// The samples, in a database of this back end, once for the whole program.
inline database const& filled() {
    static database const db = [] {
        auto opened = test::open_back_end();
        opened.drop_tables<sample>();
        opened.create_tables<sample>();
        opened.insert_all(samples());
        return opened;
    }();
    return db;
}

// The values of an expression for all samples, in order.
template <class E> auto values(E const& e) {
    using V = typename E::value_type;
    std::vector<V> out;
    for (auto& r : filled().all(from<sample>().order_by(col<&sample::id>).select(e)))
        out.push_back(std::move(r.m0));
    return out;
}

template <class E> auto value(E const& e) { return filled().one(from<sample>().select(e)).m0; }

using ids = std::vector<std::int64_t>;

template <class C> ids where(C const& condition) {
    ids out;
    for (auto const& r : filled().all(
             from<sample>().where(condition).order_by(col<&sample::id>).select(col<&sample::id>)))
        out.push_back(r.m0);
    return out;
}

template <class... O> ids ordered(O const&... by) {
    ids out;
    for (auto const& r :
         filled().all(from<sample>().order_by(by..., col<&sample::id>).select(col<&sample::id>)))
        out.push_back(r.m0);
    return out;
}

template <class T> using list = std::vector<T>;
template <class T> using maybe = std::vector<std::optional<T>>;

inline constexpr auto i64 = col<&sample::i64>;
inline constexpr auto f64 = col<&sample::f64>;
inline constexpr auto money = col<&sample::money>;
inline constexpr auto fine = col<&sample::fine>;
inline constexpr auto words = col<&sample::words>;
inline constexpr auto name = col<&sample::name>;

}  // namespace test
