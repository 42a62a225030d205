// SPDX-License-Identifier: BSL-1.0
//
// Statements: prepared once, executed often, in any order of the other calls.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/sql/raw.hpp>

namespace relata::conformance {
namespace {

using number = std::int64_t;
using maybe = std::optional<std::int64_t>;

schema::table const& reused_numbers(subject& s) {
    return s.create(table_of({column<number>("id"), column<maybe>("v")}));
}

std::vector<row_values> first_numbers(number count) {
    std::vector<row_values> rows;
    for (number i = 0; i < count; ++i) rows.push_back({value(i), value(maybe(i))});
    return rows;
}

std::string all_ids(driver::connection& c, schema::table const& table) {
    return "SELECT " + quoted(c, "id") + " FROM " + quoted(c, table.name) + " ORDER BY 1";
}

void many_executions(subject& s) {
    auto& c = s.connection();
    auto const echo = prepare(c, "SELECT 0 + ?", {&type_of<number>});
    number wrong = 0;
    for (number i = 0; i < 10'000; ++i) {
        execute(*echo, {value(i)});
        auto const rows = read_rest(*echo, {&ops_of<number>});
        wrong += rows.size() != 1 || rows[0][0].as<number>() != i;
    }
    s.equal(0, wrong, "wrong answers of 10,000 executions");
}

void reuse_after_anything(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    store(c, table, first_numbers(10), path::batch);
    auto const insert = prepare(c, insert_text(c, table), {&type_of<number>, &type_of<maybe>});
    s.throws(
        error_kind::unique_violation, [&] { execute(*insert, {value(number(1)), value(maybe())}); },
        "a duplicate");
    insert->finish();
    execute(*insert, {value(number(20)), value(maybe())});
    execute(*insert, {value(number(21)), value(maybe(1))});
    execute(*insert, {value(number(22)), value(maybe())});
    s.equal(13, count(c, table),
            "rows that one statement wrote after an error, with and without NULL");
    auto const query = prepare(c, all_ids(c, table));
    for (auto const mode : {driver::read_mode::all, driver::read_mode::stream}) {
        query->expect(mode);
        execute(*query, {});
        s.check(query->ready(), "a row waits");
        query->finish();
        execute(*query, {});
        s.equal(13, read_rest(*query, {&ops_of<number>}).size(), "rows after a partial read");
    }
    query->finish();
    query->finish();
    execute(*query, {});
    s.equal(13, read_rest(*query, {&ops_of<number>}).size(), "rows after finish was called twice");
}

void wrong_number_of_values(subject& s) {
    auto& c = s.connection();
    auto const query = prepare(c, "SELECT 0 + ?", {&type_of<number>});
    s.throws(error_kind::invalid_argument, [&] { execute(*query, {}); }, "too few values");
    s.throws(
        error_kind::invalid_argument,
        [&] { execute(*query, {value(number(1)), value(number(2))}); }, "too many values");
    execute(*query, {value(number(4))});
    s.equal(1, read_rest(*query, {&ops_of<number>}).size(), "rows of the right number of values");
}

void destroyed_while_open(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    store(c, table, first_numbers(200), path::batch);
    for (auto const mode : {driver::read_mode::all, driver::read_mode::stream}) {
        {
            auto const query = prepare(c, all_ids(c, table));
            query->expect(mode);
            execute(*query, {});
            s.check(query->ready(), "a row waits");
        }
        s.equal(200, count(c, table), "rows after an open statement was destroyed");
    }
}

void cache_is_bounded(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    auto const name = quoted(c, table.name);
    for (std::string_view const options :
         {"pool_size=1&statement_cache=0", "pool_size=1&statement_cache=3"}) {
        auto const db = s.open(options);
        auto const held = db.connect();
        for (int round = 0; round < 2; ++round)
            for (int i = 0; i < 10; ++i) {
                auto const rows = held.all(sql_query<number>(
                    unsafe_sql("SELECT " + std::to_string(i) + " + count(*) FROM " + name)));
                s.equal(i, rows.at(0).m0, "an answer with a small cache");
            }
    }
}

void table_changes_under_a_statement(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    store(c, table, first_numbers(3), path::prepared);
    auto const name = quoted(c, table.name);
    auto const query = prepare(c, all_ids(c, table));
    auto const star = prepare(c, "SELECT * FROM " + name + " ORDER BY 1");
    execute(*query, {});
    s.equal(3, read_rest(*query, {&ops_of<number>}).size(), "rows before the change");
    execute(*star, {});
    star->finish();
    run_script(c, "ALTER TABLE " + name + " ADD added INTEGER");
    execute(*query, {});
    s.equal(3, read_rest(*query, {&ops_of<number>}).size(), "rows after a column was added");
    execute(*star, {});
    s.equal(3, read_rest(*star, {&ops_of<number>}).size(), "rows of SELECT * after that");
    s.equal(3U, star->columns(), "columns of SELECT * after that");
    execute(c, "DROP TABLE " + name);
    s.throws(
        error_kind::table_not_found, [&] { execute(*query, {}); },
        "a statement whose table has gone");
    s.equal(1, read_column<number>(c, "SELECT 1").size(), "rows of the next query");
}

void reset_keeps_statements_right(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    store(c, table, first_numbers(3), path::prepared);
    auto const query = prepare(c, all_ids(c, table));
    execute(*query, {});
    query->finish();
    c.begin(isolation::read_committed, false);
    c.reset();
    s.equal(transaction_state::none, c.transaction(), "the state after reset");
    execute(*query, {});
    s.equal(3, read_rest(*query, {&ops_of<number>}).size(), "rows of a statement after reset");
}

void many_distinct_statements(subject& s) {
    auto& c = s.connection();
    number sum = 0;
    for (number i = 0; i < 2'000; ++i)
        sum += read_column<number>(c, "SELECT " + std::to_string(i)).at(0);
    s.equal(1'999'000, sum, "the sum of 2,000 statements, each prepared and dropped");
    auto const db = s.open("pool_size=1");
    number wrong = 0;
    for (number i = 0; i < 2'000; ++i)
        wrong += db.all(sql_query<number>(unsafe_sql(written(c, "SELECT " + std::to_string(i)))))
                     .at(0)
                     .m0 != i;
    s.equal(0, wrong, "wrong answers of 2,000 statements through the cache");
}

void types_of_values_change(subject& s) {
    auto& c = s.connection();
    auto const& table = reused_numbers(s);
    auto const insert = prepare(c, insert_text(c, table), {&type_of<number>, &type_of<maybe>});
    for (number i = 0; i < 6; ++i) execute(*insert, {value(i), value(i % 2 ? maybe() : maybe(i))});
    s.equal(3,
            read_column<number>(c, "SELECT count(*) FROM " + quoted(c, table.name) + " WHERE " +
                                       quoted(c, "v") + " IS NULL")
                .at(0),
            "NULLs that were bound between values");
}

void columns_before_execution(subject& s) {
    auto& c = s.connection();
    auto const query = prepare(c, "SELECT 1 AS one, 2 AS two");
    s.equal(2U, query->columns(), "columns of a query that was not executed");
    s.equal(std::string("two"), query->column_name(1), "the name of its second column");
    execute(*query, {});
    s.equal(1, read_rest(*query, {&ops_of<number>, &ops_of<number>}).size(), "its rows");
}

constexpr case_entry statement_reuse_table[] = {
    {"STM-01", "A statement that was prepared once gives the right answer 10,000 times.",
     &many_executions, nullptr, 60},
    {"STM-02",
     "A statement can be executed again after an error, after NULLs, after a partial read and "
     "without any read.",
     &reuse_after_anything},
    {"STM-04", "A statement that is destroyed while its rows are open leaves a usable connection.",
     &destroyed_while_open},
    {"STM-05", "A small statement cache, or none, changes no answer.", &cache_is_bounded},
    {"STM-06",
     "A statement whose table was changed gives the rows of the changed table, or says that the "
     "table has gone.",
     &table_changes_under_a_statement},
    {"STM-07",
     "Statements stay right over a reset of their connection, which ends its transaction.",
     &reset_keeps_statements_right},
    {"STM-08", "A value that is NULL does not change what the next execution may bind.",
     &types_of_values_change},
    {"STM-09", "Another number of values than placeholders is refused before anything is done.",
     &wrong_number_of_values},
    {"STM-10", "The columns of a query are known before it is executed.",
     &columns_before_execution},
    {"STM-11", "Thousands of different statements come and go.", &many_distinct_statements, nullptr,
     60},
    {"STM-12", "Statements work behind a pooler that mixes sessions.", nullptr,
     "a pooler is no part of a driver; `statement_cache=0` is tested by STM-05"},
};

}  // namespace

std::span<case_entry const> statement_reuse_cases() { return statement_reuse_table; }

}  // namespace relata::conformance
