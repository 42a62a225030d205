// SPDX-License-Identifier: BSL-1.0
//
// Fetch: long results, wide results, and the memory that they take.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/types/bytes.hpp>

#include <algorithm>
#include <fstream>
#include <string>

#include <unistd.h>

namespace relata::conformance {
namespace {

// Memory of this process, in bytes.
std::int64_t resident() {
    std::ifstream in("/proc/self/statm");
    std::int64_t all = 0;
    std::int64_t pages = 0;
    in >> all >> pages;
    return pages * ::sysconf(_SC_PAGESIZE);
}

// A table of ten digits; joined with itself it makes as many rows as are wanted.
schema::table const& digits(subject& s) {
    auto const& table = s.create(table_of({column<std::int64_t>("d")}));
    std::vector<row_values> rows;
    for (std::int64_t d = 0; d < 10; ++d) rows.push_back({value(d)});
    store(s.connection(), table, rows, path::batch);
    return table;
}

// FROM for 10 to the power of n rows, tables a, b, c, …
std::string joined(driver::connection& c, schema::table const& digits, unsigned n) {
    std::string text = " FROM ";
    for (unsigned i = 0; i < n; ++i) {
        if (i > 0) text += " CROSS JOIN ";
        text += quoted(c, digits.name) + " " + char('a' + i);
    }
    return text;
}

void text_reused(subject& s) {
    auto& c = s.connection();
    auto const& table = digits(s);
    auto const& words = s.create(table_of(
        {column<std::int64_t>("id"), column<std::string>("t"), column<std::optional<bytes>>("b")}));
    for (std::int64_t id = 0; id < 10; ++id)
        store(c, words,
              {{value(id), value(std::string(std::size_t(200 - id * 20), char('a' + id))),
                id % 2 ? value(std::optional<bytes>()) : value(std::optional<bytes>(bytes(30)))}},
              path::ad_hoc);
    auto const statement =
        prepare(c, "SELECT w.t, w.b, a.d" + joined(c, table, 4) + " CROSS JOIN " +
                       quoted(c, words.name) + " w WHERE w.id < 10");
    statement->expect(driver::read_mode::stream);
    execute(*statement, {});
    row_block block({&ops_of<std::string>, &ops_of<std::optional<bytes>>, &ops_of<std::int64_t>},
                    1);
    auto const& text = *static_cast<std::string const*>(block.row(0));
    std::int64_t rows = 0;
    std::int64_t wrong = 0;
    std::int64_t moved = 0;
    char const* before = nullptr;
    while (statement->fetch(block.plan(), 3, block.data(), block.stride(), 1) == 1) {
        ++rows;
        bool const whole = !text.empty() &&
                           std::size_t(200 - (text[0] - 'a') * 20) == text.size() &&
                           text.find_first_not_of(text[0]) == text.npos;
        bool const null = block.at(0, 1).is_null();
        if (!whole || null != ((text[0] - 'a') % 2 == 1)) ++wrong;
        if (text.data() != before) ++moved;
        before = text.data();
    }
    statement->finish();
    s.equal(100'000, rows, "rows read into one object");
    s.equal(0, wrong, "rows in which something of an earlier row was left");
    s.check(moved < 20, "the memory of the text is used again: moved " + std::to_string(moved));
}

void wide_result(subject& s) {
    auto& c = s.connection();
    constexpr unsigned width = 1600;
    std::string sql = "SELECT 0 AS c0";
    for (unsigned i = 1; i < width; ++i)
        sql += ", " + std::to_string(i) + " AS c" + std::to_string(i);
    std::vector<value_ops const*> const ops(width, &ops_of<std::int32_t>);
    auto const rows = read(c, sql, ops);
    s.demand(rows.size() == 1 && rows[0].size() == width, "one row of 1600 columns");
    for (unsigned i = 0; i < width; ++i) s.equal(value(std::int32_t(i)), rows[0][i], "a column");
}

void million_rows(subject& s) {
    s.needs(&driver::capabilities::streaming);
    auto& c = s.connection();
    auto const& table = digits(s);
    auto const statement = prepare(
        c, "SELECT a.d + 10 * b.d + 100 * c.d + 1000 * d.d + 10000 * e.d + 100000 * f.d, a.d, b.d" +
               joined(c, table, 6));
    statement->expect(driver::read_mode::stream);
    execute(*statement, {});
    constexpr std::size_t portion = 500;
    row_block block({&ops_of<std::int64_t>, &ops_of<std::int64_t>, &ops_of<std::int64_t>}, portion);
    auto const first = statement->fetch(block.plan(), 3, block.data(), block.stride(), portion);
    auto const before = resident();
    std::int64_t most = before;
    std::int64_t total = std::int64_t(first);
    std::int64_t sum = 0;
    auto const add = [&](std::size_t rows) {
        for (std::size_t i = 0; i < rows; ++i)
            sum += *static_cast<std::int64_t const*>(block.row(i));
    };
    add(first);
    while (auto const rows =
               statement->fetch(block.plan(), 3, block.data(), block.stride(), portion)) {
        total += std::int64_t(rows);
        add(rows);
        if (total % 50'000 == 0) most = std::max(most, resident());
    }
    statement->finish();
    s.equal(1'000'000, total, "rows");
    s.equal(499'999'500'000, sum, "their sum");
    s.check(most - before < (32 << 20),
            "memory grew by less than 32 MB: " + std::to_string((most - before) >> 20) + " MB");
}

void many_large_values(subject& s) {
    s.needs(&driver::capabilities::streaming);
    auto& c = s.connection();
    auto const& table = digits(s);
    auto const& large = s.create(table_of({column<std::int64_t>("id"), column<bytes>("b")}));
    value const megabyte(bytes(1 << 20, std::byte(0xa5)));
    store(c, large, {{value(1L), megabyte}}, path::prepared);
    auto const statement =
        prepare(c, "SELECT l.b" + joined(c, table, 2) + " CROSS JOIN " + quoted(c, large.name) +
                       " l CROSS JOIN " + quoted(c, table.name) + " k WHERE k.d < 4");
    statement->expect(driver::read_mode::stream);
    execute(*statement, {});
    row_block block({&ops_of<bytes>}, 1);
    std::int64_t rows = 0;
    std::int64_t wrong = 0;
    std::int64_t before = 0;
    std::int64_t most = 0;
    while (statement->fetch(block.plan(), 1, block.data(), block.stride(), 1) == 1) {
        if (!megabyte.ops().equal(megabyte.object(), block.row(0))) ++wrong;
        if (++rows == 10) before = resident();
        most = std::max(most, resident());
    }
    statement->finish();
    s.equal(400, rows, "values of 1 MB");
    s.equal(0, wrong, "values that changed");
    s.check(most - before < (32 << 20),
            "memory grew by less than 32 MB: " + std::to_string((most - before) >> 20) + " MB");
}

constexpr case_entry fetch_many_table[] = {
    {"FET-14",
     "Reading into an object that holds an earlier row overwrites all of it and uses its memory "
     "again, row after row.",
     &text_reused, nullptr, 60},
    {"FET-15", "A result of 1600 columns is read whole.", &wide_result},
    {"FET-16", "A million rows are read as a stream in less than 32 MB.", &million_rows, nullptr,
     90},
    {"BLB-05", "Hundreds of values of 1 MB are read as a stream in less than 32 MB.",
     &many_large_values, nullptr, 90},
};

}  // namespace

std::span<case_entry const> fetch_many_cases() { return fetch_many_table; }

}  // namespace relata::conformance
