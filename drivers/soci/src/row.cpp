// SPDX-License-Identifier: BSL-1.0

#include "row.hpp"

#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>

#include <charconv>
#include <cstring>

namespace relata::soci::detail {

std::int64_t cell::integer() const {
    if (have_.is == form::integer) return have_.integer;
    int128 const value = whole();
    if (value < INT64_MIN || value > INT64_MAX) wrong(error_kind::out_of_range);
    return std::int64_t(value);
}

std::uint64_t cell::unsigned_integer() const {
    if (have_.is == form::unsigned_integer) return std::uint64_t(have_.integer);
    if (kept_ == storage::plain && have_.is == form::text) {
        std::uint64_t number = 0;
        if (!decode_sortable_u64(have_.text, number)) wrong(error_kind::value_invalid);
        return number;
    }
    int128 const value = whole();
    if (value < 0 || value > int128(UINT64_MAX)) wrong(error_kind::out_of_range);
    return std::uint64_t(value);
}

// Any whole number; a decimal only where nothing stands behind its point.
cell::int128 cell::whole() const {
    switch (have_.is) {
    case form::integer: return have_.integer;
    case form::unsigned_integer: return int128(std::uint64_t(have_.integer));
    case form::decimal: break;
    case form::real: wrong_whole();
    default: wrong();
    }
    std::string_view digits = have_.text;
    if (auto const point = digits.find('.'); point != digits.npos) {
        if (digits.find_first_not_of('0', point + 1) != digits.npos) wrong();
        digits = digits.substr(0, point);
    }
    int128 value = 0;
    if (relata::detail::parse_decimal(digits, 38, 0, value) != relata::detail::decimal_status::ok)
        wrong(error_kind::out_of_range);
    return value;
}

// SQLite goes on with floats where a sum of integers overflows.
void cell::wrong_whole() const {
    constexpr double beyond = 9223372036854775808.0;  // 2^63
    bool const fits = have_.real < beyond && have_.real > -beyond;
    wrong(fits ? error_kind::type_mismatch : error_kind::out_of_range);
}

bool cell::boolean() const {
    if (have_.is == form::boolean) return have_.integer != 0;
    if (have_.is != form::integer) wrong();
    if (have_.integer != 0 && have_.integer != 1) wrong(error_kind::value_invalid);
    return have_.integer != 0;
}

double cell::real() const {
    switch (have_.is) {
    case form::real: return have_.real;
    case form::integer: return double(have_.integer);
    case form::unsigned_integer: return double(std::uint64_t(have_.integer));
    case form::decimal: break;
    default: wrong();
    }
    double value = 0;
    char const* const end = have_.text.data() + have_.text.size();
    auto const [stop, problem] = std::from_chars(have_.text.data(), end, value);
    if (problem != std::errc() || stop != end) wrong(error_kind::value_invalid);
    return value;
}

std::string_view cell::text() const {
    auto const found = want(form::text);
    if (!valid_utf8(found)) wrong(error_kind::text_invalid);
    return found;
}

cell::int128 cell::mantissa() const {
    int128 value = 0;
    if (kept_ == storage::plain) {
        if (have_.is == form::integer) return have_.integer;
        if (have_.is == form::real) wrong_whole();
        if (!decode_sortable(want(form::text), value)) wrong(error_kind::value_invalid);
        return value;
    }
    if (have_.is != form::decimal) {
        if (__builtin_mul_overflow(whole(), relata::detail::pow10(field_.scale), &value))
            wrong(error_kind::out_of_range);
        return value;
    }
    std::string_view digits = have_.text;
    // zeros behind the wanted scale change nothing
    if (auto const point = digits.find('.'); point != digits.npos) {
        while (digits.size() - point - 1 > field_.scale && digits.back() == '0')
            digits.remove_suffix(1);
        if (digits.back() == '.') digits.remove_suffix(1);
    }
    if (relata::detail::parse_decimal(digits, 38, field_.scale, value) !=
        relata::detail::decimal_status::ok)
        wrong(error_kind::out_of_range);
    return value;
}

std::int32_t cell::days() const {
    auto const digits = want_time(form::date);
    std::int32_t number = 0;
    if (!parse_date(digits.data(), digits.size(), number)) wrong(error_kind::value_invalid);
    return number;
}

std::int64_t cell::time() const {
    auto const digits = want_time(form::time);
    std::int64_t number = 0;
    if (!parse_time(digits.data(), digits.size(), number))
        wrong(kept_ == storage::plain ? error_kind::value_invalid : error_kind::out_of_range);
    return number;
}

std::int64_t cell::moment(form is) const {
    auto const digits = want_time(have_.is == form::moment ? form::moment : is);
    std::int64_t number = 0;
    if (!parse_timestamp(digits.data(), digits.size(), number))
        wrong(kept_ == storage::plain ? error_kind::value_invalid : error_kind::out_of_range);
    return number;
}

std::int64_t cell::timestamp() const { return moment(form::timestamp); }
std::int64_t cell::instant() const { return moment(form::instant); }

void cell::uuid(unsigned char* to16) const {
    if (have_.is == form::uuid) {
        relata::uuid value;
        if (!relata::uuid::parse(have_.text, value)) wrong(error_kind::value_invalid);
        std::memcpy(to16, value.bytes, 16);
        return;
    }
    auto const bytes = want(form::bytes);
    if (bytes.size() != 16) wrong(error_kind::value_invalid);
    std::memcpy(to16, bytes.data(), 16);
}

std::string_view cell::json() const {
    if (have_.is == form::json) return have_.text;
    return text();
}

}  // namespace relata::soci::detail
