// SPDX-License-Identifier: BSL-1.0

#include "conformance/samples.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/codec.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/enum.hpp>
#include <relata/types/json.hpp>
#include <relata/types/text.hpp>
#include <relata/types/time.hpp>
#include <relata/types/time_of_day.hpp>
#include <relata/types/uuid.hpp>

#include <algorithm>
#include <limits>
#include <string>

namespace relata::conformance {
namespace {

enum class season : std::uint8_t { autumn, spring, winter };

/// A type of the user's own: degrees, stored as thousandths.
struct degrees {
    std::int64_t thousandths = 0;
    friend bool operator==(degrees const&, degrees const&) = default;
};

}  // namespace
}  // namespace relata::conformance

template <>
inline constexpr auto relata::names<relata::conformance::season> =
    relata::enumerators<relata::conformance::season::autumn, relata::conformance::season::spring,
                        relata::conformance::season::winter>;
template <> struct relata::codec<relata::conformance::degrees> {
    using stored = std::int64_t;
    static std::int64_t encode(relata::conformance::degrees const& d) { return d.thousandths; }
    static relata::conformance::degrees decode(std::int64_t n) { return {n}; }
};

namespace relata::conformance {
namespace {

template <class T> std::vector<value> values_of(std::initializer_list<T> list) {
    std::vector<value> out;
    for (auto const& each : list) out.emplace_back(each);
    return out;
}

template <class T> type_samples whole_numbers(std::string_view name) {
    using limits = std::numeric_limits<T>;
    return {name,
            values_of<T>({limits::min(), T(limits::min() + 1), T(0), T(1), T(limits::max() / 2),
                          T(limits::max() / 2 + 1), T(limits::max() - 1), limits::max()})};
}

template <class T> type_samples real_numbers(std::string_view name) {
    using limits = std::numeric_limits<T>;
    return {name, values_of<T>({limits::lowest(), T(-1.5), T(0), limits::min(), T(0.1), T(1) / T(3),
                                T(1e16), limits::epsilon(), limits::max()})};
}

template <unsigned P, unsigned S>
type_samples decimals(std::string_view name, std::initializer_list<char const*> texts) {
    type_samples out{name, {}};
    for (auto const* text : texts) out.values.emplace_back(decimal<P, S>::from_string(text));
    return out;
}

bytes bytes_of(std::string_view text) {
    auto const* first = reinterpret_cast<std::byte const*>(text.data());
    return bytes(first, first + text.size());
}

bytes every_byte() {
    bytes out;
    for (unsigned i = 0; i < 256; ++i) out.push_back(std::byte(i));
    return out;
}

type_samples texts() {
    using namespace std::string_literals;
    return {"text",
            values_of<std::string>({""s, " "s, "NULL"s, "a ' \" \\ ; -- /* \t\n\r\b %_ ` [] "s,
                                    "Grüße 漢字 😀"s, "\xF4\x8F\xBF\xBF"s, "trailing  "s,
                                    std::string(70'000, 'x')})};
}

std::vector<type_samples> numbers() {
    return {
        {"bool", values_of<bool>({false, true})},
        whole_numbers<std::int8_t>("int8"),
        whole_numbers<std::int16_t>("int16"),
        whole_numbers<std::int32_t>("int32"),
        whole_numbers<std::int64_t>("int64"),
        whole_numbers<std::uint8_t>("uint8"),
        whole_numbers<std::uint16_t>("uint16"),
        whole_numbers<std::uint32_t>("uint32"),
        whole_numbers<std::uint64_t>("uint64"),
        real_numbers<float>("float32"),
        real_numbers<double>("float64"),
        decimals<10, 2>("decimal(10,2)", {"-99999999.99", "-0.01", "0", "0.10", "99999999.99"}),
        decimals<18, 0>("decimal(18,0)", {"-999999999999999999", "0", "999999999999999999"}),
        decimals<38, 10>("decimal(38,10)",
                         {"-9999999999999999999999999999.9999999999", "0.0000000001",
                          "12345678901234567890.5", "9999999999999999999999999999.9999999999"}),
        decimals<38, 30>("decimal(38,30)", {"-99999999.999999999999999999999999999999",
                                            "0.000000000000000000000000000001",
                                            "99999999.999999999999999999999999999999"}),
    };
}

std::vector<type_samples> times() {
    return {
        {"date", values_of<date>({date_from_string("0001-01-01"), date_from_string("1582-10-10"),
                                  date_from_string("1969-12-31"), date_from_string("2024-02-29"),
                                  date_from_string("9999-12-31")})},
        {"time", values_of<time_of_day>({time_of_day(), time_of_day(0, 0, 0, 1),
                                         time_of_day(12, 30, 15, 100000),
                                         time_of_day(23, 59, 59, 999999)})},
        {"timestamp",
         values_of<timestamp>({timestamp_from_string("0001-01-01 00:00:00"),
                               timestamp_from_string("1969-12-31 23:59:59.999999"), timestamp{},
                               timestamp_from_string("2024-03-31 01:30:00.000001"),
                               timestamp_from_string("9999-12-31 23:59:59.999999")})},
        {"instant",
         values_of<instant>({instant_from_string("0001-01-01 00:00:00Z"),
                             instant_from_string("1969-12-31 23:59:59.999999Z"), instant{},
                             instant_from_string("2024-10-27 01:30:00.039642Z"),
                             instant_from_string("9999-12-31 23:59:59.999999Z")})},
    };
}

std::vector<type_samples> others() {
    using namespace std::string_view_literals;
    return {
        texts(),
        {"text<20>", values_of<text<20>>({text<20>(""), text<20>("Ünïcödé 😀😀 "),
                                          text<20>(std::string(20, 'z'))})},
        {"bytes", values_of<bytes>({bytes{}, bytes_of("\0"sv), bytes_of("\0\xff\x80 '\\"sv),
                                    every_byte(), bytes(70'000, std::byte{0})})},
        {"uuid", values_of<uuid>({uuid{}, uuid::from_string("00112233-4455-6677-8899-aabbccddeeff"),
                                  uuid::from_string("ffffffff-ffff-ffff-ffff-ffffffffffff")})},
        {"json", values_of<json>({json("null"), json("[]"), json(R"({"a": [1, "ü😀", 2.50]})"),
                                  json("9007199254740993")})},
        {"enumeration", values_of<season>({season::autumn, season::spring, season::winter})},
        {"type with a codec", values_of<degrees>({degrees{-273150}, degrees{0}, degrees{21125}})},
    };
}

std::vector<type_samples> make_all() {
    auto all = numbers();
    for (auto const& part : {times(), others()}) all.insert(all.end(), part.begin(), part.end());
    return all;
}

}  // namespace

std::vector<type_samples> const& all_samples() {
    static std::vector<type_samples> const all = make_all();
    return all;
}

std::vector<value> that_fit(driver::capabilities const& can, std::vector<value> const& values,
                            path way) {
    std::vector<value> out;
    for (auto const& each : values) {
        auto const sent = each.bind();
        bool const is_text = sent.kind == kind::text || sent.kind == kind::bounded_text;
        bool const has_size = is_text || sent.kind == kind::bytes || sent.kind == kind::json;
        std::string_view const data =
            has_size ? std::string_view{sent.chars.data, sent.chars.size} : std::string_view{};
        bool const too_long = is_text && can.max_text != 0 && characters_of(data) > can.max_text;
        bool const too_large =
            way == path::literal && can.max_literal != 0 && data.size() > can.max_literal;
        if (!too_long && !too_large) out.push_back(each);
    }
    return out;
}

std::vector<type_samples> samples_for(driver::capabilities const& can, path way) {
    auto all = all_samples();
    for (auto& each : all) each.values = that_fit(can, each.values, way);
    return all;
}

std::size_t characters_of(std::string_view text) noexcept {
    return std::size_t(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    }));
}

}  // namespace relata::conformance
