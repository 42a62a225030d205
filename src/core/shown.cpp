// SPDX-License-Identifier: BSL-1.0
#include "core/shown.hpp"

namespace relata::detail {

std::string shown(std::string_view text, std::size_t most) {
    constexpr char digits[] = "0123456789abcdef";
    bool const cut = text.size() > most;
    if (cut) {
        text = text.substr(0, most);
        // not in the middle of a character
        while (!text.empty() && (static_cast<unsigned char>(text.back()) & 0xC0U) == 0x80U)
            text.remove_suffix(1);
        if (!text.empty() && static_cast<unsigned char>(text.back()) >= 0xC0U)
            text.remove_suffix(1);
    }
    std::string out;
    for (char const c : text) {
        auto const byte = static_cast<unsigned char>(c);
        if (byte >= 0x20 && byte != 0x7F) {
            out += c;
            continue;
        }
        out += "\\x";
        out += digits[byte >> 4U];
        out += digits[byte & 0xFU];
    }
    if (cut) out += "…";
    return out;
}

}  // namespace relata::detail
