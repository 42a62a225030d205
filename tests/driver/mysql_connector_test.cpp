// SPDX-License-Identifier: BSL-1.0
//
// What the driver over MySQL Connector/C++ has guards for: where the library changes or cuts a value,
// or swallows an error. Everything else is tested by the files mysql_*_test.cpp, for both drivers.

#include "server_support.hpp"

#include <relata/mysql_connector.hpp>
#include <relata/types/bytes.hpp>
#include <relata/types/decimal.hpp>
#include <relata/types/time.hpp>
#include <relata/types/time_of_day.hpp>

#include <chrono>
#include <cstdio>
#include <fstream>
#include <limits>
#include <thread>

namespace {

using namespace relata;
using namespace server_test;

constexpr char const* variable = "RELATA_TEST_MYSQL_CONNECTOR";

connection connect(options more = {}) {
    auto where = *server_of(variable);
    where.options = std::move(more);
    return mysql_connector::driver_entry().connect(where);
}

std::string id_of(driver::connection& c) {
    return std::to_string(one<std::int64_t>(c, "SELECT CONNECTION_ID()"));
}

}  // namespace

TEST_CASE("mysql connector: a placeholder that took an unsigned number takes a negative one") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    auto const same = prepare<std::uint64_t>(*c, "SELECT ? + 0");
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    execute(*same, most);
    CHECK(rows<std::uint64_t>(*same).at(0) == most);
    execute(*same, std::int64_t(-1));
    CHECK(rows<std::int64_t>(*same).at(0) == -1);
    execute(*same, std::optional<std::uint64_t>());
    CHECK(rows<std::optional<std::int64_t>>(*same).at(0) == std::nullopt);
    execute(*same, std::int64_t(-2));
    CHECK(rows<std::int64_t>(*same).at(0) == -2);
    execute(*same, most);
    CHECK(rows<std::uint64_t>(*same).at(0) == most);
}

TEST_CASE("mysql connector: decimals and unsigned numbers are compared as such, not as floats") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    c->script("CREATE TEMPORARY TABLE exact (d decimal(38,10), u bigint unsigned)");
    using wide = decimal<38, 10>;
    auto const value = wide::from_string("9999999999999999999999999999.0000000001");
    auto const next = wide::from_string("9999999999999999999999999999.0000000002");
    auto const large = std::uint64_t(18446744073709551615U);
    CHECK(run(*c, "INSERT INTO exact VALUES (?, ?)", value, large) == 1);
    char const* const by_decimal = "SELECT count(*) FROM exact WHERE d = ?";
    CHECK(one<std::int64_t>(*c, by_decimal, value) == 1);
    CHECK(one<std::int64_t>(*c, by_decimal, next) == 0);
    char const* const by_number = "SELECT count(*) FROM exact WHERE u = ?";
    CHECK(one<std::int64_t>(*c, by_number, large) == 1);
    CHECK(one<std::int64_t>(*c, by_number, large - 1) == 0);
    CHECK(one<wide>(*c, "SELECT d + ? FROM exact", wide::from_string("0.0000000001")) == next);
    CHECK(one<wide>(*c, "SELECT ? - ?", next, value) == wide::from_string("0.0000000001"));
}

TEST_CASE("mysql connector: a decimal that does not fit the library's buffer is refused") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    using number = decimal<38, 2>;
    auto const too_long = prepare<>(
        *c, "SELECT CAST('12345678901234567890123456789012345.5' AS DECIMAL(65,30)) UNION "
            "ALL SELECT 1.5");
    for (int i = 0; i < 2; ++i) {
        execute(*too_long);
        auto const info = error_of([&] { rows<number>(*too_long); });
        CHECK(info.kind == error_kind::not_supported);
        CHECK(info.columns.size() == 1);
        too_long->finish();
    }
    // the type alone does not matter, the text does
    CHECK(one<number>(*c, "SELECT CAST('12345.5' AS DECIMAL(65,30))") ==
          number::from_string("12345.5"));
    CHECK(one<std::optional<number>>(*c, "SELECT CAST(NULL AS DECIMAL(65,30))") == std::nullopt);
    CHECK(one<double>(*c, "SELECT CAST('0.25' AS DECIMAL(65,30))") == 0.25);
}

TEST_CASE("mysql connector: dates and times are such in every expression") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    auto const moment = timestamp(std::chrono::microseconds(-62135596799999999));
    CHECK(one<timestamp>(*c, "SELECT ?", moment) == moment);
    CHECK(one<timestamp>(*c, "SELECT ? + INTERVAL 1 MICROSECOND", moment) ==
          moment + std::chrono::microseconds(1));
    date const day(std::chrono::year(1), std::chrono::month(1), std::chrono::day(2));
    CHECK(one<date>(*c, "SELECT ?", day) == day);
    CHECK(one<date>(*c, "SELECT ? + INTERVAL 30 DAY", day) ==
          date(std::chrono::year(1), std::chrono::month(2), std::chrono::day(1)));
    auto const noon = time_of_day::from_microseconds(43200000001);
    CHECK(one<time_of_day>(*c, "SELECT ?", noon) == noon);
}

