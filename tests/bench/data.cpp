// SPDX-License-Identifier: BSL-1.0
//
// The rows of the benchmark, the same in every run, and checksums of what was read.

#include "civil_time.hpp"
#include "variants.hpp"

#include <bit>

namespace bench {
namespace {

// A fixed sequence that looks random (splitmix64).
class sequence {
public:
    explicit sequence(std::uint64_t seed) : state_(seed) {}
    std::uint64_t operator()() {
        std::uint64_t z = state_ += 0x9e3779b97f4a7c15u;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
        return z ^ (z >> 31);
    }

private:
    std::uint64_t state_;
};

class digest {
public:
    void add(std::uint64_t value) { state_ = std::rotl(state_ ^ value, 23) * 0x9e3779b97f4a7c15u; }
    void add(std::string const& text) {
        add(std::uint64_t(text.size()));
        for (char const c : text) add(std::uint64_t(static_cast<unsigned char>(c)));
    }
    void add(double value) { add(std::bit_cast<std::uint64_t>(value)); }
    [[nodiscard]] std::uint64_t value() const { return state_; }

private:
    std::uint64_t state_ = 1;
};

template <class Item> std::uint64_t checksum_of(std::vector<Item> const& rows) {
    digest d;
    for (auto const& row : rows) {
        d.add(std::uint64_t(row.id));
        d.add(row.name);
        d.add(row.price);
        d.add(std::uint64_t(row.qty));
        d.add(std::uint64_t(micros_of(row.created)));
        d.add(std::uint64_t(row.note.has_value()));
        if (row.note) d.add(*row.note);
    }
    return d.value();
}

}  // namespace

// Names are too long for a string's own room half of the time; every second note is NULL. Times have
// whole seconds, because SOCI keeps no fraction.
copies make_copies(std::int64_t count) {
    static constexpr char const* words[] = {"anvil", "bellows", "caliper", "dovetail saw", "edge"};
    constexpr std::int64_t first_second = 1'577'836'800;  // 2020
    sequence next(42);
    copies rows(std::size_t(count), item_copy{});
    std::int64_t id = 0;
    for (auto& row : rows) {
        std::uint64_t const r = next();
        row.id = ++id;
        row.name = std::string(words[r % 5]) + " " + std::to_string(id);
        if (r & 1024) row.name += " of hardened steel";
        row.price = double(r >> 50) / 4;
        row.qty = std::int32_t((r >> 20) % std::uint64_t(shelf_count));
        row.created =
            from_micros((first_second + std::int64_t((r >> 16) % 150'000'000)) * 1'000'000);
        if (r & 2048) row.note = "checked by inspector " + std::to_string(r % 10'000);
    }
    return rows;
}

keys make_keys(std::int64_t count, std::int64_t rows) {
    sequence next(7);
    keys wanted(std::size_t(count), 0);
    for (auto& key : wanted) key = std::int64_t(next() % std::uint64_t(rows)) + 1;
    return wanted;
}

std::uint64_t checksum(items const& rows) { return checksum_of(rows); }
std::uint64_t checksum(copies const& rows) { return checksum_of(rows); }
std::uint64_t checksum(std::vector<group_row> const& rows) {
    digest d;
    for (auto const& row : rows) {
        d.add(row.label);
        d.add(std::uint64_t(row.items));
        d.add(row.value.value_or(0));
        d.add(std::uint64_t(row.newest ? micros_of(*row.newest) : 0));
    }
    return d.value();
}

}  // namespace bench
