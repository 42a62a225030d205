// SPDX-License-Identifier: BSL-1.0
//
// Constants of defaults and conditions, as the engines spell them and as C++
// says them.

#include "migrate/generate/made.hpp"
#include "migrate/generate/names.hpp"

#include <algorithm>
#include <charconv>
#include <cstdint>

namespace relata::migrate::generate {

namespace {

using relata::kind;

template <class T> std::optional<T> number(std::string const& text) {
    T value{};
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, value);
    if (text.empty() || read.ec != std::errc() || read.ptr != end) return {};
    return value;
}

std::optional<made_constant> integer(catalog::engine engine, std::string const& text) {
    auto const value = number<std::int64_t>(text);
    if (!value || *value == INT64_MIN) return {};
    auto const cpp = std::to_string(*value);
    if (engine != catalog::engine::postgresql) return made_constant{cpp, cpp};
    bool const small = *value >= INT32_MIN && *value <= INT32_MAX;
    if (small && *value >= 0) return made_constant{cpp, cpp};
    return made_constant{"'" + cpp + (small ? "'::integer" : "'::bigint"), cpp};
}

// The digits, with as many after the point as the type has.
std::optional<std::string> scaled(std::string text, unsigned scale) {
    auto const digits = text.find_first_not_of("-");
    if (text.find_first_not_of("0123456789.", digits) != text.npos || digits > 1) return {};
    auto point = text.find('.');
    if (point == text.npos) {
        point = text.size();
        text += '.';
    }
    auto const behind = text.size() - point - 1;
    if (behind > scale) return {};
    text.append(scale - behind, '0');
    if (scale == 0) text.pop_back();
    if (text[digits] == '.') text.insert(digits, 1, '0');
    return text;
}

std::optional<made_constant> decimal(catalog::engine engine, cpp_type const& t,
                                     std::string const& value) {
    auto text = scaled(value, t.scale);
    if (!text) return {};
    auto const cpp = "\"" + *text + "\"_dec";
    if (engine == catalog::engine::sqlite) {
        if (t.is == kind::decimal_wide) return {};
        std::erase(*text, '.');
        auto const mantissa = number<std::int64_t>(*text);
        if (!mantissa) return {};
        return made_constant{std::to_string(*mantissa), cpp};
    }
    if (engine == catalog::engine::postgresql && (*text)[0] == '-') {
        if (t.scale == 0) return {};
        return made_constant{"'" + *text + "'::numeric", cpp};
    }
    return made_constant{*text, cpp};
}

// Not those that need an exponent, nor negative ones, whose spelling differs
// among versions.
std::optional<made_constant> real(catalog::engine engine, std::string const& text, bool operand) {
    auto const value = number<double>(text);
    if (!value || *value < 0) return {};
    char digits[64];
    auto const* const end = std::to_chars(digits, digits + sizeof digits, *value).ptr;
    std::string const shortest(digits, static_cast<std::size_t>(end - digits));
    if (shortest.find('e') != shortest.npos) return {};
    auto const cpp = shortest.find('.') == shortest.npos ? shortest + ".0" : shortest;
    switch (engine) {
    case catalog::engine::sqlite: return made_constant{shortest + "e0", cpp};
    case catalog::engine::postgresql:
        return made_constant{"(" + shortest + ")::double precision", cpp};
    default: return made_constant{operand ? shortest + "e0" : shortest, cpp};
    }
}

std::optional<made_constant> boolean(catalog::engine engine, std::string const& text) {
    bool const yes = text == "1" || text == "true" || text == "TRUE";
    if (!yes && text != "0" && text != "false" && text != "FALSE") return {};
    if (engine == catalog::engine::postgresql)
        return made_constant{yes ? "true" : "false", yes ? "true" : "false"};
    return made_constant{yes ? "1" : "0", yes ? "true" : "false"};
}

bool fits(cpp_type const& t, std::string const& text) {
    if (t.is != kind::bounded_text) return true;
    auto const points =
        std::count_if(text.begin(), text.end(), [](char c) { return (c & '\xC0') != '\x80'; });
    return static_cast<std::size_t>(points) <= t.length;
}

std::optional<made_constant> constant(catalog::engine engine, cpp_type const& t,
                                      literal const& value, bool operand) {
    if (is_integer(t.is)) {
        if (t.is == kind::uint64) return {};
        return integer(engine, value.value);
    }
    if (is_decimal(t.is)) return decimal(engine, t, value.value);
    if (t.is == kind::float32 || t.is == kind::float64) return real(engine, value.value, operand);
    if (!is_text(t.is) || !value.is_text || !fits(t, value.value)) return {};
    auto text = in_quotes(value.value);
    if (engine == catalog::engine::mysql && operand) text.insert(0, "_utf8mb4");
    if (engine == catalog::engine::postgresql)
        text += !operand && t.is == kind::bounded_text ? "::character varying" : "::text";
    return made_constant{text, cpp_literal(value.value)};
}

}  // namespace

std::string in_quotes(std::string const& text) {
    std::string out = "'";
    for (char const c : text) out.append(c == '\'' ? 2 : 1, c);
    return out + "'";
}

std::string current_time(catalog::engine engine) {
    switch (engine) {
    case catalog::engine::sqlite: return "strftime('%Y-%m-%d %H:%M:%f000', 'now')";
    case catalog::engine::postgresql: return "statement_timestamp()";
    case catalog::engine::mysql: return "(utc_timestamp(6))";
    case catalog::engine::mariadb: return "utc_timestamp(6)";
    }
    return "";
}

std::optional<made_constant> made_default(catalog::engine engine, cpp_type const& type,
                                          literal const& value) {
    auto found = type.is == kind::boolean ? boolean(engine, value.value)
                                          : constant(engine, type, value, false);
    if (!found || engine != catalog::engine::mysql) return found;
    // MySQL gives back the bare text, which inspection puts in quotes
    if (!is_text(type.is)) found->sql = in_quotes(found->sql);
    return found;
}

std::optional<made_constant> made_operand(catalog::engine engine, cpp_type const& type,
                                          literal const& value) {
    return constant(engine, type, value, true);
}

}  // namespace relata::migrate::generate
