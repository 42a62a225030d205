// SPDX-License-Identifier: BSL-1.0
/// \file
/// How values are bound to a statement; the adapter that relata/driver/encode.hpp asks for.
#pragma once

#include <relata/driver/encode.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>

#include <cstring>
#include <string>
#include <vector>

#include <sqlite3.h>

namespace relata::sqlite::detail {

/// Places for values whose stored form is made while binding: one per placeholder, made once.
struct scratch {
    static constexpr std::size_t slot_size = 40;  // the longest is a number of 38 digits: 39
    std::vector<char> slots;
    std::vector<std::string> kept;  // copies of transient views
    std::size_t kept_used = 0;

    char* slot(unsigned i) noexcept { return slots.data() + i * slot_size; }
};

/// Binds to `handle`. `Owner` says what to do about an error: `refused(code)`, `wrong(kind, i)`.
template <class Owner> struct sink {
    Owner& owner;
    sqlite3_stmt* handle;
    scratch& room;

    void check(int code) {
        if (code != SQLITE_OK) [[unlikely]]
            owner.refused(code);
    }
    // SQLite reads the caller's bytes in place: they stay valid until `finish`, and every
    // placeholder is bound again before the next step, so old views are never read.
    void put(unsigned i, char const* data, std::size_t size) {
        check(sqlite3_bind_text64(handle, int(i) + 1, data, size, SQLITE_STATIC, SQLITE_UTF8));
    }

    void null(unsigned i, type_info const&) { check(sqlite3_bind_null(handle, int(i) + 1)); }
    void boolean(unsigned i, bool value) { check(sqlite3_bind_int64(handle, int(i) + 1, value)); }
    void integer(unsigned i, std::int64_t value, type_info const&) {
        check(sqlite3_bind_int64(handle, int(i) + 1, value));
    }
    void unsigned_integer(unsigned i, std::uint64_t value) {
        encode_sortable_u64(value, room.slot(i));
        put(i, room.slot(i), sortable_u64_size);
    }
    void real(unsigned i, double value, type_info const&) {
        check(sqlite3_bind_double(handle, int(i) + 1, value));
    }
    void decimal(unsigned i, relata::detail::int128 mantissa, type_info const& t) {
        if (!relata::detail::fits(mantissa, t.precision)) [[unlikely]]
            wrong(error_kind::out_of_range, i);
        if (t.precision <= 18) return integer(i, std::int64_t(mantissa), t);
        encode_sortable(mantissa, t.precision, room.slot(i));
        put(i, room.slot(i), sortable_size(t.precision));
    }
    // a null pointer would bind NULL, and an empty text is no NULL
    void text(unsigned i, std::string_view value) {
        put(i, value.data() ? value.data() : "", value.size());
    }
    void json(unsigned i, std::string_view value) { text(i, value); }
    void bytes(unsigned i, std::string_view value) {
        check(sqlite3_bind_blob64(handle, int(i) + 1, value.data() ? value.data() : "",
                                  value.size(), SQLITE_STATIC));
    }
    void date(unsigned i, std::int32_t days) {
        if (!format_date(days, room.slot(i))) [[unlikely]]
            wrong(error_kind::out_of_range, i);
        put(i, room.slot(i), date_text_size);
    }
    void time(unsigned i, std::int64_t microseconds) {
        if (!format_time(microseconds, room.slot(i))) [[unlikely]]
            wrong(error_kind::out_of_range, i);
        put(i, room.slot(i), time_text_size);
    }
    void timestamp(unsigned i, std::int64_t microseconds) {
        if (!format_timestamp(microseconds, room.slot(i))) [[unlikely]]
            wrong(error_kind::out_of_range, i);
        put(i, room.slot(i), timestamp_text_size);
    }
    void instant(unsigned i, std::int64_t microseconds) { timestamp(i, microseconds); }
    void uuid(unsigned i, unsigned char const* from16) {
        std::memcpy(room.slot(i), from16, 16);
        check(sqlite3_bind_blob64(handle, int(i) + 1, room.slot(i), 16, SQLITE_STATIC));
    }
    std::string_view keep(std::string_view value) {
        // sized once, so that no later growth moves a copy that is bound already
        if (room.kept.empty()) room.kept.resize(room.slots.size() / scratch::slot_size);
        std::string& copy = room.kept[room.kept_used++];
        copy.assign(value);
        return copy;
    }
    [[noreturn]] void wrong(error_kind kind, unsigned i) { owner.wrong_value(kind, i); }
};

}  // namespace relata::sqlite::detail
