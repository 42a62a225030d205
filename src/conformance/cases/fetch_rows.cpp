// SPDX-License-Identifier: BSL-1.0
//
// Fetch: columns, counts of rows, errors in the middle of a result, and the end of a result.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <algorithm>
#include <memory>
#include <string>

namespace relata::conformance {
namespace {

// A table of the numbers 1 to n, with text beside them.
schema::table const& numbered_text(subject& s, std::int64_t n) {
    auto const& table = s.create(table_of({column<std::int64_t>("id"), column<std::string>("t")}));
    std::vector<row_values> rows;
    for (std::int64_t i = 1; i <= n; ++i)
        rows.push_back({value(i), value("row " + std::to_string(i))});
    store(s.connection(), table, rows, path::batch);
    return table;
}

std::vector<std::int64_t> first_column(row_block const& block, std::size_t rows) {
    std::vector<std::int64_t> out;
    for (std::size_t i = 0; i < rows; ++i) out.push_back(block.at(i, 0).as<std::int64_t>());
    return out;
}

std::vector<std::int64_t> counted(std::int64_t from, std::int64_t to) {
    std::vector<std::int64_t> out;
    for (; from <= to; ++from) out.push_back(from);
    return out;
}

void columns_by_name(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 1);
    auto const statement =
        prepare(c, "SELECT id, t AS " + quoted(c, "MixedCase") + ", id AS " + quoted(c, "id") +
                       ", 1 AS " + quoted(c, "two words") + ", 2 AS " + quoted(c, "größe") +
                       " FROM " + quoted(c, table.name));
    execute(*statement, {});
    char const* const expected[] = {"id", "MixedCase", "id", "two words", "größe"};
    auto const columns = statement->columns();
    if (columns != driver::statement::unknown_columns) s.equal(5, columns, "number of columns");
    for (unsigned i = 0; i < 5; ++i)
        s.equal(expected[i], statement->column_name(i), "name of column " + std::to_string(i));
    s.equal(
        1,
        read_rest(*statement, {&ops_of<std::int64_t>, &ops_of<std::string>, &ops_of<std::int64_t>,
                               &ops_of<std::int64_t>, &ops_of<std::int64_t>})
            .size(),
        "rows, with two columns of one name");
    auto const update = prepare(c, "UPDATE " + quoted(c, table.name) + " SET t = 'x'");
    execute(*update, {});
    s.equal(0, update->columns(), "a statement without a result has no columns");
    update->finish();
}

void columns_and_plans(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 3);
    auto const sql = "SELECT id, t FROM " + quoted(c, table.name) + " ORDER BY id";
    auto const statement = prepare(c, sql);
    execute(*statement, {});
    row_block swapped({&ops_of<std::string>, &ops_of<std::int64_t>}, 3);
    field const plan[] = {make_field(type_of<std::string>, 1, swapped.plan()[0].offset),
                          make_field(type_of<std::int64_t>, 0, swapped.plan()[1].offset)};
    s.equal(3, statement->fetch(plan, 2, swapped.data(), swapped.stride(), 3), "in another order");
    s.equal(value("row 3"), swapped.at(2, 0), "the text of the third row");
    s.equal(value(3L), swapped.at(2, 1), "its number");
    statement->finish();
    execute(*statement, {});
    s.equal(3, statement->fetch(plan, 1, swapped.data(), swapped.stride(), 3), "fewer columns");
    statement->finish();
    row_block wide({&ops_of<std::int64_t>, &ops_of<std::string>, &ops_of<std::int64_t>}, 3);
    execute(*statement, {});
    s.throws(
        error_kind::invalid_argument,
        [&] { (void)statement->fetch(wide.plan(), 3, wide.data(), wide.stride(), 3); },
        "a column that the result does not have");
    statement->finish();
    s.equal(3, read(c, sql, {&ops_of<std::int64_t>, &ops_of<std::string>}).size(), "and then well");
    s.throws(
        error_kind::column_not_found,
        [&] { read(c, "SELECT nosuch FROM " + quoted(c, table.name), {}); },
        "a column that the table does not have");
    auto const null = s.throws(
        error_kind::null_value,
        [&] {
            read_column<std::int64_t>(c, "SELECT NULLIF(id, 2) AS n FROM " + quoted(c, table.name));
        },
        "NULL for a type without a place for it");
    s.check(!null.columns.empty() && null.columns[0] == "n", "the error names the column");
}

void error_in_a_row(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 6);
    auto const statement = prepare(c,
                                   "SELECT CASE WHEN id = ? THEN NULL ELSE id END AS v FROM " +
                                       quoted(c, table.name) + " ORDER BY id",
                                   {&type_of<std::int64_t>});
    for (auto const mode : {driver::read_mode::all, driver::read_mode::stream})
        for (std::int64_t bad = 1; bad <= 6; ++bad) {
            statement->expect(mode);
            execute(*statement, {value(bad)});
            row_block block({&ops_of<std::int64_t>}, 1);
            auto const next = [&] {
                return statement->fetch(block.plan(), 1, block.data(), block.stride(), 1);
            };
            for (std::int64_t id = 1; id < bad; ++id) {
                s.equal(1, next(), "a row before the error");
                s.equal(value(id), block.at(0, 0), "its value");
            }
            s.throws(error_kind::null_value, [&] { (void)next(); }, "the row with the error");
            statement->finish();
            s.equal(6, count(c, table), "the connection goes on");
        }
    execute(*statement, {value(99L)});
    s.equal(6, read_rest(*statement, {&ops_of<std::int64_t>}).size(), "the statement goes on");
}

