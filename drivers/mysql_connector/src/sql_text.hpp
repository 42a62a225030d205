// SPDX-License-Identifier: BSL-1.0
/// \file
/// The text of statements: where its placeholders and ends are, between quotes and comments.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace relata::mysql_connector::detail {

/// How a value is written into a statement. The client library sends decimals, dates and times as
/// text, which the server would compare as floating-point numbers or as text, so the statement
/// itself says what they are.
enum class form : std::uint8_t {
    plain,             ///< as it is
    unsigned_integer,  ///< as it is; the library never takes the mark for unsigned back
    decimal,
    date,
    time,
    moment,     ///< date and time
    long_text,  ///< text that the library sends as bytes because of its length
};

/// The form of one placeholder.
struct placeholder {
    detail::form form = form::plain;
    std::uint8_t scale = 0;  ///< digits behind the point of a decimal

    friend bool operator==(placeholder const&, placeholder const&) = default;
};

/// The statement with a CAST around each placeholder that needs one. Empty when the text does not
/// have as many placeholders as `forms`; the server will say the same.
std::string with_forms(std::string_view sql, std::vector<placeholder> const& forms);

/// The ends of statements in a script.
struct statement_ends {
    std::size_t count = 0;  ///< semicolons that may end a statement
    bool complete = true;   ///< nothing but space and comments comes after the last one
};
statement_ends ends_of_statements(std::string_view sql) noexcept;

}  // namespace relata::mysql_connector::detail
