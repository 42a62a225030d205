// SPDX-License-Identifier: BSL-1.0
/// \file
/// Binding: where relata/driver/encode.hpp puts the values of a statement.
#pragma once

#include <relata/driver/encode.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>

#include <sqlite3.h>

namespace tiny {

using relata::error_kind;
using relata::type_info;

class statement;

/// Binds to a prepared statement; SQLite copies what it is given.
// [sink]
struct sink {
    statement& owner;
    sqlite3_stmt* handle;

    void null(unsigned i, type_info const&) { check(sqlite3_bind_null(handle, place(i))); }
    void boolean(unsigned i, bool value) { check(sqlite3_bind_int(handle, place(i), value)); }
    void integer(unsigned i, std::int64_t value, type_info const&) {
        check(sqlite3_bind_int64(handle, place(i), value));
    }
    void real(unsigned i, double value, type_info const&) {
        check(sqlite3_bind_double(handle, place(i), value));
    }
    void text(unsigned i, std::string_view value) {
        // a null pointer would bind NULL, and an empty text is none
        check(sqlite3_bind_text64(handle, place(i), value.data() ? value.data() : "", value.size(),
                                  SQLITE_TRANSIENT, SQLITE_UTF8));
    }
    // [sink end]
    void json(unsigned i, std::string_view value) { text(i, value); }
    void bytes(unsigned i, std::string_view value) {
        check(sqlite3_bind_blob64(handle, place(i), value.data() ? value.data() : "", value.size(),
                                  SQLITE_TRANSIENT));
    }
    void uuid(unsigned i, unsigned char const* from16) {
        bytes(i, {reinterpret_cast<char const*>(from16), 16});
    }

    // What the SQLite dialect stores as text.
    void unsigned_integer(unsigned i, std::uint64_t value) {
        char digits[relata::sortable_u64_size];
        relata::encode_sortable_u64(value, digits);
        text(i, {digits, sizeof digits});
    }
    void decimal(unsigned i, relata::detail::int128 mantissa, type_info const& t) {
        if (!relata::detail::fits(mantissa, t.precision)) wrong(error_kind::out_of_range, i);
        if (t.precision <= 18) return integer(i, std::int64_t(mantissa), t);
        char digits[64];
        relata::encode_sortable(mantissa, t.precision, digits);
        text(i, {digits, relata::sortable_size(t.precision)});
    }
    void date(unsigned i, std::int32_t days) {
        char digits[relata::date_text_size];
        if (!relata::format_date(days, digits)) wrong(error_kind::out_of_range, i);
        text(i, {digits, sizeof digits});
    }
    void time(unsigned i, std::int64_t microseconds) {
        char digits[relata::time_text_size];
        if (!relata::format_time(microseconds, digits)) wrong(error_kind::out_of_range, i);
        text(i, {digits, sizeof digits});
    }
    void timestamp(unsigned i, std::int64_t microseconds) {
        char digits[relata::timestamp_text_size];
        if (!relata::format_timestamp(microseconds, digits)) wrong(error_kind::out_of_range, i);
        text(i, {digits, sizeof digits});
    }
    void instant(unsigned i, std::int64_t microseconds) { timestamp(i, microseconds); }

    std::string_view keep(std::string_view value) { return value; }  // SQLite has copied it
    [[noreturn]] void wrong(error_kind kind, unsigned i);

    static int place(unsigned i) { return int(i) + 1; }
    void check(int code);
};

}  // namespace tiny
