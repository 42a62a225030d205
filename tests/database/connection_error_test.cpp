// SPDX-License-Identifier: BSL-1.0
//
// Wrong addresses, users and options; lost servers; full disks. The error names the thing, never the
// password, and the pool goes on.

#include "database/library.hpp"
#include "database/thrown.hpp"

#include <chrono>
#include <cstdio>
#include <fstream>
#include <thread>

#include <unistd.h>

using namespace relata;
using namespace test;

namespace {

constexpr char secret[] = "hunter2secret";

/// The parts of the servers' URLs that these tests change.
struct address {
    std::string scheme, user, host, port, rest;
    [[nodiscard]] std::string url() const {
        return scheme + "://" + user + "@" + host + ":" + port + rest;
    }
};

address server_address() {
    address a;
    auto const url = back_end_url();
    auto const user = url.find("://") + 3, host = url.find('@') + 1, port = url.find(':', host) + 1,
               rest = url.find('/', port);
    a.scheme = url.substr(0, user - 3);
    a.user = url.substr(user, host - user - 1);
    a.host = url.substr(host, port - host - 1);
    a.port = url.substr(port, rest - port);
    a.rest = url.substr(rest);
    return a;
}

error_info refused(std::string const& url) {
    return thrown_without(secret, [&] { (void)open(url); });
}

/// A file that goes when the test ends.
struct scratch_file {
    std::string name = "/tmp/relata_scratch_" + std::to_string(getpid()) + ".db";
    ~scratch_file() {
        for (auto const* tail : {"", "-wal", "-shm", "-journal"})
            std::remove((name + tail).c_str());
    }
};

std::int64_t session_id(handle const& on_handle) {
    if (on("postgresql"))
        return on_handle
            .all(from<artist>().limit(1).select(raw<"pg_backend_pid()::bigint", std::int64_t>()))
            .at(0)
            .m0;
    return on_handle
        .all(from<artist>().limit(1).select(raw<"cast(connection_id() as signed)", std::int64_t>()))
        .at(0)
        .m0;
}

void kill_session(std::int64_t id) {
    test::db().script(unsafe_sql(on("postgresql") ? "do $$ begin perform pg_terminate_backend(" +
                                                        std::to_string(id) + "); end $$"
                                                  : "kill " + std::to_string(id)));
}

}  // namespace

TEST_CASE("connecting: nothing answers at the port") {
    if (on("sqlite")) return;
    auto a = server_address();
    a.port = "1";
    a.user += std::string(":") + secret;
    auto const e = refused(a.url());
    CHECK(name_of(e.kind) == "connection_failed");
    CHECK(e.message.ends_with("(" + a.host + ":1)"));
    CHECK(e.outcome == outcome::not_sent);
    CHECK_FALSE(e.connection_usable);
}

TEST_CASE("connecting: a user that the server does not know") {
    if (on("sqlite")) return;
    auto a = server_address();
    a.user = std::string("relata_nobody:") + secret;
    CHECK(name_of(refused(a.url()).kind) == "auth_failed");
}

TEST_CASE("connecting: a database that is not there") {
    if (on("sqlite")) {
        CHECK(name_of(refused("sqlite:/tmp/relata_no_such_file.db?mode=rw").kind) ==
              "database_not_found");
    } else {
        auto a = server_address();
        a.rest = "/relata_no_such_database";
        CHECK(name_of(refused(a.url()).kind) == "database_not_found");
    }
}

TEST_CASE("connecting: URLs that cannot be read, unknown options and drivers") {
    CHECK(name_of(refused(url_with("no_such_option=1")).kind) == "invalid_url");
    CHECK(name_of(refused(url_with("pool_size=none")).kind) == "invalid_url");
    CHECK(name_of(refused("").kind) == "invalid_url");
    CHECK(name_of(refused(std::string("nosuch://user:") + secret + "@host/db").kind) ==
          "driver_not_found");
}

TEST_CASE("connecting: TLS that is asked for and not there") {
    if (on("sqlite")) return;
    auto const e = refused(url_with(on("postgresql") ? "sslmode=require" : "ssl=on"));
    CHECK(name_of(e.kind) == "tls_failed");
}

TEST_CASE("connecting: a user who may not read the table") {
    if (on("sqlite")) return;
    auto const& db = library();
    if (on("postgresql"))
        db.script("drop role if exists relata_guest; create role relata_guest login password "
                  "'hunter2secret'");
    else
        db.script("drop user if exists relata_guest; create user relata_guest identified by "
                  "'hunter2secret'; grant show view on *.* to relata_guest");
    auto a = server_address();
    a.user = std::string("relata_guest:") + secret;
    {
        auto const guest = open(a.url());
        auto const e = thrown_without(secret, [&] { (void)guest.all(from<artist>()); });
        CHECK(name_of(e.kind) == "permission_denied");
        CHECK(e.connection_usable);
    }
    if (on("postgresql")) db.script("drop role relata_guest");
    else db.script("drop user relata_guest");
}

