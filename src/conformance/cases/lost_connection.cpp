// SPDX-License-Identifier: BSL-1.0
//
// Connections that are lost while something is under way: what is told is what is known.

#include "conformance/case.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

void expect_dead(subject& s, driver::connection& c, schema::table const& table,
                 std::string const& what) {
    stopwatch const time;
    auto const next = s.throws(
        error_kind::connection_lost, [&] { (void)count(c, table); }, what + ": the next statement");
    s.check(next.outcome == outcome::not_sent || next.outcome == outcome::unknown,
            what + ": the next statement was not answered");
    s.check(!next.connection_usable, what + ": the connection is not usable");
    s.check(!c.alive(false), what + ": the connection counts as dead");
    s.check(time.elapsed() < 2000, what + ": all that is told at once");
}

void cut_stream(subject& s, network& net, schema::table const& table, std::uint64_t at, fault how) {
    auto const what = fmt::format("{} after row {}", how == fault::close ? "closed" : "reset", at);
    auto const c = net.connect();
    auto const statement =
        prepare(*c, fmt::format("SELECT n, t FROM {} ORDER BY n", quoted(*c, table.name)));
    statement->expect(driver::read_mode::stream);
    row_block room({&ops_of<std::int64_t>, &ops_of<std::string>}, 1);
    std::uint64_t rows = 0;
    stopwatch const time;
    net.proxy.when(after(way::to_client, message::row, at), how);
    auto const info = s.throws(
        error_kind::connection_lost,
        [&] {
            statement->execute(nullptr, 0);
            while (statement->fetch(room.plan(), 2, room.row(0), room.stride(), 1) == 1) {
                ++rows;
                if (room.at(0, 0).as<std::int64_t>() != std::int64_t(rows) ||
                    room.at(0, 1).as<std::string>() != std::string(100, 'x'))
                    s.check(false, fmt::format("{}: row {} is whole", what, rows));
            }
        },
        what);
    s.check(rows <= at, fmt::format("{}: no row that did not come; {} rows", what, rows));
    s.check(time.elapsed() < 3000, what + ": it does not hang");
    s.check(info.outcome == outcome::unknown, what + ": the outcome is not known");
    s.check(!info.connection_usable, what + ": the connection is not usable");
    statement->finish();
    expect_dead(s, *c, table, what);
    net.proxy.clear();
}

void in_mid_stream(subject& s) {
    network net(s);
    net.needs_messages();
    auto const& table = numbers(s, 300);
    for (auto const how : {fault::close, fault::reset})
        for (std::uint64_t const at : {1U, 10U, 299U}) cut_stream(s, net, table, at, how);
}

void outcomes(subject& s) {
    network net(s);
    net.needs_messages();
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto& near = s.connection();
    auto const insert = insert_text(near, table);
    std::int64_t rows = 0;

    net.proxy.when(after_bytes(way::to_client, 20), fault::reset, true);
    auto info = s.throws(
        error_kind::connection_failed, [&] { (void)net.connect(); }, "lost while connecting");
    s.check(info.outcome == outcome::not_sent, "lost while connecting: nothing was sent");
    net.proxy.clear();

    auto c = net.connect();
    execute(*c, insert, {value(++rows)});
    net.proxy.now(fault::reset);
    pause(50);
    info = s.throws(
        error_kind::connection_lost, [&] { execute(*c, insert, {value(99L)}); },
        "lost before the statement was sent");
    s.check(info.outcome == outcome::not_sent || info.outcome == outcome::unknown,
            "lost before the statement was sent: not said to be rejected");
    expect_dead(s, *c, table, "lost before the statement was sent");
    s.equal(rows, count(near, table), "rows after a statement that was not sent");

    c = net.connect();
    auto prepared = prepare(*c, insert, {&type_of<std::int64_t>});
    net.proxy.when(after(way::to_server, message::query), fault::reset);
    info = s.throws(
        error_kind::connection_lost, [&] { execute(*prepared, {value(++rows)}); },
        "lost after the statement was sent");
    s.check(info.outcome == outcome::unknown, "lost after the statement was sent: nobody knows");
    prepared->finish();
    prepared.reset();  // before its connection
    s.equal(1U, net.proxy.fired() - 1U, "times that the statement was sent");
    expect_dead(s, *c, table, "lost after the statement was sent");
    pause(100);
    rows = count(near, table);
    s.check(rows == 1 || rows == 2, "a statement is never run twice");

    for (bool const arrives : {true, false}) {
        auto const what = arrives ? std::string("lost with the answer to the commit")
                                  : std::string("lost with the commit");
        c = net.connect();
        c->begin(isolation::read_committed, false);
        execute(*c, insert, {value(std::int64_t(arrives ? 1000 : 1001))});
        net.proxy.when(arrives ? before(way::to_client, message::committed)
                               : before(way::to_server, message::commit),
                       fault::reset);
        info = s.throws(error_kind::in_doubt, [&] { c->commit(); }, what);
        s.check(info.outcome == outcome::in_doubt, what + ": the outcome is in doubt");
        s.check(info.retry == retry_advice::no, what + ": no advice to do it again");
        s.check(!info.connection_usable, what + ": the connection is not usable");
        rows += arrives;
        s.check(eventually_counts(near, table, rows), what + ": the table shows what happened");
    }
}

constexpr case_entry lost_connection_table[] = {
    {"CUR-06",
     "A connection lost in the middle of a stream is connection_lost; the rows before are whole, "
     "none "
     "is made up, and nothing hangs.",
     &in_mid_stream, nullptr, 40, true},
    {"ERR-12",
     "The outcome of a lost connection is what can be known: not_sent while connecting, never "
     "rejected "
     "for a statement that was not answered, in_doubt for a commit, whether it arrived or not; and "
     "nothing is sent twice.",
     &outcomes, nullptr, 40, true},
};

}  // namespace

std::span<case_entry const> lost_connection_cases() { return lost_connection_table; }

}  // namespace relata::conformance
