// SPDX-License-Identifier: BSL-1.0
//
// Each getter of the library changes values of columns it was not made for without a word (numbers
// are cut, doubles lose digits as text), so the column's type decides which one is called.

#include "row.hpp"

#include <mysql_family/refusals.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/text.hpp>

#include <charconv>
#include <cstring>

#include <cppconn/datatype.h>

namespace relata::mysql_connector::detail {
namespace {

// The library has a buffer of this size for a decimal and reads on behind it for a longer one.
constexpr unsigned decimal_room = 64;

wire decimal_wire(vendor::ResultSetMetaData& columns, unsigned number) {
    // precision is told as the longest text of the result less the scale
    unsigned const longest = columns.getPrecision(number) + columns.getScale(number);
    return longest > decimal_room ? wire::long_decimal : wire::decimal;
}

// YYYY-MM-DD, but years have only as many digits as they need, from two on.
bool parse_day(std::string_view text, civil_date& day) {
    unsigned parts[3];
    char const* at = text.data();
    char const* const end = at + text.size();
    for (int i = 0; i < 3; ++i) {
        if (i > 0 && (at == end || *at++ != '-')) return false;
        auto const [stop, status] = std::from_chars(at, end, parts[i]);
        if (status != std::errc()) return false;
        at = stop;
    }
    day = {int(parts[0]), parts[1], parts[2]};
    return at == end && valid(day);
}

}  // namespace

wire wire_of(vendor::ResultSetMetaData& columns, unsigned column) {
    unsigned const number = column + 1;
    switch (columns.getColumnType(number)) {
    case vendor::DataType::SQLNULL: return wire::null;
    case vendor::DataType::TINYINT:
    case vendor::DataType::SMALLINT:
    case vendor::DataType::MEDIUMINT:
    case vendor::DataType::INTEGER:
    case vendor::DataType::BIGINT:
        return columns.isSigned(number) ? wire::signed_integer : wire::unsigned_integer;
    case vendor::DataType::YEAR: return wire::unsigned_integer;
    case vendor::DataType::REAL:
    case vendor::DataType::DOUBLE: return wire::real;
    case vendor::DataType::DECIMAL:
    case vendor::DataType::NUMERIC: return decimal_wire(columns, number);
    case vendor::DataType::DATE: return wire::date;
    case vendor::DataType::TIME: return wire::time;
    case vendor::DataType::TIMESTAMP: return wire::datetime;
    case vendor::DataType::CHAR:
    case vendor::DataType::VARCHAR:
    case vendor::DataType::LONGVARCHAR:
    case vendor::DataType::ENUM:
    case vendor::DataType::SET: return wire::text;
    case vendor::DataType::BINARY:
        // some bit columns are called binary
        return columns.getColumnTypeName(number).compare("BIT") == 0 ? wire::other : wire::bytes;
    case vendor::DataType::VARBINARY:
    case vendor::DataType::LONGVARBINARY: return wire::bytes;
    case vendor::DataType::BIT: return wire::bits;
    default: return wire::other;
    }
}

error_info row::place(field const& f) const {
    auto& columns = *result_.getMetaData();
    unsigned const number = f.column + 1;
    std::string name = columns.getColumnName(number).asStdString();
    if (name.empty()) name = columns.getColumnLabel(number).asStdString();
    error_info info;
    info.columns = {std::move(name)};
    info.table = columns.getTableName(number).asStdString();
    return info;
}

void row::wrong(error_kind kind, field const& f) const {
    auto info = place(f);
    mysql_family::refuse_cell(kind, std::move(info.columns[0]), std::move(info.table),
                              session_.transaction());
}

void row::refuse_unsafe(field const& f) const {
    auto info = place(f);
    info.kind = error_kind::not_supported;
    info.transaction = session_.transaction();
    info.message = "a decimal of so many digits that the client library cannot read it";
    throw error(std::move(info));
}

void cell::wrong(error_kind kind) const {
    row_.wrong(null_ ? error_kind::null_value : kind, field_);
}

void cell::require(wire type) const {
    if (null_ || type_ != type) wrong(error_kind::type_mismatch);
}

std::string_view cell::chars(wire type) const {
    require(type);
    return row_.chars(field_.column);
}

// The server keeps what another program wrote, so what is read as text is checked.
std::string_view cell::text() const {
    auto const found = chars(wire::text);
    if (!valid_utf8(found)) wrong(error_kind::text_invalid);
    return found;
}

std::string_view cell::decimal() const {
    if (!null_ && type_ == wire::long_decimal) row_.refuse_unsafe(field_);
    return chars(wire::decimal);
}

std::uint64_t cell::bits() const { return row_.result().getUInt64(field_.column + 1); }

std::int64_t cell::integer() const {
    if (!null_) {
        std::uint64_t value = 0;
        switch (type_) {
        case wire::signed_integer: return row_.result().getInt64(field_.column + 1);
        case wire::unsigned_integer: value = row_.result().getUInt64(field_.column + 1); break;
        case wire::bits: value = bits(); break;
        case wire::decimal:
        case wire::long_decimal: {
            // sums of integers are decimals here
            auto text = decimal();
            if (auto const point = text.find('.'); point != text.npos) {
                if (text.find_first_not_of('0', point + 1) != text.npos)
                    wrong(error_kind::type_mismatch);
                text = text.substr(0, point);
            }
            int128 whole = 0;
            if (relata::detail::parse_decimal(text, 38, 0, whole) !=
                    relata::detail::decimal_status::ok ||
                whole < INT64_MIN || whole > INT64_MAX)
                wrong(error_kind::out_of_range);
            return std::int64_t(whole);
        }
        default: wrong(error_kind::type_mismatch);
        }
        if (value <= std::uint64_t(INT64_MAX)) return std::int64_t(value);
    }
    wrong(error_kind::out_of_range);
}

std::uint64_t cell::unsigned_integer() const {
    if (!null_) {
        if (type_ == wire::unsigned_integer) return row_.result().getUInt64(field_.column + 1);
        if (type_ == wire::bits) return bits();
        if (type_ == wire::decimal) {
            field const whole{field_.code, 0, field_.column, 0, field_.type};
            int128 const value = cell(row_, whole, type_, false).mantissa();
            if (value < 0 || value > int128(UINT64_MAX)) wrong(error_kind::out_of_range);
            return std::uint64_t(value);
        }
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

double cell::real() const {
    if (null_) wrong(error_kind::null_value);
    if (type_ == wire::real) return double(row_.result().getDouble(field_.column + 1));
    if (type_ == wire::unsigned_integer) return double(row_.result().getUInt64(field_.column + 1));
    if (type_ != wire::decimal && type_ != wire::long_decimal) return double(integer());
    auto const text = decimal();
    double value = 0;
    auto const [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (status != std::errc() || end != text.data() + text.size()) wrong(error_kind::value_invalid);
    return value;
}

cell::int128 cell::mantissa() const {
    if (null_) wrong(error_kind::null_value);
    int128 value = 0;
    if (type_ != wire::decimal && type_ != wire::long_decimal) {
        value = type_ == wire::unsigned_integer ? int128(unsigned_integer()) : int128(integer());
        int128 scaled = 0;
        if (__builtin_mul_overflow(value, relata::detail::pow10(field_.scale), &scaled))
            wrong(error_kind::out_of_range);
        return scaled;
    }
    auto text = decimal();
    // zeros behind the wanted scale change nothing
    if (auto const point = text.find('.'); point != text.npos)
        while (text.size() - point - 1 > field_.scale && text.back() == '0') text.remove_suffix(1);
    if (!text.empty() && text.back() == '.') text.remove_suffix(1);
    if (relata::detail::parse_decimal(text, 38, field_.scale, value) !=
        relata::detail::decimal_status::ok)
        wrong(error_kind::out_of_range);
    return value;
}

std::int32_t cell::days() const {
    civil_date day;
    if (!parse_day(chars(wire::date), day)) wrong(error_kind::out_of_range);
    return days_from_civil(day);
}

std::int64_t cell::time() const {
    auto const text = chars(wire::time);
    std::int64_t micros = 0;
    if (!parse_time(text.data(), text.size(), micros)) wrong(error_kind::out_of_range);
    return micros;
}

std::int64_t cell::timestamp() const {
    auto const text = chars(wire::datetime);
    std::int64_t micros = 0;
    if (!parse_timestamp(text.data(), text.size(), micros)) wrong(error_kind::out_of_range);
    return micros;
}

void cell::uuid(unsigned char* to16) const {
    if (!null_ && type_ == wire::text) {  // MariaDB's own type arrives as text
        relata::uuid value;
        if (!relata::uuid::parse(text(), value)) wrong(error_kind::value_invalid);
        std::memcpy(to16, value.bytes, 16);
        return;
    }
    auto const bytes = blob();
    if (bytes.size() != 16) wrong(error_kind::value_invalid);
    std::memcpy(to16, bytes.data(), 16);
}

}  // namespace relata::mysql_connector::detail
