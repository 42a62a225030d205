// SPDX-License-Identifier: BSL-1.0
/// \file
/// Which ways to log in are allowed where the server has not proved its name.
#pragma once

#include <string>

namespace relata::mysql_connector::detail {

/// Path of an option file that allows no way in which the password is sent in clear text. Throws
/// when it cannot be made. Thread-safe.
std::string const& restricted_logins();

}  // namespace relata::mysql_connector::detail
