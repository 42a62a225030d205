// SPDX-License-Identifier: BSL-1.0
//
// A server may ask for the password in clear text, and the library would send it. It has no option
// against that; the client library below it has one, but takes it from an option file only. So one
// is made in memory.

#include "logins.hpp"

#include <relata/core/error.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <string_view>

namespace relata::mysql_connector::detail {

std::string const& restricted_logins() {
    constexpr std::string_view text =
        "[client]\n"
        "restricted-auth=mysql_native_password,client_ed25519,caching_sha2_password,"
        "sha256_password,parsec\n";
    static std::string const path = [&] {
        int const file = memfd_create("relata", MFD_CLOEXEC);
        if (file < 0 || write(file, text.data(), text.size()) != ssize_t(text.size()))
            fail(error_kind::unknown, "the ways to log in cannot be restricted");
        return "/proc/self/fd/" + std::to_string(file);
    }();
    // without the file the library would go on without a word
    if (access(path.c_str(), R_OK) != 0)
        fail(error_kind::unknown, "the ways to log in cannot be restricted");
    return path;
}

}  // namespace relata::mysql_connector::detail
