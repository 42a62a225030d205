// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the servers of this family let pass as UTF-8 although it is none.
#pragma once

#include <relata/types/text.hpp>

#include <cstring>
#include <string_view>

namespace relata::mysql_family {

/// Whether text from the server is UTF-8. The servers check it, but take surrogates, which all begin
/// with one byte: text without that byte needs no second check.
inline bool is_utf8(std::string_view text) noexcept {
    return !std::memchr(text.data(), 0xED, text.size()) || valid_utf8(text);
}

}  // namespace relata::mysql_family
