// SPDX-License-Identifier: BSL-1.0
//
// The health of connections, and what happens when they are gone.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <relata/types/bytes.hpp>

#include <fmt/format.h>

#include <sys/wait.h>
#include <unistd.h>

namespace relata::conformance {
namespace {

template <class... R> auto sql_of(std::string_view text) {
    return sql_query<R...>(unsafe_sql(text));
}

std::string count_of(subject& s, schema::table const& table) {
    return "SELECT count(*) FROM " + quoted(s.connection(), table.name);
}

std::int64_t rows_of(database const& db, std::string const& sql) {
    return db.one(sql_of<std::int64_t>(sql)).m0;
}

void alive_is_true(subject& s) {
    s.needs(&driver::capabilities::alive_check);
    network net(s);
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const c = net.connect();
    s.check(c->alive(false) && c->alive(true), "a new connection lives");
    c->begin(isolation::read_committed, false);
    store(*c, table, {{value(1L)}}, path::ad_hoc);
    s.check(c->alive(false) && c->alive(true), "a connection in a transaction lives");
    s.check(c->transaction() == transaction_state::open, "asking leaves the transaction open");
    s.equal(1, count(*c, table), "rows that the transaction still sees");
    s.equal(0, count(s.connection(), table), "rows that others see: asking commits nothing");
    c->commit();
    for (auto const how : {fault::close, fault::reset}) {
        auto const victim = net.connect();
        s.check(victim->alive(true), "it lives before the cut");
        net.proxy.now(how);
        pause(50);
        s.check(!victim->alive(true), "it does not live after the cut");
        s.check(!victim->alive(false), "and that is remembered");
    }
    if (!s.can().watches_network) return;
    auto const victim = net.connect();
    net.proxy.now(fault::close);
    pause(50);
    s.check(!victim->alive(false), "a cut is seen without asking the server");
}

void alive_is_bounded(subject& s) {
    s.needs(&driver::capabilities::alive_check);
    s.needs(&driver::capabilities::watches_network);
    network net(s);
    auto const c = net.connect();
    net.proxy.now(fault::black_hole);
    stopwatch const time;
    s.check(!c->alive(true), "a connection into a black hole does not live");
    s.check(time.elapsed() < 3500, fmt::format("that is told after {} ms", time.elapsed()));
}

void no_silent_reconnect(subject& s) {
    network net(s);
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const sql = count_of(s, table);
    auto const insert =
        fmt::format("INSERT INTO {} VALUES (1)", quoted(s.connection(), table.name));
    // the driver never connects again by itself
    auto const c = net.connect();
    c->begin(isolation::read_committed, false);
    store(*c, table, {{value(7L)}}, path::ad_hoc);
    auto const before = net.proxy.connections();
    net.proxy.now(fault::reset);
    pause(50);
    for (int i = 0; i < 3; ++i)
        s.throws(
            {error_kind::connection_lost, error_kind::in_doubt, error_kind::transaction_failed},
            [&] { (void)count(*c, table); }, "a statement of a lost transaction");
    s.equal(before, net.proxy.connections(), "connections that the driver made by itself");
    // nor does the engine inside a transaction
    auto const db = net.open("pool_size=1");
    {
        auto t = db.begin();
        t.execute(sql_command(unsafe_sql(insert)));
        auto const here = net.proxy.connections();
        net.proxy.now(fault::reset);
        pause(50);
        s.throws(
            error_kind::connection_lost, [&] { (void)t.all(sql_of<std::int64_t>(sql)); },
            "a statement of the engine's lost transaction");
        s.throws(
            {error_kind::transaction_failed, error_kind::connection_lost}, [&] { t.commit(); },
            "the commit of a lost transaction");
        s.equal(here, net.proxy.connections(), "connections made inside the transaction");
    }
    s.equal(0, rows_of(db, sql), "rows of the lost transactions, read over a new connection");
}

void no_silent_retry(subject& s) {
    network net(s);
    net.needs_messages();
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("n")}));
    auto& near = s.connection();
    store(near, table, {{value(1L), value(0L)}}, path::ad_hoc);
    auto const update = written(
        near, fmt::format("UPDATE {} SET n = n + 1 WHERE id = 1", quoted(near, table.name)));
    std::int64_t done = 0, unknown = 0;
    auto const db = net.open("pool_size=1");
    for (int i = 0; i < 20; ++i) {
        if (i % 2) net.proxy.when(before(way::to_client, message::done), fault::reset);
        try {
            db.execute(sql_command(unsafe_sql(update)));
            ++done;
        } catch (error const& e) {
            s.check(e.kind() == error_kind::connection_lost ||
                        e.kind() == error_kind::connection_failed,
                    fmt::format("an update whose answer was lost: {}", e.what()));
            ++unknown;
        }
        net.proxy.clear();
    }
    // a commit in doubt ends the engine's retries too
    s.equal(1, rows_of(db, count_of(s, table)), "rows that a connection reads after the losses");
    int runs = 0;
    net.proxy.when(before(way::to_client, message::committed), fault::reset);
    auto const work = [&](transaction& t) {
        ++runs;
        t.execute(sql_command(unsafe_sql(update)));
    };
    s.throws(
        error_kind::in_doubt, [&] { db.transaction(work, retry(5)); },
        "a transaction with retries whose commit is in doubt");
    s.equal(1, runs, "runs of a transaction whose commit is in doubt");
    ++unknown;
    pause(100);
    auto const n =
        read_column<std::int64_t>(near, "SELECT n FROM " + quoted(near, table.name)).at(0);
    s.check(
        n >= done && n <= done + unknown,
        fmt::format("{} updates, of which {} were acknowledged and {} unknown", n, done, unknown));
    s.check(unknown > 0 && done > 0, "some were acknowledged and some not");
}

