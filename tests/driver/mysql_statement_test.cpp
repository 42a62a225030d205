// SPDX-License-Identifier: BSL-1.0
// Statements: streaming, executing again, what is open on a connection, and reports of counts.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;

namespace {

struct item {
    std::int64_t id = 0;
    std::string name;
    std::optional<double> price;
};

field const item_plan[] = {
    make_field(type_of<std::int64_t>, 0, offsetof(item, id)),
    make_field(type_of<std::string>, 1, offsetof(item, name)),
    make_field(type_of<std::optional<double>>, 2, offsetof(item, price)),
};

constexpr auto numbers = "WITH RECURSIVE n(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM n WHERE v < "
                         "900) SELECT v FROM n";

connection with_items(int count) {
    auto c = connect();
    c->script("CREATE TEMPORARY TABLE items (id bigint AUTO_INCREMENT PRIMARY KEY, "
              "name varchar(100) NOT NULL, price double)");
    auto const insert = prepare<std::string, std::optional<double>>(
        *c, "INSERT INTO items (name, price) VALUES (?, ?)");
    for (int i = 1; i <= count; ++i)
        execute(*insert, "item " + std::to_string(i),
                i % 2 ? std::optional<double>() : std::optional<double>(i));
    return c;
}

}  // namespace

TEST_CASE("mysql statement: rows arrive in batches of any size") {
    NEED_SERVER();
    auto const c = with_items(10);
    auto const select = prepare<>(*c, "SELECT id, name, price FROM items ORDER BY id");
    for (std::size_t const batch : {1U, 3U, 5U, 10U, 11U, 100U}) {
        execute(*select);
        std::vector<item> all(200);
        std::size_t count = 0;
        for (;;) {
            auto const got = select->fetch(item_plan, 3, &all[count], sizeof(item), batch);
            count += got;
            if (got < batch) break;
        }
        select->finish();
        REQUIRE(count == 10);
        for (std::size_t i = 0; i < count; ++i) {
            CHECK(all[i].id == std::int64_t(i + 1));
            CHECK(all[i].name == "item " + std::to_string(i + 1));
            CHECK(all[i].price.has_value() == (i % 2 == 1));
        }
    }
}

TEST_CASE("mysql statement: ready tells whether a row waits, and loses none") {
    NEED_SERVER();
    auto const c = with_items(2);
    auto const select =
        prepare<std::int64_t>(*c, "SELECT id, name, price FROM items WHERE id >= ?");
    execute(*select, std::int64_t(1));
    item to;
    for (int i = 0; i < 2; ++i) {
        CHECK(select->ready());
        CHECK(select->ready());
        CHECK(select->fetch(item_plan, 3, &to, sizeof to, 1) == 1);
        CHECK(to.id == i + 1);
    }
    CHECK_FALSE(select->ready());
    CHECK(select->fetch(item_plan, 3, &to, sizeof to, 1) == 0);
    select->finish();
    execute(*select, std::int64_t(99));
    CHECK_FALSE(select->ready());
    select->finish();
    CHECK(select->fetch(item_plan, 3, &to, sizeof to, 1) == 0);
}

TEST_CASE("mysql statement: executing again discards what was open") {
    NEED_SERVER();
    auto const c = connect();
    auto const select = prepare<>(*c, numbers);
    field const plan = make_field(type_of<std::int64_t>, 0, 0);
    std::int64_t value = 0;
    for (int i = 0; i < 3; ++i) {
        execute(*select);
        CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
        CHECK(value == 1);
    }
    CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
    CHECK(value == 2);
    select->finish();
    CHECK(one<std::int64_t>(*c, "SELECT 5") == 5);
}

