// SPDX-License-Identifier: BSL-1.0
/// \file
/// Cells of a binary libpq result, as relata/driver/decode.hpp reads them.
#pragma once

#include "numeric.hpp"
#include "wire.hpp"

#include <relata/core/error.hpp>
#include <relata/types/calendar.hpp>
#include <relata/types/field.hpp>

#include <bit>
#include <string_view>

namespace relata::postgresql::detail {

class cell;

/// One row of a result. `wires` tells the format of each column.
struct row {
    PGresult const* result;
    int at_row;
    wire const* wires;

    [[nodiscard]] inline cell at(field const& f) const noexcept;

    /// Throws; the column's name comes from the result.
    [[noreturn]] void wrong(error_kind kind, field const& f) const;

    /// Throws null_value when the cell is NULL, otherwise type_mismatch.
    [[noreturn]] void refuse(field const& f, char const* wanted) const;

    // Readings that are rare, or whose own work is larger than a call. They take the field, not the
    // cell, so that a cell is never forced into memory.
    [[nodiscard]] std::int64_t other_integer(field const& f) const;
    [[nodiscard]] std::uint64_t unsigned_integer(field const& f) const;
    [[nodiscard]] double other_real(field const& f) const;
    [[nodiscard]] int128 mantissa(field const& f) const;
    [[nodiscard]] std::string_view json(field const& f) const;
};

class cell {
public:
    // Address and length are fetched here for every kind of cell: in one place the two calls cost
    // less than in each of the readers below, which then call nothing.
    cell(row const& r, field const& f) noexcept
        : value_(PQgetvalue(r.result, r.at_row, f.column)),
          size_(PQgetlength(r.result, r.at_row, f.column)), format_(r.wires[f.column]), row_(r),
          field_(f) {}

    // NULL has length 0, as has only one other cell: empty text or bytes.
    bool is_null() const noexcept {
        return size_ == 0 && PQgetisnull(row_.result, row_.at_row, field_.column) != 0;
    }

    std::int64_t integer() const {
        if (format_ == wire::int8) return std::int64_t(load8(fixed(8, "an integer")));
        if (format_ == wire::int4) return std::int32_t(load4(fixed(4, "an integer")));
        if (format_ == wire::int2) return std::int16_t(load2(fixed(2, "an integer")));
        return row_.other_integer(field_);
    }

    std::uint64_t unsigned_integer() const { return row_.unsigned_integer(field_); }

    bool boolean() const {
        expect(wire::boolean, "a boolean");
        return *fixed(1, "a boolean") != 0;
    }

    double real() const {
        if (format_ == wire::float8) return std::bit_cast<double>(load8(fixed(8, "a number")));
        if (format_ == wire::float4)
            return double(std::bit_cast<float>(load4(fixed(4, "a number"))));
        return row_.other_real(field_);
    }

    std::string_view text() const {
        expect(wire::text, "text");
        return view("text");
    }

    std::string_view blob() const {
        expect(wire::bytes, "bytes");
        return view("bytes");
    }

    int128 mantissa() const { return row_.mantissa(field_); }

    std::int32_t days() const {
        expect(wire::date, "a date");
        std::int64_t const days =
            std::int64_t(std::int32_t(load4(fixed(4, "a date")))) + epoch_days;
        if (days < min_day || days > max_day) [[unlikely]]
            row_.wrong(error_kind::out_of_range, field_);
        return std::int32_t(days);
    }

    std::int64_t time() const {
        expect(wire::time, "a time");
        auto const micros = std::int64_t(load8(fixed(8, "a time")));
        // the server knows 24:00:00, the library does not
        if (micros >= micros_per_day) [[unlikely]]
            row_.wrong(error_kind::out_of_range, field_);
        return micros;
    }

    std::int64_t timestamp() const {
        expect(wire::timestamp, "a timestamp");
        return moment("a timestamp");
    }

    std::int64_t instant() const {
        expect(wire::instant, "an instant");
        return moment("an instant");
    }

    void uuid(unsigned char* to16) const {
        expect(wire::uuid, "a uuid");
        std::memcpy(to16, fixed(16, "a uuid"), 16);
    }

    std::string_view json() const { return row_.json(field_); }

private:
    friend struct row;

    void expect(wire wanted, char const* words) const {
        if (format_ != wanted) [[unlikely]]
            row_.refuse(field_, words);
    }

    char const* fixed(int size, char const* words) const {
        if (size_ != size) [[unlikely]]
            row_.refuse(field_, words);
        return value_;
    }

    std::string_view view(char const* words) const {
        if (size_ == 0 && is_null()) [[unlikely]]
            row_.refuse(field_, words);
        return {value_, std::size_t(size_)};
    }

    std::int64_t moment(char const* words) const {
        auto const micros = std::int64_t(load8(fixed(8, words)));
        // the extreme values are the server's infinities; compared before the epoch can overflow
        if (micros < min_timestamp - epoch_microseconds ||
            micros > max_timestamp - epoch_microseconds) [[unlikely]]
            row_.wrong(error_kind::out_of_range, field_);
        return micros + epoch_microseconds;
    }

    char const* value_;
    int size_;
    wire format_;
    row const& row_;
    field const& field_;
};

inline cell row::at(field const& f) const noexcept { return {*this, f}; }

}  // namespace relata::postgresql::detail
