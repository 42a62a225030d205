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

restricted_logins::restricted_logins() : file_(memfd_create("relata", MFD_CLOEXEC)) {
    constexpr std::string_view text =
        "[client]\n"
        "restricted-auth=mysql_native_password,client_ed25519,caching_sha2_password,"
        "sha256_password,parsec\n";
    // without the file the library would go on without a word
    if (file_ >= 0 && write(file_, text.data(), text.size()) == ssize_t(text.size()) &&
        access(path().c_str(), R_OK) == 0)
        return;
    if (file_ >= 0) close(file_);
    fail(error_kind::unknown, "the ways to log in cannot be restricted");
}

restricted_logins::~restricted_logins() { close(file_); }

std::string restricted_logins::path() const { return "/proc/self/fd/" + std::to_string(file_); }

}  // namespace relata::mysql_connector::detail
