// SPDX-License-Identifier: BSL-1.0
//
// What the engine makes of a driver: things that have ended, and statements inside a stream.

#include "conformance/case.hpp"
#include "conformance/storage.hpp"
#include "conformance/subject.hpp"

#include <relata/sql/raw.hpp>

#include <fmt/format.h>

namespace relata::conformance {
namespace {

template <class... R> auto sql_of(std::string const& text) {
    return sql_query<R...>(unsafe_sql(text));
}

schema::table const& counted_rows(subject& s, std::int64_t rows) {
    auto const& table = s.create(table_of({column<std::int64_t>("id")}));
    std::vector<row_values> all;
    for (std::int64_t i = 0; i < rows; ++i) all.push_back({value(i)});
    store(s.connection(), table, all, path::batch);
    return table;
}

void statements_that_have_ended(subject& s) {
    auto& c = s.connection();
    auto const& table = counted_rows(s, 3);
    auto const query = prepare(
        c, fmt::format("SELECT {} FROM {} ORDER BY 1", quoted(c, "id"), quoted(c, table.name)));
    query->finish();
    for (int round = 0; round < 3; ++round) {
        execute(*query, {});
        row_block room({&ops_of<std::int64_t>}, 4);
        s.equal(3U, query->fetch(room.plan(), 1, room.row(0), room.stride(), 4), "rows of a query");
        s.check(!query->ready(), "no row waits behind the last");
        s.equal(0U, query->fetch(room.plan(), 1, room.row(0), room.stride(), 4),
                "rows behind the last");
        query->finish();
        query->finish();
        s.check(!query->ready(), "no row waits after the end");
        s.equal(0U, query->fetch(room.plan(), 1, room.row(0), room.stride(), 4),
                "rows after the end");
    }
    c.rollback();
    c.rollback();
    s.equal(transaction_state::none, c.transaction(), "the state after a rollback of nothing");
    s.equal(3, count(c, table), "rows that are still there");
}

void transactions_that_have_ended(subject& s) {
    auto const& table = counted_rows(s, 3);
    auto const db = s.open("pool_size=1");
    auto const insert =
        fmt::format("INSERT INTO {} VALUES (?)", quoted(s.connection(), table.name));
    for (bool const keep : {true, false}) {
        auto t = db.begin();
        t.execute(sql_command(unsafe_sql(insert), keep ? 10 : 11));
        if (keep) t.commit();
        else t.rollback();
        s.throws(error_kind::invalid_argument, [&] { t.commit(); }, "a commit after the end");
        s.throws(error_kind::invalid_argument, [&] { t.rollback(); }, "a rollback after the end");
        s.throws(
            error_kind::invalid_argument, [&] { t.savepoint([] {}); }, "a savepoint after the end");
    }
    s.equal(4, count(s.connection(), table), "rows: what was committed, and nothing else");
}

void inside_a_stream(subject& s) {
    auto const& table = counted_rows(s, 300);
    auto const name = quoted(s.connection(), table.name);
    auto const all =
        fmt::format("SELECT {} FROM {} ORDER BY 1", quoted(s.connection(), "id"), name);
    auto const one = fmt::format("SELECT count(*) FROM {}", name);
    auto const db = s.open("pool_size=2");
    std::int64_t rows = 0, right = 0;
    for (auto const& row : db.stream(sql_of<std::int64_t>(all))) {
        right += row.m0 == rows++;
        if (rows % 50 == 0) right += db.one(sql_of<std::int64_t>(one)).m0 == 300;
    }
    s.equal(300 + 6, right, "right answers of a database, of a stream and of queries inside it");
    // a transaction has one connection only
    auto t = db.begin();
    rows = right = 0;
    bool const beside = s.can().concurrent_streams || !s.can().streaming;
    for (auto const& row : t.stream(sql_of<std::int64_t>(all))) {
        right += row.m0 == rows++;
        if (rows % 50 == 0 && beside) right += t.one(sql_of<std::int64_t>(one)).m0 == 300;
    }
    s.equal(beside ? 306 : 300, right, "right answers of a transaction");
    s.equal(300, t.one(sql_of<std::int64_t>(one)).m0, "an answer after the stream");
    t.commit();
}

constexpr case_entry engine_handles_table[] = {
    {"CON-15",
     "Ending twice does nothing more, and what has ended gives no rows and takes no commit: "
     "results, statements and transactions.",
     [](subject& s) {
         statements_that_have_ended(s);
         transactions_that_have_ended(s);
     }},
    {"EXE-15",
     "Queries run for each row of a stream, on a database and, where several results may be open, "
     "in a transaction; the stream goes on.",
     &inside_a_stream},
};

}  // namespace

std::span<case_entry const> engine_handles_cases() { return engine_handles_table; }

}  // namespace relata::conformance
