// SPDX-License-Identifier: BSL-1.0
//
// A digest of a table: the sum of the digests of its rows, so that their order does not matter, which
// engines with other collations have in another way.

#include "migrate/move/copy.hpp"

#include <openssl/evp.h>

#include <array>
#include <cstring>

namespace relata::migrate::moving {

namespace {

using lanes = std::array<std::uint64_t, 4>;

class hasher {
public:
    // Looked for once: OpenSSL needs longer to find the algorithm than to digest a row.
    hasher() : context_(EVP_MD_CTX_new()), sha256_(EVP_MD_fetch(nullptr, "SHA256", nullptr)) {}
    hasher(hasher const&) = delete;
    hasher& operator=(hasher const&) = delete;
    ~hasher() {
        EVP_MD_CTX_free(context_);
        EVP_MD_free(sha256_);
    }

    lanes of(std::string_view bytes) {
        unsigned char digest[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        if (!context_ || !sha256_ || EVP_DigestInit_ex(context_, sha256_, nullptr) != 1 ||
            EVP_DigestUpdate(context_, bytes.data(), bytes.size()) != 1 ||
            EVP_DigestFinal_ex(context_, digest, &size) != 1)
            fail(error_kind::unknown, "OpenSSL has no SHA-256");
        lanes out{};
        for (std::size_t i = 0; i < 32; ++i) out[i / 8] = out[i / 8] << 8U | digest[i];
        return out;
    }

private:
    EVP_MD_CTX* context_;
    EVP_MD* sha256_;
};

std::string hex(lanes const& sum) {
    std::string out;
    for (auto const lane : sum)
        for (int shift = 60; shift >= 0; shift -= 4)
            out += "0123456789abcdef"[lane >> unsigned(shift) & 15U];
    return out;
}

}  // namespace

moved_table digest_of(handle const& in, connection const& c, table_route const& t, bool source) {
    row_layout layout(t.columns);
    row to(layout);
    row_cursor rows(in, layout, select_text(c, t, source), {});
    hasher hash;
    lanes sum{};
    moved_table out{t.name, 0, {}};
    std::string text;
    for (; rows.next(to); ++out.rows) {
        text.clear();
        for (std::size_t i = 0; i < layout.columns(); ++i)
            append_canonical(text, layout.value(to.data(), i));
        auto const digest = hash.of(text);
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += digest[i];
    }
    out.digest = hex(sum);
    return out;
}

}  // namespace relata::migrate::moving
