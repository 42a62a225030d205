// SPDX-License-Identifier: BSL-1.0
/// \file
/// Bound values become cells; the adapter that relata/driver/encode.hpp asks for.
#pragma once

#include <relata/mock/cell.hpp>

#include <relata/driver/encode.hpp>

namespace relata::mock {

/// Collects values, one cell for each placeholder.
struct cell_sink {
    std::vector<cell>& to;

    void put(unsigned i, kind k, relata::detail::int128 number) {
        to[i].kind_ = k;
        to[i].number_ = number;
    }
    void put(unsigned i, kind k, std::string_view chars) {
        to[i].kind_ = k;
        to[i].chars_ = chars;
    }

    void null(unsigned i, type_info const&) { to[i] = cell(); }
    void boolean(unsigned i, bool value) { put(i, kind::boolean, value); }
    void integer(unsigned i, std::int64_t value, type_info const&) { put(i, kind::int64, value); }
    void unsigned_integer(unsigned i, std::uint64_t value) { put(i, kind::int64, value); }
    void real(unsigned i, double value, type_info const&) {
        to[i].kind_ = kind::float64;
        to[i].real_ = value;
    }
    void decimal(unsigned i, relata::detail::int128 mantissa, type_info const& t) {
        if (!relata::detail::fits(mantissa, t.precision)) wrong(error_kind::out_of_range, i);
        put(i, kind::decimal_wide, mantissa);
        to[i].scale_ = t.scale;
    }
    void text(unsigned i, std::string_view value) { put(i, kind::text, value); }
    void bytes(unsigned i, std::string_view value) { put(i, kind::bytes, value); }
    void json(unsigned i, std::string_view value) { put(i, kind::json, value); }
    void date(unsigned i, std::int32_t days) { put(i, kind::date, days); }
    void time(unsigned i, std::int64_t microseconds) { put(i, kind::time, microseconds); }
    void timestamp(unsigned i, std::int64_t microseconds) { put(i, kind::timestamp, microseconds); }
    void instant(unsigned i, std::int64_t microseconds) { put(i, kind::instant, microseconds); }
    void uuid(unsigned i, unsigned char const* from16) {
        put(i, kind::uuid, {reinterpret_cast<char const*>(from16), 16});
    }
    // every value is copied anyway
    std::string_view keep(std::string_view value) { return value; }
    [[noreturn]] void wrong(error_kind kind, unsigned i);
};

namespace detail {

/// The values of a statement. Throws for one that could not be sent.
std::vector<cell> cells_of(param const* values, unsigned count);
std::vector<cell> cells_of(field const* plan, unsigned count, void const* object);

}  // namespace detail

}  // namespace relata::mock
