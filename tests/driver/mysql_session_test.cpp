// SPDX-License-Identifier: BSL-1.0
// The session: its settings, transactions, cancelling, and connections that die.
#include "mysql_server.hpp"

#include <atomic>

using namespace relata;
using namespace mysql_test;
using driver::isolation;

namespace {

struct shared_table {
    shared_table() {
        connect()->script("DROP TABLE IF EXISTS shared_rows; CREATE TABLE shared_rows (id int "
                          "PRIMARY KEY, v int); "
                          "INSERT INTO shared_rows VALUES (1, 10), (2, 20)");
    }
    ~shared_table() { connect()->script("DROP TABLE shared_rows"); }
};

std::int64_t id_of(driver::connection& c) { return one<std::int64_t>(c, "SELECT connection_id()"); }

void kill(std::int64_t id) { connect()->script("KILL CONNECTION " + std::to_string(id)); }

// Not SLEEP: MySQL ends it without an error.
constexpr auto endless = "SELECT 1 FROM information_schema.collations a, "
                         "information_schema.collations b, information_schema.collations c, "
                         "information_schema.collations d";
constexpr auto endless_count = "SELECT count(*) FROM information_schema.collations a, "
                               "information_schema.collations b, information_schema.collations c, "
                               "information_schema.collations d";

// Waits until a statement of this connection runs on the server.
void wait_for_statement(std::int64_t id) {
    auto const watcher = connect();
    for (int i = 0; i < 400; ++i) {
        if (one<std::int64_t>(*watcher,
                              "SELECT count(*) FROM information_schema.processlist "
                              "WHERE id = ? AND command IN ('Query', 'Execute')",
                              id) == 1)
            return;
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    FAIL("the statement never ran");
}

}  // namespace

TEST_CASE("mysql session: every server is set to the same language") {
    NEED_SERVER();
    auto const c = connect();
    CHECK(c->can().version >= 80017);
    CHECK(one<std::string>(*c, "SELECT @@time_zone") == "+00:00");
    CHECK(one<std::int64_t>(*c, "SELECT 'a' = 'A'") == 0);
    CHECK(one<std::int64_t>(*c, "SELECT 'a' = 'a '") == 0);
    CHECK(one<std::string>(*c, "SELECT 'a' || '\\n'") == "a\\n");
    CHECK(one<std::int64_t>(*c, "SELECT 'a' LIKE 'A'") == 0);
    CHECK(one<std::string>(*c, "SELECT @@character_set_connection") == "utf8mb4");
    CHECK(c->can().concurrent_streams == with_connector());
    CHECK(c->native() != nullptr);
    if (is_mariadb(*c)) CHECK(c->spelling().id() == dialect::family::mariadb);
    CHECK(c->spelling().version() == c->can().version);
}

TEST_CASE("mysql session: commit keeps, rollback drops, savepoints nest") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    auto const count = [&] { return one<std::int64_t>(*c, "SELECT count(*) FROM shared_rows"); };
    for (auto const level :
         {isolation::read_committed, isolation::snapshot, isolation::serializable}) {
        if (level == isolation::snapshot && !is_mariadb(*c)) continue;
        c->begin(level, false);
        CHECK(c->transaction() == transaction_state::open);
        run(*c, "INSERT INTO shared_rows VALUES (3, 30)");
        c->rollback();
        CHECK(c->transaction() == transaction_state::none);
        CHECK(count() == 2);
    }
    c->begin(isolation::read_committed, false);
    run(*c, "INSERT INTO shared_rows VALUES (3, 30)");
    c->savepoint("a`b");
    run(*c, "INSERT INTO shared_rows VALUES (4, 40)");
    CHECK(error_of([&] { run(*c, "INSERT INTO shared_rows VALUES (4, 40)"); }).transaction ==
          transaction_state::open);
    c->rollback_to("a`b");
    c->release("a`b");
    CHECK(error_of([&] { c->rollback_to("a`b"); }).kind == error_kind::invalid_argument);
    c->commit();
    CHECK(count() == 3);
    CHECK(error_of([&] { c->commit(); }).kind == error_kind::invalid_argument);
    CHECK(error_of([&] { c->savepoint("x"); }).kind == error_kind::invalid_argument);
    c->begin(isolation::read_committed, true);
    CHECK(error_of([&] { run(*c, "INSERT INTO shared_rows VALUES (5, 50)"); }).kind ==
          error_kind::read_only);
    c->rollback();
}

