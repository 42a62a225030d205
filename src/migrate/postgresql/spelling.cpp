// SPDX-License-Identifier: BSL-1.0

#include "migrate/postgresql/spelling.hpp"

#include <relata/dialect/dialect.hpp>

#include <algorithm>
#include <array>

namespace relata::migrate::postgresql {

std::string quote_name(std::string_view name) {
    std::string out;
    dialect::dialect_for(dialect::family::postgresql, 0).append_identifier(out, name);
    return out;
}

namespace {

constexpr char default_space = '\0';  // which no text of PostgreSQL has

}  // namespace

std::string quoted_space(std::string const& space) {
    return space.empty() ? std::string(1, default_space) : quote_name(space) + '.';
}

std::string quote_name(catalog::object_name const& name) {
    return quoted_space(name.space) + quote_name(name.name);
}

std::string with_default_space(std::string statement, bool by_search_path) {
    auto const name = by_search_path ? std::string() : quote_name("public") + '.';
    for (auto at = statement.find(default_space); at != statement.npos;
         at = statement.find(default_space, at + name.size()))
        statement.replace(at, 1, name);
    return statement;
}

std::string quote_name(std::vector<std::string> const& names) {
    std::string out;
    for (auto const& name : names) out.append(out.empty() ? "" : ", ").append(quote_name(name));
    return out;
}

std::string literal(std::string_view text) {
    std::string out = "'";
    for (char const c : text) out.append(c == '\'' ? 2u : 1u, c);
    return out += '\'';
}

std::string const* option_of(std::vector<catalog::option> const& options, std::string_view name) {
    auto const at = std::find_if(options.begin(), options.end(),
                                 [&](auto const& option) { return option.name == name; });
    return at == options.end() ? nullptr : &at->value;
}

bool has_option(std::vector<catalog::option> const& options, std::string_view name) {
    return option_of(options, name) != nullptr;
}

bool is_storage_parameter(std::string_view name) {
    static constexpr std::array<std::string_view, 8> clauses{"clustered",  "deferrable", "include",
                                                             "inherits",   "invalid",    "of",
                                                             "tablespace", "unlogged"};
    return name.find(' ') == name.npos &&
           std::find(clauses.begin(), clauses.end(), name) == clauses.end();
}

std::string storage_clause(std::vector<catalog::option> const& options) {
    std::string out;
    for (auto const& option : options)
        if (is_storage_parameter(option.name))
            out.append(out.empty() ? " WITH (" : ", ")
                .append(option.name)
                .append(" = ")
                .append(literal(option.value));
    return out.empty() ? out : out + ')';
}

std::string deferrable_clause(std::vector<catalog::option> const& options) {
    auto const* const when = option_of(options, "deferrable");
    if (!when) return {};
    return when->empty() ? " DEFERRABLE" : " DEFERRABLE INITIALLY DEFERRED";
}

}  // namespace relata::migrate::postgresql
