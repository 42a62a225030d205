// SPDX-License-Identifier: BSL-1.0
/// \file
/// Errors of the server and of its client libraries in portable words.
#pragma once

#include <relata/core/error.hpp>

#include <string>
#include <string_view>

namespace relata::mysql_family {

/// What the client library tells after a call has failed.
struct report {
    unsigned code = 0;
    std::string sqlstate, text;
};

/// The portable kind of a code, and our words for it.
struct meaning {
    error_kind kind;
    char const* words;
};
meaning meaning_of(report const& r) noexcept;

/// Codes that the client libraries of this family give to what they find out themselves.
enum client_error : unsigned {
    socket_create = 2001,
    no_answer_by_socket = 2002,
    no_answer_by_host = 2003,
    no_such_host = 2004,
    unknown_host = 2005,
    server_gone = 2006,
    client_out_of_memory = 2008,
    server_lost = 2013,
    out_of_sync = 2014,
    packet_too_large = 2020,
    tls_error = 2026,
    malformed_packet = 2027,
};

/// Whether the connection is dead after this code.
bool ends_connection(unsigned code) noexcept;

/// Fills constraint, table, columns and row from the server's text. `sql` names the table where
/// the text does not.
void find_place(error_info& info, report const& r, std::string_view sql);

/// The error as far as the report tells; the transaction's state is the session's to add.
error_info describe(report const& r, std::string_view sql);

}  // namespace relata::mysql_family
