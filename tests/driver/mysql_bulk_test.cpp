// SPDX-License-Identifier: BSL-1.0
// Bulk inserts, by arrays and by VALUES lists: all rows, all kinds, and which row was refused.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;

namespace {

struct wide_row {
    std::int64_t id = 0;
    std::optional<std::string> name;
    std::optional<double> price;
    std::optional<decimal<10, 2>> cost;
    std::optional<instant> at;
    std::optional<bytes> raw;
    bool flag = false;
    friend bool operator==(wide_row const&, wide_row const&) = default;
};

field const plan[] = {
    make_field(type_of<std::int64_t>, 0, offsetof(wide_row, id)),
    make_field(type_of<std::optional<std::string>>, 1, offsetof(wide_row, name)),
    make_field(type_of<std::optional<double>>, 2, offsetof(wide_row, price)),
    make_field(type_of<std::optional<decimal<10, 2>>>, 3, offsetof(wide_row, cost)),
    make_field(type_of<std::optional<instant>>, 4, offsetof(wide_row, at)),
    make_field(type_of<std::optional<bytes>>, 5, offsetof(wide_row, raw)),
    make_field(type_of<bool>, 6, offsetof(wide_row, flag)),
};

wide_row make_row(std::int64_t i) {
    wide_row row;
    row.id = i;
    if (i % 3) row.name = std::string(std::size_t(i % 400), char('a' + i % 26));
    if (i % 5) row.price = double(i) / 7;
    if (i % 7) row.cost = decimal<10, 2>::from_mantissa(i * 13 - 5000);
    if (i % 2) row.at = instant(std::chrono::microseconds(i * 1234567891));
    if (i % 11) row.raw = bytes(std::size_t(i % 17), std::byte(i % 256));
    row.flag = i % 4 == 0;
    return row;
}

// Gives two objects in turn, as the interface allows it.
struct generator {
    std::int64_t next, last;
    wide_row turn[2];
    static void const* get(void* at) {
        auto& g = *static_cast<generator*>(at);
        if (g.next > g.last) return nullptr;
        auto& row = g.turn[g.next % 2];
        row = make_row(g.next++);
        return &row;
    }
};

std::int64_t insert(driver::connection& c, std::int64_t first, std::int64_t last) {
    generator from{first, last, {}};
    driver::bulk_target target;
    target.table = "bulk_rows";
    target.columns = {"id", "name", "price", "cost", "\"at\"", "raw", "flag"};
    target.insert = "INSERT INTO bulk_rows (id, name, price, cost, \"at\", raw, flag) VALUES (?, "
                    "?, ?, ?, ?, ?, ?)";
    for (auto const& f : plan) target.types.push_back(f.type);
    return c.bulk_insert(target, plan, 7, {&generator::get, &from});
}

void make_table(driver::connection& c) {
    c.script("DROP TEMPORARY TABLE IF EXISTS bulk_rows; "
             "CREATE TEMPORARY TABLE bulk_rows (id bigint PRIMARY KEY, name "
             "varchar(400), price double, "
             "cost decimal(10,2), \"at\" datetime(6), raw varbinary(255), flag tinyint(1) NOT "
             "NULL) ENGINE=InnoDB");
}

}  // namespace

TEST_CASE("mysql bulk: every row arrives as it was") {
    NEED_SERVER();
    for (char const* const way : {"arrays", "values"}) {
        INFO(way);
        auto const c = connect({{"bulk", way}});
        for (std::int64_t const count : {0, 1, 2, 64, 999, 1000, 1001, 2000, 2001, 10007}) {
            make_table(*c);
            c->begin(driver::isolation::read_committed, false);
            CHECK(insert(*c, 1, count) == count);
            c->commit();
            auto const select = prepare<>(*c, "SELECT * FROM bulk_rows ORDER BY id");
            execute(*select);
            std::vector<wide_row> back(std::size_t(count) + 1);
            CHECK(select->fetch(plan, 7, back.data(), sizeof(wide_row), back.size()) ==
                  std::size_t(count));
            bool same = true;
            for (std::int64_t i = 0; i < count; ++i)
                same = same && back[std::size_t(i)] == make_row(i + 1);
            CHECK(same);
        }
    }
}

TEST_CASE("mysql bulk: an error undoes with the transaction, and names the row where it can") {
    NEED_SERVER();
    for (char const* const way : {"arrays", "values"}) {
        INFO(way);
        auto const c = connect({{"bulk", way}});
        make_table(*c);
        run(*c, "INSERT INTO bulk_rows (id, flag) VALUES (2500, 0)");
        c->begin(driver::isolation::read_committed, false);
        auto const info = error_of([&] { insert(*c, 1, 3000); });
        CHECK(info.kind == error_kind::unique_violation);
        CHECK(info.constraint == "bulk_rows_pkey");
        CHECK(info.table == "bulk_rows");
        c->rollback();
        CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM bulk_rows") == 1);
        CHECK(insert(*c, 1, 100) == 100);
    }
}

TEST_CASE("mysql bulk: a value that cannot be sent names its row") {
    NEED_SERVER();
    for (char const* const way : {"arrays", "values"}) {
        auto const c = connect({{"bulk", way}});
        c->script("CREATE TEMPORARY TABLE texts (v varchar(100))");
        std::deque<std::string> texts(3000, "fine");
        texts[2345] = "\xff";
        c->begin(driver::isolation::read_committed, false);
        auto const info = error_of([&] { bulk(*c, "texts", "v", texts); });
        CHECK(info.kind == error_kind::text_invalid);
        CHECK(info.row == 2345);
        c->rollback();
        texts[2345] = std::string(101, 'x');
        auto const server_info = error_of([&] { bulk(*c, "texts", "v", texts); });
        CHECK(server_info.kind == error_kind::value_too_long);
        CHECK(server_info.columns == std::vector<std::string>{"v"});
        CHECK(server_info.row == 2345);
        CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
    }
}

TEST_CASE("mysql bulk: not while another result is open") {
    NEED_SERVER();
    auto const c = connect();
    make_table(*c);
    auto const select = prepare<>(*c, "SELECT 1 UNION ALL SELECT 2");
    execute(*select);
    if (c->can().concurrent_streams) CHECK(insert(*c, 101, 110) == 10);
    else CHECK(error_of([&] { insert(*c, 1, 10); }).kind == error_kind::invalid_argument);
    CHECK(rows<std::int64_t>(*select).size() == 2);
    CHECK(insert(*c, 1, 10) == 10);
}
