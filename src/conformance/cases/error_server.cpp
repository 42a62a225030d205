// SPDX-License-Identifier: BSL-1.0
//
// Errors that the server decides on: rights, room, time, and the end of a session.

#include "conformance/case.hpp"
#include "conformance/native_sql.hpp"
#include "conformance/network.hpp"

#include <fmt/format.h>

namespace relata::conformance {
namespace {

// A user of the server who may only read one table.
class guest {
public:
    guest(subject& s, schema::table const& table) : subject_(s), name_(s.fresh_name("u")) {
        auto& c = s.connection();
        auto const user = quoted(c, name_), may_read = quoted(c, table.name);
        auto const here = fmt::format("{0}@'%', {0}@'localhost'", user);
        kind_ = first_taken(s, c,
                            {{fmt::format("CREATE ROLE {} LOGIN PASSWORD 'kit-Guest.1'", user),
                              fmt::format("GRANT SELECT ON {} TO {}", may_read, user)},
                             {fmt::format("CREATE USER {0}@'%' IDENTIFIED BY 'kit-Guest.1', "
                                          "{0}@'localhost' IDENTIFIED BY 'kit-Guest.1'",
                                          user),
                              fmt::format("GRANT SELECT ON {} TO {}", may_read, here)}});
        if (kind_ == 0U)
            gone_.emplace(s, spelling{fmt::format("DROP OWNED BY {}", user),
                                      fmt::format("DROP ROLE {}", user)});
        if (kind_ == 1U) gone_.emplace(s, spelling{fmt::format("DROP USER {}", here)});
    }
    [[nodiscard]] bool there() const { return kind_.has_value(); }
    [[nodiscard]] std::unique_ptr<driver::connection> connect() const {
        auto where = subject_.address();
        where.user = name_;
        where.password = "kit-Guest.1";
        return subject_.connect_to(where);
    }
    // From now on one connection at a time is all that is allowed.
    void limit() const {
        auto& c = subject_.connection();
        auto const user = quoted(c, name_);
        c.script(kind_ == 0U ? fmt::format("ALTER ROLE {} CONNECTION LIMIT 1", user)
                             : fmt::format("ALTER USER {0}@'%', {0}@'localhost' "
                                           "WITH MAX_USER_CONNECTIONS 1",
                                           user));
    }

private:
    subject& subject_;
    std::string name_;
    std::optional<std::size_t> kind_;
    std::optional<undo> gone_;
};

void rights(subject& s, guest const& who, schema::table const& open, schema::table const& closed) {
    auto const c = who.connect();
    s.equal(1, count(*c, open), "rows of the table that the user may read");
    for (std::string const& sql :
         {"SELECT count(*) FROM " + quoted(*c, closed.name),
          "INSERT INTO " + quoted(*c, open.name) + " VALUES (2)",
          "DELETE FROM " + quoted(*c, open.name), "DROP TABLE " + quoted(*c, open.name)}) {
        auto const what = sql.substr(0, sql.find(' ')) + " without the right";
        auto const info = s.throws(error_kind::permission_denied, [&] { execute(*c, sql); }, what);
        s.equal(outcome::rejected, info.outcome, what + ": the outcome");
        s.check(info.connection_usable, what + ": the connection stays usable");
        s.equal(1, count(*c, open), what + ": rows afterwards");
    }
}

// A server ends a session in its own time, and counts it until then.
std::unique_ptr<driver::connection> connect_when_free(guest const& who) {
    for (int i = 0; i < 100; ++i) {
        try {
            return who.connect();
        } catch (error const& e) {
            if (e.kind() != error_kind::limit_exceeded) throw;
        }
        pause(20);
    }
    return who.connect();
}

void too_many(subject& s, guest const& who) {
    who.limit();
    auto held = connect_when_free(who);  // the session before may be there still
    for (int i = 0; i < 3; ++i) {
        auto const info = s.throws(
            error_kind::limit_exceeded, [&] { (void)who.connect(); }, "one connection too many");
        s.equal(outcome::not_sent, info.outcome, "one connection too many: nothing was sent");
    }
    s.check(held->alive(true), "the connection that is there lives on");
    held.reset();
    held = connect_when_free(who);
    s.check(held->alive(true), "a place that was given back is free");
}

// A table, or a whole file, that may hold only a few pages.
bool full(subject& s) {
    auto const c = s.connect();
    auto const name = s.fresh_name("f");
    s.drop_later(name);
    auto const shape = fmt::format(
        "CREATE TABLE {} (id BIGINT NOT NULL PRIMARY KEY, t VARCHAR(1000))", quoted(*c, name));
    auto const taken = first_taken(
        s, *c, {{"SET SESSION max_heap_table_size = 65536", shape + " ENGINE = MEMORY"}, {shape}});
    if (taken == 1U) {
        try {
            (void)read_column<std::int64_t>(*c, "PRAGMA page_count");
            c->script("VACUUM");  // what earlier cases have freed would be room
            (void)read_column<std::int64_t>(*c, "PRAGMA max_page_count = 1");
        } catch (error const&) {
            return false;
        }
    }
    auto const insert = fmt::format("INSERT INTO {} VALUES (?, ?)", quoted(*c, name));
    // a file may have much room left by what was dropped
    std::string const text(taken == 1U ? 1'000'000 : 1000, 'x');
    std::int64_t stored = 0;
    auto const fill = [&] {
        for (; stored < 3000; ++stored) execute(*c, insert, {value(stored), value(text)});
    };
    auto const info = s.throws(error_kind::disk_full, fill, "one row more than there is room for");
    s.equal(outcome::rejected, info.outcome, "no room: the outcome");
    s.check(info.connection_usable, "no room: the connection stays usable");
    schema::table table;
    table.name = name;
    s.equal(stored, count(*c, table), "rows after one that found no room");
    s.equal(stored, execute(*c, "DELETE FROM " + quoted(*c, name)), "rows that can be deleted");
    return true;
}

void refused_by_the_server(subject& s) {
    bool const room = full(s);
    auto const& open = s.create(table_of({column<std::int64_t>("id")}));
    auto const& closed = s.create(table_of({column<std::int64_t>("id")}));
    store(s.connection(), open, {{value(1L)}}, path::ad_hoc);
    guest const who(s, open);
    s.needs(room || who.there(), "users or quotas in the SQL of the database");
    if (!who.there()) return;
    rights(s, who, open, closed);
    too_many(s, who);
}

void timeout_is_no_cancel(subject& s) {
    s.needs(&driver::capabilities::cancel);
    s.needs(has_option(s, "statement_timeout"), "option statement_timeout");
    auto const& table = numbers(s, 200);
    auto const c = connect_with(s, {{"statement_timeout", "400"}});
    auto const sql = endless_query(*c, table);
    auto const run = [&] { run_query(*c, sql); };
    for (int round = 0; round < 3; ++round) {
        auto info = s.throws(error_kind::timeout, run, "a query that takes too long");
        s.equal(outcome::rejected, info.outcome, "too long: the outcome");
        s.check(info.connection_usable, "too long: the connection stays usable");
        info = cancelled(s, *c, 100, run, "a query that is cancelled before that");
        s.equal(outcome::rejected, info.outcome, "cancelled: the outcome");
        s.check(info.connection_usable, "cancelled: the connection stays usable");
    }
    for (unsigned const early : {20U, 5U, 0U}) {
        std::jthread const stop([&, early] {
            pause(400 - early);
            c->cancel();
        });
        (void)s.throws({error_kind::timeout, error_kind::cancelled}, run, "both at once");
    }
    s.equal(200, count(*c, table), "rows that the connection reads afterwards");
}

// Ends sessions of the server from within.
class killer {
public:
    explicit killer(subject& s) : subject_(s) {
        for (auto const& [ask, kill] : ways) {
            try {
                (void)read_column<std::int64_t>(s.connection(), ask);
                ask_ = ask;
                kill_ = kill;
                return;
            } catch (error const& e) {
                if (!e.info().connection_usable) throw;
            }
        }
        s.needs(false, "sessions that can be ended in the SQL of the database");
    }
    [[nodiscard]] std::int64_t id(driver::connection& of) const {
        return read_column<std::int64_t>(of, ask_).at(0);
    }
    void kill(std::int64_t id) const {
        subject_.connection().script(fmt::format(fmt::runtime(kill_), id));
        pause(100);
    }

private:
    static constexpr std::pair<char const*, char const*> ways[] = {
        {"SELECT pg_backend_pid()", "SELECT pg_terminate_backend({})"},
        {"SELECT CAST(connection_id() AS SIGNED)", "KILL {}"},
        {"SELECT CURRENT_CONNECTION FROM RDB$DATABASE",
         "DELETE FROM MON$ATTACHMENTS WHERE MON$ATTACHMENT_ID = {}"},
    };
    subject& subject_;
    char const* ask_ = nullptr;
    char const* kill_ = nullptr;
};

void is_lost(subject& s, driver::connection& victim, error_info const& info,
             std::string const& what) {
    s.check(info.outcome == outcome::not_sent || info.outcome == outcome::unknown,
            what + ": the outcome is not said to be known");
    bool const unknown = info.outcome == outcome::unknown;
    s.check(info.retry == retry_advice::reconnect || info.retry == retry_advice::transaction ||
                (info.retry == retry_advice::no && unknown),
            what + ": the advice, none only where the statement may have been run");
    s.check(!info.connection_usable, what + ": the connection is not usable");
    s.check(!victim.alive(false) && !victim.alive(true), what + ": the connection is dead");
}

void killed(subject& s, killer const& by, schema::table const& table, bool in_transaction) {
    std::string const what = in_transaction ? "ended in a transaction" : "ended at rest";
    auto const c = s.connect();
    auto const id = by.id(*c);
    if (in_transaction) {
        c->begin(isolation::read_committed, false);
        store(*c, table, {{value(7L), value(7L), value("lost")}}, path::ad_hoc);
    }
    by.kill(id);
    auto const info = s.throws(error_kind::connection_lost, [&] { (void)count(*c, table); }, what);
    is_lost(s, *c, info, what);
}

void killed_while_running(subject& s, killer const& by, schema::table const& table) {
    auto const c = s.connect();
    auto const id = by.id(*c);
    auto const sql = endless_query(*c, table);
    std::jthread const end([&] {
        pause(200);
        by.kill(id);
    });
    auto const info =
        s.throws(error_kind::connection_lost, [&] { run_query(*c, sql); }, "ended in a query");
    is_lost(s, *c, info, "ended in a query");
}

// The server ends a session by itself that does nothing for too long.
void left_alone(subject& s, schema::table const& table) {
    auto const c = s.connect();
    auto const taken = first_taken(
        s, *c,
        {{"SET idle_in_transaction_session_timeout = 300"}, {"SET SESSION wait_timeout = 1"}});
    if (!taken) return;
    c->begin(isolation::read_committed, false);
    store(*c, table, {{value(8L), value(8L), value("lost")}}, path::ad_hoc);
    pause(*taken == 0 ? 900 : 2500);
    auto const info = s.throws(
        error_kind::connection_lost, [&] { (void)count(*c, table); }, "at rest for too long");
    is_lost(s, *c, info, "at rest for too long");
}

void ended_sessions(subject& s) {
    s.needs(&driver::capabilities::server_process);
    auto const& table = numbers(s, 200);
    auto const& target = s.create(table_of(
        {column<std::int64_t>("id"), column<std::int64_t>("n"), column<std::string>("t")}));
    killer const by(s);
    killed(s, by, target, false);
    killed(s, by, target, true);
    killed_while_running(s, by, table);
    left_alone(s, target);
    s.check(eventually_counts(s.connection(), target, 0), "nothing of the lost transactions stays");
}

void waits_for_locks(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("n")}));
    auto& holder = s.connection();
    store(holder, table, {{value(1L), value(1L)}}, path::ad_hoc);
    auto const c =
        has_option(s, "busy_timeout") ? connect_with(s, {{"busy_timeout", "300"}}) : s.connect();
    bool const bounded =
        has_option(s, "busy_timeout") ||
        first_taken(s, *c,
                    {{"SET lock_timeout = 300"}, {"SET SESSION innodb_lock_wait_timeout = 1"}});
    s.needs(bounded, "a time limit for locks");
    auto const update =
        fmt::format("UPDATE {} SET {} = 2", quoted(holder, table.name), quoted(holder, "n"));
    holder.begin(isolation::read_committed, false);
    execute(holder, update);
    stopwatch const time;
    auto const info = s.throws(
        error_kind::lock_timeout,
        [&] {
            c->begin(isolation::read_committed, false);  // takes the lock where there is only one
            execute(*c, update);
        },
        "a row that is locked");
    s.check(time.elapsed() >= 200 && time.elapsed() < 4000,
            fmt::format("the wait is bounded: {} ms", time.elapsed()));
    s.equal(c->transaction(), info.transaction, "the state that the error tells");
    s.check(info.retry != retry_advice::no, "the same can be tried again");
    s.check(info.connection_usable, "the connection stays usable");
    if (c->transaction() == transaction_state::open)
        s.equal(1, count(*c, table), "rows that the open transaction still sees");
    if (c->transaction() == transaction_state::failed)
        s.throws(
            error_kind::transaction_failed, [&] { (void)count(*c, table); },
            "a statement of the failed transaction");
    c->rollback();
    holder.rollback();
    s.equal(1, execute(*c, update), "rows that the same update finds afterwards");
}

constexpr case_entry error_server_table[] = {
    {"ERR-09",
     "What the user may not do is permission_denied, a full disk or table disk_full, and one "
     "connection too many limit_exceeded; nothing of it is done.",
     &refused_by_the_server, nullptr, 60},
    {"ERR-11",
     "A statement that took too long is timeout and one that was stopped is cancelled, by turns on "
     "one connection.",
     &timeout_is_no_cancel},
    {"ERR-13",
     "A session that the server ends, at rest, in a transaction, in a query or for being idle, is "
     "connection_lost; the advice is to connect again, unless the statement may have been run.",
     &ended_sessions},
    {"TXN-16",
     "A wait for a lock that takes too long ends with lock_timeout, which tells the state of the "
     "transaction.",
     &waits_for_locks},
};

}  // namespace

std::span<case_entry const> error_server_cases() { return error_server_table; }

}  // namespace relata::conformance
