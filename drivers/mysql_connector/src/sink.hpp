// SPDX-License-Identifier: BSL-1.0
/// \file
/// Takes the values that driver/encode.hpp hands out and lays them into a statement's slots.
#pragma once

#include "parameters.hpp"

#include <mysql_family/refusals.hpp>
#include <relata/driver/encode.hpp>
#include <relata/types/calendar.hpp>

#include <cstring>

namespace relata::mysql_connector::detail {

/// From this size on the library sends text as bytes.
inline constexpr std::size_t long_text_size = 256 * 1024;

class sink {
public:
    using int128 = relata::detail::int128;

    /// `first`: the slot of placeholder 0. `copies`: the values die before the statement runs.
    explicit sink(parameters& to, unsigned first = 0, bool copies = false, std::int64_t row = -1)
        : to_(to), first_(first), copies_(copies), row_(row) {}

    void null(unsigned i, type_info const&) { put(i, holds::null); }
    void boolean(unsigned i, bool value) { put(i, holds::integer).integer = value ? 1 : 0; }
    void integer(unsigned i, std::int64_t value, type_info const&) {
        put(i, holds::integer).integer = value;
    }
    void unsigned_integer(unsigned i, std::uint64_t value) {
        put(i, holds::unsigned_integer, {form::unsigned_integer, 0}).natural = value;
    }
    void real(unsigned i, double value, type_info const&) {
        slot& s = put(i, holds::real);
        // the server would round it without a word
        if (s.whole) wrong(error_kind::type_mismatch, i);
        s.real = value;
    }
    void decimal(unsigned i, int128 mantissa, type_info const& t) {
        slot& s = put(i, holds::text, {form::decimal, std::uint8_t(t.scale)});
        written(s, relata::detail::format_decimal(mantissa, t.scale, s.room));
    }
    void text(unsigned i, std::string_view value) {
        bool const is_long = value.size() >= long_text_size;
        chars(put(i, holds::text, {is_long ? form::long_text : form::plain, 0}), value);
    }
    void json(unsigned i, std::string_view value) { text(i, value); }
    void bytes(unsigned i, std::string_view value) {
        slot& s = put(i, holds::bytes);
        // one byte would become a number of the server's making
        if (s.whole) wrong(error_kind::type_mismatch, i);
        chars(s, value);
    }
    void uuid(unsigned i, unsigned char const* from) {
        slot& s = put(i, holds::bytes);
        std::memcpy(s.room, from, 16);
        written(s, 16);
    }
    void date(unsigned i, std::int32_t days) {
        slot& s = put(i, holds::text, {form::date, 0});
        if (!format_date(days, s.room)) wrong(error_kind::out_of_range, i);
        written(s, date_text_size);
    }
    void time(unsigned i, std::int64_t micros) {
        slot& s = put(i, holds::text, {form::time, 0});
        if (!format_time(micros, s.room)) wrong(error_kind::out_of_range, i);
        written(s, time_text_size);
    }
    void timestamp(unsigned i, std::int64_t micros) {
        slot& s = put(i, holds::text, {form::moment, 0});
        if (!format_timestamp(micros, s.room)) wrong(error_kind::out_of_range, i);
        written(s, timestamp_text_size);
    }
    void instant(unsigned i, std::int64_t micros) { timestamp(i, micros); }

    // Not copied twice where every text is copied anyway.
    std::string_view keep(std::string_view value) {
        return copies_ ? value : to_.texts().copy(value);
    }

    [[noreturn]] void wrong(error_kind kind, unsigned i) {
        mysql_family::refuse_value(kind, i, row_);
    }

    /// Bytes of the texts put in, to be checked against the largest packet.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    slot& put(unsigned i, holds what, placeholder wants = {}) {
        slot& s = to_[first_ + i];
        s.holds = what;
        s.wants = wants;
        s.own = false;
        return s;
    }

    static void written(slot& s, std::size_t size) {
        s.size = size;
        s.own = true;
    }

    void chars(slot& s, std::string_view value) {
        if (copies_) value = to_.texts().copy(value);
        s.view = value.data() ? value : std::string_view("");
        size_ += value.size();
    }

    parameters& to_;
    unsigned first_;
    bool copies_;
    std::int64_t row_;
    std::size_t size_ = 0;
};

}  // namespace relata::mysql_connector::detail
