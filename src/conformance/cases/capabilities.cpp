// SPDX-License-Identifier: BSL-1.0
//
// Capabilities: what is declared works, what is not is refused and leaves nothing behind.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/bytes.hpp>

namespace relata::conformance {
namespace {

using driver::capabilities;
using number = std::int64_t;

schema::table const& plain_numbers(subject& s) {
    return s.create(table_of({column<number>("id"), column<number>("n")}));
}

void returning(subject& s) {
    auto& c = s.connection();
    auto const& table = plain_numbers(s);
    auto const name = quoted(c, table.name);
    auto const insert = "INSERT INTO " + name + " VALUES (1, 10) RETURNING n";
    if (s.can().returning) {
        s.equal(std::vector<number>{10}, read_column<number>(c, insert), "INSERT … RETURNING");
    } else {
        s.throws(
            {error_kind::syntax, error_kind::not_supported},
            [&] { read_column<number>(c, insert); }, "INSERT … RETURNING");
        s.equal(0, count(c, table), "rows after the INSERT that was refused");
        execute(c, "INSERT INTO " + name + " VALUES (1, 10)");
    }
    auto const update = "UPDATE " + name + " SET n = 11 RETURNING n";
    number expected = 10;
    if (s.can().update_returning) {
        expected = 11;
        s.equal(std::vector<number>{11}, read_column<number>(c, update), "UPDATE … RETURNING");
    } else {
        s.throws(
            {error_kind::syntax, error_kind::not_supported},
            [&] { read_column<number>(c, update); }, "UPDATE … RETURNING");
    }
    s.equal(std::vector<number>{expected}, read_column<number>(c, "SELECT n FROM " + name),
            "the row after that");
}

void transactional_ddl(subject& s) {
    auto& c = s.connection();
    auto const name = s.fresh_name("ddl");
    s.drop_later(name);
    c.begin(isolation::read_committed, false);
    auto const make = [&] { run_script(c, "CREATE TABLE " + quoted(c, name) + " (id BIGINT)"); };
    if (!s.can().transactional_ddl) {
        // it may have committed: then the error must say that, so that nobody believes in a rollback
        auto const e = s.throws({error_kind::invalid_argument, error_kind::not_supported}, make,
                                "DDL in a transaction");
        s.check(e.transaction != transaction_state::open, "the transaction is not told to be open");
        if (c.transaction() != transaction_state::none) c.rollback();
        return;
    }
    make();
    c.rollback();
    s.throws(
        error_kind::table_not_found,
        [&] { read_column<number>(c, "SELECT count(*) FROM " + quoted(c, name)); },
        "a table made in what was rolled back");
}

void streams(subject& s) {
    auto& c = s.connection();
    auto const& table = plain_numbers(s);
    store(c, table, {{value(number{1}), value(number{1})}, {value(number{2}), value(number{2})}},
          path::prepared);
    auto const sql = "SELECT id FROM " + quoted(c, table.name) + " ORDER BY id";
    auto const first = prepare(c, sql);
    auto const second = prepare(c, sql);
    for (auto const* each : {&first, &second}) (*each)->expect(driver::read_mode::stream);
    execute(*first, {});
    s.check(first->ready(), "the first result has a row");
    if (s.can().concurrent_streams) {
        execute(*second, {});
        s.equal(2, read_rest(*second, {&ops_of<number>}).size(), "rows of the second result");
    } else {
        s.throws(
            {error_kind::invalid_argument, error_kind::not_supported},
            [&] { execute(*second, {}); }, "a second open result");
        second->finish();
    }
    s.equal(2, read_rest(*first, {&ops_of<number>}).size(), "rows of the first result");
}

void savepoints(subject& s) {
    auto& c = s.connection();
    c.begin(isolation::read_committed, false);
    if (s.can().savepoints) {
        c.savepoint("kept");
        c.rollback_to("kept");
        c.release("kept");
        s.check(true, "a savepoint is made, gone back to and released");
    } else {
        s.throws(error_kind::not_supported, [&] { c.savepoint("kept"); }, "a savepoint");
    }
    s.check(c.transaction() == transaction_state::open, "the transaction is open after that");
    c.rollback();
}

void read_only_declared(subject& s) {
    auto& c = s.connection();
    auto const& table = plain_numbers(s);
    store(c, table, {{value(number{1}), value(number{1})}}, path::ad_hoc);
    if (s.can().read_only_transactions) {
        c.begin(isolation::read_committed, true);
        s.throws(
            error_kind::read_only, [&] { execute(c, "DELETE FROM " + quoted(c, table.name)); },
            "a write in a read-only transaction");
        c.rollback();
    } else {
        s.throws(
            error_kind::not_supported, [&] { c.begin(isolation::read_committed, true); },
            "a read-only transaction");
    }
    s.check(c.transaction() == transaction_state::none, "no transaction is open after that");
}

void levels(subject& s) {
    auto& c = s.connection();
    for (auto const level :
         {isolation::read_committed, isolation::snapshot, isolation::serializable}) {
        if (s.can().isolation_levels & driver::level_bit(level)) {
            c.begin(level, false);
            s.check(c.transaction() == transaction_state::open, name_of(level) + " begins");
            c.rollback();
        } else {
            s.throws(error_kind::not_supported, [&] { c.begin(level, false); }, name_of(level));
        }
        s.check(c.transaction() == transaction_state::none, name_of(level) + " is over");
    }
}

void counts_and_names(subject& s) {
    auto& c = s.connection();
    auto const& table = plain_numbers(s);
    auto const sql = "INSERT INTO " + quoted(c, table.name) + " VALUES (1, 1)";
    auto const statement = prepare(c, sql);
    execute(*statement, {});
    if (s.can().affected_rows) s.equal(1, statement->affected(), "affected rows");
    else s.throws(error_kind::not_supported, [&] { statement->affected(); }, "affected rows");
    statement->finish();
    auto const e =
        s.throws(error_kind::unique_violation, [&] { execute(c, sql); }, "the key again");
    s.equal(s.can().constraint_names, !e.constraint.empty(), "the constraint is named");
    s.check(c.alive(false), "the connection is alive");
    if (s.can().alive_check) s.check(c.alive(true), "the server says so too");
    c.cancel();  // nothing runs
    s.equal(1, count(c, table), "rows after a cancel of nothing");
}

// Where a bound is declared it is reached, and not passed; else there is none for a long while.
void long_texts(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<number>("id"), column<std::string>("t")}));
    auto const sql = "SELECT t FROM " + quoted(c, table.name);
    constexpr number unbounded = 1 << 20;
    auto const most = s.can().max_text != 0 ? number(s.can().max_text) : unbounded;
    auto const of = [](std::string_view letter, number count) {
        std::string text;
        for (number i = 0; i < count; ++i) text += letter;
        return text;
    };
    for (std::string_view const letter : {"x", "\xF0\x9F\x98\x80"})
        for (auto const way : {path::prepared, path::batch}) {
            auto const what = "text of " + std::to_string(most) + " characters of " +
                              std::to_string(letter.size()) + " bytes";
            auto const longest = of(letter, most);
            store(c, table, {{value(number{1}), value(longest)}}, way);
            s.check(read_column<std::string>(c, sql).at(0) == longest, what);
            execute(c, "DELETE FROM " + quoted(c, table.name));
            if (s.can().max_text == 0) continue;
            s.throws(
                {error_kind::value_too_long, error_kind::check_violation},
                [&] { store(c, table, {{value(number{1}), value(of(letter, most + 1))}}, way); },
                what + " and one more");
            s.equal(0, count(c, table), what + " and one more: nothing is stored");
        }
}

