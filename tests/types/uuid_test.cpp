// SPDX-License-Identifier: BSL-1.0
// Mirrors include/relata/types/uuid.hpp.

#include <relata/types/uuid.hpp>

#include "refusal.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <thread>
#include <type_traits>
#include <unordered_set>
#include <vector>

using namespace relata;

static_assert(sizeof(uuid) == 16 && std::is_trivially_copyable_v<uuid>);
static_assert(std::regular<uuid> && std::totally_ordered<uuid>);
static_assert(uuid{}.is_nil() && uuid{} == uuid{} && uuid{} < uuid{{1}} &&
              uuid{{2}} > uuid{{1, 9}});

namespace {

constexpr char example[] = "01234567-89ab-cdef-0123-456789abcdef";

std::int64_t milliseconds_of(uuid const& id) {
    std::int64_t value = 0;
    for (unsigned i = 0; i < 6; ++i) value = value * 256 + id.bytes[i];
    return value;
}

std::int64_t milliseconds_now() {
    return std::chrono::duration_cast<std::chrono::milliseconds>(
               std::chrono::system_clock::now().time_since_epoch())
        .count();
}

}  // namespace

TEST_CASE("uuid: text is read in either case and written in lower case", "[types][uuid]") {
    uuid const id = uuid::from_string(example);
    CHECK(unsigned{id.bytes[0]} == 0x01);
    CHECK(unsigned{id.bytes[7]} == 0xef);
    CHECK(unsigned{id.bytes[15]} == 0xef);
    CHECK(id.to_string() == example);
    CHECK(uuid::from_string("01234567-89AB-CDEF-0123-456789ABCDEF") == id);
    CHECK(uuid().to_string() == "00000000-0000-0000-0000-000000000000");
    CHECK(uuid::from_string("ffffffff-ffff-ffff-ffff-ffffffffffff").version() == 15);
}

TEST_CASE("uuid: every byte at every place survives", "[types][uuid]") {
    for (unsigned i = 0; i < 16; ++i) {
        for (unsigned value = 0; value < 256; ++value) {
            uuid id;
            id.bytes[i] = static_cast<unsigned char>(value);
            REQUIRE(uuid::from_string(id.to_string()) == id);
        }
    }
}

TEST_CASE("uuid: any other form is refused", "[types][uuid]") {
    std::string const texts[] = {
        "",
        "0123456789abcdef0123456789abcdef",
        "{01234567-89ab-cdef-0123-456789abcdef}",
        "01234567-89ab-cdef-0123-456789abcde",
        "01234567-89ab-cdef-0123-456789abcdef0",
        "01234567-89ab-cdef-0123_456789abcdef",
        "0123456-789ab-cdef-0123-456789abcdef",
        " 1234567-89ab-cdef-0123-456789abcdef",
        "0000000g-0000-0000-0000-000000000000",
        "urn:uuid:01234567-89ab-cdef-0123-4567",
    };
    for (std::string const& text : texts) {
        CAPTURE(text);
        CHECK(refusal([&] { return uuid::from_string(text); }) == "value_invalid");
    }
    // No character but a digit is one, at any place.
    std::string const digits = "0123456789abcdefABCDEF";
    for (unsigned place = 0; place < 36; ++place) {
        for (int c = 0; c < 256; ++c) {
            std::string text = example;
            bool const dash = text[place] == '-';
            text[place] = static_cast<char>(c);
            bool const fine = dash ? c == '-' : digits.find(static_cast<char>(c)) != digits.npos;
            uuid id{{7}};
            REQUIRE(uuid::parse(text, id) == fine);
            REQUIRE((fine || id == uuid{{7}}));
        }
    }
}

TEST_CASE("uuid: random ones have version 4 and differ", "[types][uuid]") {
    std::unordered_set<uuid> seen;
    unsigned char ever_set[16] = {};
    for (unsigned i = 0; i < 1'000; ++i) {
        uuid const id = uuid::random();
        REQUIRE(id.version() == 4);
        REQUIRE(id.bytes[8] >> 6U == 2);
        seen.insert(id);
        for (unsigned k = 0; k < 16; ++k) ever_set[k] |= id.bytes[k];
    }
    CHECK(seen.size() == 1'000);
    CHECK(std::count(ever_set, ever_set + 16, 0xff) == 14);  // all but version and variant
}

TEST_CASE("uuid: ordered ones have version 7, the time, and rise", "[types][uuid][threads]") {
    std::int64_t const before = milliseconds_now();
    std::vector<uuid> ids(20'000);
    for (uuid& id : ids) id = uuid::ordered();
    std::int64_t const after = milliseconds_now();
    for (std::size_t i = 0; i < ids.size(); ++i) {
        REQUIRE(ids[i].version() == 7);
        REQUIRE(ids[i].bytes[8] >> 6U == 2);
        REQUIRE((i == 0 || ids[i - 1] < ids[i]));
    }
    CHECK(milliseconds_of(ids.front()) >= before);
    CHECK(milliseconds_of(ids.back()) <= after + 1);
    CHECK(ids.front().to_string() < ids.back().to_string());
}

TEST_CASE("uuid: ordered ones of several threads are unique and rise in each",
          "[types][uuid][threads]") {
    std::vector<std::vector<uuid>> made(4, std::vector<uuid>(3'000));
    {
        std::vector<std::jthread> threads;
        for (auto& ids : made) {
            threads.emplace_back([&ids] {
                for (uuid& id : ids) id = uuid::ordered();
            });
        }
    }
    std::set<std::string> stamps;
    for (auto const& ids : made) {
        CHECK(std::is_sorted(ids.begin(), ids.end()));
        for (uuid const& id : ids) stamps.insert(id.to_string().substr(0, 18));
    }
    CHECK(stamps.size() == 12'000);
}

TEST_CASE("uuid: the hash depends on every byte", "[types][uuid]") {
    std::unordered_set<std::size_t> hashes{std::hash<uuid>{}(uuid{})};
    for (unsigned i = 0; i < 16; ++i) {
        uuid id;
        id.bytes[i] = 1;
        hashes.insert(std::hash<uuid>{}(id));
    }
    CHECK(hashes.size() == 17);
}
