// SPDX-License-Identifier: BSL-1.0

#include <relata/mock/cell.hpp>

#include "cell_sink.hpp"
#include "words.hpp"

#include <relata/schema/model.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/uuid.hpp>

#include <fmt/format.h>

#include <cstring>

namespace relata::mock {
namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (char const c : text) out.append(c == '\'' ? 2 : 1, c);
    return out += '\'';
}

std::string hexadecimal(std::string_view bytes) {
    std::string out = "x'";
    for (char const c : bytes) out += fmt::format("{:02x}", static_cast<unsigned char>(c));
    return out += '\'';
}

std::string uuid_text(std::string_view bytes) {
    uuid value;
    std::memcpy(&value, bytes.data(), sizeof value);
    return value.to_string();
}

template <std::size_t Size> std::string formatted(auto format, auto value) {
    std::string out(Size, ' ');
    format(value, out.data());
    return out;
}

}  // namespace

void cell_sink::wrong(error_kind kind, unsigned i) {
    error_info info;
    info.kind = kind;
    info.outcome = outcome::not_sent;
    info.message = fmt::format("{} (value {})", detail::words(kind), i + 1);
    throw error(std::move(info));
}

std::vector<cell> detail::cells_of(param const* values, unsigned count) {
    std::vector<cell> made(count);
    cell_sink to{made};
    for (unsigned i = 0; i < count; ++i) driver::encode_param(to, i, values[i]);
    return made;
}

// the plan's columns number the placeholders
std::vector<cell> detail::cells_of(field const* plan, unsigned count, void const* object) {
    std::vector<cell> made(count);
    cell_sink to{made};
    for (field const *f = plan, *end = plan + count; f != end; ++f)
        driver::encode_field(to, *f, object);
    return made;
}

cell::cell(std::string_view text) {
    std::string const copy(text);
    *this = cell(type_of<std::string>, &copy);
}

cell::cell(decimal_literal number)
    : kind_(kind::decimal_wide), scale_(static_cast<unsigned char>(number.scale)),
      number_(number.mantissa) {}

cell::cell(type_info const& type, void const* value) {
    std::vector<cell> made(1);
    cell_sink to{made};
    driver::detail::encode_value(to, 0, type, value, false);
    *this = std::move(made.front());
}

std::string cell::text() const {
    if (any_) return "anything";
    auto const whole = [this] { return std::int64_t(number_); };
    switch (kind_) {
    case kind::boolean: return number_ ? "true" : "false";
    case kind::int64: return relata::detail::decimal_to_string(number_, 0);
    case kind::float64: return fmt::format("{}", real_);
    case kind::decimal_wide: return relata::detail::decimal_to_string(number_, scale_);
    case kind::text:
    case kind::json: return quoted(chars_);
    case kind::bytes: return hexadecimal(chars_);
    case kind::date: return formatted<date_text_size>(format_date, std::int32_t(number_));
    case kind::time: return formatted<time_text_size>(format_time, whole());
    case kind::timestamp: return formatted<timestamp_text_size>(format_timestamp, whole());
    case kind::instant: return formatted<timestamp_text_size>(format_timestamp, whole()) + "Z";
    case kind::uuid: return uuid_text(chars_);
    default: return "NULL";
    }
}

bool cell::same(cell const& other) const noexcept {
    if (any_ || other.any_) return true;
    if (kind_ != other.kind_) {
        auto const exact = [](relata::kind k) {
            return k == kind::int64 || k == kind::decimal_wide;
        };
        if (!exact(kind_) || !exact(other.kind_)) return false;
    }
    return relata::detail::compare_scaled(number_, scale_, other.number_, other.scale_) == 0 &&
           real_ == other.real_ && chars_ == other.chars_;
}

row::row(schema::table_data const& table, void const* object) {
    for (auto const& column : schema::model_of(table).columns)
        cells_.emplace_back(*column.type, static_cast<char const*>(object) + column.offset);
}

std::string row::text() const {
    std::string out = "[";
    for (auto const& each : cells_) {
        if (out.size() > 1) out += ", ";
        out += each.text();
    }
    return out += ']';
}

}  // namespace relata::mock
