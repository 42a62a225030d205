// SPDX-License-Identifier: BSL-1.0
/// \file
/// Values into PostgreSQL's binary formats, as relata/driver/encode.hpp hands them over.
///
/// One encoder for parameters and for COPY: the target's format decides, so that a value that does
/// not fit is refused here and never reaches the server as other bytes.
#pragma once

#include "numeric.hpp"
#include "wire.hpp"

#include <relata/core/error.hpp>

#include <bit>
#include <limits>
#include <memory>
#include <string_view>
#include <vector>

namespace relata::postgresql::detail {

/// The values of one statement have fewer bytes than this. A message of the protocol has at most 1 GiB;
/// the rest is room for the other fields of the message.
inline constexpr std::size_t most_bytes = 0x3f000000;

/// Copies of values that die before the statement runs.
class kept_values {
public:
    std::string_view keep(std::string_view value) {
        auto& copy = copies_.emplace_back(new char[value.size() + 1]);
        std::memcpy(copy.get(), value.data(), value.size());
        return {copy.get(), value.size()};
    }
    void clear() noexcept { copies_.clear(); }

private:
    std::vector<std::unique_ptr<char[]>> copies_;
};

/// `Target` gives: wire format(i); char* room(i) for up to numeric_size bytes; done(i, size);
/// view(i, string_view); prefixed(i, char, string_view); null(i); wrong(kind, i).
template <class Target> class sink {
public:
    void null(unsigned i, type_info const&) { target().null(i); }

    void boolean(unsigned i, bool value) {
        demand(i, wire::boolean);
        *target().room(i) = value ? '\1' : '\0';
        target().done(i, 1);
    }

    void integer(unsigned i, std::int64_t value, type_info const&) {
        char* const to = target().room(i);
        switch (target().format(i)) {
        case wire::int8: store8(to, std::uint64_t(value)); return target().done(i, 8);
        case wire::int4:
            fits<std::int32_t>(i, value);
            store4(to, std::uint32_t(value));
            return target().done(i, 4);
        case wire::int2:
            fits<std::int16_t>(i, value);
            store2(to, std::uint16_t(value));
            return target().done(i, 2);
        case wire::numeric: return target().done(i, write_numeric(to, value, 0));
        default: target().wrong(error_kind::type_mismatch, i);
        }
    }

    void unsigned_integer(unsigned i, std::uint64_t value) {
        if (target().format(i) == wire::numeric)
            return target().done(i, write_numeric(target().room(i), int128(value), 0));
        if (value > std::uint64_t(std::numeric_limits<std::int64_t>::max()))
            target().wrong(error_kind::out_of_range, i);
        integer(i, std::int64_t(value), type_of<std::int64_t>);
    }

    void real(unsigned i, double value, type_info const&) {
        char* const to = target().room(i);
        if (target().format(i) == wire::float8) {
            store8(to, std::bit_cast<std::uint64_t>(value));
            return target().done(i, 8);
        }
        demand(i, wire::float4);
        auto const narrow = float(value);
        if (double(narrow) != value) target().wrong(error_kind::out_of_range, i);
        store4(to, std::bit_cast<std::uint32_t>(narrow));
        target().done(i, 4);
    }

    void decimal(unsigned i, int128 mantissa, type_info const& t) {
        demand(i, wire::numeric);
        target().done(i, write_numeric(target().room(i), mantissa, t.scale));
    }

    void text(unsigned i, std::string_view value) {
        // a type of the user's, such as an enum or a domain, takes text as its binary format
        if (target().format(i) != wire::text) demand(i, wire::other);
        target().view(i, value);
    }

    void bytes(unsigned i, std::string_view value) {
        demand(i, wire::bytes);
        target().view(i, value);
    }

    void json(unsigned i, std::string_view value) {
        if (target().format(i) == wire::jsonb) return target().prefixed(i, '\1', value);
        demand(i, wire::json);
        target().view(i, value);
    }

    void date(unsigned i, std::int32_t days) {
        demand(i, wire::date);
        store4(target().room(i), std::uint32_t(days - epoch_days));
        target().done(i, 4);
    }

    void time(unsigned i, std::int64_t microseconds) { put8(i, wire::time, microseconds); }

    void timestamp(unsigned i, std::int64_t microseconds) {
        put8(i, wire::timestamp, microseconds - epoch_microseconds);
    }

    void instant(unsigned i, std::int64_t microseconds) {
        put8(i, wire::instant, microseconds - epoch_microseconds);
    }

    void uuid(unsigned i, unsigned char const* from16) {
        demand(i, wire::uuid);
        std::memcpy(target().room(i), from16, 16);
        target().done(i, 16);
    }

    [[noreturn]] void wrong(error_kind kind, unsigned i) { target().wrong(kind, i); }

private:
    Target& target() noexcept { return static_cast<Target&>(*this); }

    void demand(unsigned i, wire wanted) {
        if (target().format(i) != wanted) [[unlikely]]
            target().wrong(error_kind::type_mismatch, i);
    }

    template <class Narrow> void fits(unsigned i, std::int64_t value) {
        if (value != Narrow(value)) [[unlikely]]
            target().wrong(error_kind::out_of_range, i);
    }

    void put8(unsigned i, wire wanted, std::int64_t value) {
        demand(i, wanted);
        store8(target().room(i), std::uint64_t(value));
        target().done(i, 8);
    }
};

/// Throws for a value that was refused before it was sent.
[[noreturn]] void refuse_value(error_kind kind, std::string place);

}  // namespace relata::postgresql::detail
