// SPDX-License-Identifier: BSL-1.0
//
// Threads: many connections, one database, and objects that travel.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <relata/driver/registry.hpp>

#include <fmt/format.h>

#include <atomic>
#include <optional>

#include <sys/wait.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

bool another_was_faster(error const& e) {
    return e.kind() == error_kind::lock_timeout || e.kind() == error_kind::deadlock ||
           e.kind() == error_kind::serialization_failure;
}

// One transaction of mixed work; false when another transaction was in the way.
bool mixed_work(driver::connection& c, schema::table const& table, std::int64_t id) try {
    c.begin(isolation::read_committed, false);
    store(c, table, {{value(id), value(std::string(200, char('a' + id % 26)))}}, path::ad_hoc);
    auto const name = quoted(c, table.name);
    auto const found = read_column<std::string>(
        c, fmt::format("SELECT t FROM {} WHERE id = ?", name), {value(id)});
    bool const right = found.size() == 1 && found[0] == std::string(200, char('a' + id % 26));
    execute(c, fmt::format("UPDATE {} SET t = ? WHERE id = ?", name), {value("done"), value(id)});
    c.commit();
    if (!right) fail(error_kind::corrupt, "a thread read what another one wrote");
    return true;
} catch (error const& e) {
    if (!another_was_faster(e)) throw;
    if (c.transaction() != transaction_state::none) c.rollback();
    return false;
}

void one_connection_each(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::string>("t")}));
    constexpr int threads = 16;
    std::atomic<std::int64_t> done{0}, again{0};
    {
        std::vector<std::jthread> all;
        for (int t = 0; t < threads; ++t)
            all.emplace_back([&, t] {
                try {
                    auto const c = s.connect();
                    stopwatch const time;
                    for (std::int64_t i = 0; time.elapsed() < 2000; ++i)
                        if (mixed_work(*c, table, i * threads + t)) ++done;
                        else ++again;
                } catch (error const& e) {
                    s.check(false, fmt::format("thread {}: {}", t, e.what()));
                }
            });
    }
    s.check(done >= threads, fmt::format("{} transactions were done", done.load()));
    s.equal(done.load(), count(s.connection(), table), "rows of 16 threads");
    s.equal(done.load(),
            read_column<std::int64_t>(s.connection(),
                                      fmt::format("SELECT count(*) FROM {} WHERE t = 'done'",
                                                  quoted(s.connection(), table.name)))
                .at(0),
            "rows that the threads have updated");
    s.note(fmt::format("{} transactions, {} in each other's way", done.load(), again.load()));
}

void one_database(subject& s) {
    auto const& table = numbers(s, 50);
    auto const name = quoted(s.connection(), table.name);
    auto const db = s.open("pool_size=4&pool_timeout=20s");
    auto const text =
        written(s.connection(), fmt::format("SELECT n FROM {} WHERE n <= ? ORDER BY n", name));
    std::atomic<int> right{0};
    {
        std::vector<std::jthread> all;
        for (int t = 0; t < 8; ++t)
            all.emplace_back([&, t] {
                try {
                    for (int i = 0; i < 50; ++i) {
                        auto const copy = db;
                        auto const most = std::int64_t((t * 50 + i) % 50 + 1);
                        auto const rows = copy.all(sql_query<std::int64_t>(unsafe_sql(text), most));
                        bool fits = std::int64_t(rows.size()) == most;
                        for (std::size_t r = 0; fits && r < rows.size(); ++r)
                            fits = rows[r].m0 == std::int64_t(r + 1);
                        right += fits;
                        auto const& entry = driver::find(s.address().scheme);
                        if (&entry != &s.entry()) s.check(false, "the registry finds the driver");
                        (void)driver::known();
                    }
                } catch (error const& e) {
                    s.check(false, fmt::format("thread {}: {}", t, e.what()));
                }
            });
    }
    s.equal(400, right.load(), "queries of 8 threads with the right rows");
}

void two_in_one_process(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const a = s.connect(), b = s.connect();
    std::int64_t rows = 0;
    for (int round = 0; round < 5; ++round) {
        store(*a, table, {{value(++rows)}}, path::ad_hoc);
        s.equal(rows, count(*b, table), "rows of a that b sees");
        store(*b, table, {{value(++rows)}}, path::ad_hoc);
        s.equal(rows, count(*a, table), "rows of b that a sees");
    }
    std::atomic<std::int64_t> stored{0};
    auto const write = [&](driver::connection& c, std::int64_t from) {
        try {
            for (std::int64_t i = from; i < from + 50; ++i)
                for (bool done = false; !done;) {
                    try {
                        store(c, table, {{value(i)}}, path::ad_hoc);
                        ++stored;
                        done = true;
                    } catch (error const& e) {
                        if (!another_was_faster(e)) throw;
                    }
                }
        } catch (error const& e) {
            s.check(false, fmt::format("a writer: {}", e.what()));
        }
    };
    {
        std::jthread const one([&] { write(*a, 1000); });
        std::jthread const two([&] { write(*b, 2000); });
    }
    s.equal(100, stored.load(), "rows that two writers stored at once");
    s.equal(rows + 100, count(*a, table), "rows in all");
}

