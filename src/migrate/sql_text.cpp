// SPDX-License-Identifier: BSL-1.0

#include "migrate/sql_text.hpp"
#include "migrate/characters.hpp"

#include <algorithm>
#include <array>

namespace relata::migrate::sql_text {

namespace {

using schema::catalog::engine;

// Cuts a text into tokens, and keeps the comments that are marks.
class scanner {
public:
    scanner(std::string_view sql, engine on) : sql_(sql), on_(on) {}

    text all() {
        while (skip_space(), at_ < sql_.size()) {
            auto const start = at_;
            auto const kind = take();
            if (sql_.substr(start, at_ - start) == ";" && !in_body()) end_statement();
            else add(kind, start);
        }
        end_statement();
        return std::move(out_);
    }

private:
    [[nodiscard]] bool on_mysql() const { return on_ == engine::mysql || on_ == engine::mariadb; }
    [[nodiscard]] bool at(std::string_view what) const {
        return sql_.substr(at_, what.size()) == what;
    }

    void skip_space() {
        while (at_ < sql_.size()) {
            if (is_space(sql_[at_])) go(1);
            else if (at("--") || (on_mysql() && at("#"))) comment(end_of("\n") - at_);
            else if (at("/*")) comment(std::min(end_of("*/", 2) + 2, sql_.size()) - at_);
            else break;
        }
    }
    [[nodiscard]] std::size_t end_of(std::string_view what, std::size_t from = 0) const {
        return std::min(sql_.find(what, at_ + from), sql_.size());
    }
    void go(std::size_t count) {
        for (; count > 0 && at_ < sql_.size(); --count) line_ += sql_[at_++] == '\n' ? 1U : 0U;
    }

    void comment(std::size_t length) {
        auto const said = sql_.substr(at_, length);
        if (said.find("relata:outside") != said.npos) outside_ = true;
        if (auto const mark = said.find("relata:nolint"); mark != said.npos)
            suppress(said.substr(mark + std::string_view("relata:nolint").size()));
        go(length);
    }
    void suppress(std::string_view rest) {
        auto const trim = [&] {
            while (!rest.empty() && is_space(rest.front())) rest.remove_prefix(1);
        };
        trim();
        if (rest.ends_with("*/")) rest.remove_suffix(2);
        auto const end = std::find_if(rest.begin(), rest.end(), is_space) - rest.begin();
        std::string rule(rest.substr(0, static_cast<std::size_t>(end)));
        rest.remove_prefix(static_cast<std::size_t>(end));
        trim();
        while (!rest.empty() && is_space(rest.back())) rest.remove_suffix(1);
        auto const colon = rule.find(':');
        out_.suppressions.push_back({rule.substr(0, colon),
                                     colon == rule.npos ? "" : rule.substr(colon + 1),
                                     std::string(rest), line_});
    }

    token::kind take() {
        using kind = token::kind;
        char const c = sql_[at_];
        first_line_ = line_;
        if (c == '\'' || c == '"' || c == '`') {
            quoted(c, c == '\'' && (on_mysql() || escapes()));
            return c == '\'' ? kind::string : kind::quoted;
        }
        if (c == '[' && on_ == engine::sqlite) {
            go(end_of("]") + 1 - at_);
            return kind::quoted;
        }
        if (c == '$' && on_ == engine::postgresql && dollar_quoted()) return kind::string;
        auto const start = at_;
        while (at_ < sql_.size() && is_word(sql_[at_])) ++at_;
        if (at_ == start) return ++at_, kind::symbol;
        return is_digit(c) ? kind::number : kind::word;
    }
    // E'…' of PostgreSQL
    [[nodiscard]] bool escapes() const {
        return at_ > 0 && lower(sql_[at_ - 1]) == 'e' && (at_ < 2 || !is_word(sql_[at_ - 2]));
    }
    void quoted(char quote, bool backslashes) {
        go(1);
        while (at_ < sql_.size()) {
            if (backslashes && sql_[at_] == '\\') go(2);
            else if (sql_[at_] != quote) go(1);
            else if (sql_.substr(at_ + 1, 1) == std::string_view(&quote, 1)) go(2);
            else break;
        }
        go(1);
    }
    bool dollar_quoted() {
        auto const end = sql_.find('$', at_ + 1);
        if (end == sql_.npos) return false;
        auto const tag = sql_.substr(at_, end + 1 - at_);
        if (!std::all_of(tag.begin() + 1, tag.end(), is_word)) return false;
        go(end_of(tag, tag.size()) + tag.size() - at_);
        return true;
    }

