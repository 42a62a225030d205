// SPDX-License-Identifier: BSL-1.0
//
// Transactions: what their isolation promises, and what happens when two of them want the same.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/sql/raw.hpp>

#include <atomic>
#include <optional>
#include <thread>

namespace relata::conformance {
namespace {

constexpr isolation all_levels[] = {isolation::read_committed, isolation::snapshot,
                                    isolation::serializable};
constexpr std::string_view level_names[] = {"read_committed", "snapshot", "serializable"};

bool has(subject& s, isolation level) {
    return (s.can().isolation_levels & driver::level_bit(level)) != 0;
}

// Two accounts, both with 100.
schema::table const& accounts(subject& s) {
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("amount")}));
    store(s.connection(), table, {{value(1L), value(100L)}, {value(2L), value(100L)}},
          path::ad_hoc);
    return table;
}

std::int64_t amount(driver::connection& c, schema::table const& table, std::int64_t id) {
    auto const rows =
        read_column<std::int64_t>(c,
                                  "SELECT " + quoted(c, "amount") + " FROM " +
                                      quoted(c, table.name) + " WHERE " + quoted(c, "id") + " = ?",
                                  {value(id)});
    return rows.empty() ? -1 : rows.front();
}

void set_amount(driver::connection& c, schema::table const& table, std::int64_t id,
                std::int64_t to) {
    execute(c,
            "UPDATE " + quoted(c, table.name) + " SET " + quoted(c, "amount") + " = ? WHERE " +
                quoted(c, "id") + " = ?",
            {value(to), value(id)});
}

// The kind of the error that `action` throws, if it does.
template <class Action> std::optional<error_kind> failure(Action&& action) {
    try {
        action();
        return std::nullopt;
    } catch (error const& e) {
        return e.kind();
    }
}

bool is_conflict(std::optional<error_kind> kind) {
    return kind == error_kind::serialization_failure || kind == error_kind::deadlock ||
           kind == error_kind::lock_timeout;
}

void declared_levels(subject& s) {
    auto& c = s.connection();
    auto const& table = accounts(s);
    for (auto const level : all_levels) {
        std::string const name(level_names[unsigned(level)]);
        if (has(s, level)) {
            c.begin(level, false);
            s.equal(transaction_state::open, c.transaction(), "the state after begin, " + name);
            set_amount(c, table, 1, 100);
            c.commit();
        } else {
            s.throws(
                error_kind::not_supported, [&] { c.begin(level, false); },
                "a level that is not declared, " + name);
            s.equal(transaction_state::none, c.transaction(), "the state after that, " + name);
        }
    }
    s.equal(100, amount(c, table, 1), "the row in the end");
}

void read_only_levels(subject& s) {
    s.needs(&driver::capabilities::read_only_transactions);
    auto& c = s.connection();
    auto const& table = accounts(s);
    for (auto const level : all_levels) {
        if (!has(s, level)) continue;
        c.begin(level, true);
        s.equal(100, amount(c, table, 1), "a read in a read-only transaction");
        s.throws(
            error_kind::read_only, [&] { set_amount(c, table, 1, 1); },
            "a write in a read-only transaction");
        c.rollback();
    }
    set_amount(c, table, 1, 2);
    s.equal(2, amount(c, table, 1), "a write after a read-only transaction");
}

void no_dirty_read(subject& s) {
    auto& c = s.connection();
    auto const& table = accounts(s);
    auto const other = s.connect();
    c.begin(isolation::read_committed, false);
    set_amount(c, table, 1, 1);
    s.equal(100, amount(*other, table, 1), "what another connection reads before the commit");
    c.rollback();
    s.equal(100, amount(*other, table, 1), "what it reads after the rollback");
}

void one_view(subject& s) {
    auto& c = s.connection();
    auto const& table = accounts(s);
    auto const reader = s.connect();
    for (auto const level : {isolation::snapshot, isolation::serializable}) {
        if (!has(s, level)) continue;
        std::string const name(level_names[unsigned(level)]);
        set_amount(c, table, 1, 100);
        reader->begin(level, s.can().read_only_transactions);
        s.equal(100, amount(*reader, table, 1), "the first read, " + name);
        auto const refused = failure([&] { set_amount(c, table, 1, 7); });
        s.check(!refused || is_conflict(refused), "a write beside a reader works or waits");
        s.equal(100, amount(*reader, table, 1), "the second read of the same row, " + name);
        reader->commit();
    }
    s.check(true, "levels that are not declared are tested by TXN-12");
}

