// SPDX-License-Identifier: BSL-1.0
// Statements of the PostgreSQL driver: execution, streams, re-use, and bulk inserts.
#if __has_include(<relata/postgresql.hpp>)
#include "postgresql_server.hpp"

#include <atomic>
#include <new>

using namespace relata;
using namespace postgresql_test;

namespace {

std::atomic<std::size_t> allocations{0};

constexpr char const* hundred_thousand = "SELECT x::bigint FROM generate_series(1, 100000) x";

// Hands out the elements of a container.
template <class Rows>
driver::row_source source_of(Rows const& rows, std::pair<Rows const*, std::size_t>& state) {
    state = {&rows, 0};
    return {[](void* at) -> void const* {
                auto& s = *static_cast<std::pair<Rows const*, std::size_t>*>(at);
                return s.second < s.first->size() ? &(*s.first)[s.second++] : nullptr;
            },
            &state};
}

template <class... Ts> driver::bulk_target items() {
    driver::bulk_target target;
    target.table = "items";
    target.columns = {"id", "name", "price"};
    target.insert = "INSERT INTO items (id, name, price) VALUES ($1, $2, $3)";
    target.types = {&type_of<Ts>...};
    return target;
}

using item = std::tuple<std::int64_t, std::string, std::optional<std::int32_t>>;

std::int64_t insert_items(driver::connection& c, std::vector<item> const& rows) {
    std::pair<std::vector<item> const*, std::size_t> state;
    auto const plan = plan_of(item{});
    return c.bulk_insert(items<std::int64_t, std::string, std::optional<std::int32_t>>(),
                         plan.data(), 3, source_of(rows, state));
}

void make_items(driver::connection& c) {
    c.script("CREATE TEMP TABLE items (id bigint PRIMARY KEY, name varchar(10000000) NOT NULL, "
             "price smallint CHECK (price >= 0))");
}

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
    ++allocations;
    if (void* p = std::malloc(size)) return p;
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size, std::nothrow_t const&) noexcept {
    ++allocations;
    return std::malloc(size);
}
[[gnu::noinline]] void operator delete(void* p) noexcept { std::free(p); }
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept { std::free(p); }

TEST_CASE("postgresql statement: a result is read in batches of any size") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<std::int32_t>(*c, "SELECT x FROM generate_series(1, $1) x ORDER BY x");
    field const plan = make_field(type_of<std::int32_t>, 0, 0);
    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        s->expect(mode);
        execute(*s, 10);
        std::int32_t batch[8][2] = {};
        CHECK(s->ready());
        CHECK(s->fetch(&plan, 1, batch, sizeof batch[0], 4) == 4);
        CHECK(batch[3][0] == 4);
        CHECK(batch[3][1] == 0);
        CHECK(s->fetch(&plan, 1, batch, sizeof batch[0], 6) == 6);
        CHECK_FALSE(s->ready());
        CHECK(s->fetch(&plan, 1, batch, sizeof batch[0], 8) == 0);
        s->finish();
        CHECK_FALSE(s->ready());
        execute(*s, 0);
        CHECK_FALSE(s->ready());
        s->finish();
    }
}

TEST_CASE("postgresql statement: columns are known before and after an execution") {
    NEED_SERVER();
    for (char const* mode : {"named", "unnamed"}) {
        auto const c = connect({{"statements", mode}});
        auto const s = prepare<>(*c, "SELECT 1 AS one, 'x' AS \"Two\"");
        CHECK(s->columns() == 2);
        CHECK(s->column_name(1) == "Two");
        CHECK(error_of([&] { s->column_name(2); }).kind == error_kind::invalid_argument);
        CHECK(prepare<>(*c, "CREATE TEMP TABLE t (x int)")->columns() == 0);
    }
}

TEST_CASE("postgresql statement: it tells how many rows it touched") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (x int)");
    CHECK(run(*c, "INSERT INTO t SELECT generate_series(1, 5)") == 5);
    CHECK(run(*c, "UPDATE t SET x = x WHERE x <= 3") == 3);
    CHECK(run(*c, "DELETE FROM t WHERE x = 9") == 0);
    auto const s = prepare<>(*c, "DELETE FROM t RETURNING x");
    s->expect(driver::read_mode::stream);
    execute(*s);
    CHECK(rows<std::int32_t>(*s).size() == 5);
    CHECK(s->affected() == 5);
    CHECK(error_of([&] { s->last_id(); }).kind == error_kind::not_supported);
}

