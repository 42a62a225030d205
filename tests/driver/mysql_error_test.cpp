// SPDX-License-Identifier: BSL-1.0
// Errors, each provoked for real: the portable kind, the names in it, and what is left usable.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;

namespace {

using columns = std::vector<std::string>;

struct tables {
    connection c = connect();
    tables() {
        c->script("DROP TABLE IF EXISTS err_children, err_parents");
        c->script("CREATE TABLE err_parents (id bigint AUTO_INCREMENT, name varchar(10) NOT NULL, "
                  "n smallint, "
                  "code varchar(10), CONSTRAINT err_parents_pkey PRIMARY KEY (id), "
                  "CONSTRAINT err_parents_code_key UNIQUE (code), "
                  "CONSTRAINT err_parents_small CHECK (n < 100))");
        c->script("CREATE TABLE err_children (id bigint PRIMARY KEY, parent bigint, flag tinyint "
                  "CHECK (flag IN (0, 1)), "
                  "CONSTRAINT err_children_parent_fkey FOREIGN KEY (parent) REFERENCES err_parents "
                  "(id))");
        c->script("INSERT INTO err_parents (id, name, code) VALUES (1, 'one', 'c1')");
        c->script("INSERT INTO err_children (id, parent) VALUES (1, 1)");
    }
    ~tables() {
        c.reset();
        connect()->script("DROP TABLE IF EXISTS err_children, err_parents");
    }
    error_info failing(std::string_view sql) {
        auto info = error_of([&] { run(*c, sql); });
        CHECK(info.connection_usable);
        CHECK(info.outcome == outcome::rejected);
        CHECK(info.native_code > 0);
        CHECK(info.sqlstate.size() == 5);
        CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);
        return info;
    }
};

}  // namespace

TEST_CASE("mysql error: unique keys and primary keys by name") {
    NEED_SERVER();
    tables t;
    auto info = t.failing("INSERT INTO err_parents (name, code) VALUES ('x', 'c1')");
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.constraint == "err_parents_code_key");
    CHECK(info.table == "err_parents");
    CHECK(std::string(error(info).what()).find("c1") == std::string::npos);
    info = t.failing("INSERT INTO \"err_parents\" (\"id\", name) VALUES (1, 'key ''x''')");
    CHECK(info.kind == error_kind::unique_violation);
    CHECK(info.constraint == "err_parents_pkey");
    CHECK(info.table == "err_parents");
    info = t.failing("INSERT INTO err_parents (name, code) VALUES ('x', 'y'), ('x', 'key "
                     "''z'''), ('x', 'key ''z''')");
    CHECK(info.constraint == "err_parents_code_key");
}

TEST_CASE("mysql error: references, checks and NOT NULL by name") {
    NEED_SERVER();
    tables t;
    auto info = t.failing("INSERT INTO err_children VALUES (2, 99, 0)");
    CHECK(info.kind == error_kind::foreign_key_violation);
    CHECK(info.constraint == "err_children_parent_fkey");
    CHECK(info.table == "err_children");
    CHECK(info.columns == columns{"parent"});
    info = t.failing("DELETE FROM err_parents");
    CHECK(info.kind == error_kind::foreign_key_violation);
    CHECK(info.constraint == "err_children_parent_fkey");
    info = t.failing("UPDATE err_parents SET n = 100");
    CHECK(info.kind == error_kind::check_violation);
    CHECK(info.constraint == "err_parents_small");
    CHECK(info.table == "err_parents");
    info = t.failing("UPDATE err_children SET flag = 2");
    CHECK(info.kind == error_kind::check_violation);
    if (is_mariadb(*t.c)) {  // MySQL numbers such checks
        CHECK(info.constraint == "err_children_flag_check");
        CHECK(info.columns == columns{"flag"});
    }
    CHECK(info.table == "err_children");
    info = t.failing("UPDATE err_parents SET name = NULL");
    CHECK(info.kind == error_kind::not_null_violation);
    CHECK(info.columns == columns{"name"});
    CHECK(info.table == "err_parents");
    info = t.failing("INSERT INTO err_parents (code) VALUES ('c3')");
    CHECK(info.kind == error_kind::not_null_violation);
    CHECK(info.columns == columns{"name"});
}

