// SPDX-License-Identifier: BSL-1.0
/// \file
/// Which binary format each PostgreSQL type travels in, and numbers in network order.
#pragma once

#include <relata/types/type_info.hpp>

#include <cstdint>
#include <cstring>
#include <string>

#include <libpq-fe.h>

namespace relata::postgresql::detail {

/// Binary formats that this driver reads and writes.
enum class wire : std::uint8_t {
    other,  ///< a type this driver does not know
    boolean,
    int2,
    int4,
    int8,
    oid,
    float4,
    float8,
    numeric,
    text,
    character,
    bytes,
    date,
    time,
    timestamp,
    instant,
    uuid,
    json,
    jsonb,
};

/// The format of a server type.
[[nodiscard]] wire wire_of(Oid type) noexcept;

/// The server's name of a type, or "type with OID 12345".
[[nodiscard]] std::string name_of_type(Oid type);

/// The server type that a value of this C++ type is sent as; 0 lets the server infer it.
[[nodiscard]] Oid oid_of(type_info const& type) noexcept;

// The server counts days and microseconds from 2000-01-01, the library from 1970-01-01.
inline constexpr std::int32_t epoch_days = 10957;
inline constexpr std::int64_t epoch_microseconds = epoch_days * INT64_C(86400000000);

inline std::uint16_t load2(char const* from) noexcept {
    std::uint16_t raw;
    std::memcpy(&raw, from, sizeof raw);
    return __builtin_bswap16(raw);
}

inline std::uint32_t load4(char const* from) noexcept {
    std::uint32_t raw;
    std::memcpy(&raw, from, sizeof raw);
    return __builtin_bswap32(raw);
}

inline std::uint64_t load8(char const* from) noexcept {
    std::uint64_t raw;
    std::memcpy(&raw, from, sizeof raw);
    return __builtin_bswap64(raw);
}

inline void store2(char* to, std::uint16_t value) noexcept {
    std::uint16_t const raw = __builtin_bswap16(value);
    std::memcpy(to, &raw, sizeof raw);
}

inline void store4(char* to, std::uint32_t value) noexcept {
    std::uint32_t const raw = __builtin_bswap32(value);
    std::memcpy(to, &raw, sizeof raw);
}

inline void store8(char* to, std::uint64_t value) noexcept {
    std::uint64_t const raw = __builtin_bswap64(value);
    std::memcpy(to, &raw, sizeof raw);
}

}  // namespace relata::postgresql::detail