TEST_CASE("postgresql statement: executing again discards what was not read") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<std::int32_t>(*c, "SELECT x FROM generate_series($1, $1 + 4) x");
    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        s->expect(mode);
        execute(*s, 1);
        REQUIRE(s->ready());
        execute(*s, 101);
        CHECK(rows<std::int32_t>(*s) == std::deque<std::int32_t>{101, 102, 103, 104, 105});
    }
}

TEST_CASE("postgresql statement: whole results of several statements can be open at once") {
    NEED_SERVER();
    auto const c = connect();
    auto const a = prepare<>(*c, hundred_thousand);
    auto const b = prepare<>(*c, "SELECT 7");
    execute(*a);
    execute(*b);
    CHECK(rows<std::int32_t>(*b) == std::deque<std::int32_t>{7});
    CHECK(rows<std::int64_t>(*a).size() == 100000);
}

TEST_CASE("postgresql statement: while a stream is open nothing else runs, and nothing breaks") {
    NEED_SERVER();
    auto const c = connect();
    auto const other = prepare<>(*c, "SELECT 7");
    auto const s = prepare<>(*c, hundred_thousand);
    s->expect(driver::read_mode::stream);
    c->begin(driver::isolation::read_committed, false);
    execute(*s);
    REQUIRE(s->ready());
    CHECK(c->transaction() == transaction_state::open);
    auto refused = [&](auto call) {
        auto const info = error_of(call);
        CHECK(info.outcome == outcome::not_sent);
        return info.kind == error_kind::invalid_argument;
    };
    CHECK(refused([&] { execute(*other); }));
    CHECK(refused([&] { prepare<>(*c, "SELECT 1"); }));
    CHECK(refused([&] { c->script("SELECT 1"); }));
    CHECK(refused([&] { c->commit(); }));
    CHECK(refused([&] { c->reset(); }));
    CHECK(refused([&] { c->savepoint("a"); }));
    CHECK(refused([&] { insert_items(*c, {}); }));
    CHECK(c->alive(true));
    CHECK(rows<std::int64_t>(*s).size() == 100000);
    execute(*other);
    CHECK(rows<std::int32_t>(*other).size() == 1);
    c->commit();
}

TEST_CASE("postgresql statement: a stream that ends early leaves the transaction as it was") {
    NEED_SERVER();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, false);
    {
        auto const s = prepare<>(*c, hundred_thousand);
        s->expect(driver::read_mode::stream);
        execute(*s);
        REQUIRE(s->ready());
        s->finish();
        CHECK(c->transaction() == transaction_state::open);
        execute(*s);
        REQUIRE(s->ready());
    }
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
    c->commit();
}

TEST_CASE("postgresql statement: an error in the middle of a stream is told and survived") {
    NEED_SERVER();
    auto const c = connect();
    auto const s =
        prepare<std::int32_t>(*c, "SELECT $1 / (500 - x) FROM generate_series(1, 1000) x");
    s->expect(driver::read_mode::stream);
    execute(*s, 1);
    std::size_t read = 0;
    field const plan = make_field(type_of<std::int32_t>, 0, 0);
    auto const info = error_of([&] {
        for (std::int32_t value;;) read += s->fetch(&plan, 1, &value, 4, 1);
    });
    CHECK(info.kind == error_kind::division_by_zero);
    CHECK(info.sqlstate == "22012");
    CHECK(read == 499);
    s->finish();
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
    execute(*s, 0);
    CHECK(s->ready());
}

TEST_CASE("postgresql statement: a row that cannot be decoded leaves the statement usable") {
    NEED_SERVER();
    auto const c = connect();
    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        auto const s = prepare<>(*c, "SELECT NULLIF(x, 2) FROM generate_series(1, 3) x");
        s->expect(mode);
        execute(*s);
        CHECK(error_of([&] { rows<std::int32_t>(*s); }).kind == error_kind::null_value);
        s->finish();
        execute(*s);
        CHECK(rows<std::optional<std::int32_t>>(*s).size() == 3);
    }
}

