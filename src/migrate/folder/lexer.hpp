// SPDX-License-Identifier: BSL-1.0
// Where quoted things, comments and words of an engine's SQL end, so that a semicolon in them is seen to
// be none that ends a statement.
#pragma once

#include <relata/schema/catalog.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace relata::migrate {

struct piece {
    enum class kind : unsigned char { space, comment, word, quoted, symbol, unclosed, unclear };
    kind is = kind::symbol;
    std::size_t end = 0;
};

/// What begins at `at`, which is inside of the text. `unclear` is a string with a backslash before its
/// quote, on MySQL: sql_mode decides where it ends.
[[nodiscard]] piece piece_at(std::string_view text, std::size_t at, schema::catalog::engine engine);

/// Whether two words are the same but for case.
[[nodiscard]] bool same_word(std::string_view a, std::string_view b) noexcept;

/// Without a byte order mark, and with LF at the ends of lines: what is hashed and read.
[[nodiscard]] std::string normalised(std::string_view text);

}  // namespace relata::migrate
