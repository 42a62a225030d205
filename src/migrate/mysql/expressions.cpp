// SPDX-License-Identifier: BSL-1.0

#include "migrate/mysql/catalogue.hpp"
#include "migrate/characters.hpp"

#include <cctype>

namespace relata::migrate::mysql {

std::string unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        bool const escapes = text[i] == '\\' && i + 1 < text.size() &&
                             (text[i + 1] == '\'' || text[i + 1] == '\\' || text[i + 1] == '"');
        if (text[i] == '\\' && i + 1 < text.size() && text[i + 1] == 'n') {
            out += '\n';
            ++i;
            continue;
        }
        out += text[i += escapes ? 1 : 0];
    }
    return out;
}

std::string recoded(std::string_view column) {
    std::string const c(column);
    return "coalesce(if(" + c + " = convert(" + c + " using latin1), convert(cast(convert(" + c +
           " using latin1) as binary) using utf8mb4), " + c + "), " + c + ")";
}

namespace {

/// Goes through SQL as the server prints it: names in backticks, texts in quotes, the rest in words.
class scanner {
public:
    scanner(std::string_view sql, std::string_view database) : sql_(sql), database_(database) {}

    std::string run() {
        while (at_ < sql_.size()) {
            char const c = sql_[at_];
            if (c == '`') chain();
            else if (c == '\'' || c == '"') copy_to(end_of_quoted(at_));
            else if (is_word(c)) word();
            else symbol(c);
        }
        return std::move(out_);
    }

private:
    // Behind the closing quote; a doubled one and one after a backslash do not close.
    std::size_t end_of_quoted(std::size_t from) const {
        char const quote = sql_[from];
        std::size_t i = from + 1;
        for (; i < sql_.size(); ++i) {
            if (sql_[i] == '\\' && quote != '`') ++i;
            else if (sql_[i] == quote && i + 1 < sql_.size() && sql_[i + 1] == quote) ++i;
            else if (sql_[i] == quote) break;
        }
        return std::min(i + 1, sql_.size());
    }
    void copy_to(std::size_t end) {
        out_ += sql_.substr(at_, end - at_);
        at_ = end;
        word_ = {};
    }
    void word() {
        auto end = at_;
        while (end < sql_.size() && is_word(sql_[end])) ++end;
        auto const found = sql_.substr(at_, end - at_);
        copy_to(end);
        word_ = found;
    }
    // An opening parenthesis lets the word before it count: from (`a` join `b`).
    void symbol(char c) {
        out_ += c;
        ++at_;
        if (c != '(' && c != ' ') word_ = {};
    }
    // `a`.`b`.`c`: three names begin with a database; two do where a table, a function or a sequence
    // stands, and are otherwise a table and its column.
    void chain() {
        auto const first = sql_.substr(at_, end_of_quoted(at_) - at_);
        auto end = at_ + first.size();
        unsigned names = 1;
        while (end + 1 < sql_.size() && sql_[end] == '.' && sql_[end + 1] == '`') {
            end = end_of_quoted(end + 1);
            ++names;
        }
        bool const whole =
            names == 2 && (before_table() || (end < sql_.size() && sql_[end] == '('));
        if (is_database(first) && (names > 2 || whole)) at_ += first.size() + 1;
        copy_to(end);
    }
    bool before_table() const {
        for (std::string_view const w :
             {"from", "join", "straight_join", "nextval", "lastval", "setval", "for", "into"})
            if (std::ranges::equal(w, word_,
                                   [](char a, char b) { return a == (b | 0x20) || a == b; }))
                return true;
        return false;
    }
    bool is_database(std::string_view name) const {
        std::string bare;
        name = name.substr(1, name.size() - 2);
        for (std::size_t i = 0; i < name.size(); ++i) {
            bare += name[i];
            if (name[i] == '`') ++i;
        }
        return bare == database_;
    }

    std::string_view sql_;
    std::string_view database_;
    std::string_view word_;  // the last one, if nothing but parentheses came after it
    std::string out_;
    std::size_t at_ = 0;
};

}  // namespace

std::string without_database(std::string_view sql, std::string_view database) {
    return scanner(sql, database).run();
}

}  // namespace relata::migrate::mysql
