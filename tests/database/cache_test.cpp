// SPDX-License-Identifier: BSL-1.0
//
// The statement cache: warm queries allocate nothing, and its size is kept.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <atomic>
#include <cstdlib>
#include <new>

using namespace relata;
using namespace test;

namespace {
std::atomic<long> allocations{0};

void* counted(std::size_t size) {
    allocations.fetch_add(1, std::memory_order_relaxed);
    if (void* const p = std::malloc(size ? size : 1)) return p;
    throw std::bad_alloc();
}
}  // namespace

// Every allocation of C++ code in this program; the client libraries are C and call malloc.
void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    allocations.fetch_add(1, std::memory_order_relaxed);
    return std::malloc(size ? size : 1);
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace {

/// How often the function allocates when it is warm.
template <class F> long allocations_of(F f) {
    for (int i = 0; i < 3; ++i) f();
    auto const before = allocations.load();
    f();
    return allocations.load() - before;
}

}  // namespace

TEST_CASE("cache: a warm query allocates nothing") {
    if (client_allocates()) return;
    (void)library();
    auto const db = open(url_with("pool_size=1"));
    std::string const blue = "Blue Train";
    CHECK(allocations_of([&] {
              (void)db.first(
                  from<album>().where(col<&album::title> == blue && col<&album::id> < 5));
          }) == 0);
    CHECK(allocations_of([&] { (void)db.one(from<album>().where(col<&album::id> == 1)); }) == 0);
    CHECK(allocations_of([&] { (void)db.find<album>(2); }) == 0);
    CHECK(allocations_of([&] {
              (void)db.first(from<album>()
                                 .join<artist>()
                                 .where(col<&artist::id> == 2)
                                 .select(col<&album::title>, col<&artist::name>));
          }) == 0);
    CHECK(allocations_of([&] {
              db.execute(
                  update<album>().set(col<&album::year> = 1990).where(col<&album::title> == blue));
          }) == 0);
    CHECK(allocations_of([&] { db.update(album{1, "Blue Train", 1, 5, 1990}); }) == 0);
    CHECK(allocations_of([&] { db.remove(album{99, "", 1, 5, {}}); }) == 0);
    CHECK(allocations_of([&] { db.insert(album{0, "short", 1, 5, 1990}); }) == 0);
    auto const prepared =
        db.prepare(from<album>().where(col<&album::id> == placeholder<"id", std::int64_t>));
    CHECK(allocations_of([&] { (void)prepared.first(2); }) == 0);
}

TEST_CASE("cache: rows cost their vector and nothing else") {
    if (client_allocates()) return;
    (void)library();
    auto const db = open(url_with("pool_size=1"));
    CHECK(allocations_of([&] { (void)db.all(from<album>().where(col<&album::id> == 1)); }) == 1);
    CHECK(allocations_of([&] { (void)db.all(from<album>().where(col<&album::id> == 99)); }) == 0);
    CHECK(allocations_of([&] {
              for (auto const& a : db.stream(from<album>())) (void)a;
          }) == 1);
}

TEST_CASE("cache: with room for two statements everything still works") {
    (void)library();
    auto const db = open(url_with("pool_size=1&statement_cache=2"));
    for (int round = 0; round < 3; ++round) {
        CHECK(db.all(from<album>()).size() == 4);
        CHECK(db.find<album>(1)->title == "Blue Train");
        CHECK(db.all(from<artist>()).size() == 3);
        CHECK(db.all(from<artist>().where(col<&artist::id>.in({1, 2}))).size() == 2);
        CHECK(db.all(from<artist>().where(col<&artist::id>.in({1, 2, 3}))).size() == 3);
        CHECK(db.one(from<album>().select(count())).m0 == 4);
    }
}

TEST_CASE("cache: without room for statements everything still works") {
    (void)library();
    auto const db = open(url_with("pool_size=1&statement_cache=0"));
    for (int round = 0; round < 3; ++round) {
        CHECK(db.all(from<album>()).size() == 4);
        CHECK(db.find<album>(1)->title == "Blue Train");
        db.update(album{1, "Blue Train", 1, 5, 1990});
    }
}

TEST_CASE("cache: the statement used longest ago leaves first") {
    if (client_allocates()) return;
    (void)library();
    auto const db = open(url_with("pool_size=1&statement_cache=2"));
    auto const a = [&] { (void)db.find<album>(1); };
    auto const b = [&] { (void)db.find<artist>(1); };
    auto const c = [&] { (void)db.one(from<album>().select(count())); };
    auto allocated = [](auto f) {
        auto const before = allocations.load();
        f();
        return allocations.load() - before;
    };
    a(), b(), a(), c();  // b leaves
    CHECK(allocated(a) == 0);
    CHECK(allocated(c) == 0);
    CHECK(allocated(b) > 0);
}

TEST_CASE("cache: a query that runs inside itself has a statement of its own") {
    (void)library();
    auto const db = open(url_with("pool_size=1"));
    if (!on("sqlite")) return;  // one result at a time on a connection to a server
    auto c = db.connect();
    auto const query = from<album>().order_by(col<&album::id>);
    int inner_rows = 0;
    for (auto const& outer : c.stream(query)) {
        for (auto const& inner : c.stream(query)) inner_rows += inner.id == outer.id;
        CHECK(c.find<album>(outer.id) == outer);
    }
    CHECK(inner_rows == 4);
}

TEST_CASE("cache: a second statement while a stream is open works or says why not") {
    (void)library();
    auto const db = open(url_with("pool_size=1"));
    auto c = db.connect();
    auto rows = c.stream(from<album>().order_by(col<&album::id>));
    auto const first = rows.begin();
    CHECK(first->id == 1);
    try {
        auto const artists = c.all(from<artist>());
        CHECK(artists.size() == 3);
    } catch (error const& e) {
        CHECK_FALSE(on("sqlite"));
        CHECK(name_of(e.kind()) == "invalid_argument");
        CHECK(std::string_view(e.what()).find("result") != std::string_view::npos);
    }
}
