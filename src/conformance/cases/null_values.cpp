// SPDX-License-Identifier: BSL-1.0
//
// NULL: of every type, in every place, and different from all values.

#include "conformance/case.hpp"
#include "conformance/samples.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/bytes.hpp>
#include <relata/types/json.hpp>
#include <relata/types/text.hpp>

#include <string>

namespace relata::conformance {
namespace {

constexpr std::size_t places = 6;

// Whether row `i` is NULL: in the first, the last, all, every second, none.
bool null_at(unsigned pattern, std::size_t i) {
    switch (pattern) {
    case 0: return i == 0;
    case 1: return i + 1 == places;
    case 2: return true;
    case 3: return i % 2 == 0;
    case 4: return i % 2 == 1;
    default: return false;
    }
}

void everywhere(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : samples_for(s.can())) {
        auto const& ops = *samples.values.front().ops().optional;
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column_of("v", ops)}));
        for (unsigned pattern = 0; pattern < 6; ++pattern) {
            std::vector<row_values> rows;
            for (std::size_t i = 0; i < places; ++i) {
                auto const& each = samples.values[i % samples.values.size()];
                rows.push_back(
                    {value(std::int64_t(i)), null_at(pattern, i) ? each.null() : each.optional()});
            }
            c.begin(isolation::read_committed, false);
            store(c, table, rows, pattern % 2 ? path::batch : path::prepared);
            auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops});
            auto const what = std::string(samples.name) + ", pattern " + std::to_string(pattern);
            if (s.equal(places, got.size(), what))
                for (std::size_t i = 0; i < places; ++i) s.equal(rows[i][1], got[i][1], what);
            c.rollback();
        }
    }
}

// An optional that holds something is emptied by NULL, and filled again by a value.
void optionals(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : samples_for(s.can())) {
        auto const& plain = samples.values.front().ops();
        auto const& ops = *plain.optional;
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column_of("v", ops)}));
        auto const& some = samples.values.back();
        store(
            c, table,
            {{value(1L), some.optional()}, {value(2L), some.null()}, {value(3L), some.optional()}},
            path::object);
        auto const sql = "SELECT id, v FROM " + quoted(c, table.name) + " ORDER BY id";
        auto const statement = prepare(c, sql);
        execute(*statement, {});
        row_block block({&ops_of<std::int64_t>, &ops}, 1);
        for (int row = 1; row <= 3; ++row) {
            s.equal(1, statement->fetch(block.plan(), 2, block.data(), block.stride(), 1),
                    samples.name);
            s.equal(row == 2 ? some.null() : some.optional(), block.at(0, 1),
                    std::string(samples.name) + " in an object that is used again");
        }
        statement->finish();
        s.throws(
            error_kind::null_value, [&] { read(c, sql, {&ops_of<std::int64_t>, &plain}); },
            "NULL for a plain " + std::string(samples.name));
    }
}

template <class T> void empty_is_a_value(subject& s, T const& empty, std::string const& what) {
    auto& c = s.connection();
    auto const& table =
        s.create(table_of({column<std::int64_t>("id"), column<std::optional<T>>("v")}));
    auto const name = quoted(c, table.name);
    for (auto const way : all_paths) {
        value const is_empty{std::optional<T>(empty)};
        store(c, table, {{value(1L), is_empty}, {value(2L), is_empty.null()}}, way);
        s.equal(std::vector<std::int64_t>{2},
                read_column<std::int64_t>(c, "SELECT id FROM " + name + " WHERE v IS NULL"), what);
        auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops_of<std::optional<T>>});
        s.equal(is_empty, got[0][1], what);
        s.check(got[1][1].is_null(), what + ": NULL");
        s.equal(std::vector<std::int64_t>{1},
                read_column<std::int64_t>(c, "SELECT id FROM " + name + " WHERE v = ?", {is_empty}),
                what + ": found");
        execute(c, "DELETE FROM " + name);
    }
}

void empty_is_not_null(subject& s) {
    empty_is_a_value<std::string>(s, "", "empty text");
    empty_is_a_value<text<10>>(s, text<10>(""), "empty bounded text");
    empty_is_a_value<bytes>(s, bytes{}, "no bytes");
    empty_is_a_value<std::int64_t>(s, 0, "zero");
    empty_is_a_value<bool>(s, false, "false");
    empty_is_a_value<double>(s, 0.0, "zero");
}

void column_that_refuses(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : samples_for(s.can())) {
        auto const& some = samples.values.front();
        auto const& table =
            s.create(table_of({column<std::int64_t>("id"), column_of("needed", some.ops())}));
        for (auto const way : all_paths) {
            auto const what =
                "NULL " + std::string(samples.name) + ", " + std::string(name_of(way));
            auto const info = s.throws(
                error_kind::not_null_violation,
                [&] { store(c, table, {{value(1L), some.null()}}, way); }, what);
            s.check(!info.columns.empty() && info.columns[0] == "needed",
                    what + ": the column is named");
        }
        s.equal(0, count(c, table), samples.name);
    }
}

// Eight rows with each pattern of NULL over three columns.
void batches(subject& s) {
    auto& c = s.connection();
    for (auto const& samples : samples_for(s.can())) {
        auto const& ops = *samples.values.front().ops().optional;
        auto const& table = s.create(table_of({column<std::int64_t>("id"), column_of("a", ops),
                                               column_of("b", ops), column_of("c", ops)}));
        std::vector<row_values> rows;
        for (unsigned bits = 0; bits < 8; ++bits) {
            row_values row{value(std::int64_t(bits))};
            for (unsigned column = 0; column < 3; ++column) {
                auto const& each = samples.values[(bits + column) % samples.values.size()];
                row.push_back(bits >> column & 1U ? each.null() : each.optional());
            }
            rows.push_back(row);
        }
        s.equal(8, store(c, table, rows, path::batch), "rows of the batch");
        auto const got = read_table(c, table, {&ops_of<std::int64_t>, &ops, &ops, &ops});
        if (!s.equal(8, got.size(), samples.name)) continue;
        for (std::size_t r = 0; r < 8; ++r)
            for (std::size_t column = 1; column < 4; ++column)
                s.equal(rows[r][column], got[r][column], samples.name);
    }
}

constexpr case_entry null_values_table[] = {
    {"NUL-01",
     "NULL of every type comes back as NULL in the first row, the last, all, and every second one, "
     "and does not disturb the values around it.",
     &everywhere, nullptr, 60},
    {"NUL-02",
     "Reading NULL empties a std::optional that held something, a value fills it again, and an "
     "object without a place for NULL gets the error null_value.",
     &optionals, nullptr, 60},
    {"NUL-03",
     "Empty text, no bytes, zero and false are values, different from NULL, by every way.",
     &empty_is_not_null},
    {"NUL-06",
     "NULL for a column that must have a value is refused with not_null_violation, by every way "
     "and "
     "for every type, and the error names the column.",
     &column_that_refuses, nullptr, 60},
    {"NUL-07", "A batch keeps each pattern of NULL over its rows and columns, for every type.",
     &batches, nullptr, 60},
};

}  // namespace

std::span<case_entry const> null_values_cases() { return null_values_table; }

}  // namespace relata::conformance
