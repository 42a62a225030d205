// SPDX-License-Identifier: BSL-1.0
// Which tenants there are: names and URLs of a file, names of relata.toml.

#include "cli/source.hpp"
#include "cli/tenants.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <filesystem>
#include <sstream>

namespace relata::cli {

namespace {

// Names stand in URLs.
bool is_name(std::string const& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '_' || c == '-' || c == '.';
    });
}

bool has_place(std::string const& url) { return url.find(tenant_place) != url.npos; }

class list {
public:
    // The URL for those that have none of their own, which is looked at when one has none.
    explicit list(setting usual) : usual_(std::move(usual)) {}

    void add(std::string const& name, std::string const& url, std::string const& place) {
        if (!is_name(name))
            refuse(place, "'" + name + "' is no name of a tenant: letters, digits and _ - .");
        auto const full = url.empty() ? usual_.value() : setting{url, place}.value();
        if (url.empty() && !has_place(full))
            refuse(place,
                   "the tenant " + name + " has no URL, and the usual one has no " + tenant_place);
        all_.push_back({name, in_place(full, name)});
    }

    void add_line(std::string const& line, std::string const& place) {
        std::istringstream words(line);
        std::string name, url, more;
        if (!(words >> name) || name.starts_with('#')) return;
        words >> url;
        if (words >> more) refuse(place, "a line is a name, and a URL");
        add(name, url, place);
    }

    void add_file(std::string const& file) {
        std::istringstream lines(content_of(file));
        unsigned number = 0;
        for (std::string line; std::getline(lines, line);)
            add_line(line, file + ", line " + std::to_string(++number));
        if (all_.empty()) refuse(file, "it has no tenants");
    }

    [[nodiscard]] std::vector<migrate::tenant> const& all() const noexcept { return all_; }

private:
    [[noreturn]] static void refuse(std::string const& place, std::string const& why) {
        fail(error_kind::invalid_argument, place + ": " + why);
    }
    static std::string in_place(std::string url, std::string const& name) {
        std::string const place = tenant_place;
        for (auto at = url.find(place); at != url.npos; at = url.find(place, at + name.size()))
            url.replace(at, place.size(), name);
        return url;
    }

    setting usual_;
    std::vector<migrate::tenant> all_;
};

std::vector<migrate::tenant> those_named(std::vector<migrate::tenant> const& all,
                                         std::vector<std::string> const& names) {
    if (names.empty()) return all;
    std::vector<migrate::tenant> chosen;
    for (auto const& name : names) {
        auto const at = std::find_if(all.begin(), all.end(),
                                     [&](auto const& each) { return each.name == name; });
        if (at == all.end()) throw usage_error("there is no tenant '" + name + "'");
        chosen.push_back(*at);
    }
    return chosen;
}

}  // namespace

std::vector<migrate::tenant> tenants_of(session const& s, std::string const& file) {
    if (file.empty() && !s.url.empty() && !has_place(s.url)) {
        if (s.tenants.empty()) return {};  // --url names the one database
        throw usage_error(std::string("--url has no ") + tenant_place + " for --tenant");
    }
    auto const of = !file.empty() && !s.url.empty() ? environment{} : s.environment();
    list found(s.url.empty() ? of.url : setting{s.url, "--url"});
    auto const listed = of.tenants.value();
    if (!file.empty()) {
        found.add_file(file);
    } else if (!listed.empty()) {
        found.add_file((std::filesystem::path(of.folder) / listed).string());
    } else if (!of.tenant_names.empty()) {
        for (auto const& each : of.tenant_names) found.add(each.value(), {}, each.place);
    } else if (!s.tenants.empty()) {
        for (auto const& each : s.tenants) found.add(each, {}, "--tenant");
    } else if (s.url.empty() ? has_place(of.url.value()) : has_place(s.url)) {
        throw usage_error(std::string("the URL has ") + tenant_place +
                          ": which? Say --tenant, or list them in relata.toml or a file");
    }
    return those_named(found.all(), s.tenants);
}

}  // namespace relata::cli
