// SPDX-License-Identifier: BSL-1.0
//
// Execute: what a statement is, what it reports, and what it leaves behind.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

namespace relata::conformance {
namespace {

schema::table const& pairs(subject& s) {
    return s.create(table_of({column<std::int64_t>("id"), column<std::int64_t>("v")}));
}

std::int64_t one(driver::connection& c) { return read_column<std::int64_t>(c, "SELECT 1").at(0); }

void kinds_of_statements(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    auto const insert =
        prepare(c, insert_text(c, table), {&type_of<std::int64_t>, &type_of<std::int64_t>});
    execute(*insert, {value(1L), value(2L)});
    s.equal(0U, insert->columns(), "columns of an INSERT");
    s.check(!insert->ready(), "an INSERT has no rows");
    if (s.can().affected_rows) s.equal(1, insert->affected(), "affected rows of an INSERT");
    insert->finish();
    auto const query = prepare(c, "SELECT 7 AS first, 'x' AS second");
    execute(*query, {});
    s.equal(2U, query->columns(), "columns of a SELECT");
    s.equal(std::string("first"), query->column_name(0), "name of the first column");
    s.equal(std::string("second"), query->column_name(1), "name of the second column");
    s.check(query->ready(), "a SELECT has a row");
    s.equal(0, query->affected(), "affected rows of a SELECT");
    query->finish();
}

void empty_statements(subject& s) {
    auto& c = s.connection();
    for (std::string_view const sql : {"", " ", "\n\t ", "-- nothing", "/* nothing */"}) {
        s.throws(error_kind::syntax, [&] { execute(c, sql); }, "a statement with nothing in it");
        s.equal(1, one(c), "the next query");
    }
}

void trailing_text(subject& s) {
    auto& c = s.connection();
    for (std::string_view const sql : {"SELECT 5;", "SELECT 5 ; ", "SELECT 5 -- five",
                                       "SELECT 5 /* five */", "SELECT 5; -- five", "SELECT 5\n\n"})
        s.equal(std::vector<std::int64_t>{5}, read_column<std::int64_t>(c, sql),
                "rows of a statement with something behind it");
}

void one_statement_at_a_time(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    auto const insert = "INSERT INTO " + quoted(c, table.name) + " VALUES (";
    s.throws(
        error_kind::syntax, [&] { execute(c, insert + "1, 1); " + insert + "2, 2)"); },
        "two statements in one");
    s.throws(
        error_kind::syntax, [&] { execute(c, "SELECT 1; DROP TABLE " + quoted(c, table.name)); },
        "a second statement behind a query");
    s.equal(0, count(c, table), "rows afterwards: none of them was run");
}

void script_in_turn(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    auto const insert = "INSERT INTO " + quoted(c, table.name) + " VALUES (";
    run_script(c, insert + "1, 1); " + insert + "2, 2);\n-- a comment; with a mark\n" + insert +
                      "3, 3)");
    s.equal(3, count(c, table), "rows of a script of three statements");
    auto const state_before = c.transaction();
    s.throws(
        error_kind::unique_violation,
        [&] { run_script(c, insert + "4, 4); " + insert + "1, 1); " + insert + "5, 5);"); },
        "a script whose second statement fails");
    s.equal(state_before, c.transaction(), "the state after a script that failed");
    auto const rows = count(c, table);
    s.check(rows == 3 || rows == 4, "nothing after the failed statement was run");
    s.equal(1, one(c), "the next query");
}

void rows_that_nobody_reads(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    store(c, table, {{value(1L), value(1L)}, {value(2L), value(2L)}}, path::prepared);
    auto const query = prepare(c, "SELECT 1 FROM " + quoted(c, table.name));
    for (int i = 0; i < 3; ++i) {
        execute(*query, {});
        query->finish();
    }
    execute(*query, {});
    execute(*query, {});
    s.equal(2, read_rest(*query, {&ops_of<std::int64_t>}).size(), "rows of the second execution");
    s.equal(2, count(c, table), "rows that another statement counts");
}

void marks_inside_literals(subject& s) {
    auto& c = s.connection();
    auto const text = [&](std::string_view sql) { return read_column<std::string>(c, sql).at(0); };
    for (std::string_view const inside :
         {":name", "$1", "@x", "%s", "{}", "::int", "--", "/* */", ";", "#", "\"", "`"})
        s.equal(std::string(inside), text("SELECT '" + std::string(inside) + "'"),
                "a literal that looks like something else");
    s.equal(std::string("it's"), text("SELECT 'it''s'"), "a doubled quote");
    s.equal(5, read_column<std::int64_t>(c, "SELECT 5 /* $1 :a ? ' */").at(0),
            "marks in a comment");
    s.equal(6, read_column<std::int64_t>(c, "SELECT 6 -- $1 :a ' \n").at(0),
            "marks in a comment up to the end of its line");
}

void open_ends(subject& s) {
    auto& c = s.connection();
    for (std::string_view const sql : {"SELECT 'abc", "SELECT (1", "SELECT \"abc", "SELECT 1 +"}) {
        s.throws(
            {error_kind::syntax, error_kind::column_not_found}, [&] { execute(c, sql); },
            "a statement that does not end");
        s.equal(1, one(c), "the next query");
    }
}

void long_statements(subject& s) {
    auto& c = s.connection();
    std::string const begin = "SELECT /*", end = "*/ 7";
    auto const shortest = written(c, begin + end).size();
    auto const most = std::size_t(s.can().max_statement);
    std::vector<std::size_t> sizes{std::size_t(1) << 20U, std::size_t(10) << 20U};
    if (most != 0) sizes.insert(sizes.end(), {most, most + 1});
    for (auto const size : sizes) {
        if (s.can().max_packet != 0 && size + 100 > s.can().max_packet) continue;
        auto const ask = [&] {
            auto const sql = begin + std::string(size - shortest, 'x') + end;
            return read_column<std::int64_t>(c, sql).at(0);
        };
        auto const what = "a statement of " + std::to_string(size) + " bytes";
        if (most == 0 || size <= most) s.equal(7, ask(), what);
        else s.throws(error_kind::limit_exceeded, [&] { (void)ask(); }, what);
        s.equal(1, one(c), "the next query");
    }
}

void errors_leave_the_connection(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    for (int i = 0; i < 20; ++i) {
        s.throws(
            error_kind::table_not_found,
            [&] { execute(c, "SELECT * FROM " + quoted(c, s.fresh_name())); }, "no table");
        store(c, table, {{value(std::int64_t(i)), value(1L)}}, path::ad_hoc);
    }
    s.equal(20, count(c, table), "rows written between twenty errors");
}

void odd_column_names(subject& s) {
    auto& c = s.connection();
    for (std::string_view const name :
         {"two words", "UPPER lower", "größe", "a.b", "1", "select", "with'quote", "semi;colon"}) {
        auto const query = prepare(c, "SELECT 1 AS " + quoted(c, name));
        s.equal(std::string(name), query->column_name(0), "an odd name of a column");
    }
    auto const twice = prepare(c, "SELECT 1 AS a, 2 AS a");
    execute(*twice, {});
    auto const rows = read_rest(*twice, {&ops_of<std::int64_t>, &ops_of<std::int64_t>});
    s.equal(2, rows.at(0)[1].as<std::int64_t>(), "the second of two columns with the same name");
    s.throws(
        error_kind::invalid_argument, [&] { (void)twice->column_name(2); },
        "the name of a column that is not there");
}

// A statement while the rows of another one are being read.
void busy_connection(subject& s) {
    auto& c = s.connection();
    auto const& table = pairs(s);
    std::vector<row_values> rows;
    for (std::int64_t i = 0; i < 500; ++i) rows.push_back({value(i), value(i)});
    store(c, table, rows, path::batch);
    auto const stream =
        prepare(c, "SELECT " + quoted(c, "id") + " FROM " + quoted(c, table.name) + " ORDER BY 1");
    stream->expect(driver::read_mode::stream);
    execute(*stream, {});
    s.demand(stream->ready(), "the stream has a row");
    if (s.can().concurrent_streams || !s.can().streaming) {
        s.equal(1, one(c), "a query beside an open stream");
    } else {
        s.throws(error_kind::invalid_argument, [&] { one(c); }, "a query beside an open stream");
    }
    s.equal(500, read_rest(*stream, {&ops_of<std::int64_t>}).size(), "rows of the stream");
    s.equal(1, one(c), "a query after the stream");
}

constexpr case_entry execute_statements_table[] = {
    {"EXE-01",
     "A command has no columns and no rows; a query has columns with their names, rows, and "
     "affects none.",
     &kinds_of_statements},
    {"EXE-02", "A statement with nothing in it is a syntax error and does no harm.",
     &empty_statements},
    {"EXE-03", "A semicolon and comments behind a statement do not matter.", &trailing_text},
    {"EXE-04", "Two statements in one are refused, and neither is run.", &one_statement_at_a_time},
    {"EXE-05", "A script runs its statements in turn and stops at the first that fails.",
     &script_in_turn},
    {"EXE-07", "Rows that nobody reads are dropped by finish and by the next execution.",
     &rows_that_nobody_reads},
    {"EXE-08", "What looks like a placeholder inside a literal or a comment is left alone.",
     &marks_inside_literals},
    {"EXE-09", "A statement that does not end is refused, and the next one runs.", &open_ends},
    {"EXE-10",
     "A statement may have ten million bytes, as far as the limits that are declared allow.",
     &long_statements, nullptr, 60},
    {"EXE-11", "Errors leave the connection as it was, however many there are.",
     &errors_leave_the_connection},
    {"EXE-12", "Columns may have any name, the same twice too.", &odd_column_names},
    {"EXE-14",
     "A statement beside an open stream works or is refused, as declared, and the stream goes on.",
     &busy_connection},
};

}  // namespace

std::span<case_entry const> execute_statements_cases() { return execute_statements_table; }

}  // namespace relata::conformance
