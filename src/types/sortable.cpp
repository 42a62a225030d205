// SPDX-License-Identifier: BSL-1.0
// Numbers as text whose byte order is their numeric order.

#include <relata/types/sortable.hpp>

#include "digits.hpp"

namespace relata {
namespace {

// Writes exactly `size` digits, with leading zeros.
void write_padded(detail::uint128 value, char* out, std::size_t size) noexcept {
    char* at = detail::write_digits(value, out + size);
    while (at != out) *--at = '0';
}

// Reads at most 38 digits; false if there is any other character.
bool read_digits(std::string_view text, detail::uint128& value) noexcept {
    value = 0;
    for (char const c : text) {
        unsigned const digit = static_cast<unsigned char>(c) - unsigned{'0'};
        if (digit > 9) return false;
        value = value * 10 + digit;
    }
    return true;
}

}  // namespace

void encode_sortable(detail::int128 value, unsigned digits, char* out) noexcept {
    bool const negative = value < 0;
    out[0] = negative ? '0' : '1';
    // 10^digits - 1 minus the size: the larger the size, the smaller the text.
    detail::int128 const shown = negative ? detail::pow10(digits) - 1 + value : value;
    write_padded(static_cast<detail::uint128>(shown), out + 1, digits);
}

bool decode_sortable(std::string_view text, detail::int128& value) noexcept {
    if (text.size() < 2 || text.size() > detail::max_digits + 1) return false;
    if (text[0] != '0' && text[0] != '1') return false;
    detail::uint128 shown = 0;
    if (!read_digits(text.substr(1), shown)) return false;
    auto const number = static_cast<detail::int128>(shown);
    if (text[0] == '1') {
        value = number;
        return true;
    }
    detail::int128 const highest = detail::pow10(static_cast<unsigned>(text.size() - 1)) - 1;
    if (number == highest) return false;  // a negative zero
    value = number - highest;
    return true;
}

void encode_sortable_u64(std::uint64_t value, char* out) noexcept {
    write_padded(value, out, sortable_u64_size);
}

bool decode_sortable_u64(std::string_view text, std::uint64_t& value) noexcept {
    detail::uint128 number = 0;
    if (text.size() != sortable_u64_size || !read_digits(text, number)) return false;
    if (number > ~std::uint64_t{0}) return false;
    value = static_cast<std::uint64_t>(number);
    return true;
}

}  // namespace relata
