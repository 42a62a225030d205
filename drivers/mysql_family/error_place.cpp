// SPDX-License-Identifier: BSL-1.0
//
// Where an error happened. The protocol has no fields for it, so names are cut out of the server's
// English sentences; what is not found stays empty, and nothing is guessed.

#include "errors.hpp"
#include "sql_words.hpp"

#include <charconv>

namespace relata::mysql_family {
namespace {

bool is_quote(char c) { return c == '`' || c == '"' || c == '\''; }

// The quoted name that begins at `at`, which moves behind it. Doubled quotes stand for one.
std::string quoted(std::string_view text, std::size_t& at) {
    std::string name;
    if (at >= text.size() || !is_quote(text[at])) return name;
    char const quote = text[at++];
    for (; at < text.size(); ++at) {
        if (text[at] == quote) {
            if (at + 1 >= text.size() || text[at + 1] != quote) break;
            ++at;
        }
        name += text[at];
    }
    ++at;
    return name;
}

// The name in quotes right after `words`.
std::string name_after(std::string_view text, std::string_view words) {
    auto at = text.find(words);
    if (at == std::string_view::npos) return {};
    at += words.size();
    return quoted(text, at);
}

// `db`.`table` or `table` after `words`: the last part.
std::string last_name_after(std::string_view text, std::string_view words) {
    auto at = text.find(words);
    if (at == std::string_view::npos) return {};
    at += words.size();
    std::string name = quoted(text, at);
    while (at < text.size() && text[at] == '.') name = quoted(text, ++at);
    return name;
}

// The names of FOREIGN KEY (`a`, `b`).
std::vector<std::string> names_in_parentheses(std::string_view text, std::string_view words) {
    std::vector<std::string> names;
    auto at = text.find(words);
    if (at == std::string_view::npos) return names;
    at = text.find('(', at);
    while (at < text.size() && text[at] != ')') {
        ++at;
        while (at < text.size() && text[at] == ' ') ++at;
        names.push_back(quoted(text, at));
    }
    return names;
}

bool skip_word(std::string_view& sql, std::string_view word) {
    while (!sql.empty() && (sql.front() == ' ' || sql.front() == '\n' || sql.front() == '\t'))
        sql.remove_prefix(1);
    if (sql.size() <= word.size() || !starts_with(sql, word)) return false;
    sql.remove_prefix(word.size());
    return true;
}

// The table that a statement writes to.
std::string written_table(std::string_view sql) {
    if (skip_word(sql, "insert")) skip_word(sql, "ignore"), skip_word(sql, "into");
    else if (skip_word(sql, "replace")) skip_word(sql, "into");
    else if (skip_word(sql, "delete")) skip_word(sql, "from");
    else if (!skip_word(sql, "update")) return {};
    std::size_t at = sql.find_first_not_of(" \n\t");
    if (at == std::string_view::npos) return {};
    if (!is_quote(sql[at]))
        return std::string(sql.substr(at, sql.find_first_of(" \n\t(", at) - at));
    std::string name = quoted(sql, at);
    while (at < sql.size() && sql[at] == '.') name = quoted(sql, ++at);
    return name;
}

// Duplicate entry '…' for key 'name', where the value may hold anything, quotes too.
void find_key(error_info& info, std::string_view text, std::string_view sql) {
    auto at = text.rfind("for key ");
    if (at == std::string_view::npos) return;
    at += 8;
    std::string key = quoted(text, at);
    if (auto const dot = key.find('.'); dot != std::string::npos) {  // MySQL >= 8 says table.key
        info.table = key.substr(0, dot);
        key.erase(0, dot + 1);
    } else {
        info.table = written_table(sql);
    }
    // servers call every primary key PRIMARY; our schemas call it <table>_pkey
    info.constraint = key == "PRIMARY" && !info.table.empty() ? info.table + "_pkey" : key;
}

// CONSTRAINT `name` failed for `db`.`table`; a check written inside a column is called table.column
// MySQL says no table and numbers the checks of columns, so that nothing tells the column.
void find_check(error_info& info, std::string_view text, std::string_view sql) {
    info.constraint = name_after(text, "CONSTRAINT ");
    info.table = last_name_after(text, "failed for ");
    if (info.constraint.empty()) info.constraint = name_after(text, "Check constraint ");
    if (info.table.empty()) info.table = written_table(sql);
    auto const dot = info.constraint.find('.');
    if (dot == std::string::npos) return;
    info.columns = {info.constraint.substr(dot + 1)};
    info.constraint[dot] = '_';
    info.constraint += "_check";
}

void find_reference(error_info& info, std::string_view text) {
    info.constraint = name_after(text, "CONSTRAINT ");
    info.table = last_name_after(text, "fails (");
    info.columns = names_in_parentheses(text, "FOREIGN KEY ");
}

void find_column(error_info& info, std::string_view text, std::string_view sql) {
    for (std::string_view const words : {"column ", "Column ", "Field "})
        if (auto name = last_name_after(text, words); !name.empty()) {
            info.columns = {std::move(name)};
            info.table = written_table(sql);
            return;
        }
}

// "… at row 3" counts from 1.
void find_row(error_info& info, std::string_view text) {
    auto const at = text.rfind(" at row ");
    if (at == std::string_view::npos) return;
    std::int64_t row = 0;
    if (std::from_chars(text.data() + at + 8, text.data() + text.size(), row).ec == std::errc() &&
        row > 0)
        info.row = row - 1;
}

}  // namespace

void find_place(error_info& info, report const& r, std::string_view sql) {
    switch (info.kind) {
    case error_kind::unique_violation: find_key(info, r.text, sql); break;
    case error_kind::check_violation: find_check(info, r.text, sql); break;
    case error_kind::foreign_key_violation: find_reference(info, r.text); break;
    case error_kind::not_null_violation:
    case error_kind::out_of_range:
    case error_kind::value_too_long:
    case error_kind::value_invalid:
    case error_kind::text_invalid: find_column(info, r.text, sql); break;
    case error_kind::column_not_found:
        if (auto name = name_after(r.text, "column "); !name.empty()) {
            if (auto const dot = name.rfind('.'); dot != std::string::npos) {
                info.table = name.substr(0, dot);
                name.erase(0, dot + 1);
            }
            info.columns = {std::move(name)};
        }
        break;
    case error_kind::table_not_found: {
        auto name = name_after(r.text, "able ");  // Table or table
        if (auto const dot = name.find('.'); dot != std::string::npos) name.erase(0, dot + 1);
        info.table = std::move(name);
        break;
    }
    default: break;
    }
    find_row(info, r.text);
}

}  // namespace relata::mysql_family