// Both read, then both write what they have read: one of them has to hear of it.
void no_lost_update(subject& s) {
    s.needs(isolation::snapshot);
    auto const& table = accounts(s);
    auto const other = s.connect();
    auto& c = s.connection();
    for (auto const level : {isolation::snapshot, isolation::serializable}) {
        if (!has(s, level)) continue;
        set_amount(c, table, 1, 100);
        auto const work = [&](driver::connection& on, std::atomic<int>& have_read) {
            return failure([&] {
                on.begin(level, false);
                auto const before = amount(on, table, 1);
                ++have_read;
                for (int i = 0; i < 100 && have_read < 2; ++i)
                    std::this_thread::sleep_for(std::chrono::milliseconds(5));
                set_amount(on, table, 1, before + 1);
                on.commit();
            });
        };
        std::atomic<int> have_read{0};
        std::optional<error_kind> second;
        std::thread beside([&] { second = work(*other, have_read); });
        auto const first = work(c, have_read);
        beside.join();
        for (auto* on : {&c, other.get()})
            if (on->transaction() != transaction_state::none) on->rollback();
        int const done = int(!first) + int(!second);
        s.equal(100 + done, amount(c, table, 1), "the sum of what was committed");
        s.check(!first || is_conflict(first), "an error of the first is a conflict");
        s.check(!second || is_conflict(second), "an error of the second is a conflict");
    }
}

