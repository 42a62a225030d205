// SPDX-License-Identifier: BSL-1.0
#include "firebird_script.hpp"

namespace relata::soci::detail {

std::vector<std::string> firebird_statements(std::string_view sql) {
    std::vector<std::string> out;
    auto const upper = [](std::string_view text) {
        std::string all(text);
        for (char& c : all)
            if (c >= 'a' && c <= 'z') c = char(c - 32);
        return all;
    };
    auto const add = [&](std::string_view text) {
        if (text.find_first_not_of(" \t\r\n") != text.npos) out.emplace_back(text);
    };
    if (upper(sql).find("BEGIN") != std::string::npos) return add(sql), out;
    std::size_t begin = 0;
    char quote = 0;
    for (std::size_t i = 0; i < sql.size(); ++i) {
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

}  // namespace relata::soci::detail
