// SPDX-License-Identifier: BSL-1.0

#include "cli/session.hpp"

#include "cli/tenants.hpp"

#include <algorithm>
#include <filesystem>

namespace relata::cli {

namespace {

// By the URL; whether MySQL or MariaDB answers there only they can tell.
bool may_be(std::string const& url, catalog::engine of) {
    auto const scheme = url.substr(0, url.find(':'));
    auto const is = [&](char const* part) { return scheme.find(part) != scheme.npos; };
    if (of == catalog::engine::sqlite) return is("sqlite");
    if (of == catalog::engine::postgresql) return is("postgres");
    return is("mysql") || is("mariadb");
}

}  // namespace

cli::environment session::environment() const {
    auto const settings = read_config(config_file);
    auto const name = environment_name.empty() ? settings.environment.value() : environment_name;
    if (name.empty()) return {};
    auto const found = settings.environments.find(name);
    if (found != settings.environments.end()) return found->second;
    std::string known;
    for (auto const& each : settings.environments)
        known += (known.empty() ? "" : ", ") + each.first;
    if (settings.file.empty())
        throw usage_error("there is no environment '" + name +
                          "', because there is no relata.toml");
    throw usage_error("there is no environment '" + name + "' in " + settings.file +
                      "; there are: " + (known.empty() ? "none" : known));
}

std::string session::database_url(std::string const& given) const {
    if (!given.empty()) return given;
    auto const chosen = tenants_of(*this);
    if (chosen.size() == 1) return chosen[0].url;
    if (!chosen.empty())
        throw usage_error("this command works on one database: choose a tenant with --tenant");
    if (!url.empty()) return url;
    auto const found = environment().url.value();
    if (found.empty()) throw usage_error("which database? Give its URL, --url or --env");
    return found;
}

std::string session::folder_path() const {
    if (!folder.empty()) return folder;
    auto const found = environment();
    auto const path = found.migrations.value();
    return path.empty() ? "migrations" : (std::filesystem::path(found.folder) / path).string();
}

std::vector<std::string> session::dev_urls() const {
    if (!devs.empty()) return devs;
    std::vector<std::string> urls;
    for (auto const& each : environment().devs) urls.push_back(each.value());
    return urls;
}

std::string session::dev_url() const {
    if (!devs.empty()) return devs.front();
    auto const listed = environment().devs;
    return listed.empty() ? std::string() : listed.front().value();
}

bool session::has_step(std::string const& name) const {
    return std::any_of(steps.begin(), steps.end(),
                       [&](auto const& each) { return each.name == name; });
}

std::string session::scratch_url(catalog::engine of) const {
    for (auto const& each : dev_urls())
        if (may_be(each, of)) return each;
    if (of == catalog::engine::sqlite) return "sqlite::memory:";
    throw usage_error(std::string("an empty database of ") + name_of(of) +
                      " is needed to see how it spells a schema: give its URL with --dev");
}

char const* name_of(catalog::engine of) noexcept {
    switch (of) {
    case catalog::engine::sqlite: return "sqlite";
    case catalog::engine::postgresql: return "postgresql";
    case catalog::engine::mysql: return "mysql";
    case catalog::engine::mariadb: break;
    }
    return "mariadb";
}

std::string version() {
    return std::to_string(RELATA_VERSION_MAJOR) + '.' + std::to_string(RELATA_VERSION_MINOR) + '.' +
           std::to_string(RELATA_VERSION_PATCH);
}

std::string text_of(catalog::object_name const& name) {
    return name.space.empty() ? name.name : name.space + '.' + name.name;
}

}  // namespace relata::cli
