// SPDX-License-Identifier: BSL-1.0
/// \file
/// The database that a test program runs on: RELATA_TEST_BACKEND names the back end, and
/// RELATA_TEST_<BACKEND> has its URL.
#pragma once

#include <relata/relata.hpp>

#include <cctype>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

namespace test {

/// Name of the back end: of its driver, such as "sqlite", or "soci_sqlite3" for one of SOCI's.
inline std::string back_end() {
    auto const* name = std::getenv("RELATA_TEST_BACKEND");
    return name ? name : "sqlite";
}
/// Whether it goes through SOCI.
inline bool through_soci() { return back_end().starts_with("soci_"); }

/// Whether it is this database, by whatever driver: "mysql" is also mysql_connector and soci_mysql.
inline bool on(std::string_view database) {
    return back_end().substr(through_soci() ? 5 : 0).starts_with(database);
}

/// Whether the client library itself allocates for each statement, so that nothing can be said
/// about ours.
inline bool client_allocates() { return back_end() == "mysql_connector" || through_soci(); }

/// Its URL. Without one the program says so and ends: its tests are skipped.
inline std::string back_end_url() {
    std::string variable = "RELATA_TEST_";
    for (char const c : back_end())
        variable += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
    if (auto const* url = std::getenv(variable.c_str())) return url;
    std::printf("skipped: %s is not set\n", variable.c_str());
    std::exit(0);
}

/// The URL with further options, such as "pool_size=1".
inline std::string url_with(std::string_view options) {
    auto url = back_end_url();
    url += url.find('?') == std::string::npos ? '?' : '&';
    return url.append(options);
}

/// Opens it.
inline relata::database open_back_end() { return relata::open(back_end_url()); }

/// One database for the whole program.
inline relata::database const& db() {
    static relata::database const opened = open_back_end();
    return opened;
}

/// MySQL itself, which can less than MariaDB.
inline bool on_mysql_proper() { return on("mysql") && db().server().starts_with("MySQL"); }

/// The same, with new and empty tables.
template <class... T> relata::database const& fresh() {
    db().drop_tables<T...>();
    db().create_tables<T...>();
    return db();
}

}  // namespace test
