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
};

class cell {
public:
    cell(row const& r, field const& f) noexcept : row_(r), field_(f) {}

    bool is_null() const noexcept {
        return PQgetisnull(row_.result, row_.at_row, field_.column) != 0;
    }

    std::int64_t integer() const {
        switch (format()) {
        case wire::int8: return std::int64_t(load8(fixed(8, "an integer")));
        case wire::int4: return std::int32_t(load4(fixed(4, "an integer")));
        case wire::int2: return std::int16_t(load2(fixed(2, "an integer")));
        case wire::oid: return load4(fixed(4, "an integer"));
        default: return numeric_integer();
        }
    }

    std::uint64_t unsigned_integer() const;

    bool boolean() const {
        expect(wire::boolean, "a boolean");
        return *fixed(1, "a boolean") != 0;
    }

    double real() const {
        if (format() == wire::float8) return std::bit_cast<double>(load8(fixed(8, "a number")));
        if (format() == wire::float4)
            return double(std::bit_cast<float>(load4(fixed(4, "a number"))));
        return other_real();
    }

    std::string_view text() const {
        expect(wire::text, "text");
        return view("text");
    }

    std::string_view blob() const {
        expect(wire::bytes, "bytes");
        return view("bytes");
    }

    int128 mantissa() const;

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

    std::string_view json() const;

private:
    wire format() const noexcept { return row_.wires[field_.column]; }

    void expect(wire wanted, char const* words) const {
        if (format() != wanted) [[unlikely]]
            row_.refuse(field_, words);
    }

    // NULL has length 0, so that one comparison answers both questions.
    char const* fixed(int size, char const* words) const {
        if (PQgetlength(row_.result, row_.at_row, field_.column) != size) [[unlikely]]
            row_.refuse(field_, words);
        return PQgetvalue(row_.result, row_.at_row, field_.column);
    }

    std::string_view view(char const* words) const {
        int const size = PQgetlength(row_.result, row_.at_row, field_.column);
        if (size == 0 && is_null()) [[unlikely]]
            row_.refuse(field_, words);
        return {PQgetvalue(row_.result, row_.at_row, field_.column), std::size_t(size)};
    }

    std::int64_t moment(char const* words) const;
    std::int64_t numeric_integer() const;
    double other_real() const;
    int128 numeric(unsigned scale, char const* words) const;

    row const& row_;
    field const& field_;
};

inline cell row::at(field const& f) const noexcept { return {*this, f}; }

}  // namespace relata::postgresql::detail
