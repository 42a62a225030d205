// SPDX-License-Identifier: BSL-1.0
/// \file
/// The client library: its headers, a connection made with every setting that matters for safety,
/// and its exceptions as reports.
#pragma once

#include <mysql_family/errors.hpp>
#include <mysql_family/options.hpp>

#include <memory>

#include <cppconn/connection.h>
#include <cppconn/exception.h>
#include <cppconn/prepared_statement.h>
#include <cppconn/resultset.h>
#include <cppconn/resultset_metadata.h>
#include <cppconn/statement.h>

namespace relata::mysql_connector::detail {

namespace vendor = ::sql;

/// Name and version of the client library.
char const* client_name() noexcept;

/// Connects, without any setting of the session. Throws; never returns nullptr.
std::unique_ptr<vendor::Connection> open_client(mysql_family::options const& o);

/// What an exception of the library tells.
mysql_family::report report_of(vendor::SQLException const& e);

/// The error for an exception without a code, which the library throws for what it cannot do.
/// Throws it; returns for exceptions that have a code.
void refuse_unable(vendor::SQLException const& e);

}  // namespace relata::mysql_connector::detail