TEST_CASE("mysql connector: long text is text, before and after short text") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    auto const measure =
        prepare<std::string>(*c, "SELECT concat(char_length(v), ' ', upper(right(v, 2)), ' ', "
                                 "collation(v)) FROM (SELECT ? AS v) t");
    for (std::size_t const size : {10U, 262143U, 262144U, 262145U, 1000000U, 10U}) {
        std::string text;
        while (text.size() + 3 <= size) text += "\xc3\xa9";
        text.resize(size, 'x');
        std::size_t characters = 0;
        for (char const each : text) characters += (each & 0xc0) != 0x80;
        execute(*measure, text);
        auto const seen = rows<std::string>(*measure).at(0);
        CHECK(seen.starts_with(std::to_string(characters) + " "));
        CHECK(seen.find("X utf8mb4_") != std::string::npos);
    }
}

TEST_CASE("mysql connector: bytes of every size between others") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    c->script("CREATE TEMPORARY TABLE raw (id int, b longblob, t text, n int)");
    auto const insert =
        prepare<int, bytes, std::string, int>(*c, "INSERT INTO raw VALUES (?,?,?,?)");
    std::vector<std::size_t> const sizes{0, 1, 16, 262143, 262144, 262145, 524288, 1000000, 0};
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        bytes value(sizes[i]);
        for (std::size_t k = 0; k < value.size(); ++k) value[k] = std::byte(k * 7 % 256);
        execute(*insert, int(i), value, std::string("t"), 5);
        auto const back = one<bytes>(*c, "SELECT b FROM raw WHERE id = ?", int(i));
        CHECK(back == value);
        CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM raw WHERE b = ? AND t = 't' AND n = 5",
                                value) == (sizes[i] ? 1
                                           : i == 0 ? 1
                                                    : 2));
    }
}

TEST_CASE("mysql connector: a result that is broken off is an error, not shorter", "[threads]") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    auto const kill = [&c](char const* what, auto&& action) {
        auto const other = connect();
        auto const id = id_of(*c);
        std::thread killer([&] {
            char const* const sent =
                "SELECT count(*) FROM information_schema.processlist WHERE id = "
                "? AND state = 'Sending data'";
            for (int i = 0; i < 1000 && one<std::int64_t>(*other, sent, std::stoll(id)) == 0; ++i)
                std::this_thread::sleep_for(std::chrono::milliseconds(2));
            std::this_thread::sleep_for(std::chrono::milliseconds(50));
            other->script(what + id);
        });
        auto const info = error_of(action);
        killer.join();
        return info;
    };
    // 20 million rows, more than arrive in that time
    constexpr char const* numbers = "SELECT a.seq FROM seq_1_to_2000000 a JOIN seq_1_to_10 b";
    auto const select = prepare<>(*c, numbers);
    CHECK(kill("KILL QUERY ", [&] { execute(*select); }).kind == error_kind::cancelled);
    CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
    CHECK(kill("KILL QUERY ", [&] {
              c->script("DO 1; " + std::string(numbers) + "; DO 2");
          }).kind == error_kind::cancelled);
    CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
    auto const info = kill("KILL ", [&] { execute(*select); });
    CHECK_FALSE(info.connection_usable);
    CHECK_FALSE(c->alive(true));
}

TEST_CASE("mysql connector: scripts run to their end or fail, however they end") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    c->script("CREATE TEMPORARY TABLE steps (n int)");
    for (char const* const script :
         {"INSERT INTO steps VALUES (1)", "INSERT INTO steps VALUES (1);",
          "INSERT INTO steps VALUES (1); -- done", "INSERT INTO steps VALUES (1); /* done; */\n",
          "SELECT 1; INSERT INTO steps VALUES (1); SELECT 2;", "INSERT INTO steps VALUES (1) # ;",
          "DO 1; DO 2; DO 3; SELECT ';'; INSERT INTO steps VALUES (1); DO 4"}) {
        INFO(script);
        c->script(script);
        CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM steps") == 1);
        run(*c, "DELETE FROM steps");
    }
    auto const info = error_of([&] {
        c->script("INSERT INTO steps VALUES (1); SELECT nope; INSERT INTO steps VALUES (2)");
    });
    CHECK(info.kind == error_kind::column_not_found);
    CHECK(one<std::int64_t>(*c, "SELECT sum(n) FROM steps") == 1);
}

TEST_CASE("mysql connector: several results at once, and one of a statement at a time") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    CHECK(c->can().concurrent_streams);
    auto const first = prepare<int>(*c, "SELECT seq FROM seq_1_to_5 WHERE seq > ?");
    auto const second = prepare<int>(*c, "SELECT seq FROM seq_1_to_9 WHERE seq > ?");
    field const plan = make_field(type_of<std::int64_t>, 0, 0);
    execute(*first, 0);
    execute(*second, 5);
    for (std::int64_t i = 1; i <= 4; ++i) {
        std::int64_t a = 0;
        std::int64_t b = 0;
        CHECK(first->fetch(&plan, 1, &a, 8, 1) == 1);
        CHECK(second->fetch(&plan, 1, &b, 8, 1) == 1);
        CHECK(a == i);
        CHECK(b == i + 5);
    }
    execute(*first, 3);  // discards its own result only
    CHECK(rows<std::int64_t>(*second).empty());
    CHECK(rows<std::int64_t>(*first) == std::deque<std::int64_t>{4, 5});
}

