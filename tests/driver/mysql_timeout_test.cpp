// SPDX-License-Identifier: BSL-1.0
// statement_timeout ends every statement, also those to which MySQL itself sets no limit.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;

namespace {

constexpr char const* endless_query =
    "(SELECT count(*) FROM information_schema.collations a, "
    "information_schema.collations b, information_schema.collations c, "
    "information_schema.collations d)";

struct timed_table {
    timed_table() {
        connect()->script("DROP TABLE IF EXISTS timed_rows; "
                          "CREATE TABLE timed_rows (id bigint PRIMARY KEY); "
                          "INSERT INTO timed_rows VALUES (-1)");
    }
    ~timed_table() {
        connect()->script("DROP TABLE timed_rows; DROP PROCEDURE IF EXISTS timed_work");
    }
};

std::int64_t rows_of(driver::connection& c) {
    return one<std::int64_t>(c, "SELECT count(*) FROM timed_rows");
}

void is_timeout(driver::connection& c, error_info const& info, std::string const& sql) {
    INFO(sql);
    CHECK(info.kind == error_kind::timeout);
    CHECK(info.outcome == outcome::rejected);
    CHECK(info.connection_usable);
    CHECK(rows_of(c) == 1);
}

}  // namespace

TEST_CASE("mysql timeout: what is no query is ended too, and nothing of it stays") {
    NEED_SERVER();
    timed_table const table;
    auto const c = connect({{"statement_timeout", "150"}});
    for (std::string const& sql :
         {"DELETE FROM timed_rows WHERE id < " + std::string(endless_query),
          "UPDATE timed_rows SET id = id + 1 WHERE id < " + std::string(endless_query),
          "INSERT INTO timed_rows " + std::string(endless_query)}) {
        INFO(sql);
        is_timeout(*c, error_of([&] { run(*c, sql); }), sql);
        is_timeout(*c, error_of([&] { c->script(sql); }), sql);
    }
}

TEST_CASE("mysql timeout: each statement of a script has the whole time") {
    NEED_SERVER();
    timed_table const table;
    auto const c = connect({{"statement_timeout", "400"}});
    c->script("DO SLEEP(0.25); DO SLEEP(0.25); DO SLEEP(0.25); INSERT INTO timed_rows VALUES (2)");
    CHECK(rows_of(*c) == 2);
    auto const info = error_of([&] {
        c->script("DELETE FROM timed_rows WHERE id = 2; DELETE FROM timed_rows WHERE id < " +
                  std::string(endless_query) + "; INSERT INTO timed_rows VALUES (3)");
    });
    is_timeout(*c, info, "a script");
}

TEST_CASE("mysql timeout: a procedure is ended while its rows are read") {
    NEED_SERVER();
    timed_table const table;
    connect()->script("CREATE PROCEDURE timed_work() INSERT INTO timed_rows " +
                      std::string(endless_query));
    auto const c = connect({{"statement_timeout", "150"}});
    is_timeout(*c, error_of([&] { run(*c, "CALL timed_work()"); }), "CALL");
}

TEST_CASE("mysql timeout: it is no cancel, and hits nothing that comes later", "[threads]") {
    NEED_SERVER();
    timed_table const table;
    auto const c = connect({{"statement_timeout", "60"}});
    for (int i = 0; i < 40; ++i) {
        // ends at about the time of the limit, sometimes before it and sometimes behind it
        auto const seconds = std::to_string(0.05 + 0.0005 * i);
        try {
            c->script("DO SLEEP(" + seconds + ")");
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::timeout);
        }
        CHECK(rows_of(*c) == 1);
        run(*c, "UPDATE timed_rows SET id = id");
    }
    auto const patient = connect({{"statement_timeout", "60000"}});
    std::thread late([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(200));
        patient->cancel();
    });
    auto const info = error_of(
        [&] { run(*patient, "DELETE FROM timed_rows WHERE id < " + std::string(endless_query)); });
    late.join();
    CHECK(info.kind == error_kind::cancelled);
    CHECK(rows_of(*patient) == 1);
}