void rows_outlive_the_statement(subject& s) {
    auto const& table = numbered_text(s, 50);
    auto other = s.connect();
    row_block block({&ops_of<std::int64_t>, &ops_of<std::string>}, 50);
    auto statement =
        prepare(*other, "SELECT id, t FROM " + quoted(*other, table.name) + " ORDER BY id");
    execute(*statement, {});
    s.equal(50, statement->fetch(block.plan(), 2, block.data(), block.stride(), 50), "rows");
    statement->finish();
    statement.reset();
    other.reset();
    s.equal(counted(1, 50), first_column(block, 50), "numbers after the connection was closed");
    s.equal(value("row 50"), block.at(49, 1), "text after the connection was closed");
    // and closing in the middle of a result harms nobody
    other = s.connect();
    statement = prepare(*other, "SELECT id FROM " + quoted(*other, table.name));
    statement->expect(driver::read_mode::stream);
    execute(*statement, {});
    s.check(statement->ready(), "a row waits");
    statement.reset();
    s.equal(50, count(*other, table), "after a statement died with an open result");
}

void executed_again(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 20);
    auto const statement =
        prepare(c, "SELECT id FROM " + quoted(c, table.name) + " WHERE id > ? ORDER BY id",
                {&type_of<std::int64_t>});
    row_block block({&ops_of<std::int64_t>}, 20);
    for (auto const mode : {driver::read_mode::all, driver::read_mode::stream})
        for (std::size_t const read_before : {0U, 1U, 5U, 20U}) {
            statement->expect(mode);
            execute(*statement, {value(0L)});
            (void)statement->fetch(block.plan(), 1, block.data(), block.stride(), read_before);
            execute(*statement, {value(10L)});
            auto const rows = statement->fetch(block.plan(), 1, block.data(), block.stride(), 20);
            s.equal(counted(11, 20), first_column(block, rows), "the rows of the second execution");
            statement->finish();
        }
}

void numbers_of_rows(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 10);
    auto const statement = prepare(c, "SELECT id FROM " + quoted(c, table.name) + " ORDER BY id");
    row_block block({&ops_of<std::int64_t>}, 40);
    auto const fetch = [&](std::size_t max) {
        return statement->fetch(block.plan(), 1, block.data(), block.stride(), max);
    };
    for (auto const mode : {driver::read_mode::all, driver::read_mode::stream})
        for (std::size_t const step : {1U, 2U, 3U, 7U, 10U, 11U, 40U}) {
            statement->expect(mode);
            execute(*statement, {});
            s.equal(0, fetch(0), "no rows were asked for");
            s.check(statement->ready(), "a row waits");
            std::int64_t next = 1;
            while (std::size_t const rows = fetch(step)) {
                auto const last = next + std::int64_t(rows) - 1;
                s.equal(counted(next, last), first_column(block, rows), "rows of one fetch");
                next = last + 1;
                if (rows < step) break;
            }
            s.equal(11, next, "all rows, by " + std::to_string(step));
            s.check(!statement->ready(), "no row waits at the end");
            s.equal(0, fetch(step), "rows after the end");
            s.equal(0, fetch(1), "rows after the end, again");
            statement->finish();
        }
    auto const none = prepare(c, "SELECT id, t FROM " + quoted(c, table.name) + " WHERE id < 0");
    execute(*none, {});
    s.check(!none->ready(), "a result without rows");
    s.equal("t", none->column_name(1), "it has columns");
    none->finish();
}

void more_than_there_is(subject& s) {
    auto& c = s.connection();
    auto const& table = numbered_text(s, 3);
    auto const statement = prepare(c, "SELECT id FROM " + quoted(c, table.name) + " ORDER BY id");
    row_block block({&ops_of<std::int64_t>}, 3);
    for (std::size_t const max :
         {std::size_t(4), std::size_t(1) << 31U, std::size_t(1) << 32U, ~std::size_t(0)}) {
        for (auto const mode : {driver::read_mode::all, driver::read_mode::stream}) {
            statement->expect(mode);
            execute(*statement, {});
            s.equal(3, statement->fetch(block.plan(), 1, block.data(), block.stride(), max),
                    "rows of a fetch that asks for " + std::to_string(max));
            s.equal(counted(1, 3), first_column(block, 3), "and their values");
            statement->finish();
        }
    }
}

constexpr case_entry fetch_rows_table[] = {
    {"FET-10",
     "Columns are counted and named as the statement says, with capital letters, spaces and "
     "letters "
     "beyond ASCII, also when two have one name.",
     &columns_by_name},
    {"FET-11",
     "A plan reads columns in any order and may leave some out; a column that the result does not "
     "have is refused, and NULL without a place for it is an error that names the column.",
     &columns_and_plans},
    {"FET-12",
     "After an error in any row of a result the rows before it are read, the result can be ended, "
     "and statement and connection go on.",
     &error_in_a_row},
    {"FET-13", "Views of a row's text are valid until the next row.", nullptr,
     "fetch copies text and bytes into the program's own objects; the interface gives no views of "
     "a "
     "row"},
    {"FET-20",
     "Rows that were fetched outlive their statement and their connection; a statement may be "
     "destroyed in the middle of its result.",
     &rows_outlive_the_statement},
    {"FET-21",
     "Executing a statement again discards what was left of its result, however much was read.",
     &executed_again},
    {"FET-22",
     "Rows are fetched in portions of any size, none included; the last portion is shorter, and "
     "after the end there is none.",
     &numbers_of_rows},
    {"FET-23",
     "Asking for more rows than there are, up to the greatest number, gives those that there are.",
     &more_than_there_is},
};

}  // namespace

std::span<case_entry const> fetch_rows_cases() { return fetch_rows_table; }

}  // namespace relata::conformance
