// SPDX-License-Identifier: BSL-1.0
// Connections of the PostgreSQL driver: options, refusals, cancelling, and losing the server.
#if __has_include(<relata/postgresql.hpp>)
#include "postgresql_server.hpp"

#include <atomic>
#include <chrono>
#include <thread>

using namespace relata;
using namespace postgresql_test;
using namespace std::chrono_literals;

namespace {

error_info refusal(driver::address const& where) {
    return error_of([&] { postgresql::driver_entry().connect(where); });
}

error_info refusal_with(options more) {
    return error_of([&] { connect(std::move(more)); });
}

std::int32_t process_of(driver::connection& c) {
    return one<std::int32_t>(c, "SELECT pg_backend_pid()");
}

// Ends the server process of a connection, from another one. Without CHECK, for other threads call it.
void kill(driver::connection& by, std::int32_t process) {
    (void)one<bool>(by, "SELECT pg_terminate_backend($1)", process);
    while (one<std::int64_t>(by, "SELECT count(*) FROM pg_stat_activity WHERE pid = $1", process) !=
           0)
        std::this_thread::sleep_for(1ms);
}

// The end of a process and that of its socket are two events.
bool soon_dead(driver::connection& c) {
    for (int i = 0; i < 2000 && c.alive(false); ++i) std::this_thread::sleep_for(1ms);
    return !c.alive(false);
}

// Calls once another connection's statement is running.
void when_running(std::int32_t process, std::string_view statement, auto call) {
    auto const watcher = connect();
    std::string pattern(statement);
    pattern += '%';
    while (one<std::int64_t>(
               *watcher,
               "SELECT count(*) FROM pg_stat_activity WHERE pid = $1 AND state = 'active' "
               "AND query LIKE $2",
               process, pattern) == 0)
        std::this_thread::sleep_for(1ms);
    call(*watcher);
}

}  // namespace

TEST_CASE("postgresql connection: the driver describes itself") {
    auto const& entry = postgresql::driver_entry();
    CHECK(entry.version == driver::interface_version);
    CHECK(std::string(entry.name) == "postgresql");
    CHECK(std::string(entry.schemes[1]) == "postgres");
    CHECK(std::string(entry.client).substr(0, 6) == "libpq ");
}

TEST_CASE("postgresql connection: it knows its server and speaks UTC") {
    NEED_SERVER();
    auto const c = connect();
    CHECK(c->can().server.substr(0, 11) == "PostgreSQL ");
    CHECK(c->can().version >= 120000);
    CHECK(c->can().key == driver::generated_key::returning);
    CHECK_FALSE(c->can().concurrent_streams);
    CHECK(c->spelling().id() == dialect::family::postgresql);
    CHECK(c->native() != nullptr);
    CHECK(one<std::string>(*c, "SHOW timezone") == "UTC");
    CHECK(one<std::string>(*c, "SHOW client_encoding") == "UTF8");
    CHECK(one<std::string>(*c, "SHOW application_name") == "relata");
}

TEST_CASE("postgresql connection: reset brings back what was changed") {
    NEED_SERVER();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, false);
    c->script(
        "SET TimeZone TO 'Asia/Tokyo'; SET DateStyle TO 'German'; SET client_encoding TO 'LATIN1'; "
        "SET standard_conforming_strings TO off; COMMIT; BEGIN");
    c->reset();
    CHECK(c->transaction() == transaction_state::none);
    CHECK(one<std::string>(*c, "SHOW timezone") == "UTC");
    CHECK(one<std::string>(*c, "SHOW datestyle").substr(0, 3) == "ISO");
    CHECK(one<std::string>(*c, "SHOW client_encoding") == "UTF8");
    CHECK(one<std::string>(*c, "SHOW standard_conforming_strings") == "on");
}

