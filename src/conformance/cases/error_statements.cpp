// SPDX-License-Identifier: BSL-1.0
//
// Errors of statements and values: the same mistake is the same kind everywhere.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

namespace relata::conformance {
namespace {

// A table with a key and a text of at most three characters.
schema::table const& short_words(subject& s) {
    return s.create(table_of({column<std::int64_t>("id"), column<relata::text<3>>("word")}));
}

void usable_after(subject& s, error_info const& e, std::string_view what) {
    s.check(e.connection_usable, std::string("the connection stays usable, ") + std::string(what));
    s.equal(1, read_column<std::int64_t>(s.connection(), "SELECT 1").size(),
            std::string("rows of the next query, ") + std::string(what));
}

void mistakes_in_statements(subject& s) {
    auto& c = s.connection();
    auto const& table = short_words(s);
    auto const name = quoted(c, table.name);
    struct mistake {
        error_kind kind;
        std::string sql;
        char const* what;
    };
    mistake const list[] = {
        {error_kind::syntax, "SELEKT 1", "a word that is none"},
        {error_kind::syntax, "SELECT FROM WHERE", "words in no order"},
        {error_kind::syntax, "INSERT INTO " + name + " VALUES (1, 'a'", "an open bracket"},
        {error_kind::table_not_found, "SELECT 1 FROM " + quoted(c, s.fresh_name()), "no table"},
        {error_kind::table_not_found, "DROP TABLE " + quoted(c, s.fresh_name()),
         "no table to drop"},
        {error_kind::column_not_found, "SELECT nothing_there FROM " + name, "no column"},
        {error_kind::column_not_found, "UPDATE " + name + " SET nothing_there = 1",
         "no column to update"},
        {error_kind::column_not_found, "INSERT INTO " + name + " (nothing_there) VALUES (1)",
         "no column to insert"},
        {error_kind::already_exists, "CREATE TABLE " + name + " (id BIGINT)", "a second table"},
    };
    for (auto const& each : list) {
        auto const e = s.throws(each.kind, [&] { execute(c, each.sql); }, each.what);
        usable_after(s, e, each.what);
        s.equal(outcome::rejected, e.outcome, std::string("the outcome, ") + each.what);
    }
    s.equal(0, count(c, table), "rows afterwards");
}

void mistakes_in_values(subject& s) {
    auto& c = s.connection();
    auto const& table = short_words(s);
    store(c, table, {{value(1L), value(relata::text<3>("abc"))}}, path::prepared);
    auto const update = "UPDATE " + quoted(c, table.name) + " SET " + quoted(c, "word") + " = ?";
    usable_after(s,
                 s.throws({error_kind::value_too_long, error_kind::check_violation},
                          [&] { execute(c, update, {value(std::string("abcd"))}); },
                          "text that is longer than its column", {"abcd"}),
                 "too long");
    auto const word = "SELECT " + quoted(c, "word") + " FROM " + quoted(c, table.name);
    s.equal(std::vector<std::string>{"abc"}, read_column<std::string>(c, word),
            "the text after a refused update: nothing was cut");
    usable_after(s,
                 s.throws(
                     {error_kind::type_mismatch, error_kind::value_invalid},
                     [&] { read_column<std::int64_t>(c, word); }, "text that is read as a number"),
                 "a number");
    usable_after(
        s,
        s.throws(
            error_kind::null_value,
            [&] { read_column<std::int64_t>(c, "SELECT NULL FROM " + quoted(c, table.name)); },
            "NULL that is read into a number"),
        "NULL");
    usable_after(
        s,
        s.throws(
            error_kind::out_of_range,
            [&] { read_column<std::int8_t>(c, "SELECT 300 FROM " + quoted(c, table.name)); },
            "a number that is too large for its type"),
        "a small number");
}

void error_in_a_batch(subject& s) {
    auto& c = s.connection();
    auto const& table = short_words(s);
    std::vector<row_values> rows;
    for (std::int64_t i = 0; i < 100; ++i)
        rows.push_back({value(i == 57 ? std::int64_t(3) : i), value(relata::text<3>("abc"))});
    auto const e = s.throws(
        error_kind::unique_violation, [&] { store(c, table, rows, path::batch); },
        "a duplicate in a batch");
    s.check(e.row == -1 || e.row == 57, "a row that is named is the right one");
    if (c.transaction() != transaction_state::none) c.rollback();
    s.equal(0, count(c, table), "rows of a batch that failed");
    usable_after(s, e, "batch");
}

void error_in_a_transaction_says_its_state(subject& s) {
    auto& c = s.connection();
    auto const& table = short_words(s);
    row_values const row{value(1L), value(relata::text<3>("abc"))};
    store(c, table, {row}, path::prepared);
    c.begin(isolation::read_committed, false);
    auto const e = s.throws(
        error_kind::unique_violation, [&] { store(c, table, {row}, path::ad_hoc); }, "a duplicate");
    s.equal(c.transaction(), e.transaction, "the state that the error tells");
    s.check(e.transaction == transaction_state::open || e.transaction == transaction_state::failed,
            "the transaction is open or failed, and not lost");
    c.rollback();
}

void a_bad_statement_is_prepared(subject& s) {
    auto& c = s.connection();
    s.throws(
        error_kind::syntax,
        [&] {
            auto const bad = prepare(c, "SELECT 1 +* 2");
            execute(*bad, {});
        },
        "a statement that cannot be prepared");
    s.equal(1, read_column<std::int64_t>(c, "SELECT 1").size(), "rows of the next query");
}

constexpr case_entry error_statements_table[] = {
    {"ERR-07",
     "Each mistake in a statement has its kind: syntax, table_not_found, column_not_found, "
     "already_exists; nothing is done and the connection stays usable.",
     &mistakes_in_statements},
    {"ERR-08",
     "Each mistake in a value has its kind, on the way in and on the way out: nothing is cut, "
     "rounded or guessed.",
     &mistakes_in_values},
    {"ERR-10",
     "An error inside a transaction tells whether the transaction is open or failed, as the "
     "connection does.",
     &error_in_a_transaction_says_its_state},
    {"STM-03",
     "A statement that cannot be prepared says so when it is prepared or first executed, and the "
     "connection stays usable.",
     &a_bad_statement_is_prepared},
    {"ERR-19",
     "A batch with a wrong row says what is wrong, names the row if any, and leaves nothing.",
     &error_in_a_batch},
};

}  // namespace

std::span<case_entry const> error_statements_cases() { return error_statements_table; }

}  // namespace relata::conformance
