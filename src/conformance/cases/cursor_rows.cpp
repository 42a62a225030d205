// SPDX-License-Identifier: BSL-1.0
//
// Cursors: rows one by one, in blocks of any size, left early, and several at once.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/sql/raw.hpp>

namespace relata::conformance {
namespace {

using number = std::int64_t;
using driver::read_mode;

schema::table const& filled(subject& s, number rows) {
    auto const& table = s.create(table_of({column<number>("id")}));
    std::vector<row_values> all;
    for (number i = 0; i < rows; ++i) all.push_back({value(i)});
    store(s.connection(), table, all, path::batch);
    return table;
}

std::string in_order(driver::connection& c, schema::table const& table) {
    return "SELECT " + quoted(c, "id") + " FROM " + quoted(c, table.name) + " ORDER BY 1";
}

// Reads blocks of `block` numbers; returns how many came and adds what is out of order to `wrong`.
std::size_t read_blocks(driver::statement& from, std::size_t block, number& wrong) {
    field const plan = make_field(type_of<number>, 0, 0);
    std::vector<number> room(block);
    number next = 0;
    for (;;) {
        auto const got = from.fetch(&plan, 1, room.data(), sizeof(number), block);
        for (std::size_t i = 0; i < got; ++i) wrong += room[i] != next++;
        if (got < block) return std::size_t(next);
    }
}

void blocks_of_any_size(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 1000);
    auto const query = prepare(c, in_order(c, table));
    for (auto const mode : {read_mode::all, read_mode::stream})
        for (std::size_t const block : {1U, 2U, 63U, 64U, 65U, 999U, 1000U, 1001U, 5000U}) {
            query->expect(mode);
            execute(*query, {});
            number wrong = 0;
            s.equal(1000, read_blocks(*query, block, wrong),
                    "rows in blocks of " + std::to_string(block));
            s.equal(0, wrong, "rows out of order in blocks of " + std::to_string(block));
            s.check(!query->ready(), "no row waits behind the last");
            query->finish();
        }
}

void after_the_end(subject& s) {
    auto& c = s.connection();
    auto const query = prepare(c, "SELECT 1");
    field const plan = make_field(type_of<number>, 0, 0);
    number room[4] = {};
    for (auto const mode : {read_mode::all, read_mode::stream}) {
        query->expect(mode);
        execute(*query, {});
        s.equal(0, query->fetch(&plan, 1, room, sizeof(number), 0), "rows of a fetch of none");
        s.equal(1, query->fetch(&plan, 1, room, sizeof(number), 4), "rows of a fetch of four");
        s.equal(0, query->fetch(&plan, 1, room, sizeof(number), 4), "rows behind the end");
        s.equal(0, query->fetch(&plan, 1, room, sizeof(number), 4), "rows behind the end again");
        query->finish();
    }
}

void left_early(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 20'000);
    auto const db = s.open("pool_size=1");
    auto const query = sql_query<number>(unsafe_sql(in_order(c, table)));
    for (int round = 0; round < 3; ++round) {
        number seen = 0;
        for (auto const& row : db.stream(query)) {
            s.demand(row.m0 == seen, "rows come in order");
            if (++seen == 10) break;
        }
        s.equal(20'000, db.all(query).size(), "rows of the next query of the same connection");
    }
}

void abandoned_by_an_exception(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 5'000);
    auto const db = s.open("pool_size=1");
    auto const query = sql_query<number>(unsafe_sql(in_order(c, table)));
    struct enough {};
    for (int round = 0; round < 5; ++round) {
        try {
            number seen = 0;
            for (auto const& row : db.stream(query)) {
                seen += row.m0 >= 0;
                if (seen == 7) throw enough();
            }
        } catch (enough const&) {}
        s.equal(5'000, db.all(query).size(), "rows after a stream that an exception left");
    }
}

void many_rows(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 1000);
    auto const name = quoted(c, table.name), id = quoted(c, "id");
    auto const query =
        prepare(c, "SELECT 1000 * a." + id + " + b." + id + " FROM " + name + " a CROSS JOIN " +
                       name + " b WHERE a." + id + " < 200 ORDER BY 1");
    query->expect(read_mode::stream);
    execute(*query, {});
    number wrong = 0;
    s.equal(200'000, read_blocks(*query, 64, wrong), "rows of a long stream");
    s.equal(0, wrong, "rows out of order");
}

void several_at_once(subject& s) {
    s.needs(&driver::capabilities::concurrent_streams);
    auto& c = s.connection();
    auto const& table = filled(s, 300);
    std::vector<std::unique_ptr<driver::statement>> open;
    for (int i = 0; i < 10; ++i) {
        open.push_back(prepare(c, in_order(c, table)));
        open.back()->expect(read_mode::stream);
        execute(*open.back(), {});
    }
    field const plan = make_field(type_of<number>, 0, 0);
    number wrong = 0;
    for (number i = 0; i < 300; ++i)
        for (auto& each : open) {
            number got = -1;
            each->fetch(&plan, 1, &got, sizeof got, 1);
            wrong += got != i;
        }
    s.equal(0, wrong, "wrong rows of ten streams that are read in turn");
}

void error_in_the_middle(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 2'000);
    auto const id = "a." + quoted(c, "id");
    // NULL in row 1,500, which a plain number has no place for
    auto const query = prepare(c, "SELECT CASE WHEN " + id + " = 1500 THEN NULL ELSE " + id +
                                      " END FROM " + quoted(c, table.name) + " a ORDER BY " + id);
    query->expect(read_mode::stream);
    execute(*query, {});
    field const plan = make_field(type_of<number>, 0, 0);
    number read = 0, got = 0;
    auto const e = s.throws(
        error_kind::null_value,
        [&] {
            while (query->fetch(&plan, 1, &got, sizeof got, 1) == 1) ++read;
        },
        "a row that cannot be read");
    s.equal(1500, read, "rows before the one that cannot be read");
    s.check(e.connection_usable, "the connection stays usable");
    query->finish();
    s.equal(2'000, count(c, table), "rows that the next statement counts");
}

void across_a_commit(subject& s) {
    auto& c = s.connection();
    auto const& table = filled(s, 100);
    c.begin(isolation::read_committed, false);
    auto const query = prepare(c, in_order(c, table));
    execute(*query, {});
    s.equal(100, read_rest(*query, {&ops_of<number>}).size(), "rows inside the transaction");
    c.commit();
    execute(*query, {});
    s.equal(100, read_rest(*query, {&ops_of<number>}).size(),
            "rows of the same statement after the commit");
}

void large_row_between_small(subject& s) {
    auto& c = s.connection();
    std::size_t const most = s.can().max_text;
    std::size_t const size = most != 0 ? most : std::size_t(4) << 20U;
    if (s.can().max_packet != 0) s.needs(s.can().max_packet > 2 * size, "max_packet");
    auto const& table = s.create(table_of({column<number>("id"), column<std::string>("v")}));
    store(c, table,
          {{value(1L), value(std::string("a"))},
           {value(2L), value(std::string(size, 'b'))},
           {value(3L), value(std::string("c"))}},
          path::prepared);
    auto const query = prepare(c, "SELECT " + quoted(c, "v") + " FROM " + quoted(c, table.name) +
                                      " ORDER BY " + quoted(c, "id"));
    for (auto const mode : {read_mode::all, read_mode::stream}) {
        query->expect(mode);
        execute(*query, {});
        auto const rows = read_rest(*query, {&ops_of<std::string>});
        s.equal(3, rows.size(), "rows");
        s.check(rows.at(0)[0].as<std::string>() == "a" &&
                    rows.at(1)[0].as<std::string>() == std::string(size, 'b') &&
                    rows.at(2)[0].as<std::string>() == "c",
                "a large row between two small ones changes neither");
    }
}

constexpr case_entry cursor_rows_table[] = {
    {"CUR-01", "A stream that is left early leaves its connection ready for the next query.",
     &left_early, nullptr, 60},
    {"CUR-02", "Ten streams of one connection can be read in turn where that is declared.",
     &several_at_once},
    {"CUR-03", "A stream gives 200,000 rows, each in its place.", &many_rows, nullptr, 60},
    {"CUR-04", "A statement of a transaction can be executed again after the commit.",
     &across_a_commit},
    {"CUR-05",
     "A row in the middle of a stream that cannot be read is an error after the rows before it, "
     "and the connection stays usable.",
     &error_in_the_middle},
    {"CUR-07",
     "Blocks of any size give the same rows in the same order, and nothing comes behind the end.",
     [](subject& s) {
         blocks_of_any_size(s);
         after_the_end(s);
     },
     nullptr, 60},
    {"CUR-09", "A stream that an exception leaves is closed, and the next query is right.",
     &abandoned_by_an_exception},
    {"CUR-10", "A row of four million bytes between small ones changes neither.",
     &large_row_between_small, nullptr, 60},
};

}  // namespace

std::span<case_entry const> cursor_rows_cases() { return cursor_rows_table; }

}  // namespace relata::conformance