TEST_CASE(
    "postgresql connection: reset forgets settings, locks and temporary tables, not statements") {
    NEED_SERVER();
    auto const c = connect({{"statement_timeout", "4321"}});
    auto const kept = prepare<>(*c, "SELECT 7");
    c->script("SET statement_timeout = 1234; SET work_mem = '1MB'; CREATE TEMP TABLE t (x int); "
              "SELECT pg_advisory_lock(42); LISTEN news");
    c->reset();
    CHECK(one<std::string>(*c, "SHOW statement_timeout") == "4321ms");
    CHECK(one<std::string>(*c, "SHOW work_mem") != "1MB");
    CHECK(one<std::int64_t>(
              *c, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = 42") == 0);
    CHECK(one<std::int64_t>(*c, "SELECT count(*) FROM pg_listening_channels()") == 0);
    CHECK(error_of([&] { c->script("SELECT * FROM t"); }).kind == error_kind::table_not_found);
    execute(*kept);
    CHECK(rows<std::int32_t>(*kept).size() == 1);
    run(*c, "SET work_mem = '1MB'");
    c->reset();
    CHECK(one<std::string>(*c, "SHOW work_mem") != "1MB");
}

TEST_CASE("postgresql connection: options reach the session") {
    NEED_SERVER();
    auto const c = connect({{"application_name", "it's \"me\""},
                            {"statement_timeout", "12345"},
                            {"search_path", "pg_catalog, \"odd name\""},
                            {"connect_timeout", "5"},
                            {"keepalives_idle", "20"},
                            {"tcp_user_timeout", "5000"},
                            {"target_session_attrs", "read-write"},
                            {"sslmode", "prefer"}});
    CHECK(one<std::string>(*c, "SHOW application_name") == "it's \"me\"");
    CHECK(one<std::string>(*c, "SHOW statement_timeout") == "12345ms");
    CHECK(one<std::string>(*c, "SHOW search_path") == "pg_catalog, \"odd name\"");
}

TEST_CASE("postgresql connection: a wrong option is refused by its name") {
    NEED_SERVER();
    for (auto const& [name, value] : options{{"sslmode", "maybe"},
                                             {"insecure", "yes"},
                                             {"connect_timeout", "0"},
                                             {"connect_timeout", "5s"},
                                             {"statement_timeout", "-1"},
                                             {"target_session_attrs", "best"},
                                             {"keepalives_idle", "x"},
                                             {"statements", "none"}}) {
        INFO(name << "=" << value);
        auto const info = refusal_with({{name, value}});
        CHECK(info.kind == error_kind::invalid_url);
        CHECK(info.message.find(name) != std::string::npos);
        CHECK(info.message.find('"' + value) == std::string::npos);
    }
    CHECK(refusal_with({{"application_name", std::string("a\0b", 3)}}).kind ==
          error_kind::invalid_url);
}

TEST_CASE("postgresql connection: refusals are told apart") {
    NEED_SERVER();
    auto where = *server();
    where.database = "no_such_database";
    auto info = refusal(where);
    CHECK(info.kind == error_kind::database_not_found);
    CHECK(info.sqlstate == "3D000");
    CHECK(info.outcome == outcome::not_sent);
    CHECK_FALSE(info.connection_usable);

    where = *server();
    where.user = "no_such_user";
    CHECK(refusal(where).kind == error_kind::auth_failed);

    where = *server();
    where.port = "1";
    info = refusal(where);
    CHECK(info.kind == error_kind::connection_failed);
    CHECK(info.retry == retry_advice::reconnect);

    where = *server();
    where.host = "no-such-host.invalid";
    where.options = {{"insecure", "1"}};
    CHECK(refusal(where).kind == error_kind::connection_failed);

    where = *server();
    where.host += "," + where.host;
    where.port += ",1";
    where.options = {{"target_session_attrs", "standby"}};
    CHECK(refusal(where).kind == error_kind::connection_failed);
    where.options.clear();
    CHECK(postgresql::driver_entry().connect(where)->alive(true));
}

TEST_CASE("postgresql connection: a wrong password", "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    c->script(
        "DROP ROLE IF EXISTS relata_password; CREATE ROLE relata_password LOGIN PASSWORD 'right'");
    auto where = *server();
    where.user = "relata_password";
    where.password = "right";
    CHECK(postgresql::driver_entry().connect(where)->alive(true));
    where.password = "wrong secret";
    try {
        postgresql::driver_entry().connect(where);
        WARN("skipped: this server does not ask relata_password for a password");
    } catch (error const& e) {
        CHECK(e.kind() == error_kind::auth_failed);
        CHECK(e.sqlstate() == "28P01");
        CHECK(std::string(e.what()).find("secret") == std::string::npos);
        CHECK(e.info().native_message.find("secret") == std::string::npos);
        where.password.clear();
        CHECK(refusal(where).kind == error_kind::auth_failed);
    }
    c->script("DROP ROLE relata_password");
}

TEST_CASE("postgresql connection: without TLS no host that is not local gets through",
          "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    if (one<std::string>(*c, "SHOW ssl") == "on") {
        WARN("skipped: this server has TLS");
        return;
    }
    CHECK(refusal_with({{"sslmode", "require"}}).kind == error_kind::tls_failed);
    CHECK(refusal_with({{"sslmode", "verify-full"}}).kind == error_kind::tls_failed);
    // the environment cannot make the default weaker
    auto where = *server();
    auto const address = where.host;
    if (address != "127.0.0.1") return;
    where.host = "database.example";
    setenv("PGHOSTADDR", "127.0.0.1", 1);
    setenv("PGSSLMODE", "disable", 1);
    CHECK(refusal(where).kind == error_kind::tls_failed);
    where.options = {{"insecure", "1"}};
    CHECK(postgresql::driver_entry().connect(where)->alive(true));
    unsetenv("PGHOSTADDR");
    unsetenv("PGSSLMODE");
}

