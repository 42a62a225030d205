// SPDX-License-Identifier: BSL-1.0

#include <relata/migrate/main.hpp>

#include "cli/session.hpp"

#include <algorithm>
#include <csignal>
#include <filesystem>
#include <numeric>

namespace relata::cli {

namespace {

char const* const description = "Schema migrations for PostgreSQL, MySQL, MariaDB and SQLite.";
char const* const footer = "Exit codes: help exit-codes. Settings: help environment.\n"
                           "Examples:\n"
                           "  relata inspect sqlite:music.db\n"
                           "  relata diff sqlite:music.db wanted.sql --exit-code\n"
                           "  relata lint change.sql --from sqlite:music.db";

void add_common(command_line& all, session& s) {
    all.value("--env", s.environment_name, "environment of relata.toml").or_variable("RELATA_ENV");
    all.value("--url", s.url, "database to work on").or_variable("RELATA_URL");
    all.repeated("--tenant", s.tenants, "this one of many tenants only (may be repeated)")
        .shown_as("NAME");
    all.repeated("--dev", s.devs,
                 "empty database in which schemas are made to be compared (one of each engine)")
        .shown_as("TEXT")
        .or_variable("RELATA_DEV");
    all.value("--folder", s.folder, "folder of migrations; default: migrations")
        .or_variable("RELATA_FOLDER");
    all.value("--config", s.config_file, "relata.toml of another name")
        .or_variable("RELATA_CONFIG");
    all.flag("--json", s.json, "one JSON object per line, for programs");
    all.value("--color", s.colors, "auto, always or never").one_of({"auto", "always", "never"});
    all.version(version());
}

// How many letters must change.
std::size_t distance(std::string const& a, std::string const& b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        auto diagonal = std::exchange(row[0], i);
        for (std::size_t j = 1; j <= b.size(); ++j)
            diagonal =
                std::exchange(row[j], std::min({row[j] + 1, row[j - 1] + 1,
                                                diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)}));
    }
    return row.back();
}

std::string nearest_command(command const& all, int argc, char const* const* argv) {
    std::string best;
    std::size_t fewest = 3;
    for (int i = 1; i < argc; ++i)
        for (auto const& each : all.commands())
            if (auto const far = distance(argv[i], each.name()); far > 0 && far < fewest) {
                fewest = far;
                best = each.name();
            }
    return best;
}

// The text without what may be a password: arguments can be URLs.
std::string without_secret(std::string text) {
    for (auto at = text.find("://"); at != text.npos; at = text.find("://", at + 3)) {
        auto const end = text.find('@', at);
        if (end != text.npos && text.find(' ', at) > end) text.replace(at + 3, end - at - 3, "…");
    }
    return text;
}

int usage_mistake(session const& s, std::string const& message, std::string const& hint) {
    s.out.tell("RL-USAGE", without_secret(message), hint);
    return usage;
}

int parse_and_run(command_line& all, session& s, int argc, char const* const* argv) {
    try {
        if (!all.parse(argc, argv)) return done;
    } catch (usage_error const& e) {
        s.out.configure(s.colors, s.json);
        auto const nearest = nearest_command(all, argc, argv);
        return usage_mistake(s, e.what(),
                             nearest.empty() ? "see " + s.program + " --help"
                                             : "did you mean '" + s.program + ' ' + nearest + "'?");
    }
    s.out.configure(s.colors, s.json);
    if (!s.action) {
        s.out.write(all.help());
        return usage;
    }
    try {
        return s.action();
    } catch (usage_error const& e) {
        return usage_mistake(s, e.what(), {});
    } catch (error const& e) {
        s.out.tell(e);
        return exit_code_of(e);
    }
}

}  // namespace

}  // namespace relata::cli

int relata_migrate_main(int argc, char const* const* argv,
                        relata::migrate::models const& of_program,
                        std::vector<relata::migrate::data_step> const& steps) noexcept {
    relata::cli::session s;
    try {
        s.models = of_program;
        s.steps = steps;
        s.program = argc > 0 ? std::filesystem::path(argv[0]).filename().string() : "relata";
        relata::cli::command_line all(s.program, relata::cli::description);
        s.all = &all;
        all.footer(relata::cli::footer);
        relata::cli::add_common(all, s);
        relata::cli::add_commands(all, s);
        return relata::cli::parse_and_run(all, s, argc, argv);
    } catch (std::exception const& e) {
        s.out.tell("RL-E045", std::string("this should not have happened: ") + e.what(), {});
        return relata::cli::failed;
    }
}