TEST_CASE("mysql session: the isolation level is that of begin, whatever the session did before") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    auto const other = connect();
    auto const value = [&] {
        return one<std::int64_t>(*c, "SELECT v FROM shared_rows WHERE id = 1");
    };
    c->begin(isolation::read_committed, false);
    c->commit();
    c->script("SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ");
    c->begin(isolation::read_committed, false);
    CHECK(value() == 10);
    run(*other, "UPDATE shared_rows SET v = 11 WHERE id = 1");
    CHECK(value() == 11);
    c->commit();
    c->begin(isolation::snapshot, true);
    CHECK(value() == 11);
    run(*other, "UPDATE shared_rows SET v = 12 WHERE id = 1");
    CHECK(value() == 11);
    c->commit();
}

TEST_CASE("mysql session: a lost update is an error, or snapshots are refused", "[threads]") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    auto const other = connect();
    if (!is_mariadb(*c)) {
        CHECK(error_of([&] { c->begin(isolation::snapshot, false); }).kind ==
              error_kind::not_supported);
        CHECK(c->transaction() == transaction_state::none);
        return;
    }
    c->begin(isolation::snapshot, false);
    CHECK(one<std::int64_t>(*c, "SELECT v FROM shared_rows WHERE id = 1") == 10);
    run(*other, "UPDATE shared_rows SET v = 20 WHERE id = 1");
    auto const info = error_of([&] { run(*c, "UPDATE shared_rows SET v = 11 WHERE id = 1"); });
    CHECK(info.kind == error_kind::serialization_failure);
    CHECK(info.retry == retry_advice::transaction);
    CHECK(c->transaction() == transaction_state::failed);
    CHECK(error_of([&] { run(*c, "SELECT 1"); }).kind == error_kind::transaction_failed);
    CHECK(error_of([&] { c->commit(); }).kind == error_kind::transaction_rolled_back);
    CHECK(c->transaction() == transaction_state::none);
    CHECK(one<std::int64_t>(*c, "SELECT v FROM shared_rows WHERE id = 1") == 20);
}

TEST_CASE("mysql session: a deadlock rolls back, and nothing after it is committed on its own",
          "[threads]") {
    NEED_SERVER();
    shared_table const table;
    auto const a = connect();
    auto const b = connect();
    a->begin(isolation::read_committed, false);
    b->begin(isolation::read_committed, false);
    run(*a, "UPDATE shared_rows SET v = v + 1 WHERE id = 1");
    run(*b, "UPDATE shared_rows SET v = v + 1 WHERE id = 2");
    std::optional<error_info> in_thread;
    std::thread waiter([&] {
        try {
            run(*a, "UPDATE shared_rows SET v = v + 1 WHERE id = 2");
        } catch (error const& e) {
            in_thread = e.info();
        }
    });
    std::optional<error_info> here;
    try {
        run(*b, "UPDATE shared_rows SET v = v + 1 WHERE id = 1");
    } catch (error const& e) {
        here = e.info();
    }
    if (here) b->rollback();
    waiter.join();
    REQUIRE(here.has_value() != in_thread.has_value());
    auto const info = here ? *here : *in_thread;
    CHECK(info.kind == error_kind::deadlock);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(info.retry == retry_advice::transaction);
    auto& victim = here ? *b : *a;
    if (!here) {
        CHECK(victim.transaction() == transaction_state::failed);
        CHECK(error_of([&] { run(victim, "INSERT INTO shared_rows VALUES (9, 9)"); }).kind ==
              error_kind::transaction_failed);
        CHECK(error_of([&] { victim.rollback_to("none"); }).kind == error_kind::transaction_failed);
        CHECK(error_of([&] { victim.commit(); }).kind == error_kind::transaction_rolled_back);
    }
    CHECK(victim.transaction() == transaction_state::none);
    (here ? *a : *b).rollback();
}

TEST_CASE("mysql session: a lock that is not given in time leaves the transaction open") {
    NEED_SERVER();
    shared_table const table;
    auto const a = connect();
    auto const b = connect();
    b->script("SET innodb_lock_wait_timeout = 1");
    a->begin(isolation::read_committed, false);
    run(*a, "UPDATE shared_rows SET v = 0 WHERE id = 1");
    b->begin(isolation::read_committed, false);
    run(*b, "UPDATE shared_rows SET v = 21 WHERE id = 2");
    auto const info = error_of([&] { run(*b, "UPDATE shared_rows SET v = 1 WHERE id = 1"); });
    CHECK(info.kind == error_kind::lock_timeout);
    CHECK(info.transaction == transaction_state::open);
    CHECK(info.retry == retry_advice::statement);
    a->rollback();
    b->commit();
    CHECK(one<std::int64_t>(*a, "SELECT v FROM shared_rows WHERE id = 2") == 21);
}