TEST_CASE(
    "postgresql statement: a wrong number of values or columns is refused before it is sent") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<std::int32_t>(*c, "SELECT $1");
    CHECK(error_of([&] { execute(*s); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { execute(*s, 1, 2); }).kind == error_kind::invalid_argument);
    execute(*s, 1);
    field const plan = make_field(type_of<std::int32_t>, 1, 0);
    std::int32_t value = 0;
    CHECK(error_of([&] { s->fetch(&plan, 1, &value, 4, 1); }).kind == error_kind::invalid_argument);
    std::vector<type_info const*> const types(65536, &type_of<std::int32_t>);
    CHECK(error_of([&] { c->prepare("SELECT 1", types.data(), 65536); }).kind ==
          error_kind::limit_exceeded);
    CHECK(error_of([&] { c->prepare(std::string_view("SELECT 1\0", 9), nullptr, 0); }).kind ==
          error_kind::text_invalid);
}

TEST_CASE("postgresql statement: 65535 values fit") {
    NEED_SERVER();
    auto const c = connect();
    std::string sql = "SELECT $1";
    for (int i = 2; i <= 65535; ++i) sql += ",$" + std::to_string(i);
    std::vector<type_info const*> const types(65535, &type_of<std::int32_t>);
    std::vector<param> values;
    for (std::int32_t i = 0; i < 65535; ++i) values.push_back(param_of(i));
    // a row has at most 1664 columns, so the values go into a list
    auto const s =
        c->prepare("SELECT count(*) FROM (SELECT unnest(ARRAY[" + sql.substr(7) + "])) x",
                   types.data(), 65535);
    s->execute(values.data(), 65535);
    CHECK(rows<std::int64_t>(*s) == std::deque<std::int64_t>{65535});
}

TEST_CASE("postgresql statement: a warm execution allocates nothing") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<std::int64_t, std::string>(*c, "SELECT $1, $2");
    std::tuple<std::int64_t, std::string> in{7, std::string(100, 'x')},
        out{0, std::string(200, 'y')};
    auto const plan = plan_of(in);
    auto const work = [&] {
        s->execute_from(plan.data(), 2, &in);
        s->fetch(plan.data(), 2, &out, 0, 1);
        s->finish();
    };
    work();
    auto const before = allocations.load();
    for (int i = 0; i < 10; ++i) work();
    CHECK(allocations.load() == before);
    CHECK(out == in);
}

TEST_CASE("postgresql statement: it is prepared anew when its tables change") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (x int); INSERT INTO t VALUES (1)");
    auto const s = prepare<>(*c, "SELECT * FROM t");
    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        s->expect(mode);
        execute(*s);
        CHECK(rows<std::int32_t>(*s).size() == 1);
        c->script("ALTER TABLE t ALTER x TYPE bigint");
        execute(*s);
        CHECK(rows<std::int64_t>(*s).size() == 1);
        c->script("DEALLOCATE ALL");
        execute(*s);
        CHECK(rows<std::int64_t>(*s).size() == 1);
        c->script("ALTER TABLE t ALTER x TYPE int");
    }
    execute(*s);
    s->finish();
    c->begin(driver::isolation::read_committed, false);
    c->script("ALTER TABLE t ADD y int");
    auto const info = error_of([&] { execute(*s); });
    CHECK(info.kind == error_kind::serialization_failure);
    CHECK(info.retry == retry_advice::transaction);
    CHECK(info.transaction == transaction_state::failed);
    c->rollback();
    c->script("ALTER TABLE t ADD y int");
    execute(*s);
    CHECK(s->columns() == 2);
    s->finish();
}

TEST_CASE("postgresql statement: what is destroyed goes away on the server too") {
    NEED_SERVER();
    auto const c = connect();
    for (int i = 0; i < 30; ++i) prepare<>(*c, "SELECT " + std::to_string(i));
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM pg_prepared_statements") <= 9);
    c->reset();
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM pg_prepared_statements") == 1);
}

