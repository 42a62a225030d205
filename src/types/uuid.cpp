// SPDX-License-Identifier: BSL-1.0
// Makes, reads and writes UUIDs.

#include <relata/types/uuid.hpp>

#include <relata/core/error.hpp>
#include <relata/types/detail/raise.hpp>

#include <atomic>
#include <chrono>

#include <sys/random.h>

namespace relata {
namespace {

constexpr std::size_t text_size = 36;

// Where the two digits of each byte stand in the text.
constexpr unsigned char places[16] = {0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34};

// The value of a hexadecimal digit, 16 for any other character.
constexpr unsigned digit_value(char c) noexcept {
    if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
    if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
    if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
    return 16;
}

uuid random_bytes(unsigned version) {
    uuid id;
    if (getentropy(id.bytes, sizeof id.bytes) != 0) {
        fail(error_kind::unknown, "the system's random number generator is not available");
    }
    id.bytes[6] = static_cast<unsigned char>((id.bytes[6] & 0x0fU) | version << 4U);
    id.bytes[8] = static_cast<unsigned char>((id.bytes[8] & 0x3fU) | 0x80U);
    return id;
}

// 48 bits of milliseconds and 12 bits of their fraction; always later than the call before, even
// when the clock stands still or is set back.
std::uint64_t next_stamp() {
    static std::atomic<std::uint64_t> last{0};
    auto const now =
        static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::nanoseconds>(
                                       std::chrono::system_clock::now().time_since_epoch())
                                       .count());
    std::uint64_t const stamp = now / 1'000'000 << 12U | now % 1'000'000 * 4096 / 1'000'000;
    std::uint64_t before = last.load(std::memory_order_relaxed);
    std::uint64_t next = 0;
    do {
        next = stamp > before ? stamp : before + 1;
    } while (!last.compare_exchange_weak(before, next, std::memory_order_relaxed));
    return next;
}

}  // namespace

uuid uuid::random() { return random_bytes(4); }

uuid uuid::ordered() {
    uuid id = random_bytes(7);
    std::uint64_t const stamp = next_stamp();
    std::uint64_t const milliseconds = stamp >> 12U;
    for (unsigned i = 0; i < 6; ++i) {
        id.bytes[i] = static_cast<unsigned char>(milliseconds >> (40 - 8 * i));
    }
    id.bytes[6] = static_cast<unsigned char>(0x70U | (stamp >> 8U & 0x0fU));
    id.bytes[7] = static_cast<unsigned char>(stamp);
    return id;
}

bool uuid::parse(std::string_view text, uuid& out) noexcept {
    if (text.size() != text_size || text[8] != '-' || text[13] != '-' || text[18] != '-' ||
        text[23] != '-') {
        return false;
    }
    uuid id;
    unsigned wrong = 0;
    for (unsigned i = 0; i < 16; ++i) {
        unsigned const high = digit_value(text[places[i]]);
        unsigned const low = digit_value(text[places[i] + 1U]);
        wrong |= high | low;
        id.bytes[i] = static_cast<unsigned char>(high << 4U | (low & 0x0fU));
    }
    if (wrong >= 16) return false;
    out = id;
    return true;
}

uuid uuid::from_string(std::string_view text) {
    uuid id;
    if (!parse(text, id)) detail::raise_value_invalid("text is not a UUID of the form 8-4-4-4-12");
    return id;
}

void uuid::format(char* out) const noexcept {
    constexpr char digits[] = "0123456789abcdef";
    out[8] = out[13] = out[18] = out[23] = '-';
    for (unsigned i = 0; i < 16; ++i) {
        out[places[i]] = digits[bytes[i] >> 4U];
        out[places[i] + 1U] = digits[bytes[i] & 0x0fU];
    }
}

std::string uuid::to_string() const {
    std::string text(text_size, '\0');
    format(text.data());
    return text;
}

}  // namespace relata
