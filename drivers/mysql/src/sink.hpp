// SPDX-License-Identifier: BSL-1.0
/// \file
/// Takes the values that driver/encode.hpp hands out and lays them into a statement's slots.
#pragma once

#include "calendar_time.hpp"
#include "parameters.hpp"
#include "wire_types.hpp"

#include <mysql_family/refusals.hpp>

#include <relata/driver/encode.hpp>

#include <cstring>

namespace relata::mysql::detail {

using mysql_family::refuse_value;

class sink {
public:
    using int128 = relata::detail::int128;

    /// `first`: the slot of placeholder 0. `copies`: the values die before the statement runs.
    explicit sink(parameters& to, unsigned first = 0, bool copies = false, std::int64_t row = -1)
        : to_(to), first_(first), copies_(copies), row_(row) {}

    void null(unsigned i, type_info const& t) {
        auto const& stored = stored_type(t);
        slot& s = to_.put(first_ + i, wire_type(stored.kind), stored.kind == kind::uint64);
        s.null = 1;
        s.length = 0;
        s.data = "";
    }
    void boolean(unsigned i, bool value) { number(i, value ? 1 : 0, false); }
    void integer(unsigned i, std::int64_t value, type_info const&) { number(i, value, false); }
    void unsigned_integer(unsigned i, std::uint64_t value) { number(i, std::int64_t(value), true); }
    void real(unsigned i, double value, type_info const&) {
        slot& s = to_.put(first_ + i, MYSQL_TYPE_DOUBLE);
        // the server would round it without a word
        if (s.whole) [[unlikely]]
            wrong(error_kind::type_mismatch, i);
        s.real = value;
        s.data = &s.real;
    }
    void decimal(unsigned i, int128 mantissa, type_info const& t) {
        slot& s = to_.put(first_ + i, MYSQL_TYPE_NEWDECIMAL);
        s.length = relata::detail::format_decimal(mantissa, t.scale, s.text);
        s.data = s.text;
    }
    void text(unsigned i, std::string_view value) { chars(i, value, MYSQL_TYPE_STRING); }
    void json(unsigned i, std::string_view value) { chars(i, value, MYSQL_TYPE_STRING); }
    void bytes(unsigned i, std::string_view value) { chars(i, value, MYSQL_TYPE_BLOB); }
    void uuid(unsigned i, unsigned char const* from) {
        slot& s = to_.put(first_ + i, MYSQL_TYPE_BLOB);
        std::memcpy(s.raw, from, 16);
        s.length = 16;
        s.data = s.raw;
    }
    void date(unsigned i, std::int32_t days) { put_date(moment(i, MYSQL_TYPE_DATE), days); }
    void time(unsigned i, std::int64_t micros) { put_time(moment(i, MYSQL_TYPE_TIME), micros); }
    void timestamp(unsigned i, std::int64_t micros) {
        put_moment(moment(i, MYSQL_TYPE_DATETIME), micros);
    }
    void instant(unsigned i, std::int64_t micros) {
        put_moment(moment(i, MYSQL_TYPE_DATETIME), micros);
    }

    // Not copied twice where every text is copied anyway.
    std::string_view keep(std::string_view value) {
        return copies_ ? value : to_.texts().copy(value);
    }

    [[noreturn]] void wrong(error_kind kind, unsigned i) { refuse_value(kind, i, row_); }

    /// Bytes of the texts put in, to be checked against the largest packet.
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    void number(unsigned i, std::int64_t value, bool is_unsigned) {
        slot& s = to_.put(first_ + i, MYSQL_TYPE_LONGLONG, is_unsigned);
        s.integer = value;
        s.data = &s.integer;
    }

    void chars(unsigned i, std::string_view value, enum_field_types type) {
        slot& s = to_.put(first_ + i, type);
        if (copies_) value = to_.texts().copy(value);
        // the library sends NULL for a null pointer, and an empty text may have one
        s.data = value.empty() ? "" : value.data();
        s.length = value.size();
        size_ += value.size();
    }

    MYSQL_TIME& moment(unsigned i, enum_field_types type) {
        slot& s = to_.put(first_ + i, type);
        s.data = &s.time;
        return s.time;
    }

    parameters& to_;
    unsigned first_;
    bool copies_;
    std::int64_t row_;
    std::size_t size_ = 0;
};

}  // namespace relata::mysql::detail