TEST_CASE("connections: a wrong statement names the table, the column or the place") {
    auto const& db = fresh<artist, album>();
    CHECK(kind_thrown([&] { db.script("selec 1"); }) == "syntax");
    db.drop_tables<album>();
    auto const e = thrown([&] { (void)db.all(from<album>()); });
    CHECK(name_of(e.kind) == "table_not_found");
    CHECK(e.table == "library_albums");
    db.script("create table library_albums (id bigint primary key, title varchar(20))");
    auto const column = thrown([&] { (void)db.all(from<album>()); });
    CHECK(name_of(column.kind) == "column_not_found");
    REQUIRE(column.columns.size() == 1);
    CHECK(column.columns[0] == "artist_id");
    CHECK(column.table == "library_albums");
    (void)fresh<artist, album>();
}

TEST_CASE("connections: the pool is bounded and says so in time") {
    auto const small = open(url_with("pool_size=1&pool_timeout=100ms"));
    auto held = small.connect();
    auto const began = std::chrono::steady_clock::now();
    auto const e = thrown([&] { (void)small.connect(); });
    auto const waited = std::chrono::steady_clock::now() - began;
    CHECK(name_of(e.kind) == "pool_timeout");
    CHECK(e.outcome == outcome::not_sent);
    CHECK(waited >= std::chrono::milliseconds(90));
    CHECK(waited < std::chrono::seconds(3));
    CHECK(kind_thrown([&] { (void)small.begin(); }) == "pool_timeout");
    { auto gone = std::move(held); }
    CHECK_NOTHROW(small.connect());
}

TEST_CASE("connections: a server that ends the session is noticed, and the pool recovers") {
    if (on("sqlite")) return;
    (void)library();
    auto const open = relata::open(url_with("pool_size=1"));
    auto c = std::make_unique<connection>(open.connect());
    kill_session(session_id(*c));
    auto const e = thrown([&] { (void)c->all(from<artist>()); });
    CHECK(name_of(e.kind) == "connection_lost");
    CHECK_FALSE(e.connection_usable);
    CHECK(e.retry == (e.outcome == outcome::unknown ? retry_advice::no : retry_advice::reconnect));
    c.reset();
    CHECK(open.all(from<artist>()).size() == 3);
}

TEST_CASE("connections: a session that was killed while it rested is replaced") {
    if (on("sqlite")) return;
    (void)library();
    auto const open = relata::open(url_with("pool_size=1&pool_check=0"));
    kill_session(session_id(open));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(open.all(from<artist>()).size() == 3);
    kill_session(session_id(open));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    CHECK(open.insert_all(std::vector<artist>{{0, "bulk", {}}}) == 1);
    CHECK(open.all(from<artist>()).size() == 4);
}

TEST_CASE("connections: a bulk insert on a lost session does not poison the pool") {
    if (on("sqlite")) return;
    (void)library();
    auto const open = relata::open(url_with("pool_size=1&pool_check=3600s"));
    kill_session(session_id(open));
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
    try {
        open.insert_all(std::vector<artist>{{0, "bulk", {}}});
    } catch (error const& e) {
        CHECK(name_of(e.kind()) == "connection_lost");
    }
    CHECK(open.all(from<album>()).size() == 4);
    CHECK_NOTHROW(open.insert_all(std::vector<artist>{{0, "bulk 2", {}}}));
}

TEST_CASE("connections: a session that is killed in a transaction takes all of it") {
    if (on("sqlite")) return;
    (void)library();
    auto const open = relata::open(url_with("pool_size=1"));
    {
        auto t = open.begin();
        t.insert(artist{0, "lost", {}});
        kill_session(session_id(t));
        auto const e = thrown([&] { t.insert(artist{0, "more", {}}); });
        CHECK(name_of(e.kind) == "connection_lost");
        (void)thrown([&] { t.commit(); });
    }
    CHECK(open.all(from<artist>()).size() == 3);
    {
        auto t = open.begin();
        t.insert(artist{0, "lost", {}});
        kill_session(session_id(t));
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        auto const e = thrown([&] { t.commit(); });
        CHECK((e.kind == error_kind::in_doubt || e.kind == error_kind::connection_lost));
    }
    CHECK(open.all(from<artist>()).size() == 3);
}

TEST_CASE("connections: a SQLite file that is none") {
    if (!on("sqlite")) return;
    scratch_file const file;
    std::ofstream(file.name) << std::string(8192, 'x');
    auto const e = thrown([&] { (void)open("sqlite:" + file.name).all(from<artist>()); });
    CHECK(name_of(e.kind) == "corrupt");
}

TEST_CASE("connections: a SQLite file that may only be read") {
    if (!on("sqlite")) return;
    (void)library();
    auto const reader = open(url_with("mode=ro"));
    CHECK(reader.all(from<artist>()).size() == 3);
    CHECK(kind_thrown([&] { reader.insert(artist{0, "no", {}}); }) == "read_only");
}

TEST_CASE("connections: a full disk leaves nothing half-written") {
    if (!on("sqlite")) return;
    scratch_file const file;
    auto const db = open("sqlite:" + file.name + "?pool_size=1");
    db.create_tables<artist>();
    auto c = db.connect();
    c.script("pragma max_page_count = 20");
    std::vector<artist> many;
    for (int i = 0; i < 5000; ++i)
        many.push_back({0, "an artist with a number " + std::to_string(i), {}});
    auto const e = thrown([&] { c.insert_all(many); });
    CHECK(name_of(e.kind) == "disk_full");
    CHECK(c.all(from<artist>()).empty());
    c.script("pragma max_page_count = 10000");
    CHECK(c.insert_all(many) == 5000);
}
