// SPDX-License-Identifier: BSL-1.0
/// \file
/// `text<N>`: UTF-8 text of at most N characters, checked before it reaches a database.
#pragma once

#include <relata/core/export.hpp>
#include <relata/types/type_info.hpp>

#include <compare>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>

namespace relata {

/// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates, at most U+10FFFF).
/// A NUL byte is well formed. Any thread.
[[nodiscard]] RELATA_EXPORT bool valid_utf8(std::string_view text) noexcept;

/// Whether `text` is well-formed UTF-8 without a NUL: what every back end can keep unchanged.
/// One pass; the check for bound text. Any thread.
[[nodiscard]] RELATA_EXPORT bool valid_text(std::string_view text) noexcept;

/// Whether `text` holds a NUL byte. Any thread.
[[nodiscard]] RELATA_EXPORT bool has_nul(std::string_view text) noexcept;

/// The number of Unicode code points in `text`, which must be well-formed UTF-8 (otherwise: the
/// number of bytes that do not continue a sequence). Any thread.
[[nodiscard]] RELATA_EXPORT std::size_t code_points(std::string_view text) noexcept;

namespace detail {

/// Throws text_invalid or value_too_long unless `text` is `valid_text` of at most `limit` points.
RELATA_EXPORT void check_text(std::string_view text, std::size_t limit);

}  // namespace detail

/// Text of at most `N` Unicode code points (not bytes, not graphemes): VARCHAR(N) on servers that
/// have it, TEXT with a length check elsewhere. The same rule holds on every back end, because it
/// is checked here. Order is by code point, as in a binary collation.
template <std::size_t N> class text {
    static_assert(N > 0, "text<N>: N must be at least 1");

public:
    /// The largest number of code points.
    static constexpr std::size_t limit = N;

    /// The empty text.
    text() = default;

    /// Takes `value`. Throws text_invalid if it is not UTF-8 or holds a NUL, value_too_long if it
    /// has more than N code points; it is never cut.
    text(std::string value) : value_(std::move(value)) { detail::check_text(value_, N); }
    text(std::string_view value) : text(std::string(value)) {}
    text(char const* value) : text(std::string(value)) {}

    /// The text itself.
    [[nodiscard]] std::string const& value() const& noexcept { return value_; }
    [[nodiscard]] std::string value() && noexcept { return std::move(value_); }

    operator std::string_view() const noexcept { return value_; }

    /// Compares with any text; order is by code point.
    template <std::convertible_to<std::string_view> Other>
    friend bool operator==(text const& a, Other const& b) noexcept {
        return std::string_view(a) == std::string_view(b);
    }
    template <std::convertible_to<std::string_view> Other>
    friend std::strong_ordering operator<=>(text const& a, Other const& b) noexcept {
        return std::string_view(a) <=> std::string_view(b);
    }

private:
    std::string value_;  // the only member: drivers read and write it in place
};

namespace detail {
template <std::size_t N> struct type_info_of<text<N>> {
    static constexpr type_info value = [] {
        type_info t = simple_type<text<N>>(kind::bounded_text);
        t.length = N;
        return t;
    }();
};
}  // namespace detail

}  // namespace relata
