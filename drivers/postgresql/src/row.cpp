// SPDX-License-Identifier: BSL-1.0
#include "row.hpp"

#include "sink.hpp"

#include <postgresql_family/errors.hpp>

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

namespace {

int128 numeric(row const& r, field const& f, std::string_view bytes, unsigned scale) {
    int128 value = 0;
    switch (read_numeric(bytes.data(), bytes.size(), scale, value)) {
    case numeric_status::ok: break;
    case numeric_status::damaged: r.wrong(error_kind::corrupt, f);
    default: r.wrong(error_kind::out_of_range, f);
    }
    return value;
}

}  // namespace

std::int64_t row::other_integer(field const& f) const {
    cell const c = at(f);
    if (c.format_ == wire::oid) return load4(c.fixed(4, "an integer"));
    c.expect(wire::numeric, "an integer");
    int128 const value = numeric(*this, f, c.view("an integer"), 0);
    if (value < std::numeric_limits<std::int64_t>::min() ||
        value > std::numeric_limits<std::int64_t>::max())
        wrong(error_kind::out_of_range, f);
    return std::int64_t(value);
}

std::uint64_t row::unsigned_integer(field const& f) const {
    cell const c = at(f);
    if (c.format_ == wire::numeric) {
        int128 const value = numeric(*this, f, c.view("an integer"), 0);
        if (value < 0 || value > int128(std::numeric_limits<std::uint64_t>::max()))
            wrong(error_kind::out_of_range, f);
        return std::uint64_t(value);
    }
    std::int64_t const value = c.integer();
    if (value < 0) wrong(error_kind::out_of_range, f);
    return std::uint64_t(value);
}

double row::other_real(field const& f) const {
    cell const c = at(f);
    switch (c.format_) {
    case wire::int2:
    case wire::int4:
    case wire::int8:
    case wire::oid: return double(c.integer());
    default: c.expect(wire::numeric, "a number");
    }
    auto const bytes = c.view("a number");
    double value = 0;
    switch (read_numeric(bytes.data(), bytes.size(), value)) {
    case numeric_status::ok: break;
    case numeric_status::damaged: wrong(error_kind::corrupt, f);
    default: wrong(error_kind::out_of_range, f);
    }
    return value;
}

int128 row::mantissa(field const& f) const {
    cell const c = at(f);
    switch (c.format_) {
    case wire::int2:
    case wire::int4:
    case wire::int8:
    case wire::oid: {
        int128 value = c.integer();
        if (__builtin_mul_overflow(value, relata::detail::pow10(f.scale), &value))
            wrong(error_kind::out_of_range, f);
        return value;
    }
    default: c.expect(wire::numeric, "a decimal");
    }
    return numeric(*this, f, c.view("a decimal"), f.scale);
}

std::string_view row::json(field const& f) const {
    cell const c = at(f);
    if (c.format_ != wire::jsonb) c.expect(wire::json, "json");
    auto const text = c.view("json");
    if (c.format_ == wire::json) return text;
    if (text.empty() || text[0] != 1) wrong(error_kind::corrupt, f);
    return text.substr(1);  // after the number of the format's version
}

void refuse_value(error_kind kind, std::string place) {
    char const* words = kind == error_kind::type_mismatch
                            ? "a value of another type than the column"
                        : kind == error_kind::not_supported ? "a type that cannot be bound"
                                                            : postgresql_family::words_of(kind);
    throw error(kind, fmt::format("{}: {}", place, words));
}

}  // namespace relata::postgresql::detail
