// SPDX-License-Identifier: BSL-1.0
//
// Values as text: for digests, for the journal and for people.

#include "migrate/move/rows.hpp"

#include <relata/core/error.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/detail/decimal_core.hpp>

#include <charconv>
#include <cstring>

namespace relata::migrate::moving {

namespace {

using relata::kind;

void append_hex(std::string& out, char const* data, std::size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    for (std::size_t i = 0; i < size; ++i) {
        auto const byte = static_cast<unsigned char>(data[i]);
        out += digits[byte >> 4U];
        out += digits[byte & 15U];
    }
}

template <class Number> void append_number(std::string& out, Number value) {
    char digits[64];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

void append_decimal(std::string& out, relata::detail::int128 mantissa, unsigned scale) {
    char digits[relata::detail::decimal_text_size];
    out.append(digits, relata::detail::format_decimal(mantissa, scale, digits));
}

void append_time(std::string& out, param const& value) {
    char text[timestamp_text_size];
    if (value.kind == kind::date) {
        (void)format_date(std::int32_t(value.integer), text);
        out.append(text, date_text_size);
    } else if (value.kind == kind::time) {
        (void)format_time(value.integer, text);
        out.append(text, time_text_size);
    } else {
        (void)format_timestamp(value.integer, text);
        out.append(text, timestamp_text_size);
    }
}

relata::detail::int128 wide_value(param const& value) {
    return relata::detail::int128((relata::detail::int128(value.mantissa.high) << 64U) |
                                  value.mantissa.low);
}

// The value itself; not what it is or where it ends.
void append_plain(std::string& out, param const& value) {
    switch (value.kind) {
    case kind::boolean: out += value.integer != 0 ? "true" : "false"; break;
    case kind::uint64: append_number(out, std::uint64_t(value.integer)); break;
    case kind::float32: append_number(out, float(value.real)); break;
    case kind::float64: append_number(out, value.real); break;
    case kind::decimal: append_decimal(out, value.integer, value.type->scale); break;
    case kind::decimal_wide: append_decimal(out, wide_value(value), value.type->scale); break;
    case kind::bytes: append_hex(out, value.chars.data, value.chars.size); break;
    case kind::uuid: append_hex(out, reinterpret_cast<char const*>(value.raw), 16); break;
    case kind::date:
    case kind::time:
    case kind::timestamp:
    case kind::instant: append_time(out, value); break;
    case kind::text:
    case kind::json: out.append(value.chars.data, value.chars.size); break;
    default: append_number(out, value.integer); break;  // integers
    }
}

bool is_view(kind k) { return k == kind::text || k == kind::json || k == kind::bytes; }

unsigned digit(char c) {
    if (c >= '0' && c <= '9') return unsigned(c - '0');
    if (c >= 'a' && c <= 'f') return unsigned(c - 'a') + 10U;
    fail(error_kind::corrupt,
         "the journal of the move, relata_move, holds a key that is none; move "
         "into an empty database");
}

std::string from_hex(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i + 1 < text.size(); i += 2)
        out += static_cast<char>(digit(text[i]) << 4U | digit(text[i + 1]));
    return out;
}

}  // namespace

void append_canonical(std::string& out, param const& value) {
    if (value.kind == kind::none) {
        out += '-';
        return;
    }
    auto const start = out.size();
    append_plain(out, value);
    // the length behind it tells, read from the end, where the value begins, whatever it holds
    auto const length = out.size() - start;
    out += ':';
    append_number(out, length);
}

std::string encode_key(row_layout const& layout, void const* row,
                       std::vector<std::size_t> const& key) {
    std::string out;
    for (auto const i : key) {
        auto const value = layout.value(row, i);
        if (!out.empty()) out += ' ';
        out += ':';  // an empty text is a key too
        // the bits of a value whose size is fixed
        if (is_view(value.kind)) append_hex(out, value.chars.data, value.chars.size);
        else append_hex(out, reinterpret_cast<char const*>(value.raw), sizeof value.raw);
    }
    return out;
}

decoded_key::decoded_key(row_layout const& layout, std::vector<std::size_t> const& key,
                         std::string_view text) {
    for (auto const i : key) {
        auto const end = std::min(text.find(' '), text.size());
        auto const& bytes = texts_.emplace_back(from_hex(text.substr(1, end - 1)));
        text.remove_prefix(std::min(end + 1, text.size()));
        auto const& type = layout.type(i);
        param value{};
        value.type = &type;
        value.kind = type.kind;
        if (is_view(type.kind)) value.chars = {bytes.data(), bytes.size()};
        else std::memcpy(value.raw, bytes.data(), std::min(bytes.size(), sizeof value.raw));
        values_.push_back(value);
    }
}

std::string shown_key(std::vector<param> const& values) {
    std::string out = "(";
    for (auto const& value : values) {
        if (out.size() > 1) out += ", ";
        bool const quoted = value.kind == kind::text;
        if (quoted) out += '"';
        append_plain(out, value);
        if (quoted) out += '"';
    }
    return out + ")";
}

}  // namespace relata::migrate::moving
