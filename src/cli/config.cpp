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

[[noreturn]] void refuse(std::string const& file, toml::source_position const& at,
                         std::string const& what) {
    fail(error_kind::invalid_argument, file + ", line " + std::to_string(at.line) + ": " + what);
}

std::string found_upward() {
    std::error_code none;
    for (auto folder = std::filesystem::current_path(none);; folder = folder.parent_path()) {
        auto const file = folder / "relata.toml";
        if (std::filesystem::exists(file, none)) return file.string();
        if (!folder.has_relative_path()) return {};
    }
}

// ${NAME} with its value.
std::string with_variables(std::string text, std::string const& file,
                           toml::source_position const& at) {
    for (auto start = text.find("${"); start != text.npos; start = text.find("${", start)) {
        auto const end = text.find('}', start);
        if (end == text.npos) refuse(file, at, "${ without }");
        auto const name = text.substr(start + 2, end - start - 2);
        auto const* const value = std::getenv(name.c_str());
        if (!value) refuse(file, at, "the environment variable " + name + " is not set");
        text.replace(start, end + 1 - start, value);
        start += std::string_view(value).size();
    }
    return text;
}

std::string text_of(toml::node const& node, std::string const& file, std::string_view name) {
    auto const text = node.value<std::string>();
    if (!node.is_string() || !text)
        refuse(file, node.source().begin, std::string(name) + " must be a text");
    return with_variables(*text, file, node.source().begin);
}

void read_entry(environment& to, std::string_view name, toml::node const& node,
                std::string const& file) {
    if (name == "url") to.url = text_of(node, file, name);
    else if (name == "dev") to.dev = text_of(node, file, name);
    else if (name == "migrations")
        to.migrations =
            (std::filesystem::path(file).parent_path() / text_of(node, file, name)).string();
    else
        refuse(file, node.source().begin,
               "there is no entry '" + std::string(name) + "'; there are url, dev and migrations");
}

void read_environments(config& to, toml::node const& node) {
    auto const* const all = node.as_table();
    if (!all) refuse(to.file, node.source().begin, "env must hold tables, such as [env.local]");
    for (auto const& [name, values] : *all) {
        auto const* const entries = values.as_table();
        if (!entries)
            refuse(to.file, values.source().begin, "write [env." + std::string(name.str()) + "]");
        for (auto const& [entry, value] : *entries)
            read_entry(to.environments[std::string(name.str())], entry.str(), value, to.file);
    }
}

}  // namespace

config read_config(std::string const& given) {
    config out;
    out.file = given.empty() ? found_upward() : given;
    if (out.file.empty()) return out;
    toml::table table;
    try {
        table = toml::parse_file(out.file);
    } catch (toml::parse_error const& e) {
        refuse(out.file, e.source().begin, std::string(e.description()));
    }
    for (auto const& [name, node] : table) {
        if (name.str() == "env") read_environments(out, node);
        else if (name.str() == "environment") out.environment = text_of(node, out.file, name.str());
        else
            refuse(out.file, node.source().begin,
                   "there is no entry '" + std::string(name.str()) +
                       "'; there are environment and [env.NAME]");
    }
    return out;
}

}  // namespace relata::cli
