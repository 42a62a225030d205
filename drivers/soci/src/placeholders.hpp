// SPDX-License-Identifier: BSL-1.0
/// \file
/// Takes SQL apart at its placeholders, so that SOCI's own reading of the text is not needed: that
/// knows few kinds of quotes and takes any colon for the begin of a name.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::soci::detail {

/// How a database writes placeholders and quotes.
enum class marks {
    question,  ///< `?`; names in " or `, comments with --, # and /* */
    dollar,    ///< `$1`; also E'…' and $tag$ quotes, nested comments
};

/// The text between the placeholders: one piece more than there are placeholders.
struct split_sql {
    std::vector<std::string> pieces;
    std::vector<unsigned> numbers;  ///< of each placeholder, from 0
};

/// Throws syntax for more than one statement, invalid_argument when the placeholders are not those
/// of `count` values.
[[nodiscard]] split_sql split_at_placeholders(std::string_view sql, marks style, unsigned count);

}  // namespace relata::soci::detail