template <class F> void in_thread(F action) { std::jthread const thread(std::move(action)); }

void results_travel(subject& s) {
    auto const& table = numbers(s, 20);
    auto const name = quoted(s.connection(), table.name);
    std::unique_ptr<driver::connection> c;
    std::unique_ptr<driver::statement> statement;
    row_block room({&ops_of<std::int64_t>}, 1);
    std::int64_t sum = 0;
    std::vector<std::string> problems;
    auto guarded = [&](auto action) {
        in_thread([&] {
            try {
                action();
            } catch (error const& e) {
                problems.emplace_back(e.what());
            }
        });
    };
    guarded([&] { c = s.connect(); });
    s.demand(c != nullptr, "a connection made in a thread that has ended");
    guarded([&] { statement = prepare(*c, "SELECT n FROM " + name + " ORDER BY n"); });
    guarded([&] { statement->execute(nullptr, 0); });
    for (int i = 0; i < 20; ++i)
        guarded([&] {
            if (statement->fetch(room.plan(), 1, room.row(0), room.stride(), 1) == 1)
                sum += room.at(0, 0).as<std::int64_t>();
        });
    guarded([&] { statement->finish(); });
    guarded([&] { statement.reset(); });
    s.equal(210, sum, "sum of rows that were fetched by twenty threads");
    s.equal(20, count(*c, table), "rows that the main thread reads over the same connection");
    guarded([&] { c.reset(); });
    s.equal(0U, problems.size(), problems.empty() ? "problems" : problems.front());
}

// In a process of its own, because its end is what is looked at.
void process_end(subject& s) {
    auto const& table = numbers(s, 5);
    auto const child = fork();
    s.demand(child >= 0, "a process can be forked");
    if (child == 0) {
        int right = 0;
        try {
            static auto kept = s.connect();
            static auto const db = s.open("pool_size=2");
            in_thread([&] {
                static thread_local auto mine = s.connect();
                right += count(*mine, table) == 5;
            });
            static auto statement = prepare(*kept, "SELECT n FROM " + quoted(*kept, table.name));
            statement->execute(nullptr, 0);
            right += statement->ready();
            right += db.all(sql_query<std::int64_t>(unsafe_sql(
                                written(*kept, "SELECT n FROM " + quoted(*kept, table.name)))))
                         .size() == 5;
        } catch (error const&) {
            _exit(3);
        }
        std::exit(right == 3 ? 0 : 2);  // NOLINT(concurrency-mt-unsafe): destructors of statics run
    }
    int status = -1;
    waitpid(child, &status, 0);
    s.check(WIFEXITED(status), "a process with open connections ends without a crash");
    s.equal(0, WIFEXITED(status) ? WEXITSTATUS(status) : -1, "its exit code");
    s.equal(5, count(s.connection(), table), "rows that the parent still reads");
}

constexpr case_entry threads_table[] = {
    {"THR-01",
     "Sixteen threads with a connection each do mixed work at once: every transaction is done or "
     "told "
     "to have been in another's way, and none reads what is not its own.",
     &one_connection_each, nullptr, 60},
    {"THR-02", "Two threads that use one connection at once are told so.", nullptr,
     "the interface makes it a precondition that one thread at a time uses a connection: looking "
     "at "
     "every call would cost more than many calls do. Cancel, the one call that another thread may "
     "make, is tested by CAN-01 to CAN-03"},
    {"THR-03",
     "One database, its pool, its statement cache and the registry of drivers serve many threads "
     "at "
     "once with the right answers.",
     &one_database, nullptr, 40},
    {"THR-04",
     "Two connections of one process to one database see each other's commits and write at the "
     "same "
     "time.",
     &two_in_one_process, nullptr, 40},
    {"THR-05",
     "A connection, a statement and its open result can go from thread to thread, also after the "
     "thread that made them has ended.",
     &results_travel},
    {"THR-06",
     "A thread and a process may end with connections and results open: nothing crashes when their "
     "statics are destroyed.",
     &process_end},
};

}  // namespace

std::span<case_entry const> threads_cases() { return threads_table; }

}  // namespace relata::conformance
