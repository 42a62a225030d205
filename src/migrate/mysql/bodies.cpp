// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/mysql/words.hpp"

#include <relata/core/error.hpp>

#include <optional>

namespace relata::migrate::mysql {

namespace {

struct program {
    std::string name;
    std::string mode;
    std::optional<std::string> statement;
};
struct event {
    std::string name;
    std::string mode;
    std::string zone;
    std::optional<std::string> statement;
};

[[noreturn]] void refuse(error_kind kind, char const* message) {
    error_info info;
    info.kind = kind;
    info.message = message;
    throw error(std::move(info));
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    char const quote = text[at];
    for (++at; at < text.size() && text[at] != quote; ++at)
        if (text[at] == '\\' && quote != '`') ++at;
    return at;
}

// Behind the parenthesis that closes the one at this place.
std::size_t end_of_parameters(std::string_view text, std::size_t at) {
    for (int depth = 0; at < text.size(); ++at) {
        char const c = text[at];
        if (c == '`' || c == '\'' || c == '"') at = end_of_quoted(text, at);
        else if (c == '(') ++depth;
        else if (c == ')' && --depth == 0) return at + 1;
    }
    return text.size();
}

}  // namespace

std::string shown_statement(reading& r, std::string_view kind, std::string_view name) {
    auto const sql = "SHOW CREATE " + std::string(kind) + ' ' + quote_name(name);
    auto text = kind == "EVENT" ? r.from.one(sql_query<event>(unsafe_sql(sql))).statement
                                : r.from.one(sql_query<program>(unsafe_sql(sql))).statement;
    if (!text)
        refuse(error_kind::permission_denied, "the text of a routine is not shown to this user");
    return std::move(*text);
}

std::string behind(std::string_view shown, std::string_view header) {
    auto const at = shown.find(header);
    if (at == shown.npos)
        refuse(error_kind::not_supported,
               "SHOW CREATE spells a trigger or an event in an unknown way");
    return std::string(shown.substr(at + header.size()));
}

// CREATE … `name`(parameters) RETURNS type, lines of four spaces that say more, the body.
std::string routine_body(std::string_view shown) {
    std::size_t at = 0;
    // An account's or the routine's name may have parentheses.
    for (; at < shown.size() && shown[at] != '('; ++at)
        if (shown[at] == '`') at = end_of_quoted(shown, at);
    at = shown.find('\n', end_of_parameters(shown, at));
    if (at == shown.npos) return std::string(shown);
    shown.remove_prefix(at + 1);
    while (shown.starts_with("    ")) {
        std::size_t end = 4;
        constexpr std::string_view comment = "    COMMENT '";
        if (shown.starts_with(comment)) {
            end = end_of_quoted(shown, comment.size() - 1);
            while (end + 1 < shown.size() && shown[end + 1] == '\'')
                end = end_of_quoted(shown, end + 1);
        }
        shown.remove_prefix(std::min(shown.find('\n', end), shown.size() - 1) + 1);
    }
    return std::string(shown);
}

}  // namespace relata::migrate::mysql
