// SPDX-License-Identifier: BSL-1.0
//
// Many threads on one database; locks, deadlocks, time limits and cancelling.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <latch>
#include <mutex>
#include <thread>

using namespace relata;
using namespace test;
using namespace std::chrono_literals;

namespace {

struct number {
    std::int64_t id{};
};

// Counts for many minutes: 400 rows, five times crossed.
auto endless() {
    return from<number>()
        .cross_join<alias<number, "b">>()
        .cross_join<alias<number, "c">>()
        .cross_join<alias<number, "d">>()
        .cross_join<alias<number, "e">>()
        .where((col<&number::id> + col<&number::id, "b"> + col<&number::id, "c"> +
                col<&number::id, "d"> + col<&number::id, "e">) %
                   7 ==
               3)
        .select(count());
}

}  // namespace
template <>
inline constexpr auto relata::table<number> =
    relata::describe<number>("threads_numbers").key<&number::id>();
namespace {

database const& numbers() {
    auto const& db = fresh<number>();
    std::vector<number> rows(400);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i].id = std::int64_t(i);
    db.insert_all(rows);
    return db;
}

/// Runs the function in so many threads; gives back what went wrong.
template <class F> std::vector<std::string> in_threads(int count, F f) {
    std::mutex lock;
    std::vector<std::string> failures;
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            try {
                f(i);
            } catch (std::exception const& e) {
                std::lock_guard const guard(lock);
                failures.emplace_back(e.what());
            }
        });
    for (auto& t : threads) t.join();
    return failures;
}

void limit_lock_wait(handle const&, connection& c) {
    if (on("postgresql")) c.script("set lock_timeout = '200ms'");
    else if (on("mysql")) c.script("set innodb_lock_wait_timeout = 1");
}

}  // namespace

TEST_CASE("threads: eight threads share a pool of three", "[threads]") {
    (void)library();
    auto const db = open(url_with("pool_size=3&pool_timeout=30s"));
    auto const failures = in_threads(8, [&](int i) {
        for (int n = 0; n < 25; ++n) {
            auto const name = "thread " + std::to_string(i) + " row " + std::to_string(n);
            auto const made = db.insert(artist{0, name, {}});
            auto const found = db.find<artist>(made.id);
            if (!found || found->name != name) throw std::runtime_error("lost " + name);
        }
    });
    CHECK(failures == std::vector<std::string>{});
    CHECK(db.all(from<artist>()).size() == 203);
}

TEST_CASE("threads: two threads each in transactions of their own", "[threads]") {
    (void)library();
    auto const db = open(url_with("pool_size=2&pool_timeout=30s"));
    auto const failures = in_threads(2, [&](int i) {
        for (int n = 0; n < 20; ++n)
            db.transaction(
                [&](transaction& t) {
                    t.insert(artist{0, "pair " + std::to_string(i) + "/" + std::to_string(n), {}});
                    t.execute(update<artist>()
                                  .set(col<&artist::country> = std::to_string(n))
                                  .where(col<&artist::id> == 1));
                },
                retry(20));
    });
    CHECK(failures == std::vector<std::string>{});
    CHECK(db.all(from<artist>()).size() == 43);
}

TEST_CASE("threads: waiters get the connection in order of arrival", "[threads]") {
    auto const db = open(url_with("pool_size=1&pool_timeout=30s"));
    std::vector<int> order;
    std::mutex lock;
    std::vector<std::thread> threads;
    {
        auto held = db.connect();
        for (int i = 0; i < 5; ++i) {
            threads.emplace_back([&, i] {
                auto const c = db.connect();
                std::lock_guard const guard(lock);
                order.push_back(i);
            });
            std::this_thread::sleep_for(60ms);
        }
    }
    for (auto& t : threads) t.join();
    CHECK(order == std::vector<int>{0, 1, 2, 3, 4});
}

TEST_CASE("threads: counting up in serializable transactions loses no step", "[threads]") {
    auto const& db = fresh<seat>();
    db.insert(seat{1, 1, "0"});
    auto const failures = in_threads(4, [&](int) {
        for (int n = 0; n < 5; ++n)
            db.transaction(
                [](transaction& t) {
                    auto s = *t.find<seat>(1, 1);
                    s.guest = std::to_string(std::stoi(s.guest) + 1);
                    t.update(s);
                },
                retry(200), {.isolation = isolation::serializable});
    });
    CHECK(failures == std::vector<std::string>{});
    CHECK(db.find<seat>(1, 1)->guest == "20");
}

