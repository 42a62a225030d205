// SPDX-License-Identifier: BSL-1.0

#include "sql_words.hpp"

#include <relata/core/error.hpp>

#include <cstddef>

namespace relata::mysql_family {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? char(c + 32) : c; }

bool contains(std::string_view text, std::string_view word) noexcept {
    for (std::size_t i = 0; i + word.size() <= text.size(); ++i)
        if (starts_with(text.substr(i), word)) return true;
    return false;
}

// What follows the white space and comments at the start of a text. A comment with a mark is code.
std::string_view skip_comments(std::string_view sql) noexcept {
    for (;;) {
        auto const first = sql.find_first_not_of(" \t\r\n\f\v;");
        if (first == std::string_view::npos) return {};
        sql.remove_prefix(first);
        bool const block =
            starts_with(sql, "/*") && !starts_with(sql, "/*!") && !starts_with(sql, "/*m!");
        if (!block && !starts_with(sql, "--") && !starts_with(sql, "#")) return sql;
        auto const end = block ? sql.find("*/", 2) : sql.find('\n');
        if (end == std::string_view::npos) return {};
        sql.remove_prefix(end + (block ? 2 : 1));
    }
}

}  // namespace

bool starts_with(std::string_view text, std::string_view word) noexcept {
    if (text.size() < word.size()) return false;
    for (std::size_t i = 0; i < word.size(); ++i)
        if (lower(text[i]) != word[i]) return false;
    return true;
}

void refuse_blank(std::string_view sql) {
    if (skip_comments(sql).empty()) fail(error_kind::syntax, "the statement is empty");
}

sql_traits look_at(std::string_view sql) noexcept {
    auto const first = sql.find_first_not_of(" \t\r\n(");
    sql.remove_prefix(first == std::string_view::npos ? sql.size() : first);
    sql_traits traits;
    for (std::string_view const word :
         {"select", "with", "show", "explain", "describe", "values", "table"})
        if (starts_with(sql, word)) traits = {true, false, true};
    for (std::string_view const word : {"show", "explain", "describe"})
        if (starts_with(sql, word)) traits.shows = true;
    for (std::string_view const word : {"insert", "update", "delete", "replace"})
        if (starts_with(sql, word)) traits = {false, false, true};
    // MySQL lets WITH stand before UPDATE and DELETE
    if (starts_with(sql, "with") && (contains(sql, "update ") || contains(sql, "delete ")))
        traits.reads = false;
    if (sql.find('@') != std::string_view::npos || contains(sql, "get_lock"))
        traits.touches_session = true;
    return traits;
}

}  // namespace relata::mysql_family
