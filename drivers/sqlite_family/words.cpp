// SPDX-License-Identifier: BSL-1.0

#include "words.hpp"

namespace relata::sqlite_family {
namespace {

bool is_space(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }
bool is_letter(char c) noexcept {
    return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_part(char c) noexcept { return is_letter(c) || (c >= '0' && c <= '9') || c == '$'; }

std::string_view skip_blank(std::string_view sql) noexcept {
    for (;;) {
        if (!sql.empty() && is_space(sql[0])) sql.remove_prefix(1);
        else if (sql.starts_with("--")) {
            auto const end = sql.find('\n');
            sql.remove_prefix(end == sql.npos ? sql.size() : end + 1);
        } else if (sql.starts_with("/*")) {
            auto const end = sql.find("*/", 2);
            sql.remove_prefix(end == sql.npos ? sql.size() : end + 2);
        } else {
            return sql;
        }
    }
}

// Inside quotes a doubled quote stands for one; brackets cannot be doubled.
std::size_t read_quoted(std::string_view sql, char end, std::string& out) {
    std::size_t i = 1;
    for (; i < sql.size(); ++i) {
        if (sql[i] == end) {
            if (end == ']' || i + 1 == sql.size() || sql[i + 1] != end) return i + 1;
            ++i;
        }
        out += sql[i];
    }
    return i;
}

}  // namespace

bool next_word(std::string_view& sql, sql_word& word) {
    sql = skip_blank(sql);
    word = {};
    if (sql.empty()) return false;
    char const c = sql[0];
    std::size_t size = 1;
    if (c == '"' || c == '\'' || c == '`' || c == '[') {
        word.quoted = true;
        size = read_quoted(sql, c == '[' ? ']' : c, word.text);
    } else {
        if (is_part(c))
            while (size < sql.size() && is_part(sql[size])) ++size;
        word.text = sql.substr(0, size);
    }
    sql.remove_prefix(size);
    return true;
}

std::string_view first_word(std::string_view sql) noexcept {
    sql = skip_blank(sql);
    std::size_t size = 0;
    while (size < sql.size() && is_letter(sql[size])) ++size;
    return sql.substr(0, size);
}

bool same_word(std::string_view a, std::string_view b) noexcept {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

std::string quoted(std::string_view name) {
    std::string out = "\"";
    for (char const c : name) {
        if (c == '"') out += '"';
        out += c;
    }
    return out += '"';
}

}  // namespace relata::sqlite_family