void same_session_again(subject& s) {
    network net(s);
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::string>("t"),
                           column<timestamp>("at"), column<std::vector<std::byte>>("raw")}));
    auto& near = s.connection();
    auto const name = quoted(near, table.name);
    using std::chrono::microseconds;
    store(near, table,
          {{value(1L), value("\xF0\x9F\xA6\x89 'quoted' \\ "),
            value(timestamp(microseconds(1700000000123456))),
            value(std::vector<std::byte>{std::byte(0), std::byte(255)})}},
          path::ad_hoc);
    auto const db = net.open("pool_size=1");
    auto const sql = written(near, fmt::format("SELECT id, t, at, raw FROM {}", name));
    auto const query = sql_of<std::int64_t, std::string, timestamp, std::vector<std::byte>>(sql);
    auto const first = db.one(query);
    for (int i = 0; i < 3; ++i) {
        net.proxy.now(fault::reset);
        pause(50);
        std::size_t failures = 0;
        for (bool again = true; again;) {
            again = false;
            try {
                auto const row = db.one(query);
                s.check(row.m1 == first.m1 && row.m2 == first.m2 && row.m3 == first.m3,
                        "values read over a new connection are the same");
            } catch (error const& e) {
                s.check(e.kind() == error_kind::connection_lost,
                        fmt::format("the first statement after a loss: {}", e.what()));
                again = ++failures < 3;
            }
        }
        s.check(failures < 2, "the second statement after a loss works");
    }
    s.check(net.proxy.connections() >= 4, "each loss is followed by a new connection");
}

void server_restart(subject& s) {
    network net(s);
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const sql = count_of(s, table);
    auto const db = net.open("pool_size=2&pool_timeout=2s");
    s.equal(0, rows_of(db, sql), "rows before the server goes");
    net.proxy.arrivals(arrival::refuse);
    net.proxy.now(fault::reset);
    pause(50);
    stopwatch const away;
    for (int i = 0; i < 3; ++i)
        s.throws(
            {error_kind::connection_lost, error_kind::connection_failed, error_kind::pool_timeout},
            [&] { (void)rows_of(db, sql); }, "a statement while the server is away");
    s.check(away.elapsed() < 8000, "errors come in bounded time");
    net.proxy.arrivals(arrival::pass);
    bool works = false;
    for (int i = 0; i < 20 && !works; ++i) {
        try {
            works = rows_of(db, sql) == 0;
        } catch (error const&) {
            pause(100);
        }
    }
    s.check(works, "statements work again within two seconds after the server is back");
}

// What a forked process does with its copies must not reach the parent's server.
void forked(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto c = s.connect();
    c->begin(isolation::read_committed, false);
    store(*c, table, {{value(1L)}}, path::ad_hoc);
    auto const child = fork();
    s.demand(child >= 0, "a process can be forked");
    if (child == 0) {
        c.reset();
        _exit(0);
    }
    int status = -1;
    waitpid(child, &status, 0);
    s.check(WIFEXITED(status) && WEXITSTATUS(status) == 0, "the child closes its copy and ends");
    s.equal(1, count(*c, table), "rows that the parent's transaction still sees");
    c->commit();
    s.equal(1, count(s.connection(), table), "rows after the parent's commit");
}

void failover(subject& s) {
    network first(s), second(s);
    s.needs(&driver::capabilities::several_hosts);
    auto where = first.address();
    where.host = "127.0.0.1,127.0.0.1";
    where.port = fmt::format("{},{}", first.proxy.port(), second.proxy.port());
    auto const c = s.connect_to(where);
    s.equal(1U, first.proxy.connections(), "connections to the first host while it serves");
    first.proxy.arrivals(arrival::refuse);
    first.proxy.now(fault::reset);
    pause(50);
    s.check(!c->alive(true), "the connection went with its host");
    auto const d = s.connect_to(where);
    s.check(d->alive(true), "a new one takes the second host");
    s.equal(1U, second.proxy.connections(), "connections to the second host");
    second.proxy.arrivals(arrival::refuse);
    second.proxy.now(fault::reset);
    first.proxy.arrivals(arrival::pass);
    auto const e = s.connect_to(where);
    s.check(e->alive(true), "and back");
}

constexpr case_entry reconnect_table[] = {
    {"REC-01",
     "alive() is true for a connection that works, also inside a transaction, which it leaves as "
     "it "
     "is; it is false after the server has gone.",
     &alive_is_true, nullptr, 20, true},
    {"REC-02",
     "alive(true) takes no more than its two seconds when the network swallows the question.",
     &alive_is_bounded, nullptr, 20, true},
    {"REC-03",
     "Nothing connects again by itself inside a transaction: its statements fail, and none of its "
     "changes stays.",
     &no_silent_reconnect, nullptr, 20, true},
    {"REC-04",
     "Nothing runs a statement again by itself once it was sent: of updates whose answers are lost "
     "none happens twice, and a transaction whose commit is in doubt is not retried.",
     &no_silent_retry, nullptr, 30, true},
    {"REC-05",
     "A connection that replaces a lost one has the same session and none of its statements: the "
     "same "
     "query gives the same values.",
     &same_session_again, nullptr, 30, true},
    {"REC-06",
     "While the server is away statements fail in bounded time; when it is back they work again.",
     &server_restart, nullptr, 40, true},
    {"REC-07",
     "A forked process that closes its copy of a connection does not disturb the parent, even "
     "inside a transaction; the copy may be used for nothing else.",
     &forked},
    {"REC-08",
     "A new connection takes the other host when the first is away, and the first when it is "
     "back.",
     &failover, nullptr, 20, true},
};

}  // namespace

std::span<case_entry const> reconnect_cases() { return reconnect_table; }

}  // namespace relata::conformance
