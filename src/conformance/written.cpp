// SPDX-License-Identifier: BSL-1.0

#include "conformance/written.hpp"

#include <vector>

namespace relata::conformance {
namespace {

constexpr std::string_view firebird_one_row = " FROM RDB$DATABASE";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// A name of ours: small letters, digits, underscores.
bool is_name(std::string_view word) {
    for (char const c : word)
        if (c >= 'A' && c <= 'Z') return false;
    return true;
}

// Whether such a word comes where the list of a SELECT is over.
bool ends_list(std::string_view word) {
    for (std::string_view const each :
         {"UNION", "EXCEPT", "INTERSECT", "WHERE", "GROUP", "HAVING", "ORDER"})
        if (word == each) return true;
    return false;
}

// Goes through a statement token by token.
class writer {
public:
    writer(driver::connection const& on, std::string_view sql) : on_(on), sql_(sql) {}

    std::string text() {
        while (at_ < sql_.size()) step();
        read_one_row();
        return std::move(out_);
    }

private:
    void step() {
        char const c = sql_[at_];
        auto const rest = sql_.substr(at_);
        if (c == '\'' || c == '"' || c == '`') take(quoted_end(c), true);
        else if (rest.starts_with("--")) take(sql_.find('\n', at_), false);
        else if (rest.starts_with("/*")) take(sql_.find("*/", at_ + 2), false, 2);
        else if (is_letter(c)) word();
        else if (is_digit(c) || c == '$' || c == ':' || c == '@') take(word_end(at_ + 1), true);
        else mark(c);
    }

    void mark(char c) {
        if (c == ')' || c == ';') read_one_row();
        if (c == '(') bare_.push_back(false);
        if (c == ')' && bare_.size() > 1) bare_.pop_back();
        take(at_ + 1, !is_space(c) && c != ';');
    }

    void word() {
        auto const end = word_end(at_);
        auto const text = sql_.substr(at_, end - at_);
        auto const after = sql_.find_first_not_of(" \n\t", end);
        char const next = after == sql_.npos ? ' ' : sql_[after];
        if (text == "SELECT") bare_.back() = true;
        else if (text == "FROM") bare_.back() = false;
        else if (ends_list(text)) read_one_row();
        // x'00' is a literal, and count(*) a function
        bool const ours = is_name(text) && next != '(' && !(next == '\'' && after == end);
        if (!ours) return take(end, true);
        on_.spelling().append_identifier(out_, text);
        at_ = end;
        last_ = out_.size();
    }

    // A SELECT has come to its end and has read nothing.
    void read_one_row() {
        if (!bare_.back()) return;
        bare_.back() = false;
        out_.insert(last_, firebird_one_row);
        last_ += firebird_one_row.size();
    }

    std::size_t word_end(std::size_t from) const {
        while (from < sql_.size() && (is_letter(sql_[from]) || is_digit(sql_[from]))) ++from;
        return from;
    }
    std::size_t quoted_end(char quote) const {
        auto const end = sql_.find(quote, at_ + 1);
        return end == sql_.npos ? end : end + 1;
    }
    // `counts`: not a space or a comment, so that what is inserted comes behind it.
    void take(std::size_t end, bool counts, std::size_t more = 0) {
        end = end == sql_.npos ? sql_.size() : end + more;
        out_ += sql_.substr(at_, end - at_);
        at_ = end;
        if (counts) last_ = out_.size();
    }

    driver::connection const& on_;
    std::string_view sql_;
    std::size_t at_ = 0;
    std::string out_;
    std::size_t last_ = 0;           // behind the last token
    std::vector<bool> bare_{false};  // for each open parenthesis: a SELECT without FROM so far
};

}  // namespace

std::string written(driver::connection const& on, std::string_view sql) {
    if (on.spelling().id() != dialect::family::firebird) return std::string(sql);
    return writer(on, sql).text();
}

}  // namespace relata::conformance
