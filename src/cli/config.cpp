// SPDX-License-Identifier: BSL-1.0

#include "cli/config.hpp"

#include <relata/core/error.hpp>

#define TOML_EXCEPTIONS 1
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <cstdlib>
#include <filesystem>

namespace relata::cli {

namespace {

std::string place_of(std::string const& file, toml::node const& node) {
    return file + ", line " + std::to_string(node.source().begin.line);
}

[[noreturn]] void refuse(std::string const& place, std::string const& what) {
    fail(error_kind::invalid_argument, place + ": " + what);
}

std::string found_upward() {
    std::error_code none;
    for (auto folder = std::filesystem::current_path(none);; folder = folder.parent_path()) {
        auto const file = folder / "relata.toml";
        if (std::filesystem::exists(file, none)) return file.string();
        if (!folder.has_relative_path()) return {};
    }
}

setting setting_of(toml::node const& node, std::string const& file, std::string_view name) {
    auto const text = node.value<std::string>();
    if (!node.is_string() || !text)
        refuse(place_of(file, node), std::string(name) + " must be a text");
    return {*text, place_of(file, node)};
}

// Of one text, or of a list.
std::vector<setting> settings_of(toml::node const& node, std::string const& file,
                                 std::string_view name) {
    if (!node.is_array()) return {setting_of(node, file, name)};
    std::vector<setting> all;
    for (auto const& each : *node.as_array()) all.push_back(setting_of(each, file, name));
    return all;
}

void read_entry(environment& to, std::string_view name, toml::node const& node,
                std::string const& file) {
    if (name == "url") to.url = setting_of(node, file, name);
    else if (name == "dev") to.devs = settings_of(node, file, name);
    else if (name == "migrations") to.migrations = setting_of(node, file, name);
    else if (name == "tenants" && node.is_array()) to.tenant_names = settings_of(node, file, name);
    else if (name == "tenants") to.tenants = setting_of(node, file, name);
    else
        refuse(place_of(file, node), "there is no entry '" + std::string(name) +
                                         "'; there are url, dev, migrations and tenants");
}

void read_environments(config& to, toml::node const& node) {
    auto const* const all = node.as_table();
    if (!all) refuse(place_of(to.file, node), "env must hold tables, such as [env.local]");
    for (auto const& [name, values] : *all) {
        auto const* const entries = values.as_table();
        if (!entries)
            refuse(place_of(to.file, values), "write [env." + std::string(name.str()) + "]");
        auto& made = to.environments[std::string(name.str())];
        made.folder = std::filesystem::path(to.file).parent_path().string();
        for (auto const& [entry, value] : *entries) read_entry(made, entry.str(), value, to.file);
    }
}

}  // namespace

std::string setting::value() const {
    auto text = written;
    for (auto start = text.find("${"); start != text.npos; start = text.find("${", start)) {
        auto const end = text.find('}', start);
        if (end == text.npos) refuse(place, "${ without }");
        auto const name = text.substr(start + 2, end - start - 2);
        auto const* const found = std::getenv(name.c_str());
        if (!found) refuse(place, "the environment variable " + name + " is not set");
        text.replace(start, end + 1 - start, found);
        start += std::string_view(found).size();
    }
    return text;
}

config read_config(std::string const& given) {
    config out;
    out.file = given.empty() ? found_upward() : given;
    if (out.file.empty()) return out;
    toml::table table;
    try {
        table = toml::parse_file(out.file);
    } catch (toml::parse_error const& e) {
        refuse(out.file + ", line " + std::to_string(e.source().begin.line),
               std::string(e.description()));
    }
    for (auto const& [name, node] : table) {
        if (name.str() == "env") read_environments(out, node);
        else if (name.str() == "environment")
            out.environment = setting_of(node, out.file, name.str());
        else
            refuse(place_of(out.file, node), "there is no entry '" + std::string(name.str()) +
                                                 "'; there are environment and [env.NAME]");
    }
    return out;
}

}  // namespace relata::cli
