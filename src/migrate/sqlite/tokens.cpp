// SPDX-License-Identifier: BSL-1.0

#include "migrate/sqlite/tokens.hpp"
#include "migrate/characters.hpp"

#include <relata/core/error.hpp>

#include <algorithm>
#include <array>

namespace relata::migrate::sqlite {

namespace {

// Where a quoted thing ends whose first quote is at `at`.
std::size_t end_of_quoted(std::string_view text, std::size_t at) {
    char const quote = text[at] == '[' ? ']' : text[at];
    for (++at; at < text.size(); ++at) {
        if (text[at] != quote) continue;
        if (quote == ']' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
        ++at;
    }
    return text.size();
}

std::size_t end_of_number(std::string_view text, std::size_t at) {
    bool const hexadecimal = at + 1 < text.size() && text[at] == '0' && lower(text[at + 1]) == 'x';
    for (; at < text.size(); ++at) {
        bool const sign =
            (text[at] == '+' || text[at] == '-') && !hexadecimal && lower(text[at - 1]) == 'e';
        if (!is_word(text[at]) && text[at] != '.' && !sign) break;
    }
    return at;
}

std::size_t end_of_symbol(std::string_view text, std::size_t at) {
    for (std::string_view const each :
         {"->>", "||", "<=", ">=", "<>", "!=", "==", "<<", ">>", "->"})
        if (text.substr(at, each.size()) == each) return at + each.size();
    return at + 1;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
    while (at < text.size()) {
        if (is_space(text[at])) {
            ++at;
        } else if (text.substr(at, 2) == "--") {
            at = std::min(text.find('\n', at), text.size());
        } else if (text.substr(at, 2) == "/*") {
            auto const end = text.find("*/", at + 2);
            at = end == std::string_view::npos ? text.size() : end + 2;
        } else {
            break;
        }
    }
    return at;
}

token token_at(std::string_view text, std::size_t at) {
    using kind = token::kind;
    char const c = text[at];
    auto const make = [&](kind is, std::size_t end) {
        return token{is, text.substr(at, end - at)};
    };
    if (c == '\'') return make(kind::string, end_of_quoted(text, at));
    if (c == '"' || c == '`' || c == '[') return make(kind::quoted, end_of_quoted(text, at));
    if (lower(c) == 'x' && at + 1 < text.size() && text[at + 1] == '\'')
        return make(kind::string, end_of_quoted(text, at + 1));
    if (is_digit(c) || (c == '.' && at + 1 < text.size() && is_digit(text[at + 1])))
        return make(kind::number, end_of_number(text, at));
    if (!is_word(c)) return make(kind::symbol, end_of_symbol(text, at));
    auto end = at;
    while (end < text.size() && is_word(text[end])) ++end;
    return make(kind::word, end);
}

// Words after which a parenthesis is no list of arguments.
bool is_operator(token const& t) {
    static constexpr std::array<std::string_view, 18> words{
        "in",   "and",  "or",   "not",  "between", "like", "glob",   "is",     "then",
        "when", "else", "case", "from", "where",   "as",   "select", "values", "match"};
    return t.is == token::kind::word &&
           std::any_of(words.begin(), words.end(),
                       [&](std::string_view w) { return same_name(w, t.text); });
}

// Whether something that has a value ends here, so that a sign after it is an operator.
bool ends_value(token const& t) {
    using kind = token::kind;
    if (t.is == kind::symbol) return t.text == ")";
    return t.is != kind::end && !is_operator(t);
}

bool space_between(token const& before, token const& left, token const& right) {
    if (left.is == token::kind::end) return false;
    if (right.text == ")" || right.text == "," || right.text == "." || left.text == "(" ||
        left.text == ".")
        return false;
    if (right.text == "(")
        return !(left.is == token::kind::quoted || left.is == token::kind::word) ||
               is_operator(left);
    if (left.text == "-" || left.text == "+" || left.text == "~") return ends_value(before);
    return true;
}

}  // namespace

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

std::vector<token> tokens_of(std::string_view text) {
    std::vector<token> found;
    for (auto at = skip_space(text, 0); at < text.size(); at = skip_space(text, at)) {
        found.push_back(token_at(text, at));
        at += found.back().text.size();
    }
    return found;
}

std::string name_of(token const& from) {
    if (from.is == token::kind::word) return std::string(from.text);
    std::string name;
    char const quote = from.text.back();
    for (std::size_t i = 1; i + 1 < from.text.size(); ++i) {
        name += from.text[i];
        if (from.text[i] == quote && quote != ']') ++i;
    }
    return name;
}

std::string joined(std::vector<token> const& tokens) {
    std::string text;
    token before;
    token left;
    for (auto const& right : tokens) {
        if (space_between(before, left, right)) text += ' ';
        text += right.text;
        before = left;
        left = right;
    }
    return text;
}

reader::reader(std::string_view text, std::string what)
    : text_(text), what_(std::move(what)), tokens_(tokens_of(text)) {
    tokens_.push_back({token::kind::end, text.substr(text.size())});
}

bool reader::at(std::size_t ahead, std::string_view word) const noexcept {
    auto const i = at_ + ahead;
    return i < tokens_.size() &&
           (tokens_[i].is == token::kind::word || tokens_[i].is == token::kind::symbol) &&
           same_name(tokens_[i].text, word);
}

bool reader::take(std::string_view word) noexcept {
    if (!at(word)) return false;
    ++at_;
    return true;
}

bool reader::take(std::string_view first, std::string_view second) noexcept {
    if (!at(first) || !at(1, second)) return false;
    at_ += 2;
    return true;
}

void reader::expect(std::string_view word) {
    if (!take(word)) refuse();
}

token const& reader::any() {
    if (done()) refuse();
    return tokens_[at_++];
}

std::string reader::name() {
    auto const& t = any();
    if (t.is == token::kind::symbol || t.is == token::kind::number) refuse();
    return name_of(t);
}

std::vector<token> reader::part() {
    std::vector<token> found;
    for (int depth = 0; !done(); ++at_) {
        if (depth == 0 && (at(",") || at(")"))) break;
        if (at("(")) ++depth;
        if (at(")")) --depth;
        found.push_back(next());
    }
    return found;
}

std::string reader::in_parentheses() {
    expect("(");
    std::vector<token> all;
    for (;;) {
        for (auto const& t : part()) all.push_back(t);
        if (!at(",")) break;
        all.push_back(any());
    }
    expect(")");
    return joined(all);
}

std::string reader::rest() const {
    if (done()) return {};
    auto text = text_.substr(static_cast<std::size_t>(next().text.data() - text_.data()));
    while (!text.empty() && (is_space(text.back()) || text.back() == ';')) text.remove_suffix(1);
    return std::string(text);
}

void reader::refuse() const {
    throw error(error_kind::not_supported, "the text of " + what_ +
                                               " is not understood at its token " +
                                               std::to_string(at_ + 1));
}

}  // namespace relata::migrate::sqlite
