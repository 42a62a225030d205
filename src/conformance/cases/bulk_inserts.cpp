// SPDX-License-Identifier: BSL-1.0
//
// Bulk inserts: any number of rows, all of them or none.

#include "conformance/case.hpp"
#include "conformance/network.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

namespace relata::conformance {
namespace {

using number = std::int64_t;
using maybe_text = std::optional<std::string>;

schema::table const& notes(subject& s) {
    return s.create(table_of({column<number>("id"), column<maybe_text>("note")}));
}

maybe_text note_of(number i) {
    if (i % 3 == 0) return std::nullopt;
    return std::string(std::size_t(i % 50), char('a' + i % 26));
}

std::vector<row_values> rows_of(number count) {
    std::vector<row_values> rows;
    for (number i = 0; i < count; ++i) rows.push_back({value(i), value(note_of(i))});
    return rows;
}

void any_number_of_rows(subject& s) {
    auto& c = s.connection();
    for (number const many : {0, 1, 2, 63, 64, 65, 1000, 20'000}) {
        auto const& table = notes(s);
        s.equal(many, store(c, table, rows_of(many), path::batch),
                "rows that a batch of " + std::to_string(many) + " reports");
        auto const got = read_table(c, table, {&ops_of<number>, &ops_of<maybe_text>});
        s.equal(many, got.size(), "rows of a batch of " + std::to_string(many));
        number wrong = 0;
        for (std::size_t i = 0; i < got.size(); ++i)
            wrong += got[i][0].as<number>() != number(i) ||
                     got[i][1].as<maybe_text>() != note_of(number(i));
        s.equal(0, wrong, "wrong rows of a batch of " + std::to_string(many));
    }
}

// Rows of all types at once, each column with a NULL in between.
void every_type_together(subject& s) {
    auto& c = s.connection();
    auto const samples = samples_for(s.can());
    std::vector<schema::column> columns = {column<number>("id")};
    std::vector<value_ops const*> ops = {&ops_of<number>};
    for (std::size_t i = 0; i < samples.size(); ++i) {
        auto const optional = samples[i].values.front().optional();
        ops.push_back(&optional.ops());
        columns.push_back(column_of("c" + std::to_string(i), *ops.back()));
    }
    auto const& table = s.create(table_of(columns));
    std::vector<row_values> rows;
    for (number r = 0; r < 12; ++r) {
        row_values row = {value(r)};
        for (std::size_t i = 0; i < samples.size(); ++i) {
            auto const& values = samples[i].values;
            auto const& one = values[std::size_t(r) % values.size()];
            row.push_back((r + number(i)) % 4 == 0 ? one.null() : one.optional());
        }
        rows.push_back(row);
    }
    store(c, table, rows, path::batch);
    auto const got = read_table(c, table, ops);
    s.equal(rows.size(), got.size(), "rows");
    for (std::size_t r = 0; r < got.size() && r < rows.size(); ++r)
        for (std::size_t i = 0; i < ops.size(); ++i)
            s.equal(rows[r][i], got[r][i], "a value of a row of all types");
}

void more_values_than_one_statement_takes(subject& s) {
    auto& c = s.connection();
    std::vector<schema::column> columns = {column<number>("id")};
    for (int i = 0; i < 40; ++i) columns.push_back(column<number>("c" + std::to_string(i)));
    auto const& table = s.create(table_of(columns));
    std::vector<row_values> rows;
    for (number r = 0; r < 4'000; ++r) rows.push_back(row_values(41, value(r)));
    s.equal(4'000, store(c, table, rows, path::batch), "rows of 164,000 values");
    s.equal(4'000, count(c, table), "rows that are there");
}

void all_or_nothing(subject& s) {
    auto& c = s.connection();
    for (number const bad : {0, 1, 500, 998, 999}) {
        auto const& table = notes(s);
        store(c, table, {{value(number(-1)), value(maybe_text("old"))}}, path::prepared);
        auto rows = rows_of(1000);
        rows[std::size_t(bad)][0] = value(number(-1));
        auto const e = s.throws(
            error_kind::unique_violation, [&] { store(c, table, rows, path::batch); },
            "a duplicate in row " + std::to_string(bad));
        s.check(e.row == -1 || e.row == bad, "a row that is named is the right one");
        s.equal(transaction_state::none, c.transaction(), "the state afterwards");
        s.equal(1, count(c, table), "rows afterwards");
    }
}

// The program's own values end the batch: one that no back end can take.
void a_row_that_cannot_be_sent(subject& s) {
    auto& c = s.connection();
    auto const& table = notes(s);
    auto rows = rows_of(100);
    rows[50][1] = value(maybe_text(std::string("\xff\xfe")));
    s.throws(
        error_kind::text_invalid, [&] { store(c, table, rows, path::batch); },
        "text in a batch that is not UTF-8");
    s.equal(0, count(c, table), "rows afterwards");
    store(c, table, rows_of(100), path::batch);
    s.equal(100, count(c, table), "rows of the next batch");
}

void every_character(subject& s) {
    auto& c = s.connection();
    auto const& table = s.create(table_of({column<number>("id"), column<std::string>("v")}));
    std::vector<row_values> rows;
    std::vector<std::string> texts = {"\\N",  "\\.",  "\\",   "\\\\", "\t", "\n",
                                      "\r\n", "NULL", "",     "\"",   "'",  ",",
                                      ";",    "a\tb", "\x01", "\x7f", "é",  "😀"};
    for (char ch = 1; ch > 0 && ch < 127; ++ch) texts.push_back(std::string(1, ch) + "x");
    for (auto const& text : texts) rows.push_back({value(number(rows.size())), value(text)});
    store(c, table, rows, path::batch);
    auto const got = read_table(c, table, {&ops_of<number>, &ops_of<std::string>});
    s.equal(rows.size(), got.size(), "rows");
    for (std::size_t i = 0; i < got.size() && i < texts.size(); ++i)
        s.equal(texts[i], got[i][1].as<std::string>(), "a text that a batch could misread");
}

void odd_columns(subject& s) {
    auto& c = s.connection();
    auto shape = table_of({column<number>("select"), column<number>("two words"),
                           column<number>("größe"), column<number>("UPPER")});
    auto const& table = s.create(shape);
    std::vector<row_values> rows;
    for (number i = 0; i < 10; ++i) rows.push_back({value(i), value(i), value(i), value(i)});
    s.equal(10, store(c, table, rows, path::batch), "rows of a table with odd names");
    s.equal(10, count(c, table), "rows that are there");
}

void inside_a_transaction(subject& s) {
    auto& c = s.connection();
    auto const& table = notes(s);
    c.begin(isolation::read_committed, false);
    store(c, table, rows_of(100), path::batch);
    s.equal(100, count(c, table), "rows inside the transaction");
    c.rollback();
    s.equal(0, count(c, table), "rows after the rollback");
}

// How fast is for a benchmark to say; a batch that is slower than none is a mistake.
void no_slower_than_one_by_one(subject& s) {
    auto& c = s.connection();
    auto const rows = rows_of(5000);
    auto const time = [&](path way) {
        auto const& table = notes(s);
        c.begin(isolation::read_committed, false);
        stopwatch const run;
        store(c, table, rows, way);
        auto const took = run.elapsed();
        c.commit();
        return took;
    };
    std::int64_t batch = std::numeric_limits<std::int64_t>::max(), singly = batch;
    for (int round = 0; round < 3; ++round) {
        batch = std::min(batch, time(path::batch));
        singly = std::min(singly, time(path::prepared));
    }
    s.note(fmt::format("5000 rows: {} ms as a batch, {} ms one by one", batch, singly));
    s.check(batch <= 2 * singly + 50, "a batch is no slower than its rows one by one");
}

constexpr case_entry bulk_inserts_table[] = {
    {"BLK-01", "A batch of any number of rows, none too, stores each of them and says how many.",
     &any_number_of_rows, nullptr, 60},
    {"BLK-02", "A batch takes values of all types, and NULLs among them.", &every_type_together},
    {"BLK-03", "A batch may have more values than one statement takes.",
     &more_values_than_one_statement_takes, nullptr, 60},
    {"BLK-04", "A batch with a wrong row leaves nothing, wherever that row is.", &all_or_nothing,
     nullptr, 60},
    {"BLK-05",
     "A batch keeps every character, and a row that cannot be sent ends it without a trace.",
     [](subject& s) {
         every_character(s);
         a_row_that_cannot_be_sent(s);
     }},
    {"BLK-06", "A batch inserts rows or updates those that are there.", nullptr,
     "the driver interface has no upsert in a batch"},
    {"BLK-07", "A batch gives the generated keys in its order.", nullptr,
     "insert_all gives no keys: it is for speed, insert is for keys"},
    {"BLK-08", "A batch belongs to the transaction it runs in.", &inside_a_transaction},
    {"BLK-09", "A batch goes into a table whose columns need quotes.", &odd_columns},
    {"BLK-10",
     "A batch takes no longer than its rows one by one through a prepared statement, within a "
     "factor of two.",
     &no_slower_than_one_by_one, nullptr, 60},
};

}  // namespace

std::span<case_entry const> bulk_inserts_cases() { return bulk_inserts_table; }

}  // namespace relata::conformance
