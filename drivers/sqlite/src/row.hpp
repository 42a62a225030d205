// SPDX-License-Identifier: BSL-1.0
/// \file
/// Cells of a row, strictly typed; the adapter that relata/driver/decode.hpp asks for.
#pragma once

#include <relata/driver/decode.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/sortable.hpp>

#include <cstring>

#include <sqlite3.h>

namespace relata::sqlite::detail {

/// Whether every byte is ASCII; sixteen at a time, because it looks at every text that is read.
[[gnu::always_inline]] inline bool is_ascii(std::string_view text) noexcept {
    constexpr std::uint64_t high = 0x8080808080808080;
    auto const load = [](char const* at) {
        std::uint64_t word;
        std::memcpy(&word, at, sizeof word);
        return word;
    };
    char const* at = text.data();
    char const* const end = at + text.size();
    std::uint64_t seen = 0;
    if (text.size() >= 16) [[likely]] {
        for (; end - at > 16; at += 16) seen |= load(at) | load(at + 8);
        return ((seen | load(end - 16) | load(end - 8)) & high) == 0;
    }
    if (text.size() >= 8) return ((load(at) | load(end - 8)) & high) == 0;
    for (; at != end; ++at) seen |= static_cast<unsigned char>(*at);
    return (seen & high) == 0;
}

class statement;

/// Throws for a cell that cannot be read as the program wants it; names the column.
[[noreturn, gnu::cold]] void wrong_cell(statement& owner, error_kind kind, field const& f);

/// The same for one that is no integer: a real beyond 64 bits is what SQLite makes of an integer or
/// decimal result that does not fit.
[[noreturn, gnu::cold]] void wrong_integer(statement& owner, sqlite3_value* value, field const& f);

// sqlite3_column_value is asked once and sqlite3_value_* after it: each sqlite3_column_* would look
// the column up again (40 to 55 instructions). Its values are "unprotected", which is right here:
// one thread at a time uses a connection.
template <class Row> struct cell {
    Row const& row;
    field const& f;
    sqlite3_value* value;
    int type;

    [[gnu::always_inline]] cell(Row const& r, field const& wanted, sqlite3_value* v) noexcept
        : row(r), f(wanted), value(v), type(sqlite3_value_type(v)) {}

    // passes values, not itself: a cell lives in registers
    [[noreturn, gnu::always_inline]] void wrong(error_kind kind = error_kind::type_mismatch) const {
        wrong_cell(row.owner, is_null() ? error_kind::null_value : kind, f);
    }
    [[gnu::always_inline]] void want(int wanted) const {
        if (type != wanted) [[unlikely]]
            wrong();
    }
    [[gnu::always_inline]] std::string_view characters() const {
        auto const* data = static_cast<char const*>(sqlite3_value_blob(value));
        return {data ? data : "", std::size_t(sqlite3_value_bytes(value))};
    }

    [[gnu::always_inline]] bool is_null() const { return type == SQLITE_NULL; }
    [[gnu::always_inline]] std::int64_t integer() const {
        if (type != SQLITE_INTEGER) [[unlikely]]
            wrong_integer(row.owner, value, f);
        return sqlite3_value_int64(value);
    }
    // columns hold text (types/sortable.hpp), counts and sums are integers
    [[gnu::always_inline]] std::uint64_t unsigned_integer() const {
        if (type == SQLITE_INTEGER) {
            std::int64_t const number = sqlite3_value_int64(value);
            if (number < 0) wrong(error_kind::out_of_range);
            return std::uint64_t(number);
        }
        if (type == SQLITE_FLOAT) wrong_integer(row.owner, value, f);
        std::uint64_t number = 0;
        if (!decode_sortable_u64(written(), number)) wrong(error_kind::value_invalid);
        return number;
    }
    [[gnu::always_inline]] bool boolean() const {
        std::int64_t const number = integer();
        if (number != 0 && number != 1) [[unlikely]]
            wrong(error_kind::value_invalid);
        return number != 0;
    }
    // an expression may give an integer where a real was expected; up to 2^53 both are the same
    [[gnu::always_inline]] double real() const {
        if (type != SQLITE_FLOAT) [[unlikely]]
            want(SQLITE_INTEGER);
        return sqlite3_value_double(value);
    }
    // SQLite keeps whatever bytes another program wrote, so what is read as text is checked.
    [[gnu::always_inline]] std::string_view text() const {
        auto const found = written();
        if (!is_ascii(found) && !valid_utf8(found)) [[unlikely]]
            wrong(error_kind::text_invalid);
        return found;
    }
    // the same for values that are parsed, which is a check too
    [[gnu::always_inline]] std::string_view written() const {
        want(SQLITE_TEXT);
        auto const* data = reinterpret_cast<char const*>(sqlite3_value_text(value));
        if (!data) [[unlikely]]
            wrong(error_kind::out_of_memory);
        return {data, std::size_t(sqlite3_value_bytes(value))};
    }
    [[gnu::always_inline]] std::string_view blob() const {
        want(SQLITE_BLOB);
        return characters();
    }
    relata::detail::int128 mantissa() const {
        if (type == SQLITE_INTEGER) return sqlite3_value_int64(value);
        if (type == SQLITE_FLOAT) wrong_integer(row.owner, value, f);
        relata::detail::int128 number = 0;
        if (!decode_sortable(written(), number)) wrong(error_kind::value_invalid);
        return number;
    }
    [[gnu::always_inline]] std::int32_t days() const {
        auto const digits = written();
        std::int32_t number = 0;
        if (!parse_date(digits.data(), digits.size(), number)) [[unlikely]]
            wrong(error_kind::value_invalid);
        return number;
    }
    [[gnu::always_inline]] std::int64_t time() const {
        auto const digits = written();
        std::int64_t number = 0;
        if (!parse_time(digits.data(), digits.size(), number)) [[unlikely]]
            wrong(error_kind::value_invalid);
        return number;
    }
    [[gnu::always_inline]] std::int64_t timestamp() const {
        auto const digits = written();
        std::int64_t number = 0;
        if (!parse_timestamp(digits.data(), digits.size(), number)) [[unlikely]]
            wrong(error_kind::value_invalid);
        return number;
    }
    [[gnu::always_inline]] std::int64_t instant() const { return timestamp(); }
    void uuid(unsigned char* to16) const {
        auto const bytes = blob();
        if (bytes.size() != 16) [[unlikely]]
            wrong(error_kind::value_invalid);
        std::memcpy(to16, bytes.data(), 16);
    }
    std::string_view json() const { return text(); }
};

/// The row that a statement stands on.
struct live_row {
    statement& owner;
    sqlite3_stmt* handle;

    [[gnu::always_inline]] cell<live_row> at(field const& f) const {
        return {*this, f, sqlite3_column_value(handle, f.column)};
    }
    [[noreturn]] void wrong(error_kind kind, field const& f) const { wrong_cell(owner, kind, f); }
};

/// A row that was copied when its statement ran.
struct kept_row {
    statement& owner;
    sqlite3_value* const* cells;
    unsigned columns;

    cell<kept_row> at(field const& f) const {
        if (f.column >= columns) [[unlikely]]
            wrong_cell(owner, error_kind::null_value, f);
        return {*this, f, cells[f.column]};
    }
    [[noreturn]] void wrong(error_kind kind, field const& f) const { wrong_cell(owner, kind, f); }
};

}  // namespace relata::sqlite::detail
