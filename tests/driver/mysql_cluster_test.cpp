// SPDX-License-Identifier: BSL-1.0
// A Galera cluster, whose nodes decide at commit, and a server that is too old.
#include "mysql_server.hpp"

using namespace relata;
using namespace mysql_test;
using driver::isolation;

namespace {

bool has_cluster() {
    char const* const urls = std::getenv("RELATA_TEST_GALERA");
    if (urls && *urls) return true;
    WARN("skipped: RELATA_TEST_GALERA is not set");
    return false;
}

// Node 1, 2 or 3; the variable has their URLs with spaces between them.
connection node(int number) {
    std::string_view urls = std::getenv("RELATA_TEST_GALERA");
    for (; number > 1; --number) urls.remove_prefix(urls.find(' ') + 1);
    return connect_to(engine::parse_url(std::string(urls.substr(0, urls.find(' ')))));
}

struct cluster_table {
    cluster_table() {
        node(1)->script("DROP TABLE IF EXISTS cluster_rows; "
                        "CREATE TABLE cluster_rows (id int PRIMARY KEY, v int); "
                        "INSERT INTO cluster_rows VALUES (1, 10), (2, 20)");
    }
    ~cluster_table() { node(1)->script("DROP TABLE cluster_rows"); }
};

// Reads after everything that the cluster has committed.
std::int64_t value(driver::connection& c) {
    c.script("SET SESSION wsrep_sync_wait = 1");
    return one<std::int64_t>(c, "SELECT v FROM cluster_rows WHERE id = 1");
}

}  // namespace

TEST_CASE("mysql cluster: what one node commits the others read", "[galera]") {
    if (!has_cluster()) return;
    cluster_table const table;
    auto const first = node(1);
    auto const second = node(2);
    first->begin(isolation::read_committed, false);
    run(*first, "UPDATE cluster_rows SET v = 11 WHERE id = 1");
    CHECK(value(*second) == 10);
    first->commit();
    CHECK(value(*second) == 11);
    CHECK(value(*node(3)) == 11);
}

TEST_CASE("mysql cluster: of two nodes that change one row, one has to start again", "[galera]") {
    if (!has_cluster()) return;
    cluster_table const table;
    auto const first = node(1);
    auto const second = node(2);
    first->begin(isolation::read_committed, false);
    second->begin(isolation::read_committed, false);
    run(*first, "UPDATE cluster_rows SET v = 11 WHERE id = 1");
    run(*second, "UPDATE cluster_rows SET v = 12 WHERE id = 1");  // locks hold on one node only
    first->commit();
    auto const info = error_of([&] { second->commit(); });
    CHECK((info.kind == error_kind::deadlock || info.kind == error_kind::serialization_failure));
    CHECK(info.outcome == outcome::rejected);
    CHECK(info.transaction == transaction_state::rolled_back);
    CHECK(info.retry == retry_advice::transaction);
    CHECK(info.connection_usable);
    CHECK(second->transaction() == transaction_state::none);
    CHECK(value(*second) == 11);
}

TEST_CASE("mysql cluster: a node that lost the others is no place to stay", "[galera]") {
    if (!has_cluster()) return;
    cluster_table const table;
    auto const lonely = node(3);
    auto const isolate = [](char const* level) {
        node(3)->script(std::string("SET GLOBAL wsrep_provider_options = 'gmcast.isolate=") +
                        level + "'");
    };
    isolate("1");
    auto const lost = [&] {
        try {
            one<std::int64_t>(*lonely, "SELECT v FROM cluster_rows WHERE id = 1");
        } catch (error const& e) {
            CHECK(e.kind() == error_kind::connection_lost);
            CHECK_FALSE(e.info().connection_usable);
            CHECK(e.info().retry == retry_advice::reconnect);
            return true;
        }
        return false;
    };
    bool noticed = false;
    for (int i = 0; i < 600 && !noticed; ++i) {
        noticed = lost();
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    CHECK(noticed);
    CHECK_FALSE(lonely->alive(false));
    isolate("0");
    bool healed = false;
    for (int i = 0; i < 600 && !healed; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
        try {
            healed = one<std::int64_t>(*node(3), "SELECT CAST(variable_value AS signed) FROM "
                                                 "information_schema.global_status WHERE "
                                                 "variable_name = 'wsrep_cluster_size'") == 3 &&
                     value(*node(3)) == 10;
        } catch (error const&) {}
    }
    CHECK(healed);
}

TEST_CASE("mysql session: a server that is too old is refused by name", "[mysql5]") {
    NEED_SERVER_OF("RELATA_TEST_MYSQL5");
    auto const info = error_of([] { connect_to(*server_test::server_of("RELATA_TEST_MYSQL5")); });
    CHECK(info.kind == error_kind::not_supported);
    CHECK(info.message == "the server is older than MySQL 8.0.17");
}
