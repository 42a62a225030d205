// SPDX-License-Identifier: BSL-1.0
//
// The pool: many threads on few connections, waiting, and what happens in the end.

#include "conformance/case.hpp"
#include "conformance/engine_sql.hpp"
#include "conformance/open_files.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <atomic>
#include <chrono>
#include <mutex>
#include <optional>
#include <thread>

namespace relata::conformance {
namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

std::int64_t milliseconds_since(steady_clock::time_point start) {
    return std::chrono::duration_cast<std::chrono::milliseconds>(steady_clock::now() - start)
        .count();
}

// Runs f(i) in `count` threads; an error is a failed check.
template <class F> void in_threads(subject& s, int count, F f) {
    std::vector<std::thread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            try {
                f(i);
            } catch (error const& e) {
                s.check(false, std::string("no thread fails: ") + e.what());
            }
        });
    for (auto& each : threads) each.join();
}

void order_of_waiters(subject& s) {
    auto const db = s.open("pool_size=1&pool_timeout=30s");
    std::mutex lock;
    std::vector<int> order;
    std::vector<std::thread> threads;
    {
        auto const held = db.connect();
        for (int i = 0; i < 6; ++i) {
            threads.emplace_back([&, i] {
                auto const mine = db.connect();
                std::lock_guard const guard(lock);
                order.push_back(i);
            });
            std::this_thread::sleep_for(80ms);
        }
    }
    for (auto& each : threads) each.join();
    s.equal(std::vector<int>{0, 1, 2, 3, 4, 5}, order, "the order in which waiters were served");
}

void size_holds(subject& s) {
    auto const db = s.open("pool_size=4&pool_timeout=60s");
    auto const query = one_row(s.connection());
    std::atomic<int> inside = 0, most = 0, served = 0;
    in_threads(s, 64, [&](int) {
        for (int n = 0; n < 5; ++n) {
            auto const mine = db.connect();
            int const now = ++inside;
            for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {}
            s.equal(1, mine.one(query).m0, "the answer in a thread");
            --inside;
            ++served;
        }
    });
    s.check(most <= 4, "never more than four at once");
    s.equal(320, served.load(), "borrowers that were served");
    order_of_waiters(s);
}

void waiting_ends(subject& s) {
    auto const db = s.open("pool_size=2&pool_timeout=300ms");
    auto const first = db.connect();
    auto second = std::optional(db.connect());
    auto const start = steady_clock::now();
    auto const e = s.throws(
        error_kind::pool_timeout, [&] { (void)db.connect(); },
        "a third connection of a pool of two");
    auto const took = milliseconds_since(start);
    s.check(took >= 295 && took < 600, "it waited 300 ms, not " + std::to_string(took));
    s.check(e.message.find("in use") != e.message.npos, "the message says that all are in use");
    s.check(e.outcome == outcome::not_sent, "nothing was sent");
    second.reset();
    s.equal(1, db.connect().one(one_row(s.connection())).m0, "one came back: it works");
    if (!s.can().server_process) return;
    auto gone = s.address();
    gone.port = "1";
    auto const down = s.throws(
        error_kind::connection_failed, [&] { (void)s.connect_to(gone); },
        "a server that is down is another error");
    s.check(down.message.find("in use") == down.message.npos, "and has another message");
}

void closed_while_lent(subject& s) {
    // over a connection that is gone by then: SQLite keeps files open while another has the same one
    auto const query = one_row(*s.connect());
    auto const before = file_numbers();
    {
        auto db = std::optional(s.open("pool_size=3"));
        auto const mine = db->connect();
        auto other = std::optional(db->connect());
        auto const copy = std::optional(*db);
        db.reset();
        s.equal(1, mine.one(query).m0, "a lent connection goes on");
        other.reset();
        s.equal(1, copy->one(query).m0, "a copy goes on");
    }
    s.equal(before.size(), file_numbers().size(), "files open after the last of them went");
}

void nested(subject& s) {
    auto const query = one_row(s.connection());
    auto const db = s.open("pool_size=1&pool_timeout=200ms");
    auto const outer = std::optional(db.connect());
    auto const e = s.throws(
        error_kind::pool_timeout, [&] { (void)db.connect(); },
        "a second connection in the thread that holds the only one");
    s.check(e.message.find("all 1 are in use") != e.message.npos,
            "the message tells how many are lent");
    s.throws(error_kind::pool_timeout, [&] { (void)db.one(query); }, "a verb of the database");
    s.equal(1, outer->one(query).m0, "the connection itself goes on");
}

void spike(subject& s) {
    auto const db = s.open("pool_size=4&pool_timeout=60s");
    { auto const a = db.connect(), b = db.connect(), c = db.connect(), d = db.connect(); }
    std::atomic<std::int64_t> held = 0;
    std::atomic<int> left = 200, served = 0;
    auto const start = steady_clock::now();
    in_threads(s, 20, [&](int) {
        while (left.fetch_sub(1) > 0) {
            auto const mine = db.connect();
            auto const from = steady_clock::now();
            std::this_thread::sleep_for(20ms);
            held += (steady_clock::now() - from).count();
            ++served;
        }
    });
    auto const took = (steady_clock::now() - start).count();
    s.equal(200, served.load(), "requests that were served");
    s.check(double(took) <= 1.3 * double(held) / 4, "the pool costs less than 30 % of ideal time");
}

constexpr case_entry pool_sharing_table[] = {
    {"POL-01",
     "64 threads never hold more connections than the pool has; all are served, in order of "
     "arrival.",
     &size_holds, nullptr, 60},
    {"POL-02",
     "Who waits too long gets pool_timeout after the time that was asked for; its message says "
     "that all "
     "are in use, and a server that is down is another error.",
     &waiting_ends},
    {"POL-06", "Connections end after a longest life, and idle ones are closed or kept alive.",
     nullptr,
     "the pool opens connections on demand and keeps them for as long as they work; it has no "
     "longest "
     "life, no least number and no keep-alive"},
    {"POL-07", "A connection that is not given back is told with its borrower.", nullptr,
     "a lent connection is an object whose destructor gives it back; the pool records no "
     "borrowers"},
    {"POL-08",
     "A database that goes while connections are lent closes each when it comes back, and leaves "
     "no "
     "file open.",
     &closed_while_lent},
    {"POL-09", "An error in the hook for new connections drops the connection.", nullptr,
     "the pool has no hook for new connections; options of the URL configure the session"},
    {"POL-10",
     "A second connection in the thread that holds the only one is pool_timeout, not a standstill.",
     &nested},
    {"POL-11", "200 requests of 20 ms on four connections take at most 1.3 times the ideal time.",
     &spike},
};

}  // namespace

std::span<case_entry const> pool_sharing_cases() { return pool_sharing_table; }

}  // namespace relata::conformance
