// SPDX-License-Identifier: BSL-1.0
//
// The pool: a connection that comes back is as new, or is gone.

#include "conformance/case.hpp"
#include "conformance/engine_sql.hpp"
#include "conformance/native_sql.hpp"
#include "conformance/open_files.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <chrono>
#include <thread>

namespace relata::conformance {
namespace {

std::int64_t rows_of(subject& s, database const& db, schema::table const& table) {
    auto const text = "SELECT count(*) FROM " + quoted(s.connection(), table.name);
    return db.one(sql_query<std::int64_t>(unsafe_sql(text))).m0;
}

stored_command insert_of(subject& s, schema::table const& table, std::int64_t id) {
    auto const text = "INSERT INTO " + quoted(s.connection(), table.name) + " VALUES (" +
                      std::to_string(id) + ")";
    return sql_command(unsafe_sql(text));
}

constexpr char const* make_temporary = "CREATE TEMPORARY TABLE kit_temporary (n INTEGER)";

// Whether the database has such tables, which go with their session, in its SQL.
bool leaves_no_temporary_table(subject& s, database const& db) {
    if (!first_taken(s, *s.connect(), {{make_temporary}})) return false;
    {
        auto mine = db.connect();
        mine.script(unsafe_sql(make_temporary));
        mine.script("INSERT INTO kit_temporary VALUES (1)");
    }
    s.throws(
        error_kind::table_not_found,
        [&] { (void)db.one(sql_query<"SELECT n FROM kit_temporary", std::int64_t>()); },
        "a temporary table of the borrower before");
    return true;
}

void comes_back_clean(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const db = s.open("pool_size=1");
    bool const temporary = leaves_no_temporary_table(s, db);
    {
        auto mine = db.connect();
        auto const open = mine.begin();
        open.execute(insert_of(s, table, 1));
    }
    s.equal(0, rows_of(s, db, table), "rows of a transaction that nobody committed");
    auto& c = s.connection();
    c.begin(isolation::serializable, false);
    store(c, table, {{value(1L)}}, path::ad_hoc);
    if (temporary) c.script(make_temporary);
    c.reset();
    s.check(c.transaction() == transaction_state::none, "reset ends the transaction");
    s.equal(0, count(c, table), "rows after reset");
    if (temporary)
        s.throws(
            error_kind::table_not_found,
            [&] { (void)read_column<std::int64_t>(c, "SELECT n FROM kit_temporary"); },
            "a temporary table after reset");
    s.equal(1, store(c, table, {{value(1L)}}, path::ad_hoc), "the connection works after reset");
}

void broken_is_dropped(subject& s) {
    s.needs(&driver::capabilities::server_process);
    auto const query = one_row(s.connection());
    auto const before = file_numbers();
    auto const db = s.open("pool_size=1");
    for (int round = 0; round < 5; ++round) {
        {
            auto const mine = db.connect();
            s.demand(cut(new_sockets(before)) > 0, "the connection has a socket");
            auto const e = s.throws(
                error_kind::connection_lost, [&] { (void)mine.one(query); }, "a cut connection");
            s.check(!e.connection_usable, "the error says that the connection is dead");
            s.throws(error_kind::connection_lost, [&] { (void)mine.one(query); }, "the same again");
        }
        s.equal(1, db.one(query).m0, "the next borrower is served");
        s.check(file_numbers().size() <= before.size() + 2, "dead sockets are closed");
    }
}

void idle_are_checked(subject& s) {
    s.needs(&driver::capabilities::server_process);
    s.needs(&driver::capabilities::alive_check);
    auto const query = one_row(s.connection());
    auto const before = file_numbers();
    auto const db = s.open("pool_size=4&pool_check=10ms");
    for (int round = 0; round < 3; ++round) {
        {
            auto const a = db.connect(), b = db.connect(), c = db.connect(), d = db.connect();
        }
        s.check(cut(new_sockets(before)) >= 4, "four idle connections were cut");
        std::this_thread::sleep_for(std::chrono::milliseconds(60));
        auto const a = db.connect(), b = db.connect(), c = db.connect(), d = db.connect();
        for (auto const* each : {&a, &b, &c, &d})
            s.equal(1, each->one(query).m0, "a borrower after all idle connections were cut");
    }
}

void borrowers_are_apart(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    auto const db = s.open("pool_size=1&statement_cache=16");
    for (std::int64_t round = 0; round < 10; ++round) {
        {
            auto mine = db.connect();
            auto const open = mine.begin();
            open.execute(insert_of(s, table, 100 + round));
            s.throws(
                error_kind::unique_violation,
                [&] { open.execute(insert_of(s, table, 100 + round)); }, "the same key again");
        }
        s.equal(round, rows_of(s, db, table), "rows that the next borrower sees");
        db.execute(insert_of(s, table, round));
        s.equal(round + 1, rows_of(s, db, table), "rows after its own insert");
    }
    {
        auto const mine = db.connect();
        for (auto const& row : mine.stream(one_row(s.connection()))) {
            s.equal(1, row.m0, "a row of a stream that is left early");
            break;
        }
    }
    s.equal(10, rows_of(s, db, table), "rows for who comes after a stream that was left");
    db.execute(sql_command(unsafe_sql("DELETE FROM " + quoted(s.connection(), table.name))));
    s.equal(0, rows_of(s, db, table), "rows after a delete of all");
}

constexpr case_entry pool_return_table[] = {
    {"POL-03",
     "A connection that comes back has no transaction and no temporary table of its borrower, and "
     "works.",
     &comes_back_clean},
    {"POL-04",
     "A connection that broke is connection_lost for its borrower, is dropped when it comes back, "
     "and "
     "the next borrower gets a new one.",
     &broken_is_dropped, nullptr, 30},
    {"POL-05",
     "After all idle connections were cut, each of the next borrowers gets one that works.",
     &idle_are_checked, nullptr, 30},
    {"POL-12",
     "Neither a transaction, failed or not, nor a result or a prepared statement gets from one "
     "borrower "
     "to the next.",
     &borrowers_are_apart},
};

}  // namespace

std::span<case_entry const> pool_return_cases() { return pool_return_table; }

}  // namespace relata::conformance
