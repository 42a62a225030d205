// SPDX-License-Identifier: BSL-1.0
/// \file
/// Which ways to log in are allowed where the server has not proved its name.
#pragma once

#include <string>

namespace relata::mysql_connector::detail {

/// An option file that allows no way in which the password is sent in clear text. It is there for as
/// long as the object, which is while the library connects.
class restricted_logins {
public:
    /// Throws when the file cannot be made.
    restricted_logins();
    ~restricted_logins();
    restricted_logins(restricted_logins const&) = delete;
    restricted_logins& operator=(restricted_logins const&) = delete;

    [[nodiscard]] std::string path() const;

private:
    int file_;
};

}  // namespace relata::mysql_connector::detail