    void add(token::kind kind, std::size_t start) {
        if (now_.tokens.empty()) now_.in_transaction = !outside_ && !on_mysql();
        now_.tokens.push_back({kind, sql_.substr(start, at_ - start), first_line_});
        if (kind != token::kind::word) return;
        auto const& last = now_.tokens.back();
        // END IF, END LOOP, … end no BEGIN; END CASE ends one CASE
        auto const count = now_.tokens.size();
        bool const after_end = count > 1 && is(now_.tokens[count - 2], "end");
        if (is(last, "begin") || (is(last, "case") && !after_end)) ++depth_;
        if (is(last, "end") && depth_ > 0) --depth_;
        for (auto const* word : {"if", "loop", "while", "repeat"})
            if (after_end && is(last, word)) ++depth_;
    }
    // The body of a trigger or routine has semicolons of its own.
    [[nodiscard]] bool in_body() const {
        if (!now_.begins({"create"}) || depth_ == 0) return false;
        auto const end = std::min<std::size_t>(now_.tokens.size(), 12);
        return std::any_of(now_.tokens.begin(), now_.tokens.begin() + static_cast<int>(end),
                           [](token const& t) {
                               return is(t, "trigger") || is(t, "function") || is(t, "procedure") ||
                                      is(t, "event");
                           });
    }
    void end_statement() {
        if (!now_.tokens.empty()) {
            out_.statements.push_back(std::move(now_));
            outside_ = false;
        }
        now_ = {};
        depth_ = 0;
    }

    std::string_view sql_;
    engine on_;
    std::size_t at_ = 0;
    std::size_t line_ = 1;
    std::size_t first_line_ = 1;
    bool outside_ = false;
    int depth_ = 0;
    statement now_;
    text out_;
};

}  // namespace

text read(std::string_view sql, engine on) { return scanner(sql, on).all(); }

bool same_name(std::string_view a, std::string_view b) noexcept {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char x, char y) { return lower(x) == lower(y); });
}

bool is(token const& t, std::string_view word) noexcept {
    return (t.is == token::kind::word || t.is == token::kind::symbol) && same_name(t.text, word);
}

std::string name_of(token const& t) {
    if (t.is != token::kind::quoted) return std::string(t.text);
    char const quote = t.text.front() == '[' ? ']' : t.text.front();
    std::string name;
    for (std::size_t i = 1; i + 1 < t.text.size(); ++i) {
        name += t.text[i];
        if (t.text[i] == quote) ++i;
    }
    return name;
}

bool statement::begins(std::initializer_list<std::string_view> words) const {
    return words.size() <= tokens.size() &&
           std::equal(words.begin(), words.end(), tokens.begin(),
                      [](std::string_view word, token const& t) { return is(t, word); });
}

std::size_t statement::find(std::initializer_list<std::string_view> words) const {
    auto const at = std::search(tokens.begin(), tokens.end(), words.begin(), words.end(),
                                [](token const& t, std::string_view word) { return is(t, word); });
    return at == tokens.end() ? std::string_view::npos
                              : static_cast<std::size_t>(at - tokens.begin());
}

bool statement::names(std::string_view name) const {
    return std::any_of(tokens.begin(), tokens.end(), [&](token const& t) {
        return (t.is == token::kind::word || t.is == token::kind::quoted) &&
               same_name(name_of(t), name);
    });
}

std::string statement::table() const {
    static constexpr std::array<std::string_view, 6> before{"table", "on",       "into",
                                                            "from",  "truncate", "update"};
    static constexpr std::array<std::string_view, 5> between{"if", "not", "exists", "only",
                                                             "table"};
    auto const among = [](auto const& list, token const& t) {
        return std::any_of(list.begin(), list.end(), [&](auto word) { return is(t, word); });
    };
    auto at = std::find_if(tokens.begin(), tokens.end(),
                           [&](token const& t) { return among(before, t); });
    if (at == tokens.end()) return {};
    for (++at; at != tokens.end() && among(between, *at);) ++at;
    if (at == tokens.end()) return {};
    if (tokens.end() - at > 2 && is(at[1], ".")) at += 2;
    return name_of(*at);
}

}  // namespace relata::migrate::sql_text
