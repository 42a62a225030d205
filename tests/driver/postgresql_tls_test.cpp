// SPDX-License-Identifier: BSL-1.0
// TLS: the server's certificate is for localhost and signed by the authority in authority.pem.
#include "postgresql_server.hpp"

using namespace relata;
using namespace postgresql_test;
using enum relata::error_kind;

namespace {

std::string file(std::string const& name) {
    return std::string(std::getenv("RELATA_TEST_CERTIFICATES")) + "/" + name;
}

struct tls_server {
    driver::address where = *server_test::server_of("RELATA_TEST_POSTGRESQL_TLS");

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
        return one<bool>(*c, "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()");
    }
    [[nodiscard]] error_kind refusal(options more) {
        where.options = std::move(more);
        auto const info = error_of([&] { (void)connect_to(where); });
        CHECK(info.outcome == outcome::not_sent);
        CHECK((info.kind == invalid_url || !info.connection_usable));
        return info.kind;
    }
};

}  // namespace

TEST_CASE("postgresql tls: the right authority and name are let in, and the connection is secret") {
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_TLS");
    auto const root = file("authority.pem");
    CHECK(tls_server().encrypted({{"sslmode", "verify-full"}, {"sslrootcert", root}}));
    CHECK(tls_server().encrypted({{"sslmode", "verify-ca"}, {"sslrootcert", root}}));
    CHECK(tls_server().encrypted({{"sslmode", "require"}, {"sslrootcert", root}}));
    CHECK(tls_server()
              .host("127.0.0.1")
              .encrypted({{"sslmode", "verify-ca"}, {"sslrootcert", root}}));
    CHECK(tls_server().encrypted({{"sslmode", "require"}}));
    CHECK(tls_server().encrypted({{"sslmode", "prefer"}}));
    CHECK(tls_server().user("relata_encrypted").encrypted({{"sslmode", "require"}}));
    CHECK_FALSE(tls_server().encrypted({{"sslmode", "disable"}}));
}

TEST_CASE("postgresql tls: another name, another authority or none is refused") {
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_TLS");
    auto const root = file("authority.pem");
    auto const stranger = file("stranger.pem");
    CHECK(tls_server()
              .host("127.0.0.1")
              .refusal({{"sslmode", "verify-full"}, {"sslrootcert", root}}) == tls_failed);
    CHECK(tls_server().refusal({{"sslmode", "verify-full"}, {"sslrootcert", stranger}}) ==
          tls_failed);
    CHECK(tls_server().refusal({{"sslmode", "verify-ca"}, {"sslrootcert", stranger}}) ==
          tls_failed);
    CHECK(tls_server().refusal({{"sslmode", "require"}, {"sslrootcert", stranger}}) == tls_failed);
    CHECK(tls_server().refusal({{"sslmode", "verify-full"}, {"sslrootcert", "/nonexistent.pem"}}) ==
          tls_failed);
    CHECK(tls_server().refusal({{"sslmode", "verify-full"}, {"sslrootcert", file("log")}}) ==
          tls_failed);
    CHECK(tls_server().user("relata_encrypted").refusal({{"sslmode", "disable"}}) == auth_failed);
}

TEST_CASE("postgresql tls: a user who has to show a certificate") {
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_TLS");
    auto const with = [](char const* certificate, char const* key) {
        return options{{"sslmode", "verify-full"},
                       {"sslrootcert", file("authority.pem")},
                       {"sslcert", file(certificate)},
                       {"sslkey", file(key)}};
    };
    CHECK(tls_server().user("relata_certified").encrypted(with("client.pem", "client.key")));
    // server.pem is of the same authority, but for another name
    CHECK(tls_server().user("relata_certified").refusal(with("server.pem", "server.key")) ==
          auth_failed);
    CHECK(tls_server().user("relata_certified").refusal({{"sslmode", "require"}}) == auth_failed);
    CHECK(tls_server().refusal(with("client.pem", "server.key")) == tls_failed);
    CHECK(tls_server().refusal(with("nothing.pem", "client.key")) == invalid_url);
}

TEST_CASE("postgresql tls: demanded of a server that has none") {
    NEED_SERVER();
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_TLS");
    for (char const* const mode : {"require", "verify-ca", "verify-full"}) {
        INFO(mode);
        auto const info = error_of(
            [&] { (void)connect({{"sslmode", mode}, {"sslrootcert", file("authority.pem")}}); });
        CHECK(info.kind == tls_failed);
    }
    CHECK(one<std::int64_t>(*connect({{"sslmode", "prefer"}}), "SELECT 1") == 1);
}

TEST_CASE("postgresql tls: cancel reaches the server") {
    NEED_SERVER_OF("RELATA_TEST_POSTGRESQL_TLS");
    auto where = tls_server().where;
    where.options = {{"sslmode", "verify-full"}, {"sslrootcert", file("authority.pem")}};
    auto const c = connect_to(where);
    auto const select = prepare<>(*c, "SELECT generate_series(1, 100000000)::bigint AS x");
    select->expect(driver::read_mode::stream);
    execute(*select);
    REQUIRE(select->ready());
    c->cancel();
    CHECK(error_of([&] { rows<std::int64_t>(*select); }).kind == cancelled);
}
