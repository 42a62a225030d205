// SPDX-License-Identifier: BSL-1.0

#include "wide_floats.hpp"

#include <algorithm>

namespace relata::soci::detail {
namespace {

bool is_name(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) >= 0x80;
}

// A word or a character outside of all parentheses; what is inside of them is skipped.
struct token {
    std::string word;  // in small letters; empty at the end
    std::size_t begin = 0, end = 0;
};

class tokens {
public:
    explicit tokens(std::string_view sql) : sql_(sql) {}

    token next() {
        for (unsigned depth = 0; at_ < sql_.size();) {
            std::size_t const begin = at_;
            char const c = sql_[at_];
            if (skip_quoted(c) || skip_comment(c)) {
                if (depth == 0 && (c == '\'' || c == '"' || c == '`'))
                    return {std::string(1, c), begin, at_};
                continue;
            }
            while (at_ < sql_.size() && is_name(sql_[at_])) ++at_;
            if (at_ == begin) ++at_;
            if (c == '(') ++depth;
            bool const inside = depth != 0;
            if (c == ')' && depth != 0) --depth;
            if (inside || c == ' ' || (c >= '\t' && c <= '\r')) continue;
            token out{std::string(sql_.substr(begin, at_ - begin)), begin, at_};
            for (char& each : out.word)
                if (each >= 'A' && each <= 'Z') each = char(each + 32);
            return out;
        }
        return {"", sql_.size(), sql_.size()};
    }

private:
    bool skip_quoted(char c) {
        if (c != '\'' && c != '"' && c != '`') return false;
        at_ = std::min(sql_.find(c, at_ + 1), sql_.size() - 1) + 1;
        return true;
    }
    bool skip_comment(char c) {
        bool const line = c == '#' || sql_.compare(at_, 2, "--") == 0;
        if (!line && sql_.compare(at_, 2, "/*") != 0) return false;
        auto const end = line ? sql_.find('\n', at_) : sql_.find("*/", at_ + 2);
        at_ = end == sql_.npos ? sql_.size() : end + (line ? 1 : 2);
        return true;
    }

    std::string_view sql_;
    std::size_t at_ = 0;
};

bool is_any(std::string_view word, std::initializer_list<std::string_view> list) {
    return std::find(list.begin(), list.end(), word) != list.end();
}

struct column {
    std::size_t begin, end;  // of the expression, without its alias
};

// Reads the list behind the word `before`, up to the word behind the list.
token read_list(tokens& from, token const& before, std::vector<column>& out) {
    std::size_t begin = before.end;
    token t = from.next();
    for (; is_any(t.word, {"distinct", "distinctrow", "all"}); t = from.next()) begin = t.end;
    std::size_t end = 0;  // known once an alias begins
    for (;; t = from.next()) {
        bool const over =
            t.word.empty() || is_any(t.word, {";", "from", "union", "except", "intersect", "where",
                                              "group", "order", "having", "limit", "into", "for"});
        if (t.word == "as") end = t.begin;
        if (!over && t.word != ",") continue;
        out.push_back({begin, end != 0 ? end : t.begin});
        if (over) return t;
        begin = t.end;
        end = 0;
    }
}

}  // namespace

bool may_give_rows(std::string_view sql) {
    tokens words(sql);
    auto const first = words.next().word;
    if (!is_any(first, {"insert", "replace", "delete", "update"}))
        return !is_any(first,
                       {"create", "drop",   "alter", "truncate", "rename",   "set",       "use",
                        "do",     "begin",  "start", "commit",   "rollback", "savepoint", "release",
                        "lock",   "unlock", "grant", "revoke",   "kill",     "analyze",   "call"});
    for (token t = words.next(); !t.word.empty(); t = words.next())
        if (t.word == "returning") return true;
    return false;
}

std::string widen_floats(std::string_view sql, std::vector<bool> const& columns) {
    tokens words(sql);
    std::vector<column> list;
    token t = words.next();
    bool const reads = is_any(t.word, {"select", "with"});
    while (!t.word.empty() && t.word != (reads ? "select" : "returning")) t = words.next();
    if (t.word.empty()) return {};
    for (t = read_list(words, t, list); !t.word.empty(); t = words.next())
        if (is_any(t.word, {"union", "except", "intersect"})) return {};
    if (list.size() != columns.size()) return {};
    std::string out;
    std::size_t done = 0;
    for (std::size_t i = 0; i < list.size(); ++i) {
        if (!columns[i]) continue;
        (out.append(sql.substr(done, list[i].begin - done)) += " (")
            .append(sql.substr(list[i].begin, list[i].end - list[i].begin)) += ")+0e0 ";
        done = list[i].end;
    }
    return out.append(sql.substr(done));
}

}  // namespace relata::soci::detail