TEST_CASE("mysql session: a statement that commits implicitly is noticed") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    for (bool const scripted : {false, true}) {
        c->begin(isolation::read_committed, false);
        run(*c, "UPDATE shared_rows SET v = v + 1 WHERE id = 1");
        char const* const ddl = "CREATE TABLE IF NOT EXISTS implicit_commit (a int)";
        auto const info = error_of([&] { scripted ? c->script(ddl) : void(run(*c, ddl)); });
        CHECK(info.kind == error_kind::invalid_argument);
        CHECK(info.message.find("implicitly") != std::string::npos);
        CHECK(error_of([&] { run(*c, "UPDATE shared_rows SET v = 0"); }).kind ==
              error_kind::transaction_failed);
        c->rollback();
        CHECK(c->transaction() == transaction_state::none);
    }
    c->script("DROP TABLE implicit_commit");
    c->script("START TRANSACTION");
    CHECK(c->transaction() == transaction_state::open);
    CHECK(error_of([&] { c->begin(isolation::read_committed, false); }).kind ==
          error_kind::invalid_argument);
    c->reset();
    CHECK(c->transaction() == transaction_state::none);
}

TEST_CASE("mysql session: cancel stops a statement from another thread", "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    auto const id = id_of(*c);
    std::thread canceller([&] {
        wait_for_statement(id);
        c->cancel();
    });
    auto const info = error_of([&] { one<std::int64_t>(*c, endless_count); });
    canceller.join();
    CHECK(info.kind == error_kind::cancelled);
    CHECK(info.connection_usable);
    CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("mysql session: cancel while nothing runs does not hit the next statement") {
    NEED_SERVER();
    auto const c = connect();
    for (int i = 0; i < 5; ++i) {
        c->cancel();
        CHECK(one<std::int64_t>(*c, "SELECT 1 + SLEEP(0.01)") == 1);
    }
}

TEST_CASE("mysql session: a procedure that commits and gives rows is noticed at commit") {
    NEED_SERVER();
    auto const c = connect();
    c->script("DROP PROCEDURE IF EXISTS commit_inside; "
              "CREATE PROCEDURE commit_inside() BEGIN COMMIT; SELECT 1; END");
    c->begin(isolation::read_committed, false);
    CHECK(one<std::int64_t>(*c, "CALL commit_inside()") == 1);
    CHECK(error_of([&] { c->commit(); }).kind == error_kind::invalid_argument);
    c->rollback();
    c->script("DROP PROCEDURE commit_inside");
}

TEST_CASE("mysql session: cancel in the middle of a stream") {
    NEED_SERVER();
    if (with_connector()) return;  // the rows are all here before the first is read
    auto const c = connect();
    auto const select = prepare<>(*c, endless);
    execute(*select);
    field const plan = make_field(type_of<std::int64_t>, 0, 0);
    std::int64_t value = 0;
    CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
    c->cancel();
    auto const info = error_of([&] {
        while (select->fetch(&plan, 1, &value, 8, 1) == 1) {}
    });
    CHECK(info.kind == error_kind::cancelled);
    select->finish();
    CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("mysql session: the path of a socket stands where PostgreSQL's does, or as an option") {
    NEED_SERVER();
    auto const path = one<std::string>(*connect(), "SELECT @@socket");
    auto const where = *server();
    std::string encoded;
    for (char const c : path) encoded += c == '/' ? std::string("%2F") : std::string(1, c);
    auto const user = where.user + (where.password.empty() ? "" : ":" + where.password) + "@";
    auto const database = "/" + where.database;
    auto const named = [](std::string const& url) {
        return connect_to(relata::engine::parse_url(url));
    };
    for (auto const& url :
         {"mysql://" + user + database + "?host=" + path, "mysql://" + user + encoded + database,
          "mysql://" + user + database + "?socket=" + path}) {
        auto const c = named(url);
        CHECK(one<std::string>(*c, "SELECT substring_index(user(), '@', -1)") == "localhost");
    }
    CHECK(error_of([&] {
              named("mysql://" + user + encoded + database + "?socket=" + path);
          }).kind == error_kind::invalid_url);
    CHECK(error_of([&] {
              named("mysql://" + user + database + "?host=" + path + "&port=3306");
          }).kind == error_kind::invalid_url);
}

TEST_CASE("mysql session: a connection that was killed is lost, and says so ever after") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    auto const select = prepare<>(*c, "SELECT 1");
    CHECK(c->alive(false));
    CHECK(c->alive(true));
    c->begin(isolation::read_committed, false);
    run(*c, "UPDATE shared_rows SET v = 0");
    kill(id_of(*c));
    auto info = error_of([&] { execute(*select); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK_FALSE(info.connection_usable);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(info.retry == retry_advice::transaction);
    CHECK_FALSE(c->alive(false));
    info = error_of([&] { execute(*select); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK(info.outcome == outcome::not_sent);
    c->rollback();
    CHECK(error_of([&] { c->reset(); }).kind == error_kind::connection_lost);
    CHECK(one<std::int64_t>(*connect(), "SELECT v FROM shared_rows WHERE id = 1") == 10);
}

TEST_CASE("mysql session: an idle connection that was killed is noticed without a statement") {
    NEED_SERVER();
    if (with_connector()) return;  // the library does not show its socket
    auto const c = connect();
    kill(id_of(*c));
    for (int i = 0; i < 100 && c->alive(false); ++i)
        std::this_thread::sleep_for(std::chrono::milliseconds(10));
    CHECK_FALSE(c->alive(false));
}

TEST_CASE("mysql session: a connection lost in the middle of a stream is no end of the rows") {
    NEED_SERVER();
    if (with_connector()) return;  // the rows are all here before the first is read
    auto const c = connect();
    auto const id = id_of(*c);
    auto const select = prepare<>(*c, endless);
    execute(*select);
    CHECK(select->ready());
    kill(id);
    field const plan = make_field(type_of<std::int64_t>, 0, 0);
    std::int64_t value = 0;
    auto const info = error_of([&] {
        while (select->fetch(&plan, 1, &value, 8, 1) == 1) {}
    });
    CHECK_FALSE(info.connection_usable);
    select->finish();
    CHECK_FALSE(c->alive(true));
}

TEST_CASE("mysql session: a commit whose answer is lost is in doubt") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    c->begin(isolation::read_committed, false);
    run(*c, "UPDATE shared_rows SET v = 0");
    kill(id_of(*c));
    auto const info = error_of([&] { c->commit(); });
    CHECK((info.kind == error_kind::in_doubt || info.kind == error_kind::connection_lost));
    if (info.kind == error_kind::in_doubt) {
        CHECK(info.outcome == outcome::in_doubt);
        CHECK(info.transaction == transaction_state::unknown);
        CHECK(info.retry == retry_advice::no);
    }
    CHECK_FALSE(info.connection_usable);
}

TEST_CASE("mysql session: reset brings back what connecting gave, and statements survive") {
    NEED_SERVER();
    shared_table const table;
    auto const c = connect();
    auto const select = prepare<int>(*c, "SELECT v FROM shared_rows WHERE id = ?");
    auto const value = [&] {
        execute(*select, 1);
        return rows<std::int64_t>(*select).at(0);
    };
    CHECK(value() == 10);
    c->begin(isolation::serializable, false);
    run(*c, "UPDATE shared_rows SET v = 0");
    c->reset();
    CHECK(c->transaction() == transaction_state::none);
    CHECK(value() == 10);

    c->script("SET sql_mode = '', time_zone = '+05:00'; CREATE TEMPORARY TABLE mine (a int)");
    run(*c, "SET @mine = 5");
    CHECK(one<std::int64_t>(*c, "SELECT GET_LOCK('relata_test', 0)") == 1);
    c->reset();
    CHECK(one<std::string>(*c, "SELECT @@time_zone") == "+00:00");
    CHECK(one<std::string>(*c, "SELECT @@sql_mode").find("ANSI_QUOTES") != std::string::npos);
    CHECK(one<std::optional<bytes>>(*c, "SELECT CAST(@mine AS binary)") == std::nullopt);
    CHECK(error_of([&] { run(*c, "SELECT * FROM mine"); }).kind == error_kind::table_not_found);
    CHECK(one<std::int64_t>(*connect(), "SELECT IS_FREE_LOCK('relata_test')") == 1);
    CHECK(value() == 10);
    c->begin(isolation::read_committed, false);
    CHECK(value() == 10);
    c->commit();

    execute(*select, 1);  // a result left open
    c->reset();
    CHECK(value() == 10);
}

TEST_CASE("mysql session: many threads, each with its own connection", "[threads]") {
    NEED_SERVER();
    std::atomic<int> sum{0};
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i)
        threads.emplace_back([&sum, i] {
            auto const c = connect();
            for (int k = 0; k < 50; ++k) sum += int(one<std::int64_t>(*c, "SELECT ?", i));
        });
    for (auto& thread : threads) thread.join();
    CHECK(sum == 50 * 28);
}