TEST_CASE("threads: a lost update is an error or refused, never silent") {
    auto const& db = fresh<seat>();
    db.insert(seat{1, 1, "first"});
    if (on("sqlite")) return;  // one writer at a time
    if (on_mysql_proper()) {
        CHECK(kind_thrown([&] { (void)db.begin({.isolation = isolation::snapshot}); }) ==
              "not_supported");
        return;
    }
    auto a = db.begin({.isolation = isolation::snapshot});
    CHECK(a.find<seat>(1, 1)->guest == "first");
    db.update(seat{1, 1, "other"});
    auto const e = thrown([&] { a.update(seat{1, 1, "mine"}); });
    CHECK(name_of(e.kind) == "serialization_failure");
    CHECK(e.retry == retry_advice::transaction);
    a.rollback();
    CHECK(db.find<seat>(1, 1)->guest == "other");
}

TEST_CASE("threads: two transactions that wait for each other", "[threads]") {
    if (on("sqlite")) return;  // one writer at a time
    auto const& db = fresh<seat>();
    db.insert_all(std::vector<seat>{{1, 1, ""}, {2, 2, ""}});
    std::latch both(2);
    std::atomic<int> deadlocks{0};
    auto const failures = in_threads(2, [&](int i) {
        try {
            db.transaction([&](transaction& t) {
                t.update(i ? seat{1, 1, "a"} : seat{2, 2, "a"});
                both.arrive_and_wait();
                t.update(i ? seat{2, 2, "b"} : seat{1, 1, "b"});
            });
        } catch (error const& e) {
            if (e.kind() != error_kind::deadlock || e.retry() != retry_advice::transaction) throw;
            ++deadlocks;
        }
    });
    CHECK(failures == std::vector<std::string>{});
    CHECK(deadlocks == 1);
}

TEST_CASE("threads: a lock that is not given in time") {
    (void)library();
    auto const db = open(url_with(on("sqlite") ? "busy_timeout=100" : "pool_size=4"));
    auto holder = db.begin();
    holder.execute(update<artist>().set(col<&artist::country> = "X").where(col<&artist::id> == 1));
    auto c = db.connect();
    limit_lock_wait(db, c);
    auto const e = thrown([&] {
        c.execute(update<artist>().set(col<&artist::country> = "Y").where(col<&artist::id> == 1));
    });
    CHECK(name_of(e.kind) == "lock_timeout");
    CHECK(e.connection_usable);
    holder.commit();
    CHECK(c.execute(
              update<artist>().set(col<&artist::country> = "Y").where(col<&artist::id> == 1)) == 1);
    CHECK(db.find<artist>(1)->country == "Y");
}

TEST_CASE("threads: a statement that takes longer than allowed") {
    (void)numbers();
    auto const db = open(url_with("statement_timeout=200"));
    auto const began = std::chrono::steady_clock::now();
    auto const e = thrown([&] { (void)db.all(endless()); });
    CHECK(name_of(e.kind) == "timeout");
    CHECK(e.connection_usable);
    CHECK(std::chrono::steady_clock::now() - began < 20s);
    CHECK(db.all(from<number>()).size() == 400);
}

TEST_CASE("threads: another thread cancels the running statement", "[threads]") {
    auto const& db = numbers();
    auto c = db.connect();
    std::thread stopper([&] {
        std::this_thread::sleep_for(300ms);
        c.cancel();
    });
    auto const e = thrown([&] { (void)c.all(endless()); });
    stopper.join();
    CHECK(name_of(e.kind) == "cancelled");
    CHECK(e.connection_usable);
    CHECK(c.all(from<number>()).size() == 400);
}

TEST_CASE("threads: cancel without a statement harms nobody") {
    auto const& db = numbers();
    auto c = db.connect();
    c.cancel();
    std::this_thread::sleep_for(100ms);
    CHECK(c.all(from<number>()).size() == 400);
}

TEST_CASE("threads: a session that is killed in the middle of a query", "[threads]") {
    if (on("sqlite")) return;
    (void)numbers();
    auto const db = open(url_with("pool_size=1"));
    {
        auto c = db.connect();
        auto const id = on("postgresql")
                            ? c.all(from<number>().limit(1).select(
                                        raw<"pg_backend_pid()::bigint", std::int64_t>()))
                                  .at(0)
                                  .m0
                            : c.all(from<number>().limit(1).select(
                                        raw<"cast(connection_id() as signed)", std::int64_t>()))
                                  .at(0)
                                  .m0;
        std::thread killer([&] {
            std::this_thread::sleep_for(300ms);
            test::db().script(unsafe_sql(on("postgresql")
                                             ? "do $$ begin perform pg_terminate_backend(" +
                                                   std::to_string(id) + "); end $$"
                                             : "kill " + std::to_string(id)));
        });
        auto const e = thrown([&] { (void)c.all(endless()); });
        killer.join();
        CHECK(name_of(e.kind) == "connection_lost");
        CHECK(e.outcome == outcome::unknown);
    }
    CHECK(db.all(from<number>()).size() == 400);
}