void long_literals(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<number>("id"), column<bytes>("b")}));
    constexpr std::size_t unbounded = 100'000;
    std::size_t const most = s.can().max_literal != 0 ? s.can().max_literal : unbounded;
    bytes const longest(most, std::byte(7));
    store(c, table, {{value(number{1}), value(longest)}}, path::literal);
    auto const sql = "SELECT b FROM " + quoted(c, table.name);
    s.check(read_column<bytes>(c, sql).at(0) == longest, "the longest literal");
    if (s.can().max_literal == 0) return;
    bytes const longer(most + 1, std::byte(7));
    s.throws(
        error_kind::limit_exceeded,
        [&] { store(c, table, {{value(number{2}), value(longer)}}, path::literal); },
        "a literal that is one byte longer");
    s.equal(1, count(c, table), "rows after that");
}

void row_lists(subject& s) {
    auto& c = s.connection();
    auto const& table = plain_numbers(s);
    auto const insert = "INSERT INTO " + quoted(c, table.name) + " VALUES (1, 10), (2, 20)";
    if (s.can().row_lists) {
        prepare(c, insert)->execute(nullptr, 0);
        s.equal(2, count(c, table), "rows after an INSERT of two");
    } else {
        s.throws(
            {error_kind::syntax, error_kind::not_supported}, [&] { execute(c, insert); },
            "an INSERT of two rows");
        s.equal(0, count(c, table), "rows after that");
    }
}

