// SPDX-License-Identifier: BSL-1.0

#include "migrate/hash.hpp"

#include <relata/core/error.hpp>

#include <openssl/evp.h>

namespace relata::migrate {

std::string sha256(std::string_view bytes) {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (EVP_Digest(bytes.data(), bytes.size(), digest, &size, EVP_sha256(), nullptr) != 1)
        fail(error_kind::unknown, "OpenSSL has no SHA-256");
    std::string out;
    for (unsigned i = 0; i < size; ++i) {
        constexpr char digits[] = "0123456789abcdef";
        out += digits[digest[i] >> 4U];
        out += digits[digest[i] & 15U];
    }
    return out;
}

}  // namespace relata::migrate
