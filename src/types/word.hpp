// SPDX-License-Identifier: BSL-1.0
/// \file
/// Eight characters at once: loads and stores words whose lowest byte is the first character.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>

namespace relata::detail {

static_assert(std::endian::native == std::endian::little ||
              std::endian::native == std::endian::big);

template <class Word> [[nodiscard]] inline Word first_byte_lowest(Word word) noexcept {
    if constexpr (std::endian::native == std::endian::little) {
        return word;
    } else {
        Word swapped = 0;
        for (unsigned i = 0; i < sizeof word; ++i) {
            swapped = static_cast<Word>(swapped << 8U | (word >> (8U * i) & 0xffU));
        }
        return swapped;
    }
}

template <class Word> [[nodiscard]] inline Word load(char const* from) noexcept {
    Word word;
    std::memcpy(&word, from, sizeof word);
    return first_byte_lowest(word);
}

template <class Word> inline void store(char* to, Word word) noexcept {
    word = first_byte_lowest(word);
    std::memcpy(to, &word, sizeof word);
}

/// The word with `byte` in each of its bytes.
[[nodiscard]] constexpr std::uint64_t each_byte(unsigned char byte) noexcept {
    return std::uint64_t{0x0101'0101'0101'0101} * byte;
}

/// What no byte of plain ASCII has.
inline constexpr std::uint64_t high_bits = each_byte(0x80);

}  // namespace relata::detail
