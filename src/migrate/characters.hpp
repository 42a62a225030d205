// SPDX-License-Identifier: BSL-1.0
//
// What the characters of SQL are, as all three engines read it, whatever the locale.

#pragma once

#include <string>

namespace relata::migrate {

[[nodiscard]] constexpr bool is_space(char c) noexcept {
    return c == ' ' || (c >= '\t' && c <= '\r');
}
[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr char lower(char c) noexcept {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// Whether it can stand in a word or a name without quotes: also each byte of a character beyond ASCII.
[[nodiscard]] constexpr bool is_word(char c) noexcept {
    return (lower(c) >= 'a' && lower(c) <= 'z') || is_digit(c) || c == '_' || c == '$' ||
           static_cast<unsigned char>(c) >= 0x80;
}

/// The text in small letters; only those of ASCII are changed.
[[nodiscard]] inline std::string lowered(std::string text) {
    for (char& c : text) c = lower(c);
    return text;
}

}  // namespace relata::migrate
