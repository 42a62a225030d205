// SPDX-License-Identifier: BSL-1.0
#include "firebird_script.hpp"

#include <algorithm>

namespace relata::soci::detail {
namespace {

// The first place from `at` on where no comment begins.
std::size_t behind_comments(std::string_view sql, std::size_t at) {
    for (;;) {
        bool const block = sql.substr(at).starts_with("/*");
        if (!block && !sql.substr(at).starts_with("--")) return at;
        auto const end = sql.find(block ? "*/" : "\n", at);
        if (end == sql.npos) return sql.size();
        at = end + (block ? 2 : 1);
    }
}

// Whether there is nothing but spaces and comments.
bool is_blank(std::string_view sql) {
    for (std::size_t at = 0; at < sql.size(); ++at) {
        at = behind_comments(sql, at);
        if (at < sql.size() && std::string_view(" \t\r\n").find(sql[at]) == std::string_view::npos)
            return false;
    }
    return true;
}

}  // namespace

std::vector<std::string> firebird_statements(std::string_view sql) {
    std::vector<std::string> out;
    auto const upper = [](std::string_view text) {
        std::string all(text);
        for (char& c : all)
            if (c >= 'a' && c <= 'z') c = char(c - 32);
        return all;
    };
    auto const add = [&](std::string_view text) {
        if (!is_blank(text)) out.emplace_back(text);
    };
    if (upper(sql).find("BEGIN") != std::string::npos) return add(sql), out;
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
        if (quote == 0) i = behind_comments(sql, i);
        if (i == sql.size()) break;
        if (quote != 0) {
            if (sql[i] == quote) quote = 0;
        } else if (sql[i] == '\'' || sql[i] == '"') {
            quote = sql[i];
        } else if (sql[i] == ';') {
            add(sql.substr(begin, i - begin));
            begin = i + 1;
        }
    }
    add(sql.substr(begin));
    return out;
}

bool is_block(std::string_view sql) {
    auto const begin = sql.find_first_not_of(" \t\r\n");
    constexpr std::string_view word = "EXECUTE BLOCK";
    if (begin == sql.npos || sql.size() - begin < word.size()) return false;
    return std::equal(word.begin(), word.end(), sql.begin() + std::ptrdiff_t(begin),
                      [](char a, char b) { return a == b || (b >= 'a' && a == b - 32); });
}

std::string table_of_index(std::string_view sql) {
    std::string out;
    auto at = sql.find(" ON ");
    if (at == sql.npos) return out;
    at = sql.find_first_not_of(' ', at + 4);
    if (at == sql.npos) return out;
    if (sql[at] != '"') {
        for (; at < sql.size() && sql[at] != ' ' && sql[at] != '('; ++at)
            out += sql[at] >= 'a' && sql[at] <= 'z' ? char(sql[at] - 32) : sql[at];
        return out;
    }
    for (++at; at < sql.size(); ++at) {
        if (sql[at] == '"' && (++at == sql.size() || sql[at] != '"')) break;
        out += sql[at];
    }
    return out;
}

}  // namespace relata::soci::detail
