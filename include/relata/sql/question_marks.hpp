// SPDX-License-Identifier: BSL-1.0
/// \file
/// Where hand-written SQL has its question marks, and what it does to a connection.
#pragma once

#include <cstddef>
#include <string_view>

namespace relata::detail {

constexpr bool is_word_char(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '$' || static_cast<unsigned char>(c) > 127;
}
constexpr char small_letter(char c) { return c >= 'A' && c <= 'Z' ? char(c + ('a' - 'A')) : c; }

// A loop of our own: with sanitizers on, g++ does not take string_view::find for a constant.
constexpr std::size_t behind_text(std::string_view sql, std::string_view what, std::size_t from) {
    for (; from + what.size() <= sql.size(); ++from) {
        std::size_t same = 0;
        while (same < what.size() && sql[from + same] == what[same]) ++same;
        if (same == what.size()) return from + same;
    }
    return sql.size();
}

/// The position behind the text, the quoted name or the comment that begins at `at`; `at` itself where
/// none begins. Knows '…' with doubled quotes, E'…' with backslashes, "…", `…`, $tag$…$tag$, -- and
/// /* */. A part that does not end goes to the end of the text.
constexpr std::size_t behind_quoted(std::string_view sql, std::size_t at) {
    char const c = sql[at];
    char const before = at ? sql[at - 1] : ' ';
    if (c == '\'' || c == '"' || c == '`') {
        bool const escapes =
            c == '\'' && small_letter(before) == 'e' && (at < 2 || !is_word_char(sql[at - 2]));
        for (std::size_t i = at + 1; i < sql.size(); ++i) {
            if (escapes && sql[i] == '\\') ++i;
            else if (sql[i] == c && i + 1 < sql.size() && sql[i + 1] == c) ++i;
            else if (sql[i] == c) return i + 1;
        }
        return sql.size();
    }
    if (c == '-' && sql.substr(at, 2) == "--") return behind_text(sql, "\n", at);
    if (c == '/' && sql.substr(at, 2) == "/*") return behind_text(sql, "*/", at + 2);
    if (c == '$' && !is_word_char(before)) {
        std::size_t end = at + 1;
        while (end < sql.size() && is_word_char(sql[end]) && sql[end] != '$') ++end;
        if (end >= sql.size() || sql[end] != '$') return at;
        return behind_text(sql, sql.substr(at, end + 1 - at), end + 1);
    }
    return at;
}

/// The next question mark outside of quotes and comments; npos when there is none. `from` is outside of
/// them too. Two in a row stand for one that belongs to the SQL.
constexpr std::size_t next_question_mark(std::string_view sql, std::size_t from) {
    while (from < sql.size()) {
        if (sql[from] == '?') return from;
        auto const behind = behind_quoted(sql, from);
        from = behind == from ? from + 1 : behind;
    }
    return sql.npos;
}
constexpr bool is_doubled_mark(std::string_view sql, std::size_t at) {
    return sql.substr(at, 2) == "??";
}

/// How many values the text takes.
constexpr unsigned count_question_marks(std::string_view sql) {
    unsigned count = 0;
    for (auto at = next_question_mark(sql, 0); at != sql.npos;) {
        bool const doubled = is_doubled_mark(sql, at);
        count += doubled ? 0 : 1;
        at = next_question_mark(sql, at + (doubled ? 2 : 1));
    }
    return count;
}

/// Whether the statement leaves the connection as it was: it reads or changes rows. Others (SET, CREATE,
/// BEGIN, …) may leave something behind that the next user of the connection must not find.
constexpr bool leaves_session(std::string_view sql) {
    std::size_t at = 0;
    while (at < sql.size()) {
        char const c = sql[at];
        bool const blank = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '(';
        bool const comment = c == '-' || c == '/';
        auto const behind = blank ? at + 1 : comment ? behind_quoted(sql, at) : at;
        if (behind == at) break;
        at = behind;
    }
    auto starts = [&](std::string_view word) {
        if (sql.size() - at < word.size()) return false;
        for (std::size_t i = 0; i < word.size(); ++i)
            if (small_letter(sql[at + i]) != word[i]) return false;
        return at + word.size() == sql.size() || !is_word_char(sql[at + word.size()]);
    };
    for (std::string_view const word : {"select", "insert", "update", "delete", "with", "values",
                                        "table", "replace", "merge", "explain", "show", "describe"})
        if (starts(word)) return true;
    return false;
}

}  // namespace relata::detail