void both_ways(subject& s) {
    for (auto const probe :
         {&returning, &transactional_ddl, &streams, &savepoints, &read_only_declared, &levels,
          &counts_and_names, &long_texts, &long_literals, &row_lists})
        probe(s);
}

// A name of `size` letters, quoted.
std::string long_name(driver::connection& c, subject& s, std::size_t size) {
    auto name = s.fresh_name("n");
    name.resize(size, 'x');
    auto text = quoted(c, "x");
    return text.replace(text.find('x'), 1, name);
}

void limits(subject& s) {
    auto& c = s.connection();
    std::size_t const most = s.can().max_identifier;
    s.needs(most > 0, "max_identifier");
    auto const longest = long_name(c, s, most);
    run_script(c, "CREATE TABLE " + longest + " (id BIGINT)");
    s.equal(0, read_column<number>(c, "SELECT count(*) FROM " + longest).at(0),
            "rows of a table with the longest name");
    auto longer = longest;
    longer.insert(longer.size() - 1, "y");
    // a database that cuts names finds the one that is there already
    s.throws(
        {error_kind::already_exists, error_kind::syntax, error_kind::limit_exceeded,
         error_kind::value_too_long, error_kind::invalid_schema},
        [&] { run_script(c, "CREATE TABLE " + longer + " (id BIGINT)"); },
        "a table with a name that is one letter longer");
    s.equal(0, read_column<number>(c, "SELECT count(*) FROM " + longest).at(0),
            "rows of the first table after that");
    run_script(c, "DROP TABLE " + longest);
}

void names(subject& s) {
    auto const& entry = s.entry();
    s.check(entry.name && *entry.name, "the driver tells its name");
    s.check(entry.client && *entry.client, "the driver tells its client library");
    s.check(entry.licence != nullptr, "the driver tells the licence");
    auto const& can = s.can();
    s.check(!can.server.empty(), "the connection tells the server");
    s.check(can.version >= 10000, "the server's version is a number");
    s.check(can.server.find(std::to_string(can.version / 10000)) != std::string::npos,
            "the server's text holds the major version: " + can.server);
    s.check(s.open().server() == can.server, "the engine tells the same server");
    s.equal(std::string(entry.name), std::string(s.open().driver()), "the engine tells the driver");
}

constexpr case_entry capabilities_table[] = {
    {"CAP-01",
     "What a driver declares works; what it does not declare is refused with an error, and neither "
     "data nor the state of the transaction has changed.",
     &both_ways},
    {"CAP-02",
     "A name of max_identifier bytes stays whole; one byte more is refused, or cut so that it "
     "clashes. "
     "The limits on parameters and packets are tested at LIM-01 and BLB-02, NULL in unique keys at "
     "ERR-01, the clock at DAT-15, users and passwords at CON-07.",
     &limits},
    {"CAP-03",
     "Driver, client library, server and version are told, and the engine tells the same.", &names},
    {"CAP-04", "A driver gives the same results linked and as a plug-in.", nullptr,
     "one run tests one build of a driver; tests/run --conformance runs the kit on both and shows "
     "them side by side."},
};

}  // namespace

std::span<case_entry const> capabilities_cases() { return capabilities_table; }

}  // namespace relata::conformance