TEST_CASE("mysql error: values that the column does not take") {
    NEED_SERVER();
    tables t;
    auto info = t.failing("UPDATE err_parents SET n = 32768");
    CHECK(info.kind == error_kind::out_of_range);
    CHECK(info.columns == columns{"n"});
    info = t.failing("UPDATE err_parents SET name = '01234567890'");
    CHECK(info.kind == error_kind::value_too_long);
    CHECK(info.columns == columns{"name"});
    CHECK(t.failing("UPDATE err_parents SET n = 'abc'").kind == error_kind::value_invalid);
    CHECK(t.failing("INSERT INTO err_parents (name) SELECT 1 / 0").kind ==
          error_kind::division_by_zero);
    CHECK(
        t.failing("INSERT INTO err_parents (name, n) VALUES ('x', 9223372036854775807 + 1)").kind ==
        error_kind::out_of_range);
    CHECK(error_of([&] { one<std::int64_t>(*t.c, "SELECT 9223372036854775807 + 1"); }).kind ==
          error_kind::out_of_range);
}

TEST_CASE("mysql error: names and syntax") {
    NEED_SERVER();
    tables t;
    CHECK(t.failing("SELEC 1").kind == error_kind::syntax);
    CHECK(t.failing("SELECT 'open").kind == error_kind::syntax);
    for (auto const* nothing : {"", " ;", "-- nothing", "/* nothing */", "# nothing"})
        CHECK(error_of([&] { run(*t.c, nothing); }).kind == error_kind::syntax);
    CHECK(t.failing("SELECT id, count(*) FROM err_parents").kind == error_kind::syntax);
    CHECK(t.failing("SELECT nothing(1)").kind == error_kind::syntax);
    auto info = t.failing("SELECT * FROM nowhere");
    CHECK(info.kind == error_kind::table_not_found);
    CHECK(info.table == "nowhere");
    info = t.failing("SELECT nothing FROM err_parents");
    CHECK(info.kind == error_kind::column_not_found);
    CHECK(info.columns == columns{"nothing"});
    CHECK(t.failing("CREATE TABLE err_parents (a int)").kind == error_kind::already_exists);
    CHECK(t.failing("CREATE UNIQUE INDEX err_parents_code_key ON err_parents (code)").kind ==
          error_kind::already_exists);
    CHECK(t.failing("CREATE TABLE bad (a bigint, FOREIGN KEY (a) REFERENCES nowhere (b))").kind ==
          error_kind::invalid_schema);
    CHECK(t.failing("DROP TABLE nowhere").kind == error_kind::table_not_found);
    CHECK(t.failing("SELECT * FROM nowhere.nothing").kind == error_kind::table_not_found);
    CHECK(t.failing("LOAD DATA LOCAL INFILE '/etc/hostname' INTO TABLE err_parents").kind ==
          error_kind::not_supported);
}

TEST_CASE("mysql error: a user without rights") {
    NEED_SERVER();
    tables t;
    t.c->script("DROP USER IF EXISTS err_user@'%'; "
                "CREATE USER err_user@'%' IDENTIFIED BY 'pass word'; "
                "GRANT SELECT ON err_parents TO err_user@'%'");
    {
        auto where = *server();
        where.user = "err_user";
        where.password = "pass word";
        auto const weak = connect_to(where);
        CHECK(error_of([&] { run(*weak, "DELETE FROM err_parents"); }).kind ==
              error_kind::permission_denied);
        CHECK(error_of([&] { run(*weak, "SELECT name FROM err_children"); }).kind ==
              error_kind::permission_denied);
        where.database = "mysql";
        CHECK(error_of([&] { connect_to(where); }).kind == error_kind::permission_denied);
    }
    t.c->script("DROP USER err_user@'%'");
}

TEST_CASE("mysql error: a server that asks for the password in clear text does not get it") {
    NEED_SERVER();
    auto const admin = connect();
    try {
        admin->script("INSTALL SONAME 'auth_pam'");
    } catch (error const&) {
        WARN("skipped: this server has no auth_pam");
        return;
    }
    admin->script("CREATE OR REPLACE USER relata_pam IDENTIFIED VIA pam USING 'other'");
    auto where = *server();
    where.user = "relata_pam";
    where.password = "secret";
    auto const info = error_of([&] { connect_to(where); });
    CHECK(info.kind == error_kind::auth_failed);
    CHECK(info.native_code == 5010);  // the client has refused
    admin->script("DROP USER relata_pam; UNINSTALL SONAME 'auth_pam'");
}

