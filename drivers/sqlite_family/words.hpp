// SPDX-License-Identifier: BSL-1.0
/// \file
/// The words of an SQL text, for the few questions a driver asks about it.
#pragma once

#include <string>
#include <string_view>

namespace relata::sqlite_family {

/// One word of an SQL text: an identifier (unquoted), a literal, or a single character.
struct sql_word {
    std::string text;
    bool quoted = false;  ///< stood in quotes of any kind
};

/// Reads the next word and removes it, with white space and comments before it, from `sql`. False
/// at the end.
bool next_word(std::string_view& sql, sql_word& word);

/// The first word of a text, without looking at quotes; empty when it is no letter.
std::string_view first_word(std::string_view sql) noexcept;

/// Whether two words are the same but for the case of ASCII letters.
bool same_word(std::string_view a, std::string_view b) noexcept;

/// `"name"`, with quotes inside doubled.
std::string quoted(std::string_view name);

}  // namespace relata::sqlite_family
