// SPDX-License-Identifier: BSL-1.0

#include "placeholders.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <charconv>

namespace relata::soci::detail {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_name(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           static_cast<unsigned char>(c) >= 0x80;
}
bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

class reader {
public:
    reader(std::string_view sql, marks style) : sql_(sql), style_(style) {}

    split_sql read() {
        out_.pieces.emplace_back();
        while (at_ < sql_.size()) step();
        return std::move(out_);
    }

private:
    [[nodiscard]] char peek(std::size_t ahead) const {
        return at_ + ahead < sql_.size() ? sql_[at_ + ahead] : '\0';
    }
    void take(std::size_t end) {
        end = std::min(end, sql_.size());
        out_.pieces.back().append(sql_.substr(at_, end - at_));
        at_ = end;
    }

    void step() {
        char const c = sql_[at_];
        if (c == '-' && peek(1) == '-') return take_line();
        if (c == '#' && style_ == marks::question) return take_line();
        if (c == '/' && peek(1) == '*') return take_comment();
        if (ended_ && c != ';' && !is_space(c)) fail(error_kind::syntax, "more than one statement");
        if (c == '\'' || c == '"' || (c == '`' && style_ == marks::question))
            return take_quoted(c, false);
        if (c == '?' && style_ == marks::question) return take_mark(1, seen_++);
        if (style_ == marks::dollar) {
            if (c == '$') return take_dollar();
            if ((c == 'e' || c == 'E') && peek(1) == '\'') {
                take(at_ + 1);
                return take_quoted('\'', true);
            }
        }
        if (c == ';') ended_ = true;
        if (!is_name(c)) return take(at_ + 1);
        std::size_t end = at_;
        while (end < sql_.size() && (is_name(sql_[end]) || (sql_[end] == '$'))) ++end;
        take(end);
    }
    void take_mark(std::size_t length, unsigned number) {
        at_ += length;
        out_.numbers.push_back(number);
        out_.pieces.emplace_back();
    }
    void take_line() { take(std::min(sql_.find('\n', at_), sql_.size() - 1) + 1); }
    void take_comment() {
        std::size_t end = at_ + 2;
        for (unsigned depth = 1; depth != 0 && end < sql_.size(); ++end) {
            if (sql_.compare(end, 2, "*/") == 0) --depth, ++end;
            else if (style_ == marks::dollar && sql_.compare(end, 2, "/*") == 0) ++depth, ++end;
        }
        take(end);
    }
    // a doubled quote stands for one, which reads like two texts side by side
    void take_quoted(char quote, bool backslashes) {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && sql_[end] != quote)
            end += backslashes && sql_[end] == '\\' ? 2 : 1;
        take(end + 1);
    }
    void take_dollar() {
        std::size_t end = at_ + 1;
        while (end < sql_.size() && is_name(sql_[end])) ++end;
        if (is_digit(peek(1))) {
            unsigned number = 0;
            std::from_chars(sql_.data() + at_ + 1, sql_.data() + end, number);
            return take_mark(end - at_, number - 1);
        }
        if (end == sql_.size() || sql_[end] != '$') return take(at_ + 1);
        auto const tag = sql_.substr(at_, end + 1 - at_);
        auto const close = sql_.find(tag, end + 1);
        take(close == sql_.npos ? close : close + tag.size());
    }

    std::string_view sql_;
    marks style_;
    split_sql out_;
    std::size_t at_ = 0;
    unsigned seen_ = 0;
    bool ended_ = false;  // behind a semicolon
};

}  // namespace

split_sql split_at_placeholders(std::string_view sql, marks style, unsigned count) {
    auto out = reader(sql, style).read();
    unsigned highest = 0;
    for (unsigned const number : out.numbers) highest = std::max(highest, number + 1);
    if (highest != count)
        fail(error_kind::invalid_argument,
             "the statement has another number of placeholders than types");
    return out;
}

}  // namespace relata::soci::detail