// Each empties one account if both together hold enough: serial runs never empty both.
void no_write_skew(subject& s) {
    s.needs(isolation::serializable);
    auto const& table = accounts(s);
    auto const other = s.connect();
    auto& c = s.connection();
    std::atomic<int> have_read{0};
    auto const work = [&](driver::connection& on, std::int64_t mine) {
        return failure([&] {
            on.begin(isolation::serializable, false);
            auto const sum = amount(on, table, 1) + amount(on, table, 2);
            ++have_read;
            for (int i = 0; i < 100 && have_read < 2; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            if (sum >= 200) set_amount(on, table, mine, 0);
            on.commit();
        });
    };
    std::optional<error_kind> second;
    std::thread beside([&] { second = work(*other, 2); });
    auto const first = work(c, 1);
    beside.join();
    for (auto* on : {&c, other.get()})
        if (on->transaction() != transaction_state::none) on->rollback();
    s.check(amount(c, table, 1) + amount(c, table, 2) >= 100, "both accounts were not emptied");
    s.check(!first || is_conflict(first), "an error of the first is a conflict");
    s.check(!second || is_conflict(second), "an error of the second is a conflict");
}

// Each has changed one row and wants the other's.
void deadlocked(subject& s) {
    auto const& table = accounts(s);
    auto const other = s.connect();
    auto& c = s.connection();
    std::atomic<int> have_one{0};
    auto const work = [&](driver::connection& on, std::int64_t mine, std::int64_t yours) {
        return failure([&] {
            on.begin(isolation::read_committed, false);
            set_amount(on, table, mine, mine);
            ++have_one;
            for (int i = 0; i < 100 && have_one < 2; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
            set_amount(on, table, yours, mine);
            on.commit();
        });
    };
    std::optional<error_kind> second;
    std::thread beside([&] { second = work(*other, 2, 1); });
    auto const first = work(c, 1, 2);
    beside.join();
    s.check(!first || !second, "one of the two goes through");
    s.check(!first || is_conflict(first), "the victim is told of a conflict");
    s.check(!second || is_conflict(second), "the victim is told of a conflict");
    for (auto* on : {&c, other.get()})
        if (on->transaction() != transaction_state::none) on->rollback();
    s.equal(amount(c, table, 1), amount(c, table, 2), "both rows are of one transaction");
}

void retry_goes_through(subject& s) {
    auto const& table = accounts(s);
    auto& c = s.connection();
    auto const db = s.open("pool_size=4");
    auto const name = quoted(c, table.name);
    auto const column = quoted(c, "amount");
    constexpr int writers = 4, rounds = 5;
    std::atomic<int> done{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < writers; ++i)
        threads.emplace_back([&] {
            for (int round = 0; round < rounds; ++round) {
                auto const problem = failure([&] {
                    db.transaction(
                        [&](transaction& tx) {
                            tx.execute(sql_command(unsafe_sql("UPDATE " + name + " SET " + column +
                                                              " = " + column + " + 1")));
                        },
                        retry(20));
                });
                s.check(!problem, "a transaction with retry goes through");
                done += !problem;
            }
        });
    for (auto& each : threads) each.join();
    s.equal(100 + done, amount(c, table, 1), "the sum of all increments");
}

void retry_knows_its_errors(subject& s) {
    auto const& table = accounts(s);
    auto& c = s.connection();
    auto const db = s.open("pool_size=1");
    int runs = 0;
    s.throws(
        error_kind::unique_violation,
        [&] {
            db.transaction(
                [&](transaction& tx) {
                    ++runs;
                    tx.execute(sql_command(
                        unsafe_sql("INSERT INTO " + quoted(c, table.name) + " VALUES (1, 1)")));
                },
                retry(5));
        },
        "an error that will come again");
    s.equal(1, runs, "runs of a transaction whose error will come again");
}

void ddl_in_a_transaction(subject& s) {
    auto& c = s.connection();
    auto const name = s.fresh_name();
    s.drop_later(name);
    auto const create = [&] { run_script(c, "CREATE TABLE " + quoted(c, name) + " (id BIGINT)"); };
    c.begin(isolation::read_committed, false);
    if (s.can().transactional_ddl) {
        create();
        s.equal(transaction_state::open, c.transaction(), "the state after CREATE TABLE");
        c.rollback();
        s.throws(
            error_kind::table_not_found,
            [&] { read_column<std::int64_t>(c, "SELECT id FROM " + quoted(c, name)); },
            "a table whose creation was rolled back");
    } else {
        s.throws(error_kind::invalid_argument, create, "a CREATE TABLE that commits by itself");
        c.rollback();
        s.equal(transaction_state::none, c.transaction(), "the state after that and a rollback");
        s.equal(0, read_column<std::int64_t>(c, "SELECT id FROM " + quoted(c, name)).size(),
                "rows of the table that stays");
    }
}

void commits_by_itself(subject& s) {
    auto& c = s.connection();
    auto const& table = accounts(s);
    auto const other = s.connect();
    set_amount(c, table, 1, 5);
    s.equal(5, amount(*other, table, 1), "what another connection sees after a statement alone");
    c.begin(isolation::read_committed, false);
    set_amount(c, table, 1, 6);
    c.rollback();
    set_amount(c, table, 2, 7);
    s.equal(5, amount(*other, table, 1), "what was rolled back");
    s.equal(7, amount(*other, table, 2), "a statement after the transaction commits by itself");
}

constexpr case_entry transaction_isolation_table[] = {
    {"TXN-09",
     "Two serializable transactions that decide on what the other changes never both commit; the "
     "refused one hears of a conflict, at a statement or at the commit.",
     &no_write_skew, nullptr, 60},
    {"TXN-12",
     "Each declared isolation level begins and commits; a level that is not declared is refused "
     "and begins nothing.",
     &declared_levels},
    {"TXN-13", "A read-only transaction reads and refuses to write, at every level.",
     &read_only_levels},
    {"TXN-14",
     "A level keeps its word: no dirty reads anywhere, one view from snapshot on, and no update "
     "is lost without an error.",
     [](subject& s) {
         no_dirty_read(s);
         one_view(s);
         no_lost_update(s);
     },
     nullptr, 60},
    {"TXN-15",
     "Of two transactions that wait for each other one goes through, and the other hears "
     "of a conflict.",
     &deadlocked, nullptr, 90},
    {"TXN-17",
     "DDL belongs to the transaction where that is declared; elsewhere it commits, which is an "
     "error.",
     &ddl_in_a_transaction},
    {"TXN-18", "Four writers of one row all go through with retry, and no increment is lost.",
     &retry_goes_through, nullptr, 90},
    {"TXN-19",
     "A statement outside a transaction commits by itself, also after a transaction has ended.",
     &commits_by_itself},
    {"TXN-20", "Retry runs a transaction again for conflicts only.", &retry_knows_its_errors},
    {"TXN-21", "Transactions are prepared and committed in two phases.", nullptr,
     "the driver interface has no prepared transactions"},
};

}  // namespace

std::span<case_entry const> transaction_isolation_cases() { return transaction_isolation_table; }

}  // namespace relata::conformance
