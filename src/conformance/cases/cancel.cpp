// SPDX-License-Identifier: BSL-1.0
//
// Stopping what runs: promptly, and never anything else.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

#include <atomic>

namespace relata::conformance {
namespace {

// Cancels after a while, from another thread; joined when it goes.
std::jthread cancel_after(driver::connection& c, unsigned milliseconds) {
    return std::jthread([&c, milliseconds] {
        pause(milliseconds);
        c.cancel();
    });
}

void stops_promptly(subject& s) {
    s.needs(&driver::capabilities::cancel);
    auto& c = s.connection();
    auto const& table = numbers(s, 200);
    auto const sql = endless_query(c, table);
    for (int round = 0; round < 3; ++round) {
        stopwatch const time;
        auto const info = cancelled(s, c, 200, [&] { run_query(c, sql); }, "an endless query");
        s.check(time.elapsed() >= 150 && time.elapsed() < s.limit(1700),
                fmt::format("the query ends at once when it is cancelled: {} ms", time.elapsed()));
        s.check(info.outcome == outcome::rejected, "nothing of it happened");
        s.check(info.connection_usable, "the error says that the connection is usable");
        s.equal(200, count(c, table), "and it is");
    }
    s.check(c.alive(true), "the connection lives");
}

// Cancels at every moment around the end of a statement. When `cancel` has returned, the next
// statement is safe.
void hits_nothing_else(subject& s) {
    s.needs(&driver::capabilities::cancel);
    auto& c = s.connection();
    auto const& table = numbers(s, 120);
    for (int i = 0; i < 20; ++i) c.cancel();
    s.equal(120, count(c, table), "rows after cancels without a statement");
    auto const sql = short_query(c, table);
    stopwatch const once;
    for (int i = 0; i < 10; ++i) run_query(c, sql);
    auto const usual = std::max<std::int64_t>(once.elapsed() * 100, 300);  // microseconds
    auto const next = prepare(c, "SELECT count(*) FROM " + quoted(c, table.name));
    int stopped = 0, wrong = 0;
    for (int i = 0; i < 1000; ++i) {
        std::jthread stop([&, i] {
            std::this_thread::sleep_for(std::chrono::microseconds(usual * (i % 40) / 20));
            c.cancel();
        });
        try {
            run_query(c, sql);
        } catch (error const& e) {
            if (e.kind() == error_kind::cancelled) ++stopped;
            else throw;
        }
        stop.join();
        try {
            execute(*next, {});
            wrong += read_rest(*next, {&ops_of<std::int64_t>})[0][0].as<std::int64_t>() != 120;
        } catch (error const& e) {
            ++wrong;
            next->finish();
        }
    }
    s.equal(0, wrong, "statements hit by a cancel meant for an earlier one, in 1000 races");
    s.note(fmt::format("{} of 1000 races were won by the cancel", stopped));
}

void during_stream(subject& s, schema::table const& table) {
    auto const c = s.connect();
    auto const statement =
        prepare(*c, fmt::format("SELECT a.n FROM {0} a, {0} b, {0} d", quoted(*c, table.name)));
    statement->expect(driver::read_mode::stream);
    auto const stop = cancel_after(*c, 100);
    try {
        statement->execute(nullptr, 0);
        row_block room({&ops_of<std::int64_t>}, 1);
        std::size_t rows = 0;
        while (statement->fetch(room.plan(), room.fields(), room.row(0), room.stride(), 1) == 1)
            ++rows;
        s.equal(8'000'000U, rows, "rows of a stream that the cancel did not stop");
    } catch (error const& e) {
        s.check(e.kind() == error_kind::cancelled, fmt::format("a stream ends: {}", e.what()));
        s.check(e.info().connection_usable, "a cancelled stream leaves the connection usable");
    }
    statement->finish();
    s.equal(200, count(*c, table), "rows after a stream was cancelled");
}

struct slow_rows {
    row_block room;
    int left = 100;
    static void const* next(void* context) {
        auto& self = *static_cast<slow_rows*>(context);
        if (self.left-- == 0) return nullptr;
        pause(5);
        self.room.set(std::size_t(self.left % 2), {value(std::int64_t(10000 + self.left))});
        return self.room.row(std::size_t(self.left % 2));
    }
};

void during_bulk(subject& s) {
    auto const c = s.connect();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    slow_rows rows{{{&ops_of<std::int64_t>}, 2}};
    auto const name = quoted(*c, table.name);
    auto const column = quoted(*c, "id");
    std::vector<type_info const*> const types{&type_of<std::int64_t>};
    std::string const insert =
        placed(*c, fmt::format("INSERT INTO {} ({}) VALUES (?)", name, column), types);
    c->begin(isolation::read_committed, false);
    auto const stop = cancel_after(*c, 200);
    std::int64_t stored = 0;
    try {
        stored = c->bulk_insert({name, {column}, insert, types}, rows.room.plan(), 1,
                                {&slow_rows::next, &rows});
        s.equal(100, stored, "rows of a bulk insert that the cancel did not stop");
        if (c->transaction() == transaction_state::open) c->commit();
    } catch (error const& e) {
        s.check(e.kind() == error_kind::cancelled, fmt::format("a bulk insert ends: {}", e.what()));
        stored = 0;
    }
    if (c->transaction() != transaction_state::none) c->rollback();
    s.equal(stored, count(*c, table), "rows after a bulk insert was cancelled");
}

void during_lock_wait(subject& s, schema::table const& table) {
    auto& holder = s.connection();
    auto const c = s.connect();
    auto const update = fmt::format("UPDATE {} SET n = n WHERE id = 1", quoted(*c, table.name));
    holder.begin(isolation::read_committed, false);
    execute(holder, update);
    stopwatch const time;
    (void)cancelled(s, *c, 200, [&] { execute(*c, update); }, "a wait for a lock");
    s.check(time.elapsed() < s.limit(1700), "a wait for a lock ends at once");
    holder.rollback();
    s.equal(1, execute(*c, update), "rows that the same update finds afterwards");
}

void during_commit(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const c = s.connect();
    std::int64_t rows = 0;
    for (int i = 0; i < 50; ++i) {
        c->begin(isolation::read_committed, false);
        store(*c, table, {{value(std::int64_t(i))}}, path::ad_hoc);
        std::jthread stop([&] { c->cancel(); });
        bool in_doubt = false;
        try {
            c->commit();
            ++rows;
        } catch (error const& e) {
            in_doubt = e.kind() == error_kind::in_doubt;
            s.check(in_doubt || e.kind() == error_kind::cancelled ||
                        e.kind() == error_kind::transaction_rolled_back,
                    fmt::format("a cancelled commit: {}", e.what()));
        }
        stop.join();
        if (!in_doubt && c->transaction() != transaction_state::none) c->rollback();
        auto const there = count(s.connection(), table);
        s.check(in_doubt || there == rows, "what commit said is what happened");
        rows = there;
    }
}

void in_the_middle(subject& s) {
    s.needs(&driver::capabilities::cancel);
    auto const& table = numbers(s, 200);
    during_stream(s, table);
    during_bulk(s);
    during_lock_wait(s, table);
    during_commit(s);
}

void transaction_afterwards(subject& s) {
    s.needs(&driver::capabilities::cancel);
    auto& c = s.connection();
    auto const& table = numbers(s, 200);
    auto const& target = s.create(table_of({column<std::int64_t>("id")}));
    auto const other = s.connect();
    auto const sql = endless_query(c, table);
    c.begin(isolation::read_committed, false);
    store(c, target, {{value(1L)}}, path::ad_hoc);
    auto const info = cancelled(s, c, 100, [&] { run_query(c, sql); }, "a query in a transaction");
    auto const state = c.transaction();
    switch (info.transaction) {
    case transaction_state::open:
        s.check(state == transaction_state::open, "the connection says open, as the error does");
        s.equal(1, count(c, target), "rows that the open transaction still sees");
        c.commit();
        s.equal(1, count(*other, target), "rows after the commit");
        break;
    case transaction_state::failed:
        s.check(state == transaction_state::failed,
                "the connection says failed, as the error does");
        s.throws(
            error_kind::transaction_failed, [&] { (void)count(c, target); },
            "a statement of a failed transaction");
        c.rollback();
        s.equal(0, count(*other, target), "rows after the rollback");
        break;
    case transaction_state::rolled_back:
        s.check(state != transaction_state::open, "the connection does not say open");
        if (state != transaction_state::none) c.rollback();
        s.equal(0, count(*other, target), "rows after the database rolled back");
        break;
    default: s.check(false, "the error tells the state of the transaction");
    }
    s.check(c.transaction() == transaction_state::none, "no transaction is left");
    s.equal(200, count(c, table), "rows that the connection reads afterwards");
}

constexpr case_entry cancel_table[] = {
    {"CAN-01",
     "A cancel from another thread ends the running statement at once with cancelled, and the "
     "connection stays usable.",
     &stops_promptly},
    {"CAN-02",
     "A cancel without a running statement does nothing; one that races with the end of a "
     "statement, a "
     "thousand times, never hits the next one.",
     &hits_nothing_else, nullptr, 300},
    {"CAN-03",
     "A cancel during a stream, a bulk insert, a wait for a lock or a commit either comes too late "
     "or "
     "ends it with cancelled (a commit: perhaps with in_doubt), and what is told is what happened. "
     "Connecting has no handle that could be cancelled; connect_timeout ends it.",
     &in_the_middle, nullptr, 60},
    {"CAN-10",
     "After a cancel inside a transaction the error and the connection agree on the transaction's "
     "state, and that state is true: open goes on, failed and rolled back have lost their changes.",
     &transaction_afterwards},
};

}  // namespace

std::span<case_entry const> cancel_cases() { return cancel_table; }

}  // namespace relata::conformance
