// SPDX-License-Identifier: BSL-1.0
/// \file
/// `uuid`: a 128-bit universally unique identifier (RFC 9562).
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/type_info.hpp>

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace relata {

/// A UUID: sixteen bytes in network order. The default is the nil UUID, all zero.
/// Order is that of the bytes, so `ordered()` values sort by creation time.
struct uuid {
    /// The sixteen bytes, most significant first.
    unsigned char bytes[16]{};

    /// A random UUID (version 4) from the system's generator. Any thread.
    [[nodiscard]] RELATA_EXPORT static uuid random();

    /// A time-ordered UUID (version 7): greater than every one this process made before, on any
    /// thread. Good as a primary key, because new rows go to the end of the index. Any thread.
    [[nodiscard]] RELATA_EXPORT static uuid ordered();

    /// Reads `xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx`, hexadecimal in either case; nothing else.
    /// Throws value_invalid.
    [[nodiscard]] RELATA_EXPORT static uuid from_string(std::string_view text);

    /// As `from_string`, but says false and leaves `out` as it was.
    [[nodiscard]] RELATA_EXPORT static bool parse(std::string_view text, uuid& out) noexcept;

    /// The 36-character form, lower case.
    [[nodiscard]] RELATA_EXPORT std::string to_string() const;

    /// Writes the 36-character form to `out`, without a terminator.
    RELATA_EXPORT void format(char* out) const noexcept;

    /// Whether all bits are zero.
    [[nodiscard]] constexpr bool is_nil() const noexcept { return *this == uuid{}; }

    /// The version field, 0 to 15; 4 for `random()`, 7 for `ordered()`.
    [[nodiscard]] constexpr unsigned version() const noexcept { return bytes[6] >> 4U; }

    friend constexpr bool operator==(uuid const&, uuid const&) = default;
    friend constexpr std::strong_ordering operator<=>(uuid const&, uuid const&) = default;
};

namespace detail {
template <> struct type_info_of<uuid> {
    static constexpr type_info value = simple_type<uuid>(kind::uuid);
};
}  // namespace detail

}  // namespace relata

/// Hashes all sixteen bytes; `<string>` already declares `std::hash`.
template <> struct std::hash<relata::uuid> {
    std::size_t operator()(relata::uuid const& id) const noexcept {
        return std::hash<std::string_view>{}(
            std::string_view(reinterpret_cast<char const*>(id.bytes), sizeof id.bytes));
    }
};
