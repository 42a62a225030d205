// SPDX-License-Identifier: BSL-1.0
//
// Checks of UTF-8. Every bound text passes here, most of it short and ASCII: eight bytes at once
// until the first byte that is not, then one sequence after the other.

#include <relata/types/text.hpp>

#include <relata/types/detail/raise.hpp>

#include "word.hpp"

#include <cstdint>
#include <cstring>

namespace relata {
namespace {

using detail::each_byte;
using detail::high_bits;
using detail::load;

// Whether all eight bytes are ASCII and, where asked for, not NUL. Without high bits in the word a
// byte of `word - 0x01…` has one only if some byte at or below it was zero.
template <bool RefuseNul> constexpr bool plain(std::uint64_t word) noexcept {
    if constexpr (RefuseNul) return ((word | (word - each_byte(1))) & high_bits) == 0;
    else return (word & high_bits) == 0;
}

constexpr bool continues(unsigned char byte) noexcept { return (byte & 0xc0U) == 0x80; }

// The length of the well-formed sequence of at least two bytes that starts at `at`, 0 if there is
// none. The second byte's range rules out overlong forms, surrogates and what is beyond U+10FFFF.
std::size_t sequence(unsigned char const* at, unsigned char const* end) noexcept {
    auto const left = static_cast<std::size_t>(end - at);
    unsigned const lead = at[0];
    if (lead < 0xc2 || lead > 0xf4 || left < 2) return 0;
    if (lead < 0xe0) return continues(at[1]) ? 2 : 0;
    unsigned const low = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
    unsigned const high = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
    if (at[1] < low || at[1] > high || left < 3 || !continues(at[2])) return 0;
    if (lead < 0xf0) return 3;
    return left >= 4 && continues(at[3]) ? 4 : 0;
}

template <bool RefuseNul>
bool check_bytes(unsigned char const* at, unsigned char const* end) noexcept {
    while (at != end) {
        if (end - at >= 8 &&
            plain<RefuseNul>(load<std::uint64_t>(reinterpret_cast<char const*>(at)))) {
            at += 8;
        } else if (*at < 0x80) {
            if (RefuseNul && *at == 0) return false;
            ++at;
        } else {
            std::size_t const length = sequence(at, end);
            if (length == 0) return false;
            at += length;
        }
    }
    return true;
}

template <bool RefuseNul> bool check(std::string_view text) noexcept {
    char const* const first = text.data();
    std::size_t const size = text.size();
    std::size_t at = 0;
    if (size >= 8) {
        // The last word may overlap the one before it, so no byte is left over.
        while (at + 8 < size && plain<RefuseNul>(load<std::uint64_t>(first + at))) at += 8;
        if (at + 8 >= size && plain<RefuseNul>(load<std::uint64_t>(first + size - 8))) return true;
    }
    auto const* const bytes = reinterpret_cast<unsigned char const*>(first);
    return check_bytes<RefuseNul>(bytes + at, bytes + size);
}

}  // namespace

bool valid_utf8(std::string_view text) noexcept { return check<false>(text); }

bool valid_text(std::string_view text) noexcept { return check<true>(text); }

bool has_nul(std::string_view text) noexcept {
    return !text.empty() && std::memchr(text.data(), 0, text.size()) != nullptr;
}

std::size_t code_points(std::string_view text) noexcept {
    std::size_t count = text.size();
    std::size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        // A byte continues a sequence when its highest bit is set and the next one is not.
        std::uint64_t const word = load<std::uint64_t>(text.data() + at);
        std::uint64_t const continuing = word >> 7U & ~word >> 6U & each_byte(1);
        count -= continuing * each_byte(1) >> 56U;
    }
    for (; at < text.size(); ++at) count -= continues(static_cast<unsigned char>(text[at])) ? 1 : 0;
    return count;
}

void detail::check_text(std::string_view text, std::size_t limit) {
    if (!valid_text(text)) {
        raise_text_invalid(has_nul(text) ? "text contains a NUL byte" : "text is not valid UTF-8");
    }
    if (text.size() > limit && code_points(text) > limit) {
        raise_value_too_long("text has more characters than its bound");
    }
}

}  // namespace relata
