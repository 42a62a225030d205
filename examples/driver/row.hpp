// SPDX-License-Identifier: BSL-1.0
/// \file
/// Reading: how a cell of SQLite becomes the values that relata/driver/decode.hpp asks for.
#pragma once

#include <relata/driver/decode.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>

#include <cstring>

#include <sqlite3.h>

namespace tiny {

using relata::error_kind;
using relata::field;

// [row]
class statement;

/// The row on which a statement stands.
struct row {
    statement& owner;
    sqlite3_stmt* handle;

    struct cell at(field const& f);
    [[noreturn]] void wrong(error_kind kind, field const& f);
};
// [row end]

/// One cell. SQLite keeps a type with each value, so a wrong one is always noticed.
// [cell]
struct cell {
    row& from;
    field const& f;

    int type() const { return sqlite3_column_type(from.handle, f.column); }
    bool is_null() const { return type() == SQLITE_NULL; }

    std::int64_t integer() const {
        want(SQLITE_INTEGER);
        return sqlite3_column_int64(from.handle, f.column);
    }
    std::string_view text() const {
        auto const found = written();
        if (!relata::valid_utf8(found)) wrong(error_kind::text_invalid);
        return found;
    }
    // [cell end]

    [[noreturn]] void wrong(error_kind kind = error_kind::type_mismatch) const {
        from.wrong(is_null() ? error_kind::null_value : kind, f);
    }
    void want(int wanted) const {
        if (type() != wanted) wrong();
    }
    bool boolean() const {
        std::int64_t const number = integer();
        if (number != 0 && number != 1) wrong(error_kind::value_invalid);
        return number != 0;
    }
    double real() const {
        if (type() != SQLITE_FLOAT) want(SQLITE_INTEGER);
        return sqlite3_column_double(from.handle, f.column);
    }
    std::string_view written() const {
        want(SQLITE_TEXT);
        auto const* data = sqlite3_column_text(from.handle, f.column);
        if (!data) wrong(error_kind::out_of_memory);
        return {reinterpret_cast<char const*>(data),
                std::size_t(sqlite3_column_bytes(from.handle, f.column))};
    }
    std::string_view blob() const {
        want(SQLITE_BLOB);
        auto const* data = static_cast<char const*>(sqlite3_column_blob(from.handle, f.column));
        return {data ? data : "", std::size_t(sqlite3_column_bytes(from.handle, f.column))};
    }

    // What the SQLite dialect stores as text: numbers beyond 64 bits, dates and times.
    // [stored]
    std::uint64_t unsigned_integer() const {
        std::uint64_t number = 0;
        if (type() == SQLITE_INTEGER) {  // a count or a sum, not a column
            if (integer() < 0) wrong(error_kind::out_of_range);
            return std::uint64_t(integer());
        }
        if (!relata::decode_sortable_u64(written(), number)) wrong(error_kind::value_invalid);
        return number;
    }
    relata::detail::int128 mantissa() const {
        relata::detail::int128 number = 0;
        if (type() == SQLITE_INTEGER) return integer();
        if (!relata::decode_sortable(written(), number)) wrong(error_kind::value_invalid);
        return number;
    }
    std::int32_t days() const { return parsed<std::int32_t>(relata::parse_date); }
    std::int64_t time() const { return parsed<std::int64_t>(relata::parse_time); }
    std::int64_t timestamp() const { return parsed<std::int64_t>(relata::parse_timestamp); }
    std::int64_t instant() const { return timestamp(); }
    // [stored end]
    void uuid(unsigned char* to16) const {
        auto const bytes = blob();
        if (bytes.size() != 16) wrong(error_kind::value_invalid);
        std::memcpy(to16, bytes.data(), 16);
    }
    std::string_view json() const { return text(); }

    template <class T> T parsed(bool (*parse)(char const*, std::size_t, T&) noexcept) const {
        auto const digits = written();
        T value{};
        if (!parse(digits.data(), digits.size(), value)) wrong(error_kind::value_invalid);
        return value;
    }
};

inline cell row::at(field const& f) {
    if (int(f.column) >= sqlite3_column_count(handle)) wrong(error_kind::invalid_argument, f);
    return {*this, f};
}

}  // namespace tiny
