// SPDX-License-Identifier: BSL-1.0
//
// Transactions: their states, their ends, and savepoints.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/sql/raw.hpp>

namespace relata::conformance {
namespace {

constexpr auto plain = isolation::read_committed;

schema::table const& state_numbers(subject& s) {
    return s.create(table_of({column<std::int64_t>("id")}));
}

void add(driver::connection& to, schema::table const& table, std::int64_t id) {
    store(to, table, {{value(id)}}, path::ad_hoc);
}

// A statement that every database refuses; what becomes of the transaction is the database's business.
void provoke(subject& s, driver::connection& on, schema::table const& table) {
    s.throws(error_kind::unique_violation, [&] { add(on, table, 1); }, "a duplicate key");
}

void rollback_removes(subject& s) {
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    c.begin(plain, false);
    add(c, table, 1);
    c.rollback();
    s.equal(transaction_state::none, c.transaction(), "the state after a rollback");
    s.equal(0, count(c, table), "rows after a rollback");
    auto const db = s.open("pool_size=1");
    struct wish {};
    bool passed_on = false;
    try {
        db.transaction([&](transaction& tx) {
            tx.execute(
                sql_command(unsafe_sql("INSERT INTO " + quoted(c, table.name) + " VALUES (2)")));
            throw wish();
        });
    } catch (wish const&) {
        passed_on = true;
    }
    s.check(passed_on, "what the function of a transaction throws comes out of it");
    s.equal(0, count(c, table), "rows after a transaction whose function threw");
}

void calls_out_of_place(subject& s) {
    auto& c = s.connection();
    s.throws(error_kind::invalid_argument, [&] { c.commit(); }, "commit without begin");
    c.rollback();
    s.equal(transaction_state::none, c.transaction(), "the state after rollback without begin");
    c.begin(plain, false);
    s.throws(error_kind::invalid_argument, [&] { c.begin(plain, false); }, "begin twice");
    s.equal(transaction_state::open, c.transaction(), "the state after a second begin");
    c.rollback();
    s.equal(1, read_column<std::int64_t>(c, "SELECT 1").size(), "rows of a query afterwards");
}

void closing_rolls_back(subject& s) {
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    {
        auto const other = s.connect();
        other->begin(plain, false);
        add(*other, table, 1);
    }
    s.equal(0, count(c, table), "rows of a transaction whose connection was closed");
    add(c, table, 1);
    s.equal(1, count(c, table), "rows that can be written afterwards: no lock is left");
}

void commit_after_an_error(subject& s) {
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    add(c, table, 1);
    c.begin(plain, false);
    add(c, table, 2);
    provoke(s, c, table);
    if (c.transaction() == transaction_state::failed) {
        s.throws(
            error_kind::transaction_rolled_back, [&] { c.commit(); },
            "commit of a failed transaction");
        s.equal(1, count(c, table), "rows after a failed transaction");
    } else {
        s.equal(transaction_state::open, c.transaction(), "the state after a refused statement");
        c.commit();
        s.equal(2, count(c, table), "rows after commit");
    }
    s.equal(transaction_state::none, c.transaction(), "the state after commit");
}

void statement_after_an_error(subject& s) {
    s.needs(&driver::capabilities::savepoints);
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    add(c, table, 1);
    c.begin(plain, false);
    c.savepoint("before");
    provoke(s, c, table);
    if (c.transaction() == transaction_state::failed)
        s.throws(
            error_kind::transaction_failed, [&] { add(c, table, 3); },
            "a statement in a failed transaction");
    c.rollback_to("before");
    s.equal(transaction_state::open, c.transaction(), "the state after going back");
    add(c, table, 2);
    c.commit();
    s.equal(2, count(c, table), "rows after going back and commit");
}

void states_are_told(subject& s) {
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    add(c, table, 1);
    auto const is = [&](transaction_state wanted, std::string_view when) {
        s.equal(wanted, c.transaction(), when);
    };
    is(transaction_state::none, "at first");
    c.begin(plain, false), is(transaction_state::open, "after begin");
    c.rollback(), is(transaction_state::none, "after rollback");
    c.begin(plain, s.can().read_only_transactions);
    is(transaction_state::open, "after begin of a transaction that only reads");
    count(c, table), is(transaction_state::open, "after a query");
    c.commit(), is(transaction_state::none, "after commit");
    provoke(s, c, table), is(transaction_state::none, "after an error outside");
    c.begin(plain, false);
    provoke(s, c, table);
    auto const failed = c.transaction();
    s.check(failed == transaction_state::open || failed == transaction_state::failed,
            "after an error inside the transaction is open or failed");
    c.rollback(), is(transaction_state::none, "after the rollback of that");
    s.equal(1, count(c, table), "rows in the end");
}

void nested_savepoints(subject& s) {
    s.needs(&driver::capabilities::savepoints);
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    c.begin(plain, false);
    add(c, table, 1);
    c.savepoint("a"), add(c, table, 2);
    c.savepoint("b"), add(c, table, 3);
    c.savepoint("c"), add(c, table, 4);
    s.equal(4, count(c, table), "rows with three savepoints");
    c.rollback_to("b"), s.equal(2, count(c, table), "rows after going back to the second");
    c.release("b"), s.equal(2, count(c, table), "rows after its release");
    c.savepoint("a"), add(c, table, 5);
    c.rollback_to("a"), s.equal(2, count(c, table), "rows after going back to a name used twice");
    s.throws(
        {error_kind::invalid_argument, error_kind::syntax, error_kind::transaction_failed},
        [&] { c.rollback_to("never"); }, "going back to a savepoint that is not there");
    c.rollback();
    s.equal(0, count(c, table), "rows after rollback");
}

void odd_savepoint_names(subject& s) {
    s.needs(&driver::capabilities::savepoints);
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    for (std::string_view const name :
         {"select", "two words", "quo\"te", "tick`", "semi;colon", "größe", "UPPER", "1"}) {
        c.begin(plain, false);
        c.savepoint(name);
        add(c, table, 1);
        c.rollback_to(name);
        c.release(name);
        s.equal(0, count(c, table),
                std::string("rows after a savepoint called ") + std::string(name));
        c.rollback();
    }
}

void many_savepoints(subject& s) {
    s.needs(&driver::capabilities::savepoints);
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    c.begin(plain, false);
    auto const name = [](int i) { return "s" + std::to_string(i); };
    for (int i = 0; i < 1000; ++i) c.savepoint(name(i));
    add(c, table, 1);
    c.rollback_to(name(500));
    s.equal(0, count(c, table), "rows after going back through 500 savepoints");
    for (int i = 500; i >= 0; --i) c.release(name(i));
    add(c, table, 2);
    c.commit();
    s.equal(1, count(c, table), "rows after the release of all and commit");
}

void inner_rollback_keeps_the_outer(subject& s) {
    s.needs(&driver::capabilities::savepoints);
    auto& c = s.connection();
    auto const& table = state_numbers(s);
    auto const db = s.open("pool_size=1");
    auto const insert = [&](transaction& tx, int id) {
        tx.execute(sql_command(unsafe_sql("INSERT INTO " + quoted(c, table.name) + " VALUES (" +
                                          std::to_string(id) + ")")));
    };
    db.transaction([&](transaction& tx) {
        insert(tx, 1);
        try {
            tx.savepoint([&] {
                insert(tx, 2);
                insert(tx, 1);
            });
            s.check(false, "the duplicate inside the savepoint is refused");
        } catch (error const& e) {
            s.equal(error_kind::unique_violation, e.kind(), "the error of the inner part");
        }
        tx.savepoint([&] { insert(tx, 3); });
    });
    s.equal(std::vector<std::int64_t>{1, 3},
            read_column<std::int64_t>(c, "SELECT " + quoted(c, "id") + " FROM " +
                                             quoted(c, table.name) + " ORDER BY 1"),
            "rows of the outer transaction");
}

constexpr case_entry transaction_states_table[] = {
    {"TXN-02",
     "A rollback removes what the transaction wrote; what the function of a transaction throws "
     "rolls back and comes out unchanged.",
     &rollback_removes},
    {"TXN-03",
     "Commit without a transaction and begin inside one are refused and change nothing; rollback "
     "without one does nothing.",
     &calls_out_of_place},
    {"TXN-04", "Closing a connection rolls its transaction back and frees its locks.",
     &closing_rolls_back},
    {"TXN-05",
     "Commit of a transaction that an error has failed says transaction_rolled_back, never "
     "success.",
     &commit_after_an_error},
    {"TXN-06",
     "A statement in a failed transaction says transaction_failed; going back to a savepoint "
     "repairs it.",
     &statement_after_an_error},
    {"TXN-07", "The state of the transaction is right after each call that can change it.",
     &states_are_told},
    {"TXN-10",
     "Savepoints nest, take a name twice, can be released, and have any name that is text.",
     [](subject& s) {
         nested_savepoints(s);
         odd_savepoint_names(s);
     }},
    {"TXN-11", "A savepoint that is undone leaves the transaction around it as it was.",
     &inner_rollback_keeps_the_outer},
    {"LIM-06", "A transaction takes 1,000 savepoints, and goes back through hundreds at once.",
     &many_savepoints, nullptr, 60},
};

}  // namespace

std::span<case_entry const> transaction_states_cases() { return transaction_states_table; }

}  // namespace relata::conformance