TEST_CASE("mysql connector: while a procedure's results are on their way, others are refused") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    c->script("DROP PROCEDURE IF EXISTS relata_two; CREATE PROCEDURE relata_two() BEGIN SELECT 1; "
              "SELECT 2; END");
    auto const call = prepare<>(*c, "CALL relata_two()");
    auto other = prepare<>(*c, "SELECT 3");
    execute(*call);
    CHECK(call->ready());
    CHECK(error_of([&] { execute(*other); }).kind == error_kind::invalid_argument);
    other.reset();
    CHECK(rows<std::int64_t>(*call) == std::deque<std::int64_t>{1});
    CHECK(one<std::int64_t>(*c, "SELECT 4") == 4);
    c->script("DROP PROCEDURE relata_two");
}

TEST_CASE("mysql connector: DDL that fails has ended the transaction too") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    c->script("DROP TABLE IF EXISTS relata_ddl; CREATE TABLE relata_ddl (id int)");
    c->begin(isolation::read_committed, false);
    run(*c, "INSERT INTO relata_ddl VALUES (1)");
    auto const info = error_of([&] { run(*c, "CREATE TABLE relata_ddl (id int)"); });
    CHECK(info.kind == error_kind::already_exists);
    CHECK(info.transaction == transaction_state::unknown);
    CHECK(error_of([&] { run(*c, "INSERT INTO relata_ddl VALUES (2)"); }).kind ==
          error_kind::transaction_failed);
    c->rollback();
    c->script("DROP TABLE relata_ddl");
}

TEST_CASE("mysql connector: a file of ours is not sent to the server") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    std::string const file = "/tmp/relata_connector_infile.txt";
    std::ofstream(file) << "1\n";
    c->script("CREATE TEMPORARY TABLE loaded (n int)");
    auto const load = "LOAD DATA LOCAL INFILE '" + file + "' INTO TABLE loaded";
    CHECK(error_of([&] { c->script(load); }).kind == error_kind::not_supported);
    std::remove(file.c_str());
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM loaded") == 0);
}

TEST_CASE("mysql connector: TLS that is asked for and not there") {
    NEED_SERVER_OF(variable);
    for (auto const& more : {options{{"ssl", "on"}}, options{{"ssl", "on"}, {"insecure", "1"}},
                             options{{"ssl_ca", "/etc/ssl/certs/ca-certificates.crt"}}})
        CHECK(error_of([&] { connect(more); }).kind == error_kind::tls_failed);
}

TEST_CASE("mysql connector: TLS with a certificate that is right or wrong") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    auto const* folder = std::getenv("RELATA_TEST_CERTIFICATES");
    REQUIRE(folder);
    auto const cipher = [](std::string const& host, options more) {
        auto where = *server_of("RELATA_TEST_MYSQL_TLS");
        where.scheme = "mysql+connector";
        if (!host.empty()) where.host = host;
        where.options = std::move(more);
        auto const c = mysql_connector::driver_entry().connect(where);
        return one<std::string>(*c, "SELECT variable_value FROM information_schema.session_status "
                                    "WHERE variable_name = 'SSL_CIPHER'");
    };
    options const known{{"ssl_ca", std::string(folder) + "/authority.pem"}};
    CHECK_FALSE(cipher("", known).empty());
    CHECK_FALSE(cipher("", {{"ssl", "on"}, {"insecure", "1"}}).empty());
    CHECK(error_of([&] { cipher("", {{"ssl", "on"}}); }).kind == error_kind::tls_failed);
    // of another authority, and for another host name
    options const strange{{"ssl_ca", std::string(folder) + "/stranger.pem"}};
    CHECK(error_of([&] { cipher("", strange); }).kind == error_kind::tls_failed);
    CHECK(error_of([&] { cipher("127.0.0.1", known); }).kind == error_kind::tls_failed);
}

TEST_CASE("mysql connector: placeholders are found between quotes and comments") {
    NEED_SERVER_OF(variable);
    auto const c = connect();
    auto const price = decimal<10, 2>::from_string("1.50");
    for (std::string const before :
         {"'?' <> ?", "'a''?' <> ?", "'\\' <> ?", "'-- ' <> ?", "\"?\" = ?", "`?` = ?",
          "/* ? */ 1 = ?", "1 = -- ?\n?", "1 = # ?\n?", "2 = 1--?", "/*! 1 = ? */", "'\"' <> ?"}) {
        INFO(before);
        auto const sql = "SELECT count(*) FROM (SELECT 1 AS \"?\") t WHERE " + before +
                         " AND 1.50 = ? AND /* ' */ ? = '?'";
        CHECK(one<std::int64_t>(*c, sql, 1, price, std::string("?")) == 1);
    }
    CHECK(error_of([&] { prepare<int>(*c, "SELECT '?'"); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { prepare<int>(*c, "SELECT ?, ?"); }).kind == error_kind::invalid_argument);
}
