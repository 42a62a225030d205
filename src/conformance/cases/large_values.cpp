// SPDX-License-Identifier: BSL-1.0
//
// Large values: up to what the server takes, and refused before they can do harm.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/bytes.hpp>

#include <algorithm>
#include <string>

#include <sys/mman.h>

namespace relata::conformance {
namespace {

constexpr std::size_t mega = 1 << 20;

// Bytes that are different in every place, so that nothing can be swapped unseen.
bytes pattern(std::size_t size) {
    bytes out(size);
    std::uint32_t state = 12345;
    for (auto& each : out) {
        state = state * 1664525U + 1013904223U;
        each = std::byte(state >> 24U);
    }
    return out;
}

schema::table const& blobs(subject& s) {
    return s.create(table_of({column<std::int64_t>("id"), column<std::optional<bytes>>("b")}));
}

bool size_fits(subject& s, std::size_t size) {
    auto const most = s.can().max_packet;
    return most == 0 || size + 4096 < most;
}

void growing_sizes(subject& s) {
    auto& c = s.connection();
    auto const& table = blobs(s);
    for (std::size_t const size :
         {std::size_t(0), std::size_t(1), std::size_t(250), std::size_t(251), std::size_t(4095),
          std::size_t(4096), std::size_t(65535), std::size_t(65536), mega, 16 * mega - 1,
          16 * mega + 1, 64 * mega}) {
        auto const what = "bytes: " + std::to_string(size);
        if (!size_fits(s, size)) {
            s.note("more than the server takes at once: " + what);
            continue;
        }
        value const whole{std::optional<bytes>(pattern(size))};
        for (auto const way : all_paths) {
            if (way != path::prepared && (size > mega || (size == mega && way == path::literal)))
                continue;
            auto const most = s.can().max_literal;
            if (way == path::literal && most != 0 && size > most) continue;
            store(c, table, {{value(1L), whole}}, way);
            auto const got =
                read_table(c, table, {&ops_of<std::int64_t>, &ops_of<std::optional<bytes>>});
            s.check(got.size() == 1 && got[0][1] == whole, what + ", " + std::string(name_of(way)));
            execute(c, "DELETE FROM " + quoted(c, table.name));
        }
    }
}

/// Zeros without memory behind them: reading them costs nothing.
class zeros {
public:
    explicit zeros(std::size_t size)
        : size_(size), at_(::mmap(nullptr, size, PROT_READ,
                                  MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)) {}
    zeros(zeros const&) = delete;
    zeros& operator=(zeros const&) = delete;
    ~zeros() {
        if (there()) ::munmap(at_, size_);
    }
    [[nodiscard]] bool there() const { return at_ != MAP_FAILED; }
    [[nodiscard]] param bind() const {
        param p{};
        p.chars = {static_cast<char const*>(at_), size_};
        p.type = &type_of<bytes>;
        p.kind = kind::bytes;
        return p;
    }

private:
    std::size_t size_;
    void* at_;
};

void beyond_the_packet(subject& s) {
    s.needs(s.can().max_packet > 0, "max_packet");
    auto& c = s.connection();
    auto const& table = blobs(s);
    auto const most = s.can().max_packet;
    auto const insert =
        prepare(c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<bytes>});
    for (auto const size : {most, most + 1, most + mega, 2 * most}) {
        auto const what = std::to_string(size) + " bytes";
        zeros const huge(size);
        s.demand(huge.there(), "the program has room for the addresses");
        param const params[] = {value(1L).bind(), huge.bind()};
        auto const refused = s.throws(
            error_kind::limit_exceeded, [&] { insert->execute(params, 2); }, what + ", bound");
        insert->finish();
        s.check(refused.connection_usable, what + ": the connection can be used");
        s.equal(0, count(c, table), what + ": it is alive, and nothing was stored");
        if (size > 100 * mega) continue;  // too much to hold for one case
        value const large{std::optional<bytes>(bytes(std::size_t(size)))};
        for (auto const way : {path::object, path::batch}) {
            auto const info = s.throws(
                error_kind::limit_exceeded, [&] { store(c, table, {{value(1L), large}}, way); },
                what + ", " + std::string(name_of(way)));
            s.check(info.connection_usable, what + ": the connection can be used");
            s.equal(0, count(c, table), what + ": it is alive, and nothing was stored");
        }
    }
}

void gigabytes(subject& s) {
    auto& c = s.connection();
    auto const& table = blobs(s);
    auto const insert =
        prepare(c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<bytes>});
    constexpr std::size_t giga = std::size_t(1) << 30U;
    for (auto const size : {giga + 1, 2 * giga, 2 * giga + 1, 4 * giga, 4 * giga + 16, 5 * giga}) {
        zeros const huge(size);
        s.demand(huge.there(), "the program has room for the addresses");
        auto const what = std::to_string(size) + " bytes";
        param const params[] = {value(1L).bind(), huge.bind()};
        auto const info = s.throws(
            {error_kind::limit_exceeded, error_kind::value_too_long},
            [&] { insert->execute(params, 2); }, what);
        insert->finish();
        s.check(info.connection_usable, what + ": the connection can be used");
        s.equal(0, count(c, table), what + ": nothing was stored");
    }
    value const three(bytes(3));
    param const small[] = {value(1L).bind(), three.bind()};
    insert->execute(small, 2);
    insert->finish();
    s.equal(1, count(c, table), "the statement goes on");
}

void mixed_batches(subject& s) {
    auto& c = s.connection();
    auto const& table = blobs(s);
    std::vector<row_values> rows;
    for (std::size_t i = 0; i < 200; ++i) {
        constexpr std::size_t steps[] = {0, 1, 250, 251, 300, 65534, 65535, 65536, 200'000};
        auto const id = value(std::int64_t(i));
        if (i % 7 == 3) rows.push_back({id, value(std::optional<bytes>())});
        else if (i == 100) rows.push_back({id, value(std::optional<bytes>(pattern(2 * mega)))});
        else rows.push_back({id, value(std::optional<bytes>(pattern(steps[i % 9])))});
    }
    s.equal(rows.size(), store(c, table, rows, path::batch), "rows of the batch");
    auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops_of<std::optional<bytes>>});
    if (!s.equal(rows.size(), got.size(), "rows")) return;
    for (std::size_t i = 0; i < rows.size(); ++i)
        s.check(rows[i][1] == got[i][1], "row " + std::to_string(i) + " of the batch");
}

constexpr case_entry large_values_table[] = {
    {"BLB-01",
     "Bytes of every size up to 64 MB come back unchanged, as far as the server takes that much at "
     "once.",
     &growing_sizes, nullptr, 90},
    {"BLB-02",
     "A value beyond the server's packet is refused with limit_exceeded before it is sent, and the "
     "connection lives.",
     &beyond_the_packet},
    {"BLB-03",
     "More than a gigabyte in one value, also beyond 2 and 4 GB, is refused by the client; no size "
     "is cut to 32 bits.",
     &gigabytes, nullptr, 60},
    {"BLB-04", "A part of a stored value is read, written and cut off.", nullptr,
     "the interface moves values whole; it has no handle for a stored value and no offset in one"},
    {"BLB-06", "A batch mixes empty values, NULL, short ones and ones of 2 MB.", &mixed_batches},
};

}  // namespace

std::span<case_entry const> large_values_cases() { return large_values_table; }

}  // namespace relata::conformance