TEST_CASE("postgresql statement: without names nothing stays on the server") {
    NEED_SERVER();
    auto const c = connect({{"statements", "unnamed"}});
    auto const s = prepare<std::int32_t>(*c, "SELECT $1");
    for (auto mode : {driver::read_mode::all, driver::read_mode::stream}) {
        s->expect(mode);
        execute(*s, 5);
        CHECK(rows<std::int32_t>(*s) == std::deque<std::int32_t>{5});
    }
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM pg_prepared_statements") == 0);
}

TEST_CASE("postgresql bulk: rows arrive as they were, however long") {
    NEED_SERVER();
    auto const c = connect();
    make_items(*c);
    std::vector<item> rows_in;
    for (std::int64_t i = 0; i < 20000; ++i)
        rows_in.emplace_back(i, "item " + std::to_string(i),
                             i % 3 ? std::optional<std::int32_t>(i % 1000) : std::nullopt);
    rows_in.emplace_back(20000, std::string(70000, 'x'), 32767);
    rows_in.emplace_back(20001, "", 0);
    rows_in.emplace_back(20002, std::string(65536 - 3, 'y'), std::nullopt);
    CHECK(insert_items(*c, rows_in) == 20003);
    auto const s = prepare<>(*c, "SELECT * FROM items ORDER BY id");
    execute(*s);
    std::vector<item> back(rows_in.size());
    auto const plan = plan_of(item{});
    CHECK(s->fetch(plan.data(), 3, back.data(), sizeof(item), back.size()) == back.size());
    CHECK(back == rows_in);
    CHECK(insert_items(*c, {}) == 0);
}

TEST_CASE("postgresql bulk: an error of the server names the row and spares the connection") {
    NEED_SERVER();
    auto const c = connect();
    make_items(*c);
    std::vector<item> const twice = {{1, "a", 1}, {2, "b", 1}, {1, "c", 1}, {4, "d", 1}};
    auto info = error_of([&] { insert_items(*c, twice); });
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.constraint == "items_pkey");
    CHECK(info.row == 2);
    info = error_of([&] { insert_items(*c, {{1, "a", -1}}); });
    CHECK(info.kind == error_kind::check_violation);
    CHECK(info.row == 0);
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM items") == 0);
    c->begin(driver::isolation::read_committed, false);
    info = error_of([&] { insert_items(*c, twice); });
    CHECK(info.transaction == transaction_state::failed);
    c->rollback();
}

TEST_CASE("postgresql bulk: a value that does not fit its column is refused with its row") {
    NEED_SERVER();
    auto const c = connect();
    make_items(*c);
    c->begin(driver::isolation::read_committed, false);
    c->savepoint("before");
    auto info = error_of([&] { insert_items(*c, {{1, "a", 1}, {2, "b", 32768}}); });
    CHECK(info.kind == error_kind::out_of_range);
    CHECK(info.row == 1);
    CHECK(info.transaction == transaction_state::failed);
    c->rollback_to("before");
    info = error_of([&] { insert_items(*c, {{1, std::string("\0", 1), 1}}); });
    CHECK(info.kind == error_kind::text_invalid);
    c->rollback();

    auto const plan = plan_of(item{});
    driver::row_source const broken = {
        [](void*) -> void const* { throw std::runtime_error("mine"); }, nullptr};
    CHECK_THROWS_AS(c->bulk_insert(items<std::int64_t, std::string, std::optional<std::int32_t>>(),
                                   plan.data(), 3, broken),
                    std::runtime_error);
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM items") == 0);
    c->script("ALTER TABLE items DROP CONSTRAINT items_price_check, ALTER price TYPE text");
    info = error_of([&] { insert_items(*c, {{1, "a", 1}}); });
    CHECK(info.kind == error_kind::type_mismatch);
    CHECK(error_of([&] {
              auto target = items<std::int64_t>();
              target.table = "no_such_table";
              target.insert = "INSERT INTO no_such_table (id, name, price) VALUES ($1, $2, $3)";
              c->bulk_insert(target, plan.data(), 3, broken);
          }).kind == error_kind::table_not_found);
}
#endif
