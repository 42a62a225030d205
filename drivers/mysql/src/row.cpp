// SPDX-License-Identifier: BSL-1.0
//
// The reads that are rare, and the refusals. What is common stays inline in row.hpp.

#include "row.hpp"

#include <mysql_family/refusals.hpp>

#include <charconv>

namespace relata::mysql::detail {
namespace {

constexpr unsigned binary_character_set = 63;

wire pick(bool is_unsigned, wire without, wire with) { return is_unsigned ? with : without; }

}  // namespace

void refuse_cell(error_kind kind, MYSQL_FIELD const& column, transaction_state state) {
    mysql_family::refuse_cell(kind,
                              column.org_name && *column.org_name ? column.org_name : column.name,
                              column.org_table ? column.org_table : "", state);
}

wire wire_of(MYSQL_FIELD const& column) noexcept {
    bool const is_unsigned = column.flags & UNSIGNED_FLAG;
    bool const is_binary = column.charsetnr == binary_character_set;
    switch (int(column.type)) {
    case MYSQL_TYPE_TINY: return pick(is_unsigned, wire::int8, wire::uint8);
    case MYSQL_TYPE_SHORT: return pick(is_unsigned, wire::int16, wire::uint16);
    case MYSQL_TYPE_YEAR: return wire::uint16;
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONG: return pick(is_unsigned, wire::int32, wire::uint32);
    case MYSQL_TYPE_LONGLONG: return pick(is_unsigned, wire::int64, wire::uint64);
    case MYSQL_TYPE_FLOAT: return wire::float32;
    case MYSQL_TYPE_DOUBLE: return wire::float64;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return wire::decimal;
    case MYSQL_TYPE_DATE:
    case MYSQL_TYPE_NEWDATE: return wire::date;
    case MYSQL_TYPE_TIME: return wire::time;
    case MYSQL_TYPE_DATETIME:
    case MYSQL_TYPE_TIMESTAMP: return wire::datetime;
    case MYSQL_TYPE_JSON: return wire::json;
    case MYSQL_TYPE_BIT: return wire::bits;
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING:
    case MYSQL_TYPE_ENUM:
    case MYSQL_TYPE_SET:
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB: return is_binary ? wire::bytes : wire::text;
    default: return wire::other;
    }
}

void cell::wrong(error_kind kind) const { row_.wrong(kind, field_); }

std::uint64_t cell::bits() const {
    std::uint64_t value = 0;
    for (char const c : load_chars(at_)) value = value << 8 | std::uint8_t(c);
    return value;
}

std::int64_t cell::rare_integer() const {
    if (!at_) wrong(error_kind::null_value);
    std::uint64_t value = 0;
    switch (type_) {
    case wire::uint64: value = load<std::uint64_t>(at_); break;
    case wire::bits: value = bits(); break;
    case wire::decimal: {
        // sums of integers are decimals here
        int128 whole = 0;
        auto text = load_chars(at_);
        if (auto const point = text.find('.'); point != std::string_view::npos) {
            if (text.find_first_not_of('0', point + 1) != std::string_view::npos)
                wrong(error_kind::type_mismatch);
            text = text.substr(0, point);
        }
        if (relata::detail::parse_decimal(text, 38, 0, whole) !=
                relata::detail::decimal_status::ok ||
            whole < INT64_MIN || whole > INT64_MAX)
            wrong(error_kind::out_of_range);
        return std::int64_t(whole);
    }
    default: wrong(error_kind::type_mismatch);
    }
    if (value > std::uint64_t(INT64_MAX)) wrong(error_kind::out_of_range);
    return std::int64_t(value);
}

std::uint64_t cell::unsigned_integer() const {
    if (at_ && type_ == wire::uint64) return load<std::uint64_t>(at_);
    if (at_ && type_ == wire::bits) return bits();
    if (at_ && type_ == wire::decimal) {
        field const whole{field_.code, 0, field_.column, 0, field_.type};
        int128 const value = cell(row_, whole, at_, type_).mantissa();
        if (value < 0 || value > int128(UINT64_MAX)) wrong(error_kind::out_of_range);
        return std::uint64_t(value);
    }
    std::int64_t const value = integer();
    if (value < 0) wrong(error_kind::out_of_range);
    return std::uint64_t(value);
}

bool cell::boolean() const {
    std::int64_t const value = integer();
    if (value != 0 && value != 1) wrong(error_kind::out_of_range);
    return value != 0;
}

double cell::rare_real() const {
    if (!at_) wrong(error_kind::null_value);
    if (type_ == wire::decimal) {
        auto const text = load_chars(at_);
        double value = 0;
        auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (status != std::errc() || end != text.data() + text.size())
            wrong(error_kind::value_invalid);
        return value;
    }
    if (type_ == wire::uint64) return double(load<std::uint64_t>(at_));
    return double(integer());
}

// A decimal's digits as a whole number in the wanted scale. Most have at most 18 digits, read in
// one pass; everything else goes the long way.
cell::int128 cell::mantissa() const {
    if (!at_) [[unlikely]]
        wrong(error_kind::null_value);
    if (type_ != wire::decimal) {
        int128 const value =
            type_ == wire::uint64 ? int128(load<std::uint64_t>(at_)) : int128(integer());
        int128 scaled = 0;
        if (__builtin_mul_overflow(value, relata::detail::pow10(field_.scale), &scaled))
            wrong(error_kind::out_of_range);
        return scaled;
    }
    std::string_view text = load_chars(at_);
    char const* at = text.data();
    char const* const end = at + text.size();
    bool const negative = at != end && *at == '-';
    if (negative) ++at;
    if (end - at <= 19) [[likely]] {
        std::uint64_t value = 0;  // of up to 19 digits
        unsigned digits = 0;
        char const* point = nullptr;
        for (; at != end; ++at) {
            if (*at == '.') {
                point = at;
                continue;
            }
            value = value * 10 + std::uint64_t(*at - '0');
            ++digits;
        }
        auto const scale = point ? unsigned(end - point - 1) : 0;
        if (digits <= 18 && scale == field_.scale) [[likely]]
            return negative ? -std::int64_t(value) : std::int64_t(value);
    }
    // zeros behind the wanted scale change nothing
    if (auto const point = text.find('.'); point != std::string_view::npos)
        while (text.size() - point - 1 > field_.scale && text.back() == '0') text.remove_suffix(1);
    if (!text.empty() && text.back() == '.') text.remove_suffix(1);
    int128 value = 0;
    if (relata::detail::parse_decimal(text, 38, field_.scale, value) !=
        relata::detail::decimal_status::ok)
        wrong(error_kind::out_of_range);
    return value;
}

std::int64_t cell::time() const {
    require(wire::time);
    unsigned char const size = at_[0];
    if (size == 0) return 0;
    bool const negative = at_[1] != 0;
    if (negative || load<std::uint32_t>(at_ + 2) != 0) wrong(error_kind::out_of_range);
    std::int64_t const seconds = at_[6] * 3600 + at_[7] * 60 + at_[8];
    return seconds * 1000000 + (size == 12 ? std::int64_t(load<std::uint32_t>(at_ + 9)) : 0);
}

void cell::uuid(unsigned char* to16) const {
    if (at_ && type_ == wire::text) {  // MariaDB's own type arrives as text
        relata::uuid value;
        if (!relata::uuid::parse(load_chars(at_), value)) wrong(error_kind::value_invalid);
        std::memcpy(to16, value.bytes, 16);
        return;
    }
    auto const bytes = blob();
    if (bytes.size() != 16) wrong(error_kind::value_invalid);
    std::memcpy(to16, bytes.data(), 16);
}

}  // namespace relata::mysql::detail
