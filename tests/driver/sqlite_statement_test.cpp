// SPDX-License-Identifier: BSL-1.0
//
// Statements of the SQLite driver: reuse, streams, counts, bulk, cancel and time limits.

#include "sqlite_support.hpp"

#include <atomic>
#include <chrono>
#include <thread>

namespace {

using namespace driver_tests;
using strings = std::vector<std::string>;

constexpr char const* numbers_to_million = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + "
                                           "1 FROM n WHERE i < 1000000) SELECT i FROM n";
constexpr char const* endless =
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";

struct person {
    std::int64_t id = 0;
    std::string name;
    std::optional<double> height;
};

field const person_plan[] = {
    make_field(type_of<std::int64_t>, 0, offsetof(person, id)),
    make_field(type_of<std::string>, 1, offsetof(person, name)),
    make_field(type_of<std::optional<double>>, 2, offsetof(person, height)),
};

void make_people(driver::connection& c) {
    c.script("CREATE TABLE people (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, "
             "height REAL) STRICT");
}

std::unique_ptr<driver::statement> prepare(driver::connection& c, std::string_view sql) {
    return c.prepare(sql, nullptr, 0);
}

std::vector<person> read_people(driver::connection& c, std::size_t batch) {
    auto const all = execute(c, "SELECT id, name, height FROM people ORDER BY id");
    std::vector<person> out;
    while (all->ready()) {
        std::size_t const before = out.size();
        out.resize(before + batch);
        out.resize(before + all->fetch(person_plan, 3, &out[before], sizeof(person), batch));
    }
    return out;
}

struct people_source {
    std::int64_t count;
    std::int64_t at = 0;
    person buffers[2] = {};

