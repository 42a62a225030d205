// SPDX-License-Identifier: BSL-1.0
//
// Time limits: of statements, of answers, of the cancel itself.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

#include <atomic>
#include <csignal>

#include <pthread.h>

namespace relata::conformance {
namespace {

void expect_timeout(subject& s, driver::connection& c, std::string_view what,
                    std::string const& sql) {
    stopwatch const time;
    auto const info = s.throws(error_kind::timeout, [&] { execute(c, sql); }, what);
    auto const spent = time.elapsed();
    s.check(spent >= 90 && spent < s.limit(1600),
            fmt::format("{}: ends after 100 ms, not {}", what, spent));
    s.check(info.connection_usable, fmt::format("{}: the connection stays usable", what));
}

void statement_timeout(subject& s) {
    s.needs(has_option(s, "statement_timeout"), "option statement_timeout");
    auto const& table = numbers(s, 200);
    auto const c = connect_with(s, {{"statement_timeout", "100"}});
    auto const sql = endless_query(*c, table);
    for (int i = 0; i < 3; ++i) {
        stopwatch const time;
        auto const info =
            s.throws(error_kind::timeout, [&] { run_query(*c, sql); }, "an endless query");
        auto const spent = time.elapsed();
        s.check(spent >= 90 && spent < s.limit(1600),
                fmt::format("it ends after 100 ms, not {}", spent));
        s.check(info.connection_usable, "the connection stays usable");
        s.check(info.outcome == outcome::rejected, "nothing of it happened");
        s.equal(200, count(*c, table), "rows that the next statement reads");
    }
    pause(150);
    s.equal(200, count(*c, table),
            "rows after a rest longer than the limit, which is no statement's");
}

void busy_without_rows(subject& s) {
    s.needs(has_option(s, "statement_timeout"), "option statement_timeout");
    auto const& table = numbers(s, 200);
    auto const& target = s.create(table_of({column<std::int64_t>("id")}));
    auto const c = connect_with(s, {{"statement_timeout", "100"}});
    store(*c, target, {{value(-1L)}}, path::ad_hoc);
    expect_timeout(s, *c, "a delete that only computes",
                   fmt::format("DELETE FROM {} WHERE id < ({})", quoted(*c, target.name),
                               endless_query(*c, table)));
    expect_timeout(
        s, *c, "an insert of what it takes for ever to select",
        fmt::format("INSERT INTO {} {}", quoted(*c, target.name), endless_query(*c, table)));
    s.equal(1, count(*c, target), "rows afterwards");
}

// A limit that is not reached changes nothing, however large the result.
void long_answer(subject& s, schema::table const& table) {
    auto const c = connect_with(s, {{"read_timeout", "2"}});
    auto const rows = read_column<std::int64_t>(
        *c, fmt::format("SELECT a.n FROM {0} a, {0} b", quoted(*c, table.name)));
    s.equal(40000U, rows.size(), "rows of a result under a read_timeout that is not reached");
}

void read_timeout(subject& s) {
    network net(s);
    s.needs(has_option(s, "read_timeout"), "option read_timeout");
    auto const& table = numbers(s, 200);
    long_answer(s, table);
    auto expect_lost = [&](std::string const& what, kinds const& kind, auto const& action) {
        auto const c = net.connect({{"read_timeout", "1"}});
        stopwatch time;
        auto const info = s.throws(kind, [&] { action(*c, time); }, what);
        auto const spent = time.elapsed();
        s.check(spent >= 900 && spent < 3000, fmt::format("{}: told after {} ms", what, spent));
        s.check(!info.connection_usable, what + ": the connection is not usable");
        s.check(info.outcome == outcome::unknown || info.outcome == outcome::in_doubt,
                what + ": the outcome is not known");
        stopwatch const after;
        s.check(!c->alive(true), what + ": the connection counts as dead");
        s.throws(
            error_kind::connection_lost, [&] { (void)count(*c, table); },
            what + ": the next statement");
        s.check(after.elapsed() < 1000, what + ": a dead connection is told at once");
    };
    auto black_hole = [&](stopwatch& time) {
        net.proxy.now(fault::black_hole);
        time = {};
    };
    expect_lost("a query", error_kind::connection_lost,
                [&](driver::connection& c, stopwatch& time) {
                    s.equal(200, count(c, table), "rows at first");
                    black_hole(time);
                    (void)count(c, table);
                });
    expect_lost("a prepare", error_kind::connection_lost,
                [&](driver::connection& c, stopwatch& time) {
                    black_hole(time);
                    (void)execute(c, "DELETE FROM " + quoted(c, table.name) + " WHERE id < 0");
                });
    expect_lost("a begin", error_kind::connection_lost,
                [&](driver::connection& c, stopwatch& time) {
                    black_hole(time);
                    c.begin(isolation::read_committed, false);
                });
    expect_lost("a commit", error_kind::in_doubt, [&](driver::connection& c, stopwatch& time) {
        c.begin(isolation::read_committed, false);
        execute(c, "UPDATE " + quoted(c, table.name) + " SET n = n WHERE id = 1");
        black_hole(time);
        c.commit();
    });
}

// The statement waits for a lock and not for an endless query: a server may go on with that for ever.
void cancel_over_dead_network(subject& s) {
    network net(s);
    s.needs(&driver::capabilities::cancel);
    auto const& table = numbers(s, 1);
    auto& holder = s.connection();
    auto const update = fmt::format("UPDATE {} SET n = n WHERE id = 1", quoted(holder, table.name));
    holder.begin(isolation::read_committed, false);
    execute(holder, update);
    auto const c = net.connect();
    std::atomic<std::int64_t> spent{-1};
    std::jthread stop([&] {
        pause(200);
        net.proxy.now(fault::black_hole);
        net.proxy.arrivals(arrival::silence);
        stopwatch const time;
        c->cancel();
        spent = time.elapsed();
        pause(300);
        net.proxy.now(fault::reset);
    });
    auto const info = s.throws(
        error_kind::connection_lost, [&] { execute(*c, update); },
        "a statement whose network died");
    stop.join();
    holder.rollback();
    s.check(!info.connection_usable, "the connection is over");
    s.check(spent >= 0 && spent < 10000,
            fmt::format("the cancel gave up after {} ms", spent.load()));
}

void odd_values(subject& s) {
    bool asked = false;
    for (char const* option : {"statement_timeout", "connect_timeout", "read_timeout"}) {
        if (!has_option(s, option)) continue;
        asked = true;
        for (char const* wrong : {"-1", "99999999999999999999", "1.5", "soon", "1s2"})
            s.throws(
                error_kind::invalid_url, [&] { (void)connect_with(s, {{option, wrong}}); },
                fmt::format("{}={}", option, wrong));
        try {
            auto const c = connect_with(s, {{option, "0"}});
            auto const& table = numbers(s, 60);
            for (int i = 0; i < 5; ++i) run_query(*c, short_query(*c, table));
            s.check(true, fmt::format("{}=0 is no limit", option));
        } catch (error const& e) {
            s.check(e.kind() == error_kind::invalid_url,
                    fmt::format("{}=0 is no limit or refused: {}", option, e.what()));
        }
        auto const c = connect_with(s, {{option, "3600"}});
        s.check(c->alive(true), fmt::format("{}=3600 connects", option));
    }
    s.needs(asked, "an option for a time limit");
}

void interrupted(int) {}

// Sends the signal to the thread that made it, a thousand times a second.
class signal_storm {
public:
    signal_storm() : target_(pthread_self()) {
        struct sigaction action{};
        action.sa_handler = &interrupted;  // without SA_RESTART: calls end with EINTR
        sigaction(SIGUSR1, &action, &before_);
        thread_ = std::jthread([this](std::stop_token const& over) {
            while (!over.stop_requested()) {
                pthread_kill(target_, SIGUSR1);
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
        });
    }
    ~signal_storm() {
        thread_.request_stop();
        thread_.join();
        sigaction(SIGUSR1, &before_, nullptr);
    }
    signal_storm(signal_storm const&) = delete;
    signal_storm& operator=(signal_storm const&) = delete;

private:
    pthread_t target_;
    struct sigaction before_{};
    std::jthread thread_;
};

void signals_break_nothing(subject& s) {
    auto const& table = numbers(s, 200);
    auto const& target = s.create(table_of({column<std::int64_t>("id"), column<std::string>("t")}));
    signal_storm const storm;
    stopwatch const time;
    std::int64_t stored = 0;
    while (time.elapsed() < 2000) {
        auto const c = s.connect();
        for (int i = 0; i < 10; ++i) {
            run_query(*c, short_query(*c, table));
            c->begin(isolation::read_committed, false);
            store(*c, target, {{value(++stored), value(std::string(2000, 'y'))}}, path::ad_hoc);
            c->commit();
        }
        s.equal(stored, count(*c, target), "rows under a storm of signals");
        auto const rows = read_column<std::int64_t>(
            *c, fmt::format("SELECT a.n FROM {0} a, {0} b", quoted(*c, table.name)));
        s.equal(40000U, rows.size(), "rows of a large result under a storm of signals");
        s.check(c->alive(true), "the connection lives under a storm of signals");
    }
}

constexpr case_entry timeouts_table[] = {
    {"CAN-04",
     "With statement_timeout=100 an endless query ends after that many milliseconds with timeout, "
     "the "
     "connection stays usable, and rest between statements does not count.",
     &statement_timeout},
    {"CAN-05",
     "statement_timeout ends statements too that compute for ever without giving rows, and nothing "
     "of "
     "them stays.",
     &busy_without_rows},
    {"CAN-06",
     "With read_timeout=1 a server that falls silent is connection_lost (a commit: in_doubt) about "
     "a "
     "second later, and the connection is marked as dead.",
     &read_timeout, nullptr, 40, true},
    {"CAN-07",
     "A cancel over a dead network gives up in bounded time, and the statement ends when its "
     "connection does.",
     &cancel_over_dead_network, nullptr, 40, true},
    {"CAN-08", "One deadline covers waiting for the pool, connecting and executing together.",
     nullptr,
     "relata has no deadline over several steps: pool_timeout, connect_timeout, statement_timeout "
     "and "
     "read_timeout bound one step each, and the cases of those steps test them"},
    {"CAN-09",
     "A time limit of 0 is no limit or is refused; one that is negative, far too large or no whole "
     "number is invalid_url.",
     &odd_values},
    {"CAN-11", "A thousand signals a second, whose handler does not restart calls, break nothing.",
     &signals_break_nothing},
    {"CAN-12", "Time limits use a clock that nobody sets.", nullptr,
     "one process cannot set the wall clock for itself; whoever wants to see it runs the kit's "
     "other "
     "time-limit cases under libfaketime"},
};

}  // namespace

std::span<case_entry const> timeouts_cases() { return timeouts_table; }

}  // namespace relata::conformance
