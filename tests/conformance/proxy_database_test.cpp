// SPDX-License-Identifier: BSL-1.0
#include "conformance/proxied.hpp"
#include "database/back_end.hpp"

#include <relata/conformance/proxy.hpp>

#include <catch2/catch.hpp>

#include <chrono>
#include <thread>
#include <vector>

namespace proxied {

struct number {
    std::int64_t id{};
    std::string text;
};

}  // namespace proxied

template <>
inline constexpr auto relata::table<proxied::number> =
    relata::describe<proxied::number>("proxied_numbers").key<&proxied::number::id>();

using namespace relata;
using namespace relata::conformance;
using proxied::number;

namespace {

constexpr int rows_there = 100;

void fill() {
    auto const& db = test::fresh<number>();
    std::vector<number> rows;
    for (int i = 1; i <= rows_there; ++i) rows.push_back({i, std::string(50, 'x')});
    db.insert_all(rows);
}

database open_behind(fault_proxy const& proxy) {
    return open(proxy.url(test::url_with("pool_size=1&connect_timeout=5")));
}

template <class Action> error_info thrown(Action action) {
    try {
        action();
    } catch (error const& e) {
        UNSCOPED_INFO(e.what() << " | " << e.info().native_message);
        return e.info();
    }
    FAIL("nothing was thrown");
    return {};
}

auto every_number() { return from<number>().order_by(col<&number::id>); }

std::int64_t mixed_work(database const& db) {
    std::int64_t sum = 0;
    for (auto const& r : db.stream(every_number())) sum += r.id;
    db.transaction([](transaction& t) {
        t.insert(number{1000, std::string(3000, 'y')});
        CHECK(t.find<number>(1000)->text == std::string(3000, 'y'));
        t.remove(number{1000, {}});
    });
    CHECK(thrown([&] { db.insert(number{1, "again"}); }).kind == error_kind::unique_violation);
    return sum;
}

}  // namespace

TEST_CASE("fault proxy: tells the messages of a database apart") {
    if (test::no_server()) return;
    fill();
    fault_proxy proxy(test::back_end_url());
    auto const db = open_behind(proxy);
    CHECK(proxy.protocol() == (test::on("postgresql") ? wire::postgresql : wire::mysql));
    auto const rows = proxy.messages(way::to_client, message::row);
    auto const prepared = proxy.messages(way::to_server, message::prepare);
    std::size_t seen = 0;
    for (auto const& r : db.stream(every_number())) seen += r.text.size() == 50;
    CHECK(seen == rows_there);
    CHECK(proxy.messages(way::to_client, message::row) == rows + rows_there);
    // SOCI sends it as text, because it has no values
    unsigned const apart = test::back_end() == "soci_postgresql" ? 0 : 1;
    CHECK(proxy.messages(way::to_server, message::prepare) == prepared + apart);
    CHECK(proxy.messages(way::to_client, message::failure) == 0);
    CHECK(mixed_work(db) == 5050);
    CHECK(proxy.messages(way::to_client, message::failure) == 1);
    CHECK(proxy.messages(way::to_server, message::commit) >= 1);
    CHECK(proxy.messages(way::to_server, message::commit) ==
          proxy.messages(way::to_client, message::committed));
    CHECK(proxy.messages(way::to_server, message::cancel) == 0);
    CHECK(proxy.connections() == 1);
}

TEST_CASE("fault proxy: a database works through every pace") {
    if (test::no_server()) return;
    fill();
    fault_proxy proxy(test::back_end_url());
    for (pace const how : {pace{0, 0, 1, 0}, pace{2, 5, 0, 0}, pace{0, 0, 7, 200000}}) {
        proxy.slow(how);
        CHECK(mixed_work(open_behind(proxy)) == 5050);
    }
}

TEST_CASE("fault proxy: cuts a result after a row") {
    if (test::no_server()) return;
    fill();
    for (auto const what : {fault::close, fault::reset}) {
        fault_proxy proxy(test::back_end_url());
        auto const db = open_behind(proxy);
        proxy.when(after(way::to_client, message::row, 10), what);
        std::int64_t rows = 0;
        auto const e = thrown([&] {
            for (auto const& r : db.stream(every_number())) CHECK(r.id == ++rows);
        });
        CHECK(e.kind == error_kind::connection_lost);
        CHECK(rows <= 10);
        CHECK(proxy.fired() == 1);
    }
}

TEST_CASE("fault proxy: loses a commit, or only its answer") {
    if (test::no_server()) return;
    fill();
    for (bool const arrives : {true, false}) {
        fault_proxy proxy(test::back_end_url());
        auto const db = open_behind(proxy);
        proxy.when(arrives ? before(way::to_client, message::committed)
                           : before(way::to_server, message::commit),
                   fault::reset);
        auto const e = thrown(
            [&] { db.transaction([](transaction& t) { t.insert(number{2000, "in doubt"}); }); });
        CHECK(e.kind == error_kind::in_doubt);
        CHECK(proxy.fired() == 1);
        // the server ends a transaction that it lost sight of in its own time
        for (int i = 0; i < 100 && test::db().find<number>(2000).has_value() != arrives; ++i)
            std::this_thread::sleep_for(std::chrono::milliseconds(20));
        CHECK(test::db().find<number>(2000).has_value() == arrives);
        test::db().remove(number{2000, {}});
    }
}

TEST_CASE("fault proxy: sees a cancel", "[threads]") {
    if (test::no_server()) return;
    fill();
    fault_proxy proxy(test::back_end_url());
    auto const db = open_behind(proxy);
    auto c = db.connect();
    std::jthread const stop([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(300));
        c.cancel();
    });
    auto const e = thrown([&] {
        if (test::on("postgresql")) c.script("SELECT pg_sleep(10)");
        else (void)c.one(sql_query<"select sleep(10)", std::int64_t>());
    });
    CHECK(e.kind == error_kind::cancelled);
    CHECK(proxy.messages(way::to_server, message::cancel) == 1);
}

TEST_CASE("fault proxy: stands before a Unix socket too") {
    if (test::no_server()) return;
    fill();
    auto const url = test::back_end_url();
    std::string path;
    if (test::on("postgresql")) {
        path = test::db().one(sql_query<"show unix_socket_directories", std::string>()).m0 +
               "/.s.PGSQL." + test::db().one(sql_query<"show port", std::string>()).m0;
    } else {
        path = test::db().one(sql_query<"select @@socket", std::string>()).m0;
    }
    fault_proxy proxy(path, 0);
    CHECK(open_behind(proxy).find<number>(7)->id == 7);
    CHECK(proxy.connections() == 1);
}
