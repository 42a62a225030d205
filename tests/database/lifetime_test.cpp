// SPDX-License-Identifier: BSL-1.0
//
// What was taken out of a database may outlive it, and is destroyed in any order. Under
// AddressSanitizer a pool or a session that is freed too early is seen here.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <optional>

using namespace relata;
using namespace test;

namespace {

database opened() { return relata::open(url_with("pool_size=1&pool_timeout=2s")); }

}  // namespace

TEST_CASE("lifetimes: a transaction outlives its database") {
    library();
    {
        auto t = opened().begin();
        t.insert(artist{0, "kept", {}});
        t.commit();
    }
    CHECK(artists() == 4);
    {
        auto t = opened().begin();
        t.insert(artist{0, "undone", {}});
    }
    CHECK(artists() == 4);
}

TEST_CASE("lifetimes: a stream outlives its database") {
    library();
    std::size_t rows = 0;
    auto s = opened().stream(from<artist>());
    for (auto const& row : s) rows += !row.name.empty();
    CHECK(rows == 3);
    auto unread = opened().stream(from<artist>());
}

TEST_CASE("lifetimes: a transaction outlives its connection, and a stream both") {
    library();
    auto const db = opened();
    std::size_t rows = 0;
    {
        std::optional<connection> c(db.connect());
        std::optional<transaction> t(c->begin());
        c.reset();
        t->insert(artist{0, "undone", {}});
        CHECK(t->all(from<artist>()).size() == 4);
        t.reset();
    }
    CHECK(db.all(from<artist>()).size() == 3);
    {
        std::optional<connection> c(db.connect());
        auto s = c->stream(from<artist>());
        c.reset();
        for (auto const& row : s) rows += !row.name.empty();
    }
    CHECK(rows == 3);
    CHECK(db.all(from<artist>()).size() == 3);
}

TEST_CASE("lifetimes: a session is not lent again while a stream of an ended transaction has it") {
    library();
    auto const db = relata::open(url_with("pool_size=1&pool_timeout=1s"));
    std::optional<transaction> t(db.begin());
    {
        auto s = t->stream(from<artist>());
        (void)s.begin();
        t.reset();
        CHECK(kind_thrown([&] { (void)db.all(from<artist>()); }) == "pool_timeout");
    }
    CHECK(db.all(from<artist>()).size() == 3);
}
