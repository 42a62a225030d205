// SPDX-License-Identifier: BSL-1.0
/// \file
/// Connections of the SQLite driver for its tests, and folders that vanish.
#pragma once

#include "support.hpp"

#include <relata/sqlite.hpp>

#include <cstdlib>
#include <filesystem>

namespace driver_tests {

using options = std::vector<std::pair<std::string, std::string>>;

struct folder {
    std::filesystem::path path;

    folder() {
        std::string name =
            (std::filesystem::temp_directory_path() / "relata-sqlite-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~folder() { std::filesystem::remove_all(path); }
    folder(folder const&) = delete;
    folder& operator=(folder const&) = delete;

    std::string file(char const* name = "test.db") const { return (path / name).string(); }
};

inline std::unique_ptr<driver::connection> connect_sqlite(std::string const& path = ":memory:",
                                                          options given = {}) {
    driver::address where;
    where.scheme = "sqlite";
    where.database = path;
    where.options = std::move(given);
    return sqlite::driver_entry().connect(where);
}

inline constexpr auto serializable = driver::isolation::serializable;

/// The number that a query of one row and one column gives.
inline std::int64_t number(driver::connection& c, char const* sql) {
    return column<std::int64_t>(c, sql).at(0);
}

}  // namespace driver_tests
