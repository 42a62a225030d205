// SPDX-License-Identifier: BSL-1.0
// Names, texts and lists in the spelling of MySQL.
#pragma once

#include <relata/schema/catalog.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::mysql {

/// 'text', as it is read when sql_mode does not have NO_BACKSLASH_ESCAPES.
[[nodiscard]] inline std::string text_literal(std::string_view text) {
    std::string out = "'";
    for (char const c : text) out.append(c == '\'' || c == '\\' ? 2 : 1, c);
    return out += '\'';
}

/// `name`. Not by the dialect, which holds the names of new tables to the 63 bytes that all databases
/// have: those of an existing database have up to 64 characters.
[[nodiscard]] inline std::string quote_name(std::string_view name) {
    std::string out = "`";
    for (char const c : name) out.append(c == '`' ? 2 : 1, c);
    return out += '`';
}
[[nodiscard]] inline std::string quote_name(schema::catalog::object_name const& name) {
    return name.space.empty() ? quote_name(name.name)
                              : quote_name(name.space) + '.' + quote_name(name.name);
}

/// `a`,`b`
[[nodiscard]] inline std::string quoted_list(std::vector<std::string> const& names) {
    std::string out;
    for (auto const& name : names) out.append(out.empty() ? "" : ",").append(quote_name(name));
    return out;
}

/// CREATE, with the account whose rights something has when that is not the one that reads it.
[[nodiscard]] inline std::string definer_clause(std::optional<std::string> const& account) {
    if (!account) return "CREATE ";
    auto const at = account->rfind('@');
    if (at == account->npos) return "CREATE DEFINER=" + quote_name(*account) + ' ';  // a role
    return "CREATE DEFINER=" + quote_name(std::string_view(*account).substr(0, at)) + '@' +
           quote_name(std::string_view(*account).substr(at + 1)) + ' ';
}

/// Null when it is not there.
[[nodiscard]] inline std::string const*
find_option(std::vector<schema::catalog::option> const& options, std::string_view name) {
    for (auto const& o : options)
        if (o.name == name) return &o.value;
    return nullptr;
}

}  // namespace relata::migrate::mysql
