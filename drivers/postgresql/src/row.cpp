// SPDX-License-Identifier: BSL-1.0
#include "row.hpp"

#include <fmt/format.h>

#include <limits>

namespace relata::postgresql::detail {
namespace {

[[noreturn]] void raise(PGresult const* result, unsigned column, error_kind kind,
                        std::string message) {
    error_info info;
    info.kind = kind;
    info.outcome = outcome::rejected;
    info.message = std::move(message);
    info.columns.emplace_back(PQfname(result, int(column)));
    throw error(std::move(info));
}

char const* words(error_kind kind) {
    switch (kind) {
    case error_kind::null_value: return "NULL where the program's type has no place for it";
    case error_kind::out_of_range: return "a value that the program's type cannot hold";
    case error_kind::value_too_long: return "text that is longer than the program's type allows";
    case error_kind::value_invalid: return "a value that the program's type does not know";
    case error_kind::not_supported: return "a type that cannot be read from a column";
    case error_kind::corrupt: return "a value that is not in the server's binary format";
    default: return "a value that cannot be read";
    }
}

}  // namespace

void row::wrong(error_kind kind, field const& f) const {
    raise(result, f.column, kind, words(kind));
}

void row::refuse(field const& f, char const* wanted) const {
    if (PQgetisnull(result, at_row, f.column)) wrong(error_kind::null_value, f);
    Oid const type = PQftype(result, f.column);
    raise(result, f.column, error_kind::type_mismatch,
          fmt::format("a column of type {} cannot be read as {}", name_of_type(type), wanted));
}

int128 cell::numeric(unsigned scale, char const* words_wanted) const {
    auto const bytes = view(words_wanted);
    int128 value = 0;
    switch (read_numeric(bytes.data(), bytes.size(), scale, value)) {
    case numeric_status::ok: break;
    case numeric_status::damaged: row_.wrong(error_kind::corrupt, field_);
    default: row_.wrong(error_kind::out_of_range, field_);
    }
    return value;
}

std::int64_t cell::numeric_integer() const {
    expect(wire::numeric, "an integer");
    int128 const value = numeric(0, "an integer");
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max())
        row_.wrong(error_kind::out_of_range, field_);
    return std::int64_t(value);
}

std::uint64_t cell::unsigned_integer() const {
    if (format() == wire::numeric) {
        int128 const value = numeric(0, "an integer");
        if (value < 0 || value > int128(std::numeric_limits<std::uint64_t>::max()))
            row_.wrong(error_kind::out_of_range, field_);
        return std::uint64_t(value);
    }
    std::int64_t const value = integer();
    if (value < 0) row_.wrong(error_kind::out_of_range, field_);
    return std::uint64_t(value);
}

double cell::other_real() const {
    switch (format()) {
    case wire::int2:
    case wire::int4:
    case wire::int8:
    case wire::oid: return double(integer());
    case wire::numeric: break;
    default: row_.refuse(field_, "a number");
    }
    auto const bytes = view("a number");
    double value = 0;
    switch (read_numeric(bytes.data(), bytes.size(), value)) {
    case numeric_status::ok: break;
    case numeric_status::damaged: row_.wrong(error_kind::corrupt, field_);
    default: row_.wrong(error_kind::out_of_range, field_);
    }
    return value;
}

int128 cell::mantissa() const {
    switch (format()) {
    case wire::int2:
    case wire::int4:
    case wire::int8:
    case wire::oid: {
        int128 value = integer();
        if (__builtin_mul_overflow(value, relata::detail::pow10(field_.scale), &value))
            row_.wrong(error_kind::out_of_range, field_);
        return value;
    }
    case wire::numeric: return numeric(field_.scale, "a decimal");
    default: row_.refuse(field_, "a decimal");
    }
}

std::int64_t cell::moment(char const* words_wanted) const {
    auto const micros = std::int64_t(load8(fixed(8, words_wanted)));
    // the extreme values are the server's infinities; compared before the epoch can overflow
    if (micros < min_timestamp - epoch_microseconds || micros > max_timestamp - epoch_microseconds)
        row_.wrong(error_kind::out_of_range, field_);
    return micros + epoch_microseconds;
}

std::string_view cell::json() const {
    if (format() != wire::json && format() != wire::jsonb) row_.refuse(field_, "json");
    auto const text = view("json");
    if (format() == wire::json) return text;
    if (text.empty() || text[0] != 1) row_.wrong(error_kind::corrupt, field_);
    return text.substr(1);  // after the number of the format's version
}

}  // namespace relata::postgresql::detail
