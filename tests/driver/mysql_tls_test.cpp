// SPDX-License-Identifier: BSL-1.0
// TLS: the server's certificate is for localhost and signed by the authority in authority.pem.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;
using enum relata::error_kind;

namespace {

std::string file(std::string const& name) {
    return std::string(std::getenv("RELATA_TEST_CERTIFICATES")) + "/" + name;
}

struct tls_server {
    driver::address where = *server_test::server_of("RELATA_TEST_MYSQL_TLS");

    tls_server& host(char const* name) {
        where.host = name;
        return *this;
    }
    tls_server& user(char const* name) {
        where.user = name;
        return *this;
    }
    [[nodiscard]] bool encrypted(options more) {
        where.options = std::move(more);
        auto const c = connect_to(where);
        return one<std::int64_t>(
                   *c, "SELECT count(*) FROM information_schema.session_status "
                       "WHERE variable_name = 'Ssl_cipher' AND variable_value <> ''") == 1;
    }
    [[nodiscard]] error_kind refusal(options more) {
        where.options = std::move(more);
        auto const info = error_of([&] { (void)connect_to(where); });
        CHECK(info.outcome == outcome::not_sent);
        CHECK_FALSE(info.connection_usable);
        return info.kind;
    }
};

}  // namespace

TEST_CASE("mysql tls: the right authority and name are let in, and the connection is secret") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    auto const ca = file("authority.pem");
    CHECK(tls_server().encrypted({{"ssl", "on"}, {"ssl_ca", ca}}));
    CHECK(tls_server().encrypted({{"ssl_ca", ca}}));
    CHECK(tls_server().encrypted({{"ssl", "on"}, {"insecure", "1"}}));
    CHECK(tls_server().host("127.0.0.1").encrypted({{"ssl", "on"}, {"insecure", "1"}}));
    CHECK(tls_server().user("relata_encrypted").encrypted({{"ssl_ca", ca}}));
    CHECK_FALSE(tls_server().encrypted({}));  // a local server is not asked for it
    CHECK_FALSE(tls_server().encrypted({{"ssl", "off"}}));
}

TEST_CASE("mysql tls: another name, another authority or none is refused") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    auto const ca = file("authority.pem");
    CHECK(tls_server().host("127.0.0.1").refusal({{"ssl", "on"}, {"ssl_ca", ca}}) == tls_failed);
    CHECK(tls_server().refusal({{"ssl", "on"}, {"ssl_ca", file("stranger.pem")}}) == tls_failed);
    CHECK(tls_server().refusal({{"ssl_ca", file("stranger.pem")}}) == tls_failed);
    CHECK(tls_server().refusal({{"ssl", "on"}}) == tls_failed);
    CHECK(tls_server().refusal({{"ssl_ca", "/nonexistent.pem"}}) == tls_failed);
    CHECK(tls_server().refusal({{"ssl_ca", file("log")}}) == tls_failed);
    CHECK(tls_server().user("relata_encrypted").refusal({}) == auth_failed);
}

TEST_CASE("mysql tls: a user who has to show a certificate") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    auto const with = [](char const* certificate, char const* key) {
        return options{{"ssl_ca", file("authority.pem")},
                       {"ssl_cert", file(certificate)},
                       {"ssl_key", file(key)}};
    };
    CHECK(tls_server().user("relata_certified").encrypted(with("client.pem", "client.key")));
    // server.pem is of the same authority, but for another name
    CHECK(tls_server().user("relata_certified").refusal(with("server.pem", "server.key")) ==
          auth_failed);
    CHECK(tls_server().user("relata_certified").refusal({{"ssl_ca", file("authority.pem")}}) ==
          auth_failed);
    CHECK(tls_server().refusal(with("client.pem", "server.key")) == tls_failed);
    CHECK(tls_server().refusal(with("nothing.pem", "client.key")) == tls_failed);
}

TEST_CASE("mysql tls: demanded of a server that has none") {
    NEED_SERVER();
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    if (!is_mariadb(*connect())) return;  // MySQL makes a certificate for itself
    for (auto const& demand : {options{{"ssl", "on"}, {"ssl_ca", file("authority.pem")}},
                               options{{"ssl", "on"}}, options{{"ssl", "on"}, {"insecure", "1"}}})
        CHECK(error_of([&] { (void)connect(demand); }).kind == tls_failed);
}

TEST_CASE("mysql tls: cancel reaches the server") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL_TLS");
    auto where = tls_server().where;
    where.options = {{"ssl_ca", file("authority.pem")}};
    auto const c = connect_to(where);
    auto const select = prepare<>(*c, "SELECT 1 FROM seq_1_to_100000000 a");
    execute(*select);
    field const plan = make_field(type_of<std::int64_t>, 0, 0);
    std::int64_t value = 0;
    CHECK(select->fetch(&plan, 1, &value, 8, 1) == 1);
    c->cancel();
    CHECK(error_of([&] {
              while (select->fetch(&plan, 1, &value, 8, 1) == 1) {}
          }).kind == cancelled);
}
