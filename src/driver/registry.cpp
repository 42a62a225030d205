// SPDX-License-Identifier: BSL-1.0
#include <relata/driver/registry.hpp>

#include "core/nearest.hpp"
#include "core/shown.hpp"
#include "driver/plugin.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <mutex>

namespace relata::driver {
namespace {

using relata::detail::shown;

struct registry {
    std::mutex mutex;
    std::vector<entry const*> linked;
    std::vector<entry const*> loaded;
};

// Never destroyed: databases may be opened and closed until the very end of the process.
registry& drivers() {
    static registry& only = *new registry;
    return only;
}

void keep(std::vector<entry const*>& list, entry const& driver) {
    std::lock_guard const lock(drivers().mutex);
    if (std::find(list.begin(), list.end(), &driver) == list.end()) list.push_back(&driver);
}

bool serves(entry const& driver, std::string_view scheme) {
    for (auto const* each = driver.schemes; *each; ++each)
        if (scheme == *each) return true;
    return false;
}

entry const* find_known(std::string_view scheme) {
    for (auto const* driver : known())
        if (serves(*driver, scheme)) return driver;
    return nullptr;
}

struct scheme_driver {
    std::string_view scheme;
    std::string_view driver;
};

// Drivers of this project that serve a scheme of another name than theirs, or are worth a hint.
constexpr scheme_driver own_drivers[] = {
    {"sqlite", "sqlite"},      {"postgresql", "postgresql"}, {"postgres", "postgresql"},
    {"mysql", "mysql"},        {"mariadb", "mysql"},         {"mock", "mock"},
    {"soci+sqlite3", "soci"},  {"soci+postgresql", "soci"},  {"soci+mysql", "soci"},
    {"soci+firebird", "soci"},
};

std::string_view own_driver(std::string_view scheme) {
    for (auto const& each : own_drivers)
        if (scheme == each.scheme) return each.driver;
    return {};
}

// The scheme becomes part of a file name, so it must be a plain word.
bool is_word(std::string_view scheme) {
    constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789+-_";
    return !scheme.empty() && scheme.size() <= 64 && letters.find(scheme.front()) != scheme.npos &&
           scheme.find_first_not_of(allowed) == scheme.npos;
}

// "mysql+connector" may be served by mysql_connector, made for it, or by mysql.
std::vector<std::string> plugin_names(std::string_view scheme) {
    if (auto const own = own_driver(scheme); !own.empty()) return {std::string(own)};
    std::string whole(scheme);
    std::replace(whole.begin(), whole.end(), '+', '_');
    std::vector<std::string> names{std::move(whole)};
    if (auto const plus = scheme.find('+'); plus != scheme.npos)
        names.emplace_back(scheme.substr(0, plus));
    return names;
}

entry const* find_plugin(std::string_view scheme) {
    for (auto const& folder : detail::plugin_folders()) {
        for (auto const& name : plugin_names(scheme)) {
            auto const file = fmt::format("{}/relata_{}.so", folder, name);
            std::error_code problem;
            if (!std::filesystem::exists(file, problem)) continue;
            auto const& driver = load(file);
            if (serves(driver, scheme)) return &driver;
        }
    }
    return nullptr;
}

std::vector<std::string> available() {
    std::vector<std::string> names;
    for (auto const* driver : known())
        for (auto const* scheme = driver->schemes; *scheme; ++scheme) names.emplace_back(*scheme);
    for (auto const& folder : detail::plugin_folders())
        for (auto const& name : detail::plugins_in(folder)) names.push_back(shown(name));
    std::sort(names.begin(), names.end());
    names.erase(std::unique(names.begin(), names.end()), names.end());
    return names;
}

[[noreturn]] void refuse(std::string_view scheme) {
    auto const there = available();
    std::vector<std::string_view> candidates(there.begin(), there.end());
    for (auto const& each : own_drivers) candidates.push_back(each.scheme);
    bool const unknown = own_driver(scheme).empty();
    std::string_view meant;
    if (unknown) meant = relata::detail::nearest(scheme, candidates);
    if (unknown && meant.empty())
        meant = relata::detail::nearest(scheme.substr(0, scheme.find('+')), candidates);

    auto text = fmt::format("no driver for the scheme '{}'", shown(scheme, 64));
    if (!meant.empty()) text += fmt::format("; did you mean {}?", meant);
    text += meant.empty() ? "; known: " : " known: ";
    text += there.empty() ? "none" : fmt::format("{}", fmt::join(there, ", "));

    bool const is_there = std::find(there.begin(), there.end(), meant) != there.end();
    auto const driver = own_driver(unknown ? meant : scheme);
    auto const folder = detail::plugin_folders().front();
    if (!driver.empty() && !is_there)
        text += fmt::format("; link relata::{0} or install relata_{0}.so in {1}", driver,
                            shown(folder));
    else if (meant.empty())
        text += fmt::format("; link its driver or install its plug-in in {}", shown(folder));
    fail(error_kind::driver_not_found, text);
}

}  // namespace

void add(entry const& driver) {
    detail::check_entry(&driver, "a driver linked into this program");
    keep(drivers().linked, driver);
}

entry const& find(std::string_view scheme) {
    if (auto const* driver = find_known(scheme)) return *driver;
    if (is_word(scheme))
        if (auto const* driver = find_plugin(scheme)) return *driver;
    refuse(scheme);
}

std::vector<entry const*> known() {
    auto& all = drivers();
    std::lock_guard const lock(all.mutex);
    std::vector<entry const*> list = all.linked;
    for (auto const* driver : all.loaded)
        if (std::find(list.begin(), list.end(), driver) == list.end()) list.push_back(driver);
    return list;
}

entry const& load(std::string const& file) {
    auto const& driver = detail::load_plugin(file);
    keep(drivers().loaded, driver);
    return driver;
}

}  // namespace relata::driver