TEST_CASE("postgresql connection: a running statement is cancelled from another thread",
          "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, false);
    std::thread other([&, process = process_of(*c)] {
        when_running(process, "SELECT pg_sleep", [&](auto&) { c->cancel(); });
    });
    auto const info = error_of([&] { c->script("SELECT pg_sleep(30)"); });
    other.join();
    CHECK(info.kind == error_kind::cancelled);
    CHECK(info.transaction == transaction_state::failed);
    CHECK(info.retry == retry_advice::no);
    c->rollback();
    c->cancel();
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("postgresql connection: a stream is cancelled between two rows", "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<>(*c, "SELECT generate_series(1, 100000000)::bigint");
    s->expect(driver::read_mode::stream);
    execute(*s);
    REQUIRE(s->ready());
    c->cancel();
    CHECK(error_of([&] { rows<std::int64_t>(*s); }).kind == error_kind::cancelled);
    s->finish();
    CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("postgresql connection: a cancel hits the statement it was meant for, or none",
          "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    auto const s = prepare<>(*c, "SELECT count(*) FROM generate_series(1, 2000)");
    std::atomic<bool> end{false};
    std::thread other([&] {
        while (!end) {
            c->cancel();
            // a statement waits for the cancels under way, so that without a rest it might wait for ever
            std::this_thread::sleep_for(std::chrono::microseconds(100));
        }
    });
    for (int i = 0; i < 300; ++i) {
        try {
            execute(*s);
            CHECK(rows<std::int64_t>(*s) == std::deque<std::int64_t>{2000});
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::cancelled);
        }
    }
    end = true;
    other.join();
    for (int i = 0; i < 20; ++i) CHECK(one<std::int32_t>(*c, "SELECT 1") == 1);
}

TEST_CASE("postgresql connection: a lost server is noticed", "[threads]") {
    NEED_SERVER();
    auto const killer = connect();
    auto const c = connect();
    CHECK(c->alive(false));
    CHECK(c->alive(true));
    kill(*killer, process_of(*c));
    CHECK(soon_dead(*c));

    auto const d = connect();
    auto const s = prepare<>(*d, "SELECT 1");
    kill(*killer, process_of(*d));
    auto info = error_of([&] { execute(*s); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK_FALSE(info.connection_usable);
    CHECK(info.retry == retry_advice::reconnect);
    info = error_of([&] { execute(*s); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK(info.outcome == outcome::not_sent);
    s->finish();
    CHECK_FALSE(d->alive(true));
    CHECK(error_of([&] { d->reset(); }).kind == error_kind::connection_lost);
}

TEST_CASE("postgresql connection: losing the server in a statement, a transaction and a stream",
          "[threads]") {
    NEED_SERVER();
    auto const killer = connect();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, false);
    std::thread other([process = process_of(*c)] {
        when_running(process, "SELECT pg_sleep", [&](auto& by) { kill(by, process); });
    });
    auto info = error_of([&] { c->script("SELECT pg_sleep(30)"); });
    other.join();
    CHECK(info.kind == error_kind::connection_lost);
    CHECK(info.outcome == outcome::unknown);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(info.retry == retry_advice::transaction);

    auto const d = connect();
    auto const process = process_of(*d);
    auto const s = prepare<>(*d, "SELECT generate_series(1, 100000000)::bigint");
    s->expect(driver::read_mode::stream);
    execute(*s);
    REQUIRE(s->ready());
    kill(*killer, process);
    info = error_of([&] { rows<std::int64_t>(*s); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK_FALSE(info.connection_usable);
}

TEST_CASE("postgresql connection: a commit whose answer is lost is in doubt", "[threads]") {
    NEED_SERVER();
    auto const c = connect();
    c->script("CREATE TEMP TABLE t (x int);"
              "CREATE FUNCTION pg_temp.slow() RETURNS trigger LANGUAGE plpgsql AS "
              "'BEGIN PERFORM pg_sleep(30); RETURN NULL; END';"
              "CREATE CONSTRAINT TRIGGER slow AFTER INSERT ON t DEFERRABLE INITIALLY DEFERRED "
              "FOR EACH ROW EXECUTE FUNCTION pg_temp.slow()");
    c->begin(driver::isolation::read_committed, false);
    c->script("INSERT INTO t VALUES (1)");
    std::thread other([process = process_of(*c)] {
        when_running(process, "COMMIT", [&](auto& by) { kill(by, process); });
    });
    auto info = error_of([&] { c->commit(); });
    other.join();
    CHECK(info.kind == error_kind::in_doubt);
    CHECK(info.outcome == outcome::in_doubt);
    CHECK(info.transaction == transaction_state::unknown);
    CHECK(info.retry == retry_advice::no);
    CHECK_FALSE(info.connection_usable);
}

TEST_CASE("postgresql connection: a commit that was never sent is not in doubt") {
    NEED_SERVER();
    auto const killer = connect();
    auto const c = connect();
    c->begin(driver::isolation::read_committed, false);
    kill(*killer, process_of(*c));
    CHECK(soon_dead(*c));
    auto const info = error_of([&] { c->commit(); });
    CHECK(info.kind == error_kind::connection_lost);
    CHECK(info.outcome == outcome::not_sent);
}
#endif
