// SPDX-License-Identifier: BSL-1.0

#include "migrate/generate/condition.hpp"

#include <relata/core/error.hpp>

#include <algorithm>

namespace relata::migrate::generate {

namespace {

using sqlite::same_name;
using sqlite::token;

bool is_name(token const& t) { return t.is == token::kind::word || t.is == token::kind::quoted; }

// Goes back to where it was whenever what it looks for is not there.
class parser {
public:
    explicit parser(std::string_view text) : tokens_(sqlite::tokens_of(text)) {
        tokens_.resize(tokens_.size() + 2);  // two ends, so that the next but one can be looked at
    }

    std::optional<condition> whole() {
        auto found = disjunction();
        return done() ? found : std::nullopt;
    }
    std::optional<literal> whole_literal() {
        auto found = constant();
        return done() ? found : std::nullopt;
    }

private:
    [[nodiscard]] bool done() const { return tokens_[at_].is == token::kind::end; }
    bool take(std::string_view word) {
        auto const& next = tokens_[at_];
        if (next.is == token::kind::end || next.is == token::kind::string ||
            next.is == token::kind::quoted || !same_name(next.text, word))
            return false;
        ++at_;
        return true;
    }
    template <class Read> auto attempt(Read const& read) {
        auto const before = at_;
        auto found = read();
        if (!found) at_ = before;
        return found;
    }

    std::optional<condition> disjunction() {
        return joined("or", condition::kind::any, [&] { return conjunction(); });
    }
    std::optional<condition> conjunction() {
        return joined("and", condition::kind::all, [&] { return single(); });
    }
    template <class Read>
    std::optional<condition> joined(char const* word, condition::kind is, Read const& read) {
        auto first = read();
        if (!first) return {};
        condition all;
        all.is = is;
        all.parts.push_back(std::move(*first));
        while (take(word)) {
            auto next = read();
            if (!next) return {};
            all.parts.push_back(std::move(*next));
        }
        return all.parts.size() == 1 ? all.parts[0] : all;
    }

    std::optional<condition> single() {
        if (auto found = attempt([&] { return comparison(); })) return found;
        return attempt([&]() -> std::optional<condition> {
            if (!take("(")) return {};
            auto inner = disjunction();
            return inner && take(")") ? inner : std::nullopt;
        });
    }

    std::optional<condition> comparison() {
        condition found;
        auto name = attempt([&] { return column(); });
        if (!name) return {};
        found.column = std::move(*name);
        if (take("in")) return list(std::move(found));
        if (take("between")) return range(std::move(found));
        for (char const* sign : {"=", "<>", "!=", "<", "<=", ">", ">="})
            if (found.sign.empty() && take(sign)) found.sign = sign;
        if (found.sign == "!=") found.sign = "<>";
        if (found.sign.empty()) return {};
        if (found.sign == "=" && take("any")) return list(std::move(found));
        auto value = constant();
        if (!value) return {};
        found.values.push_back(std::move(*value));
        return found;
    }

    // The list after IN, or PostgreSQL's array after = ANY.
    std::optional<condition> list(condition found) {
        found.is = condition::kind::one_of;
        std::size_t open = 0;
        while (take("(")) ++open;
        bool const array = take("array");
        if (array) {
            // the tokenizer takes [ ] for quotes of a name
            auto const inner = tokens_[at_].is == token::kind::quoted ? tokens_[at_++].text
                                                                      : std::string_view("[]");
            auto values = constants(inner.substr(1, inner.size() - 2));
            if (!values) return {};
            found.values = std::move(*values);
        } else {
            do {
                auto value = constant();
                if (!value) return {};
                found.values.push_back(std::move(*value));
            } while (take(","));
        }
        for (; open > 0; --open) {
            skip_cast();
            if (!take(")")) return {};
        }
        return found;
    }

    static std::optional<std::vector<literal>> constants(std::string_view text) {
        parser inner(text);
        std::vector<literal> values;
        do {
            auto value = inner.constant();
            if (!value) return {};
            values.push_back(std::move(*value));
        } while (inner.take(","));
        return inner.done() ? std::optional(values) : std::nullopt;
    }

    std::optional<condition> range(condition found) {
        auto low = constant();
        if (!low || !take("and")) return {};
        auto high = constant();
        if (!high) return {};
        condition both;
        both.is = condition::kind::all;
        both.parts = {found, found};
        both.parts[0].sign = ">=";
        both.parts[0].values = {*low};
        both.parts[1].sign = "<=";
        both.parts[1].values = {*high};
        return both;
    }

    std::optional<std::string> column() {
        auto found = bare([&]() -> std::optional<std::string> {
            if (!is_name(tokens_[at_])) return {};
            return sqlite::name_of(tokens_[at_++]);
        });
        // a function, or a qualified name
        if (found && (tokens_[at_].text == "(" || tokens_[at_].text == ".")) return {};
        return found;
    }

    std::optional<literal> constant() {
        return bare([&]() -> std::optional<literal> {
            // MySQL says the character set before a text
            if (tokens_[at_ + 1].is == token::kind::string) take("_utf8mb4");
            std::string sign = take("-") ? "-" : "";
            auto const& next = tokens_[at_];
            if (next.is == token::kind::number) {
                ++at_;
                return literal{false, sign + std::string(next.text)};
            }
            // a blob is no constant of the mapping; a backslash means something on
            // MySQL only
            if (next.is != token::kind::string || !sign.empty() || next.text.front() != '\'' ||
                next.text.find('\\') != next.text.npos)
                return {};
            ++at_;
            return literal{true, text_of(next)};
        });
    }

    // What `read` reads, in any number of parentheses and with casts behind it.
    template <class Read> decltype(std::declval<Read const&>()()) bare(Read const& read) {
        if (take("(")) {
            auto inner = bare(read);
            if (!inner || !take(")")) return {};
            skip_cast();
            return inner;
        }
        auto found = read();
        if (found) skip_cast();
        return found;
    }

    // ::character varying(20)[]
    void skip_cast() {
        while (tokens_[at_].text == ":" && tokens_[at_ + 1].text == ":") {
            at_ += 2;
            while (tokens_[at_].is == token::kind::word && !at_word_of_condition()) ++at_;
            if (take("(")) {
                while (!done() && !take(")")) ++at_;
            }
            if (tokens_[at_].text == "[]") ++at_;
        }
    }
    [[nodiscard]] bool at_word_of_condition() const {
        auto const text = tokens_[at_].text;
        return same_name(text, "and") || same_name(text, "or") || same_name(text, "in") ||
               same_name(text, "between");
    }

    std::vector<token> tokens_;
    std::size_t at_ = 0;
};

}  // namespace

std::vector<std::string> condition::texts() const {
    std::vector<std::string> out;
    for (auto const& value : values) {
        if (!value.is_text) return {};
        out.push_back(value.value);
    }
    return out;
}

std::optional<condition> read_condition(std::string_view sql) {
    try {
        return parser(sql).whole();
    } catch (error const&) {
        return {};  // not even tokens
    }
}

std::optional<literal> read_literal(std::string_view sql) {
    try {
        return parser(sql).whole_literal();
    } catch (error const&) {
        return {};
    }
}

std::string text_of(sqlite::token const& from) {
    if (from.is != sqlite::token::kind::string) return std::string(from.text);
    std::string out;
    auto const inner = from.text.substr(1, from.text.size() - 2);
    for (std::size_t i = 0; i < inner.size(); ++i) {
        out += inner[i];
        if (inner[i] == '\'') ++i;
    }
    return out;
}

}  // namespace relata::migrate::generate
