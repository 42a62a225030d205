// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the words of a statement tell about it before it runs.
#pragma once

#include <string_view>

namespace relata::mysql_family {

struct sql_traits {
    bool reads = false;  ///< gives rows and writes nothing
    /// may leave something in the session: a variable, a lock, a temporary table
    bool touches_session = true;
    /// a query or a change of rows: has one result at most and cannot end a transaction
    bool plain = false;
    /// SHOW and its like: some of them tell their columns only when they run
    bool shows = false;
};

/// Looks at the first word, and for user variables and named locks. In doubt it says that the
/// session is touched, which only makes the next reset more thorough.
sql_traits look_at(std::string_view sql) noexcept;

/// Whether the text begins with this word, given in lower case; ASCII letters of either case match.
bool starts_with(std::string_view text, std::string_view word) noexcept;

/// Refuses a text that is empty or nothing but comments, which the server would run: syntax.
void refuse_blank(std::string_view sql);

}  // namespace relata::mysql_family
