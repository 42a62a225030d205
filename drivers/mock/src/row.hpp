// SPDX-License-Identifier: BSL-1.0
/// \file
/// Cells of a scripted row, strictly typed; the adapter that relata/driver/decode.hpp asks for.
#pragma once

#include <relata/mock/cell.hpp>

#include <relata/driver/decode.hpp>

#include <cstring>
#include <limits>

namespace relata::mock {

namespace detail {
struct scripted_row;
}

/// Reads one cell.
struct cell_reader {
    using int128 = relata::detail::int128;

    detail::scripted_row const& row;
    field const& f;
    cell const& from;

    [[noreturn]] void wrong(error_kind kind = error_kind::type_mismatch) const;
    cell const& want(kind wanted) const {
        if (from.kind_ != wanted) wrong();
        return from;
    }
    // a whole number; of a decimal only where nothing is cut
    int128 whole() const {
        if (from.kind_ == kind::decimal_wide) return scaled(0);
        return want(kind::int64).number_;
    }
    int128 scaled(unsigned scale) const {
        unsigned const have = from.scale_;
        if (have > scale) {
            int128 const unit = relata::detail::pow10(have - scale);
            if (from.number_ % unit != 0) wrong(error_kind::out_of_range);
            return from.number_ / unit;
        }
        unsigned const more = scale - have;
        if (from.number_ != 0 &&
            relata::detail::digits(from.number_) + more > relata::detail::max_digits)
            wrong(error_kind::out_of_range);
        return from.number_ * relata::detail::pow10(more);
    }

    bool is_null() const { return from.kind_ == kind::none; }
    std::int64_t integer() const {
        int128 const number = whole();
        if (number < std::numeric_limits<std::int64_t>::min() ||
            number > std::numeric_limits<std::int64_t>::max())
            wrong(error_kind::out_of_range);
        return std::int64_t(number);
    }
    std::uint64_t unsigned_integer() const {
        int128 const number = whole();
        if (number < 0 || number > std::numeric_limits<std::uint64_t>::max())
            wrong(error_kind::out_of_range);
        return std::uint64_t(number);
    }
    bool boolean() const { return want(kind::boolean).number_ != 0; }
    double real() const {
        if (from.kind_ == kind::float64) return from.real_;
        if (from.kind_ == kind::decimal_wide)
            return relata::detail::decimal_to_double(from.number_, from.scale_);
        return double(want(kind::int64).number_);
    }
    std::string_view text() const { return want(kind::text).chars_; }
    std::string_view blob() const { return want(kind::bytes).chars_; }
    int128 mantissa() const {
        if (from.kind_ != kind::int64) want(kind::decimal_wide);
        return scaled(f.scale);
    }
    std::int32_t days() const { return std::int32_t(want(kind::date).number_); }
    std::int64_t time() const { return std::int64_t(want(kind::time).number_); }
    std::int64_t timestamp() const { return std::int64_t(want(kind::timestamp).number_); }
    std::int64_t instant() const { return std::int64_t(want(kind::instant).number_); }
    void uuid(unsigned char* to16) const { std::memcpy(to16, want(kind::uuid).chars_.data(), 16); }
    std::string_view json() const { return want(kind::json).chars_; }
};

namespace detail {

class statement;

/// A row while it is read.
struct scripted_row {
    statement& owner;
    mock::row const& cells;

    cell_reader at(field const& f) const;
    [[noreturn]] void wrong(error_kind kind, field const& f) const;
};

}  // namespace detail
}  // namespace relata::mock
