// SPDX-License-Identifier: BSL-1.0

#include "cli/rights.hpp"

#include <algorithm>

namespace relata::cli {

namespace {

// What follows `begin` in the text, up to `end`; empty: it is not like that.
std::string between(std::string_view text, std::string_view begin, std::string_view end) {
    auto const at = text.find(begin);
    if (at == text.npos) return {};
    text.remove_prefix(at + begin.size());
    return std::string(text.substr(0, end.empty() ? text.npos : text.find(end)));
}

// The first word of a statement, in capital letters.
std::string verb_of(std::string_view statement) {
    auto const start = statement.find_first_not_of(" \t\r\n");
    if (start == statement.npos) return {};
    statement.remove_prefix(start);
    std::string verb(statement.substr(0, statement.find_first_of(" \t\r\n(")));
    std::transform(verb.begin(), verb.end(), verb.begin(),
                   [](char c) { return c >= 'a' && c <= 'z' ? char(c - 'a' + 'A') : c; });
    return verb;
}

// "permission denied for schema public" and the like; the right follows from the statement, if that is
// known.
std::string on_postgresql(std::string_view said, std::string_view statement) {
    auto const thing = between(said, "permission denied for ", "\n");
    auto const verb = verb_of(statement);
    if (thing.starts_with("schema "))
        return (verb.empty()       ? "CREATE or USAGE on "
                : verb == "CREATE" ? "CREATE on "
                                   : "USAGE on ") +
               thing;
    if (thing.starts_with("database ")) return "CREATE on " + thing;
    for (auto const* const right : {"SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE"})
        if (verb == right && !thing.empty()) return verb + " on " + thing;
    return {};
}

}  // namespace

std::string missing_right(error const& e) {
    auto const& said = e.info().native_message;
    std::string const other = "or say the URL of a user who has it";
    if (said.find("must be owner of") != said.npos)
        return "only the owner may do that: say the URL of the owner";
    // MySQL and MariaDB: "CREATE command denied to user 'a'@'b' for table `c`.`d`"
    if (auto const user = between(said, " command denied to user ", " for "); !user.empty())
        return "the right to " + said.substr(0, said.find(" command denied")) +
               " is missing: grant it to " + user + ", " + other;
    if (auto const right = on_postgresql(said, e.statement()); !right.empty())
        return "the right " + right + " is missing: grant it to the user, " + other;
    return "grant the user the right that the database names, " + other;
}

}  // namespace relata::cli