    static void const* next(void* raw) {
        auto& self = *static_cast<people_source*>(raw);
        if (self.at == self.count) return nullptr;
        person& p = self.buffers[self.at % 2];
        p = {++self.at, std::to_string(self.at) + " person", std::nullopt};
        return &p;
    }
};

driver::bulk_target people_target() {
    return {"\"people\"",
            {"\"id\"", "\"name\"", "\"height\""},
            "INSERT INTO people (id, name, height) VALUES (?1, ?2, ?3)",
            {&type_of<std::int64_t>, &type_of<std::string>, &type_of<std::optional<double>>}};
}

template <class Action> double seconds(Action action) {
    auto const start = std::chrono::steady_clock::now();
    action();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace

TEST_CASE("sqlite statement: counts of affected rows") {
    auto const c = connect_sqlite();
    make_people(*c);
    auto affected = [&](char const* sql) { return execute(*c, sql)->affected(); };
    CHECK(affected("INSERT INTO people (name) VALUES ('a'), ('b'), ('c')") == 3);
    CHECK(affected("UPDATE people SET name = name") == 3);
    CHECK(affected("SELECT 1") == 0);
    CHECK(affected("UPDATE people SET name = 'x' WHERE id = 77") == 0);
    CHECK(affected("CREATE TABLE other (a INTEGER) STRICT") == 0);
    CHECK(affected(
              "WITH d AS (SELECT 1 AS id) DELETE FROM people WHERE id IN (SELECT id FROM d)") == 1);
    CHECK(affected("/* all */ DELETE FROM people") == 2);
}

TEST_CASE("sqlite statement: the generated key is known after an insert") {
    auto const c = connect_sqlite();
    make_people(*c);
    CHECK(c->can().key == driver::generated_key::last_id);
    auto const insert = execute(*c, "INSERT INTO people (name) VALUES ('a')");
    CHECK(insert->last_id() == 1);
    insert->execute(nullptr, 0);
    CHECK(insert->last_id() == 2);
}

TEST_CASE("sqlite statement: a statement runs ten thousand times with other values") {
    auto const c = connect_sqlite();
    make_people(*c);
    type_info const* const types[] = {&type_of<std::int64_t>, &type_of<std::string>};
    auto const insert = c->prepare("INSERT INTO people (id, name) VALUES (?1, ?2)", types, 2);
    c->begin(driver::isolation::serializable, false);
    for (std::int64_t i = 1; i <= 10000; ++i) {
        std::string const name = std::to_string(i) + "n";
        param const values[] = {make_param(i), make_param(name)};
        insert->execute(values, 2);
    }
    c->commit();
    CHECK(column<std::int64_t>(*c, "SELECT count(DISTINCT name) FROM people")[0] == 10000);
}

TEST_CASE("sqlite statement: reuse after an error, a part of the rows, or none") {
    auto const c = connect_sqlite();
    make_people(*c);
    type_info const* const types[] = {&type_of<std::int64_t>};
    auto const insert = c->prepare("INSERT INTO people (id, name) VALUES (?1, 'x')", types, 1);
    std::int64_t const seven = 7, eight = 8;
    param p = make_param(seven);
    insert->execute(&p, 1);
    CHECK(thrown([&] { insert->execute(&p, 1); }).kind == error_kind::unique_violation);
    insert->finish();
    p = make_param(eight);
    insert->execute(&p, 1);
    CHECK(insert->affected() == 1);

    auto const select = execute(*c, "SELECT id FROM people ORDER BY id");
    one<std::int64_t> row;
    CHECK(select->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    select->execute(nullptr, 0);  // discards the open result
    CHECK(select->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    CHECK(row.value == 7);
    select->finish();
    select->finish();
    CHECK_FALSE(select->ready());
}

TEST_CASE("sqlite statement: batches of any size give the same rows") {
    auto const c = connect_sqlite();
    make_people(*c);
    people_source source{130};
    CHECK(c->bulk_insert(people_target(), person_plan, 3, {&people_source::next, &source}) == 130);
    for (std::size_t const batch : {1u, 2u, 63u, 64u, 65u, 130u, 1000u}) {
        auto const people = read_people(*c, batch);
        REQUIRE(people.size() == 130);
        CHECK(people[129].id == 130);
        CHECK(people[129].name == "130 person");
        CHECK_FALSE(people[129].height);
    }
}

TEST_CASE("sqlite statement: several streams and a write on one connection") {
    auto const c = connect_sqlite();
    make_people(*c);
    CHECK(c->can().concurrent_streams);
    execute(*c, "INSERT INTO people (name) VALUES ('a'), ('b'), ('c')");
    auto const first = execute(*c, "SELECT name FROM people ORDER BY id");
    auto const second = execute(*c, "SELECT name FROM people ORDER BY id DESC");
    strings seen;
    while (first->ready() && second->ready()) {
        for (auto const& from : {first.get(), second.get()}) {
            one<std::string> row;
            REQUIRE(from->fetch(plan_of_one<std::string>(), 1, &row, sizeof row, 1) == 1);
            seen.push_back(row.value);
        }
        execute(*c, "UPDATE people SET height = 1.8");
    }
    CHECK(seen == strings{"a", "c", "b", "b", "c", "a"});
}

TEST_CASE("sqlite statement: a change that returns rows is done before its rows are read") {
    auto const c = connect_sqlite();
    make_people(*c);
    c->begin(driver::isolation::serializable, false);
    auto const insert = execute(*c, "INSERT INTO people (name) VALUES ('a'), ('b') RETURNING id");
    CHECK(insert->affected() == 2);
    c->commit();  // with the result still open
    one<std::int64_t> row;
    REQUIRE(insert->ready());
    CHECK(insert->fetch(plan_of_one<std::int64_t>(), 1, &row, sizeof row, 1) == 1);
    insert->finish();
    CHECK(column<std::int64_t>(*c, "SELECT count(*) FROM people")[0] == 2);
}

TEST_CASE("sqlite statement: names of result columns") {
    auto const c = connect_sqlite();
    auto const select = execute(*c, "SELECT 1 AS a, 2 AS a, 3 AS \"odd \"\"name\"");
    REQUIRE(select->columns() == 3);
    CHECK(select->column_name(0) == "a");
    CHECK(select->column_name(2) == "odd \"name");
    CHECK(execute(*c, "CREATE TABLE t (a INTEGER) STRICT")->columns() == 0);
}

TEST_CASE("sqlite statement: exactly one statement, exactly its values") {
    auto const c = connect_sqlite();
    for (char const* sql : {"", "  ", "-- nothing", "SELECT 1; SELECT 2", "SELECT", "SELECT 'open"})
        CHECK(thrown([&] { prepare(*c, sql); }).kind == error_kind::syntax);
    CHECK(thrown([&] { prepare(*c, std::string_view("SELECT 1\0 + 1", 13)); }).kind ==
          error_kind::syntax);
    CHECK_NOTHROW(prepare(*c, "SELECT 1 ; -- one\n ;"));
    CHECK(thrown([&] { prepare(*c, "SELECT ?1"); }).kind == error_kind::invalid_argument);
    type_info const* const types[] = {&type_of<std::int64_t>};
    auto const select = c->prepare("SELECT ?1", types, 1);
    CHECK(thrown([&] { select->execute(nullptr, 0); }).kind == error_kind::invalid_argument);
    // what looks like a placeholder inside a literal, an identifier or a comment is none
    CHECK(column<std::string>(*c, "SELECT '?1 :a $b' AS \"?2\" -- ?3")[0] == "?1 :a $b");
}

TEST_CASE("sqlite statement: a cached statement survives changes of the schema") {
    auto const c = connect_sqlite();
    make_people(*c);
    execute(*c, "INSERT INTO people (name) VALUES ('a')");
    auto const select = execute(*c, "SELECT name FROM people");
    select->finish();
    c->script("ALTER TABLE people ADD COLUMN mood TEXT");
    select->execute(nullptr, 0);
    CHECK(select->ready());
    select->finish();
    c->script("DROP TABLE people");
    CHECK(thrown([&] { select->execute(nullptr, 0); }).kind == error_kind::table_not_found);
}

TEST_CASE("sqlite statement: a stream is cheap to leave") {
    auto const c = connect_sqlite();
    auto const select = execute(*c, numbers_to_million);
    std::vector<one<std::int64_t>> rows(10);
    CHECK(select->fetch(plan_of_one<std::int64_t>(), 1, rows.data(), sizeof rows[0], 10) == 10);
    CHECK(seconds([&] { select->finish(); }) < 0.05);
    CHECK(column<std::int64_t>(*c, "SELECT 1")[0] == 1);
}

TEST_CASE("sqlite statement: bulk insert names the row that fails") {
    auto const c = connect_sqlite();
    make_people(*c);
    execute(*c, "INSERT INTO people (id, name) VALUES (5, 'taken')");
    people_source source{10};
    c->begin(driver::isolation::serializable, false);
    auto const e = thrown(
        [&] { c->bulk_insert(people_target(), person_plan, 3, {&people_source::next, &source}); });
    CHECK(e.kind == error_kind::unique_violation);
    CHECK(e.row == 4);
    CHECK(e.constraint == "people_pkey");
    CHECK(e.transaction == transaction_state::open);
    c->rollback();
    people_source none{0};
    CHECK(c->bulk_insert(people_target(), person_plan, 3, {&people_source::next, &none}) == 0);
}

TEST_CASE("sqlite statement: another thread can cancel", "[threads]") {
    auto const c = connect_sqlite();
    c->cancel();  // nothing runs: no effect
    CHECK(column<std::int64_t>(*c, "SELECT 1")[0] == 1);
    std::thread canceller([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        c->cancel();
    });
    error_info e;
    CHECK(seconds([&] { e = thrown([&] { execute(*c, endless); }); }) < 1.0);
    canceller.join();
    CHECK(e.kind == error_kind::cancelled);
    CHECK(e.transaction == transaction_state::none);
    CHECK(e.connection_usable);
    CHECK(column<std::int64_t>(*c, "SELECT 1")[0] == 1);
}

TEST_CASE("sqlite statement: cancels that come too late stop nothing", "[threads]") {
    auto const c = connect_sqlite();
    std::atomic<bool> stop{false};
    std::thread canceller([&] {
        while (!stop) c->cancel();
    });
    int cancelled = 0;
    for (int i = 0; i < 1000; ++i) {
        try {
            auto const rows = column<std::int64_t>(*c, "SELECT 1");
            CHECK(rows[0] == 1);
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::cancelled);
            ++cancelled;
        }
    }
    stop = true;
    canceller.join();
    INFO(cancelled << " of 1000 were cancelled while they ran");
    CHECK(column<std::int64_t>(*c, "SELECT 1")[0] == 1);
}

TEST_CASE("sqlite statement: statement_timeout ends a long statement") {
    auto const c = connect_sqlite(":memory:", {{"statement_timeout", "100"}});
    error_info e;
    double const took = seconds([&] { e = thrown([&] { execute(*c, endless); }); });
    CHECK(e.kind == error_kind::timeout);
    CHECK(took > 0.09);
    CHECK(took < 0.6);
    CHECK(column<std::int64_t>(*c, "SELECT 1")[0] == 1);
}
