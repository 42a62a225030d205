// SPDX-License-Identifier: BSL-1.0
// One run of the command: what is said before or behind every command, and what it needs to do its work.
#pragma once

#include "cli/command_line.hpp"
#include "cli/config.hpp"
#include "cli/exit_code.hpp"
#include "cli/output.hpp"

#include <relata/migrate/data_step.hpp>
#include <relata/migrate/diff.hpp>
#include <relata/migrate/scratch.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace relata::cli {

namespace catalog = schema::catalog;

struct session {
    migrate::models models;
    std::vector<migrate::data_step> steps;  ///< those of the program
    std::string program;                    ///< its name, as it was called
    command_line const* all = nullptr;      ///< the commands

    std::string environment_name;
    std::string url;
    std::vector<std::string> tenants;  ///< those that --tenant names
    std::vector<std::string> devs;     ///< those that --dev names
    std::string config_file;
    std::string colors = "auto";
    bool json = false;
    std::string folder;

    output out;
    std::function<int()> action;  ///< what the command line asks for

    /// That of --env or the usual one of relata.toml; throws usage_error for one that is not there.
    [[nodiscard]] cli::environment environment() const;
    /// The database to work on: `given`, --url, or that of the environment.
    [[nodiscard]] std::string database_url(std::string const& given) const;
    /// The empty database for schemas of this engine: a --dev, one of the environment, or SQLite's memory.
    [[nodiscard]] std::string scratch_url(catalog::engine of) const;
    /// The folder of migrations: --folder, that of the environment, or migrations.
    [[nodiscard]] std::string folder_path() const;
    /// The first --dev or that of the environment; empty: none.
    [[nodiscard]] std::string dev_url() const;
    /// All of them.
    [[nodiscard]] std::vector<std::string> dev_urls() const;
    /// Whether the program has this data step.
    [[nodiscard]] bool has_step(std::string const& name) const;
};

/// Adds a command whose options are T and that runs `run(session, options)`.
template <class T> T& add_action(command& to, session& s, int (*run)(session&, T const&)) {
    auto options = std::make_shared<T>();
    to.on_use([&s, options, run] { s.action = [&s, options, run] { return run(s, *options); }; });
    return *options;
}

[[nodiscard]] char const* name_of(catalog::engine of) noexcept;
/// That of relata, such as 0.1.0.
[[nodiscard]] std::string version();
[[nodiscard]] std::string text_of(catalog::object_name const& name);

/// Each file commands/<name>.cpp has a function add_<name>(all, session).
void add_commands(command& all, session& s);

}  // namespace relata::cli
