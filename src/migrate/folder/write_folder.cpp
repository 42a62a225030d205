// SPDX-License-Identifier: BSL-1.0

#include "migrate/folder/layout.hpp"

#include <relata/core/error.hpp>
#include <relata/migrate/snapshot.hpp>

#include <algorithm>
#include <array>
#include <ctime>

namespace relata::migrate {

namespace {

namespace fs = std::filesystem;

std::string digits_of(std::time_t time) {
    std::tm parts{};
    if (!::gmtime_r(&time, &parts)) fail(error_kind::out_of_range, "no year for this time");
    std::array<char, 32> out{};
    auto const size = std::strftime(out.data(), out.size(), "%Y%m%d%H%M%S", &parts);
    return {out.data(), size};
}

std::time_t time_of(std::string const& digits) {
    auto const number = [&](std::size_t at, std::size_t size) {
        return std::stoi(digits.substr(at, size));
    };
    std::tm parts{};
    parts.tm_year = number(0, 4) - 1900;
    parts.tm_mon = number(4, 2) - 1;
    parts.tm_mday = number(6, 2);
    parts.tm_hour = number(8, 2);
    parts.tm_min = number(10, 2);
    parts.tm_sec = number(12, 2);
    return ::timegm(&parts);
}

// Now, or a second after the last migration, so that ids are sorted as they follow each other.
std::string next_time(folder const& in) {
    auto const now = std::time(nullptr);
    if (in.migrations.empty()) return digits_of(now);
    return digits_of(std::max(now, time_of(in.migrations.back().id) + 1));
}

void make_directory(fs::path const& path) {
    std::error_code problem;
    fs::create_directories(path, problem);
    if (problem)
        fail(error_kind::unknown, "cannot make " + path.string() + ": " + problem.message());
}

}  // namespace

std::vector<migration_file> files_of(migration const& m, std::vector<engine_steps> const& steps,
                                     std::string const& script) {
    std::vector<migration_file> files{{std::string(meta_name), meta_of(m)}};
    if (steps.empty()) files.push_back({"up.sql", script});
    for (auto const& each : steps) {
        auto const engine = std::string(name_of(each.engine));
        files.push_back({"up." + engine + ".sql", write_script(each.up, each.engine)});
        if (!each.down.empty())
            files.push_back({"down." + engine + ".sql", write_script(each.down, each.engine)});
        if (each.snapshot)
            files.push_back({"snapshot." + engine + ".json", to_json(*each.snapshot)});
    }
    return files;
}

void write_directory(fs::path const& directory, std::vector<migration_file> const& files) {
    // under a name that reading leaves alone, until it is complete
    auto const beside = directory.parent_path() / ("." + directory.filename().string());
    std::error_code problem;
    fs::remove_all(beside, problem);
    make_directory(beside);
    try {
        for (auto const& each : files) write_content(beside / each.name, each.content);
        fs::rename(beside, directory, problem);
        if (problem) fail(error_kind::unknown, "cannot make " + directory.string());
    } catch (error const&) {
        fs::remove_all(beside, problem);
        throw;
    }
}

void write_sum(std::string const& path) {
    write_content(fs::path(path) / sum_name, sum_of(read_unproved(path).migrations));
}

folder add_migration(std::string const& path, std::string const& name, std::string const& time,
                     std::vector<engine_steps> const& steps, std::string const& script) {
    make_directory(path);
    auto const before = read_folder(path);
    migration m;
    m.id = (time.empty() ? next_time(before) : time) + "_" + name;
    if (!is_id(m.id))
        fail(error_kind::invalid_argument,
             m.id + " is no name of a migration: 14 digits, an underscore, and lower case letters, "
                    "digits and underscores");
    if (before.find(m.id)) fail(error_kind::invalid_argument, m.id + " is there already");
    if (!before.migrations.empty()) m.parent = before.migrations.back().id;
    auto const directory = fs::path(path) / m.id;
    write_directory(directory, files_of(m, steps, script));
    try {
        write_sum(path);
        return read_folder(path);
    } catch (error const&) {
        std::error_code ignored;
        fs::remove_all(directory, ignored);
        throw;
    }
}

}  // namespace relata::migrate