TEST_CASE("mysql statement: while a result is open, others are refused and the result is whole") {
    NEED_SERVER();
    auto const c = connect();
    if (c->can().concurrent_streams) return;
    auto other = prepare<>(*c, "SELECT 1");
    auto third = prepare<>(*c, "SELECT 2");
    auto const select = prepare<>(*c, numbers);
    execute(*select);
    CHECK(select->ready());
    CHECK(error_of([&] { execute(*other); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { prepare<>(*c, "SELECT 3"); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { c->script("DO 1"); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { c->begin(driver::isolation::read_committed, false); }).kind ==
          error_kind::invalid_argument);
    third.reset();  // closing another statement must not swallow rows
    CHECK(c->alive(true));
    auto const all = rows<std::int64_t>(*select);
    REQUIRE(all.size() == 900);
    CHECK(all.back() == 900);
    execute(*other);
    CHECK(rows<std::int64_t>(*other).size() == 1);
}

TEST_CASE("mysql statement: a cell that cannot be read leaves statement and connection usable") {
    NEED_SERVER();
    auto const c = connect();
    auto const select = prepare<>(*c, "SELECT 1 UNION ALL SELECT NULL UNION ALL SELECT 3");
    for (int i = 0; i < 2; ++i) {
        execute(*select);
        field const plan = make_field(type_of<std::int64_t>, 0, 0);
        std::int64_t value = 0;
        CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
        CHECK(error_of([&] { select->fetch(&plan, 1, &value, 8, 1); }).kind ==
              error_kind::null_value);
        CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
        CHECK(value == 3);
        select->finish();
    }
    field const beyond = make_field(type_of<std::int64_t>, 7, 0);
    execute(*select);
    std::int64_t value = 0;
    CHECK(error_of([&] { select->fetch(&beyond, 1, &value, 8, 1); }).kind ==
          error_kind::invalid_argument);
    select->finish();
}

TEST_CASE("mysql statement: one statement, many values: NULL in between, other types, long texts") {
    NEED_SERVER();
    auto const c = connect();
    auto const echo = prepare<std::string>(*c, "SELECT CAST(? AS char)");
    for (int round = 0; round < 3; ++round) {
        execute(*echo, std::string("text"));
        CHECK(rows<std::string>(*echo).at(0) == "text");
        execute(*echo, std::optional<std::string>());
        CHECK(rows<std::optional<std::string>>(*echo).at(0) == std::nullopt);
        execute(*echo, std::int64_t(-5));
        CHECK(rows<std::string>(*echo).at(0) == "-5");
        execute(*echo, UINT64_MAX);
        CHECK(rows<std::string>(*echo).at(0) == "18446744073709551615");
        execute(*echo, std::string(70000, 'y'));
        CHECK(rows<std::string>(*echo).at(0).size() == 70000);
    }
}

TEST_CASE("mysql statement: counts of rows and generated keys") {
    NEED_SERVER();
    auto const c = with_items(5);
    auto const insert = prepare<std::string>(*c, "INSERT INTO items (name) VALUES (?)");
    execute(*insert, std::string("six"));
    CHECK(insert->affected() == 1);
    CHECK(insert->last_id() == 6);
    CHECK(insert->columns() == 0);
    CHECK(run(*c, "UPDATE items SET name = 'same' WHERE id <= 3") == 3);
    CHECK(run(*c, "UPDATE items SET name = 'same' WHERE id <= 3") == 3);  // found, not changed
    CHECK(run(*c, "DELETE FROM items WHERE id > 100") == 0);
    CHECK(run(*c, "DELETE FROM items WHERE id > 4") == 2);
    CHECK(run(*c, "SELECT id FROM items") == 0);
    CHECK(run(*c, "CREATE TEMPORARY TABLE more (a int)") == 0);
    c->script("INSERT INTO items (id, name) VALUES (0, 'zero')");
    CHECK(one<std::int64_t>(*c, "SELECT id FROM items WHERE name = 'zero'") == 0);
    if (c->can().returning) {
        auto const both =
            prepare<std::string>(*c, "INSERT INTO items (name) VALUES (?), ('b') RETURNING id");
        execute(*both, std::string("a"));
        CHECK(rows<std::int64_t>(*both).size() == 2);
        CHECK(both->affected() == 2);
    }
}

TEST_CASE("mysql statement: columns and their names") {
    NEED_SERVER();
    auto const c = connect();
    auto const select = prepare<>(*c, "SELECT 1 AS \"one\", 'x' AS \"a b\"");
    CHECK(select->columns() == 2);
    CHECK(select->column_name(0) == "one");
    CHECK(select->column_name(1) == "a b");
    CHECK(error_of([&] { (void)select->column_name(2); }).kind == error_kind::invalid_argument);
}

TEST_CASE("mysql statement: placeholders are counted before anything is sent") {
    NEED_SERVER();
    auto const c = connect();
    CHECK(error_of([&] { prepare<int>(*c, "SELECT 1"); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { prepare<>(*c, "SELECT ?"); }).kind == error_kind::invalid_argument);
    auto const s = prepare<int>(*c, "SELECT ?");
    CHECK(error_of([&] { execute(*s); }).kind == error_kind::invalid_argument);
    CHECK(one<std::string>(*c, "SELECT '?' -- ?\n") == "?");
}

TEST_CASE("mysql statement: a table may be altered under a prepared statement") {
    NEED_SERVER();
    auto const c = with_items(2);
    auto const names = prepare<>(*c, "SELECT name FROM items ORDER BY id");
    auto const all = prepare<>(*c, "SELECT * FROM items ORDER BY id");
    execute(*names);
    CHECK(rows<std::string>(*names).size() == 2);
    execute(*all);
    all->finish();
    c->script("ALTER TABLE items MODIFY name varbinary(50), ADD COLUMN more int DEFAULT 7");
    execute(*names);
    CHECK(error_of([&] { rows<std::string>(*names); }).kind == error_kind::type_mismatch);
    execute(*names);
    CHECK(rows<bytes>(*names).size() == 2);
    execute(*all);
    CHECK(all->columns() == 4);
    CHECK(rows<std::int64_t>(*all).size() == 2);
}

TEST_CASE("mysql statement: a procedure's further results do not disturb what follows") {
    NEED_SERVER();
    auto const c = connect();
    c->script("DROP PROCEDURE IF EXISTS two_results; "
              "CREATE PROCEDURE two_results() BEGIN SELECT 1; SELECT 2, 3; END");
    auto const call = prepare<>(*c, "CALL two_results()");
    for (int i = 0; i < 3; ++i) {
        execute(*call);
        CHECK(rows<std::int64_t>(*call).at(0) == 1);
        CHECK(one<std::int64_t>(*c, "SELECT 4") == 4);
    }
    c->script("DROP PROCEDURE two_results");
}

TEST_CASE("mysql statement: a script runs all its statements and stops at the first error") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMPORARY TABLE s (a int); INSERT INTO s VALUES (1); SELECT * FROM s; INSERT "
              "INTO s VALUES (2);");
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM s") == 2);
    CHECK(error_of([&] {
              c->script("INSERT INTO s VALUES (3); INSERT INTO nothing VALUES (1); INSERT INTO s "
                        "VALUES (4)");
          }).kind == error_kind::table_not_found);
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM s") == 3);
    // elsewhere a second statement is an error
    CHECK(error_of([&] { prepare<>(*c, "SELECT 1; SELECT 2"); }).kind == error_kind::syntax);
}

TEST_CASE("mysql statement: as many placeholders as the server takes") {
    NEED_SERVER();
    auto const c = connect();
    std::string list = "?";
    for (unsigned i = 1; i < c->can().max_params; ++i) list += ",?";
    std::vector<type_info const*> const types(c->can().max_params + 1, &type_of<std::int64_t>);
    auto const many =
        c->prepare("SELECT 1 WHERE 7 IN (" + list + ")", types.data(), c->can().max_params);
    std::vector<param> const values(c->can().max_params, param_of(std::int64_t(7)));
    many->execute(values.data(), c->can().max_params);
    CHECK(rows<std::int64_t>(*many).size() == 1);
    CHECK(error_of([&] {
              c->prepare("SELECT 1 WHERE 7 IN (?," + list + ")", types.data(),
                         c->can().max_params + 1);
          }).kind == error_kind::limit_exceeded);
}
