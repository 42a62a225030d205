// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors of the server and the client library in portable words.
#pragma once

#include "client.hpp"

#include <relata/core/error.hpp>

#include <string>
#include <string_view>

namespace relata::mysql::detail {

/// What the client library tells after a call has failed.
struct report {
    unsigned code = 0;
    std::string sqlstate, text;
};

report report_of(MYSQL* client);

/// Of a statement. After a failed fetch the statement itself often knows nothing; then the
/// connection does.
report report_of(MYSQL_STMT* statement);

/// The portable kind of a code, and our words for it.
struct meaning {
    error_kind kind;
    char const* words;
};
meaning meaning_of(report const& r) noexcept;

/// Whether the connection is dead after this code.
bool ends_connection(unsigned code) noexcept;

/// Fills constraint, table, columns and row from the server's text. `sql` names the table where
/// the text does not.
void find_place(error_info& info, report const& r, std::string_view sql);

/// The error as far as the report tells; the transaction's state is the session's to add.
error_info describe(report const& r, std::string_view sql);

}  // namespace relata::mysql::detail
