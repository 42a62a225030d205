// SPDX-License-Identifier: BSL-1.0

#include "options.hpp"

#include "errors.hpp"

#include <charconv>
#include <utility>

namespace relata::mock::detail {

char const* const option_names[] = {"dialect", "version", nullptr};

namespace {

dialect::family family_of(std::string_view name) {
    if (name == "postgresql") return dialect::family::postgresql;
    if (name == "mysql") return dialect::family::mysql;
    if (name == "mariadb") return dialect::family::mariadb;
    if (name == "sqlite") return dialect::family::sqlite;
    fail(error_kind::invalid_url,
         "option dialect takes one of: postgresql, mysql, mariadb, sqlite");
}

// "15.2" is 150200
std::uint32_t version_of(std::string_view text) {
    std::uint32_t parts[3] = {};
    char const* at = text.data();
    char const* const end = at + text.size();
    for (unsigned i = 0; i < 3 && at != end; ++i) {
        if (i > 0 && *at++ != '.') break;
        auto const [stop, problem] = std::from_chars(at, end, parts[i]);
        if (problem != std::errc() || parts[i] > 99) break;
        at = stop;
        if (at == end) return parts[0] * 10000 + parts[1] * 100 + parts[2];
    }
    fail(error_kind::invalid_url, "option version takes numbers such as 15.2 or 10.11.6");
}

}  // namespace

std::shared_ptr<state> script_of(driver::address const& where) {
    if (!where.host.empty() || !where.port.empty() || !where.user.empty() ||
        !where.password.empty())
        fail(error_kind::invalid_url,
             "a mock URL has no host, port, user or password; write mock:<name>");
    if (where.database.empty()) {
        auto const version = where.option("version");
        return std::make_shared<state>(std::string(),
                                       make_role(family_of(where.option("dialect", "postgresql")),
                                                 version.empty() ? 0 : version_of(version)));
    }
    if (!where.options.empty())
        fail(error_kind::invalid_url,
             "the URL of a mock server has no options: the server was made with its dialect");
    auto found = find_server(where.database);
    if (found) return found;
    error_info info = usual(error_kind::database_not_found);
    info.message = "there is no mock server of this name in this process";
    throw error(std::move(info));
}

}  // namespace relata::mock::detail
