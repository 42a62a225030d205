// SPDX-License-Identifier: BSL-1.0
/// \file
/// How values become what SOCI sends; the adapter that relata/driver/encode.hpp asks for.
#pragma once

#include "value.hpp"

#include <relata/driver/encode.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>
#include <relata/types/uuid.hpp>

#include <cstring>
#include <vector>

namespace relata::soci::detail {

/// Throws for a value that cannot be sent; names the placeholder.
[[noreturn]] void refuse_value(error_kind kind, unsigned placeholder);

struct sink {
    std::vector<bound>& values;
    storage kept;
    bool uuid_as_text;

    using form = bound::form;

    // SOCI copies each value several times and cuts sizes to 32 bits
    static constexpr std::size_t most_bytes = 1'000'000'000;

    void put(unsigned i, form is, std::string_view text) {
        if (text.size() > most_bytes) [[unlikely]]
            wrong(error_kind::limit_exceeded, i);
        values[i].is = is;
        values[i].text.assign(text);
    }
    void null(unsigned i, type_info const&) { values[i].is = form::null; }
    void boolean(unsigned i, bool value) {
        values[i].is = form::integer;
        values[i].integer = value;
    }
    void integer(unsigned i, std::int64_t value, type_info const&) {
        values[i].is = form::integer;
        values[i].integer = value;
    }
    void unsigned_integer(unsigned i, std::uint64_t value) {
        if (kept == storage::plain) {
            char digits[sortable_u64_size];
            encode_sortable_u64(value, digits);
            return put(i, form::text, {digits, sizeof digits});
        }
        values[i].is = form::unsigned_integer;
        values[i].integer = std::int64_t(value);
    }
    void real(unsigned i, double value, type_info const&) {
        values[i].is = form::real;
        values[i].real = value;
    }
    void decimal(unsigned i, relata::detail::int128 mantissa, type_info const& t) {
        if (kept == storage::plain) {
            if (t.precision <= 18) return integer(i, std::int64_t(mantissa), t);
            char digits[40];
            encode_sortable(mantissa, t.precision, digits);
            return put(i, form::text, {digits, sortable_size(t.precision)});
        }
        char digits[relata::detail::decimal_text_size];
        put(i, form::text, {digits, relata::detail::format_decimal(mantissa, t.scale, digits)});
    }
    void text(unsigned i, std::string_view value) { put(i, form::text, value); }
    void json(unsigned i, std::string_view value) { put(i, form::text, value); }
    void bytes(unsigned i, std::string_view value) { put(i, form::bytes, value); }
    void date(unsigned i, std::int32_t days) {
        char digits[date_text_size];
        if (!format_date(days, digits)) wrong(error_kind::out_of_range, i);
        put(i, form::text, {digits, sizeof digits});
    }
    void time(unsigned i, std::int64_t microseconds) {
        char digits[time_text_size];
        if (!format_time(microseconds, digits)) wrong(error_kind::out_of_range, i);
        put(i, form::text, {digits, sizeof digits});
    }
    void timestamp(unsigned i, std::int64_t microseconds) {
        char digits[timestamp_text_size];
        if (!format_timestamp(microseconds, digits)) wrong(error_kind::out_of_range, i);
        put(i, form::text, {digits, sizeof digits});
    }
    // sessions speak UTC, so that no offset is needed
    void instant(unsigned i, std::int64_t microseconds) { timestamp(i, microseconds); }
    void uuid(unsigned i, unsigned char const* from16) {
        relata::uuid value;
        std::memcpy(value.bytes, from16, sizeof value.bytes);
        if (uuid_as_text) return put(i, form::text, value.to_string());
        put(i, form::bytes, {reinterpret_cast<char const*>(from16), 16});
    }
    // every value is copied anyway
    [[nodiscard]] std::string_view keep(std::string_view value) const { return value; }
    [[noreturn]] void wrong(error_kind kind, unsigned i) const { refuse_value(kind, i); }
};

}  // namespace relata::soci::detail
