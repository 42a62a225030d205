// SPDX-License-Identifier: BSL-1.0
#include "numeric.hpp"

#include "wire.hpp"

#include <charconv>
#include <string>

namespace relata::postgresql::detail {
namespace {

using relata::detail::uint128;

// Layout: number of groups, weight of the first group, sign, digits to show after the point, then
// the groups; each group holds four decimal digits and is worth 10000^weight, 10000^(weight-1), …
struct header {
    unsigned groups;
    int weight;
    unsigned sign;
};

constexpr std::size_t header_size = 8;
constexpr unsigned negative = 0x4000;
constexpr unsigned small_powers[5] = {1, 10, 100, 1000, 10000};

bool read_header(char const* from, std::size_t size, header& out) noexcept {
    if (size < header_size) return false;
    out = {load2(from), std::int16_t(load2(from + 2)), load2(from + 4)};
    return size == header_size + 2 * std::size_t(out.groups);
}

template <class Unsigned>
unsigned split_groups(Unsigned rest, unsigned scale, std::uint16_t* groups) noexcept {
    unsigned count = 0;
    if (unsigned const odd = scale % 4; odd != 0) {
        groups[count++] = std::uint16_t(unsigned(rest % small_powers[odd]) * small_powers[4 - odd]);
        rest /= small_powers[odd];
    }
    for (; rest != 0; rest /= 10000) groups[count++] = std::uint16_t(rest % 10000);
    return count;
}

// All groups but the last are whole; the last one ends at the wanted scale, or before it.
template <class Unsigned>
numeric_status join_groups(char const* groups, header const& h, int shift, Unsigned& out) noexcept {
    Unsigned value = 0;
    for (unsigned i = 0; i < h.groups; ++i) {
        unsigned factor = 10000, group = load2(groups + 2 * i);
        if (i + 1 == h.groups && shift < 0) {
            if (shift <= -4 || group % small_powers[-shift] != 0) return numeric_status::inexact;
            factor = small_powers[4 + shift];
            group /= small_powers[-shift];
        }
        if (__builtin_mul_overflow(value, Unsigned(factor), &value) ||
            __builtin_add_overflow(value, Unsigned(group), &value))
            return numeric_status::too_large;
    }
    out = value;
    return numeric_status::ok;
}

}  // namespace

int write_numeric(char* to, int128 mantissa, unsigned scale) noexcept {
    uint128 const size = relata::detail::magnitude(mantissa);
    std::uint16_t groups[16];
    unsigned const count = size <= UINT64_MAX ? split_groups(std::uint64_t(size), scale, groups)
                                              : split_groups(size, scale, groups);
    unsigned first = 0;
    while (first < count && groups[first] == 0) ++first;
    unsigned last = count;
    while (last > first && groups[last - 1] == 0) --last;
    unsigned const kept = last - first;
    int const weight = kept ? int(last) - 1 - int((scale + 3) / 4) : 0;
    store2(to, std::uint16_t(kept));
    store2(to + 2, std::uint16_t(weight));
    store2(to + 4, mantissa < 0 ? std::uint16_t(negative) : std::uint16_t(0));
    store2(to + 6, std::uint16_t(scale));
    char* at = to + header_size;
    for (unsigned i = last; i > first; --i, at += 2) store2(at, groups[i - 1]);
    return int(header_size + 2 * kept);
}

numeric_status read_numeric(char const* from, std::size_t size, unsigned scale,
                            int128& mantissa) noexcept {
    header h;
    if (!read_header(from, size, h)) return numeric_status::damaged;
    if (h.sign != 0 && h.sign != negative) return numeric_status::special;
    if (h.groups == 0) {
        mantissa = 0;
        return numeric_status::ok;
    }
    // by how many powers of ten the last group is above the wanted scale
    int const shift = (h.weight - int(h.groups) + 1) * 4 + int(scale);
    uint128 value = 0;
    if (h.groups <= 4) {
        std::uint64_t narrow = 0;
        if (auto s = join_groups(from + header_size, h, shift, narrow); s != numeric_status::ok)
            return s;
        value = narrow;
    } else if (auto s = join_groups(from + header_size, h, shift, value); s != numeric_status::ok) {
        return s;
    }
    if (shift > 0) {
        if (shift > int(relata::detail::max_digits)) return numeric_status::too_large;
        auto const factor = uint128(relata::detail::pow10(unsigned(shift)));
        if (__builtin_mul_overflow(value, factor, &value)) return numeric_status::too_large;
    }
    if (value >> 127 != 0) return numeric_status::too_large;
    mantissa = h.sign == negative ? -int128(value) : int128(value);
    return numeric_status::ok;
}

numeric_status read_numeric(char const* from, std::size_t size, double& value) {
    header h;
    if (!read_header(from, size, h)) return numeric_status::damaged;
    if (h.sign != 0 && h.sign != negative) return numeric_status::special;
    std::string digits = h.sign == negative ? "-0" : "0";
    for (unsigned i = 0; i < h.groups; ++i) {
        unsigned const group = load2(from + header_size + 2 * i);
        for (unsigned p : {1000u, 100u, 10u, 1u}) digits += char('0' + group / p % 10);
    }
    digits += "e" + std::to_string((h.weight - int(h.groups) + 1) * 4);
    auto const read = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return read.ec == std::errc() ? numeric_status::ok : numeric_status::too_large;
}

}  // namespace relata::postgresql::detail