TEST_CASE("mysql error: time limits, and values larger than a packet") {
    NEED_SERVER();
    auto const c = connect({{"statement_timeout", "200"}});
    // not SLEEP: MySQL ends it without an error
    auto info = error_of([&] {
        one<std::int64_t>(*c, "SELECT count(*) FROM information_schema.collations a, "
                              "information_schema.collations b, information_schema.collations c, "
                              "information_schema.collations d");
    });
    CHECK(info.kind == error_kind::timeout);
    CHECK(info.connection_usable);
    CHECK(one<std::int64_t>(*c, "SELECT 1") == 1);

    auto const admin = connect();
    auto const before = one<std::int64_t>(*admin, "SELECT @@global.max_allowed_packet");
    admin->script("SET GLOBAL max_allowed_packet = 1048576");
    {
        for (char const* const way : {"arrays", "values"}) {
            INFO(way);
            auto const small = connect({{"bulk", way}});
            info = error_of(
                [&] { one<std::int64_t>(*small, "SELECT length(?)", std::string(1048576, 'x')); });
            CHECK(info.kind == error_kind::limit_exceeded);
            CHECK(info.outcome == outcome::not_sent);
            CHECK(one<std::int64_t>(*small, "SELECT length(?)", std::string(1000000, 'x')) ==
                  1000000);
            small->script("CREATE TEMPORARY TABLE big (v longtext)");
            CHECK(error_of([&] {
                      bulk(*small, "big", "v",
                           std::deque<std::string>{"a", std::string(1048576, 'x')});
                  }).row == 1);
            CHECK(bulk(*small, "big", "v", std::deque<std::string>(20, std::string(200000, 'x'))) ==
                  20);
            // each fits into a packet, two of them do not
            CHECK(bulk(*small, "big", "v",
                       std::deque<std::string>{std::string(200000, 'x'), std::string(900000, 'y'),
                                               std::string(900000, 'z')}) == 3);
            CHECK(one<std::int64_t>(*small, "SELECT sum(length(v)) FROM big WHERE v <> 'a'") ==
                  6000000);
        }
    }
    admin->script("SET GLOBAL max_allowed_packet = " + std::to_string(before));
}

TEST_CASE("mysql error: options, addresses and passwords that are wrong") {
    NEED_SERVER();
    auto const failing = [](auto change) {
        auto where = *server();
        where.password = "";
        change(where);
        auto const info = error_of([&] { connect_to(where); });
        CHECK(info.message.find("s3cret") == std::string::npos);
        return info.kind;
    };
    auto const option = [&](char const* name, char const* value) {
        return failing([&](driver::address& a) { a.options.emplace_back(name, value); });
    };
    using enum error_kind;
    CHECK(failing([](driver::address& a) { a.password = "s3cret"; }) == auth_failed);
    CHECK(failing([](driver::address& a) { a.user = "nobody"; }) == auth_failed);
    CHECK(failing([](driver::address& a) { a.database = "no_such_database"; }) ==
          database_not_found);
    CHECK(failing([](driver::address& a) { a.port = "1"; }) == connection_failed);
    CHECK(failing([](driver::address& a) { a.port = "70000"; }) == invalid_url);
    CHECK(failing([](driver::address& a) { a.host = "no-such-host.invalid"; }) ==
          connection_failed);
    CHECK(failing([](driver::address& a) { a.host = "127.0.0.1;ssl_verify=0"; }) == invalid_url);
    CHECK(option("socket", "/nonexistent/socket") == connection_failed);
    CHECK(option("connect_timeout", "0") == invalid_url);
    CHECK(option("connect_timeout", "soon") == invalid_url);
    CHECK(option("statement_timeout", "-1") == invalid_url);
    CHECK(option("bulk", "copy") == invalid_url);
    CHECK(option("ssl", "maybe") == invalid_url);
    CHECK(option("ssl", "on") == tls_failed);  // no TLS, or a certificate that nobody knows
    CHECK(failing([](driver::address& a) {
              a.host = "db.example.com";
              a.options.emplace_back("ssl", "off");
          }) == invalid_url);
    if (!is_mariadb(*connect())) return;  // MySQL makes a certificate for itself
    CHECK(failing([](driver::address& a) {
              a.options.emplace_back("ssl", "on");
              a.options.emplace_back("insecure", "1");
          }) == tls_failed);
}
