// SPDX-License-Identifier: BSL-1.0
/// \file
/// What the tests of the migration tooling need of an engine: scratch databases, its own way to run
/// a file of SQL, and a picture of a schema that does not come from relata.
#pragma once

#include <relata/migrate/inspect.hpp>

#include <filesystem>
#include <string>
#include <vector>

namespace test {

struct engine_support {
    /// Folder of the engine's schema files, here and under the folder of foreign schemas.
    std::string name;
    /// Makes scratch database number 1, 2, … anew, without anything in it, and gives its URL.
    std::string (*make)(int number);
    /// Runs a file of SQL in it, as the engine's own client would.
    void (*load)(std::string const& url, std::filesystem::path const& file);
    /// Its schema as the engine shows it, in a fixed order.
    std::string (*dump)(std::string const& url);
    /// Whether this server can load the file at all.
    bool (*takes)(std::filesystem::path const& file) = [](std::filesystem::path const&) {
        return true;
    };
};

engine_support sqlite_support();
engine_support postgresql_support();
engine_support mysql_support();

/// That of the back end that this program runs on; ends the program when it has no URL.
engine_support const& support();

/// The schema of a database.
relata::schema::catalog::schema inspect(std::string const& url);
/// Runs statements one after the other.
void run(std::string const& url, std::vector<std::string> const& statements);
/// The content of a file.
std::string content(std::filesystem::path const& file);
/// Our own schema files of the engine, and the foreign ones where they are; sorted.
std::vector<std::filesystem::path> schema_files();

/// The first lines in which two texts differ; empty when they are equal.
std::string difference(std::string const& left, std::string const& right);

}  // namespace test
