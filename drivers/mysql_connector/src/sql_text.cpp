// SPDX-License-Identifier: BSL-1.0

#include "sql_text.hpp"

namespace relata::mysql_connector::detail {
namespace {

constexpr std::string_view space = " \t\r\n\f\v";

// Walks through what is neither quoted nor a comment. The session's SQL mode makes a backslash a
// character like any other.
class walk {
public:
    explicit walk(std::string_view sql) noexcept : sql_(sql) {}

    /// The next character's place, or npos after the last.
    std::size_t next() noexcept {
        while (at_ < sql_.size()) {
            std::size_t const here = at_;
            char const c = sql_[at_];
            if (c == '\'' || c == '"' || c == '`') {
                skip_behind(std::string_view(&sql_[at_], 1), at_ + 1);
                return here;
            }
            if (c == '#' || starts_line_comment()) skip_behind("\n", at_ + 1);
            else if (starts_with("/*")) skip_comment();
            else if (++at_; space.find(c) == space.npos) return here;
        }
        return std::string_view::npos;
    }

private:
    [[nodiscard]] bool starts_with(std::string_view text) const noexcept {
        return sql_.substr(at_).starts_with(text);
    }

    // "--" alone may be two minus signs
    [[nodiscard]] bool starts_line_comment() const noexcept {
        return starts_with("--") &&
               (at_ + 2 == sql_.size() || static_cast<unsigned char>(sql_[at_ + 2]) <= ' ');
    }

    void skip_behind(std::string_view end, std::size_t from) noexcept {
        auto const found = sql_.find(end, from);
        at_ = found == sql_.npos ? sql_.size() : found + end.size();
    }

    // The server runs what is in a comment that begins with an exclamation mark.
    void skip_comment() noexcept {
        if (starts_with("/*!")) at_ += 3;
        else if (starts_with("/*M!")) at_ += 4;
        else skip_behind("*/", at_ + 2);
    }

    std::string_view sql_;
    std::size_t at_ = 0;
};

void append_placeholder(std::string& to, placeholder const& p) {
    switch (p.form) {
    case form::plain:
    case form::unsigned_integer: to += '?'; break;
    case form::decimal:
        to += "CAST(? AS DECIMAL(38," + std::to_string(unsigned(p.scale)) + "))";
        break;
    case form::date: to += "CAST(? AS DATE)"; break;
    case form::time: to += "CAST(? AS TIME(6))"; break;
    case form::moment: to += "CAST(? AS DATETIME(6))"; break;
    case form::long_text: to += "CAST(? AS CHAR)"; break;
    }
}

}  // namespace

std::string with_forms(std::string_view sql, std::vector<placeholder> const& forms) {
    std::string text;
    text.reserve(sql.size() + 24 * forms.size());
    walk places(sql);
    std::size_t done = 0;
    std::size_t found = 0;
    for (auto at = places.next(); at != sql.npos; at = places.next()) {
        if (sql[at] != '?') continue;
        if (found == forms.size()) return {};
        text += sql.substr(done, at - done);
        append_placeholder(text, forms[found++]);
        done = at + 1;
    }
    if (found != forms.size()) return {};
    return text += sql.substr(done);
}

statement_ends ends_of_statements(std::string_view sql) noexcept {
    statement_ends ends;
    walk places(sql);
    for (auto at = places.next(); at != sql.npos; at = places.next()) {
        ends.complete = sql[at] == ';';
        if (ends.complete) ++ends.count;
    }
    return ends;
}

}  // namespace relata::mysql_connector::detail
