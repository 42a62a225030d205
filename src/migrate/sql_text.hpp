// SPDX-License-Identifier: BSL-1.0
// The text of a migration as rules and plans read it: statements, their words, and comments that speak to us.
#pragma once

#include <relata/schema/catalog.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::sql_text {

struct token {
    enum class kind : unsigned char { word, quoted, string, number, symbol };
    kind is = kind::symbol;
    std::string_view text;  ///< as written
    std::size_t line = 1;
};

/// Whether a token is this keyword or symbol.
[[nodiscard]] bool is(token const& t, std::string_view word) noexcept;
/// A name without its quotes.
[[nodiscard]] std::string name_of(token const& t);
/// Whether two names are the same but for ASCII case.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b) noexcept;

struct statement {
    std::vector<token> tokens;
    bool in_transaction = true;  ///< false on MySQL

    [[nodiscard]] std::size_t line() const { return tokens.front().line; }
    /// As written, without a semicolon and comments around it.
    [[nodiscard]] std::string_view text() const {
        auto const last = tokens.back().text;
        return {tokens.front().text.data(), last.data() + last.size()};
    }
    /// Whether it begins with these words.
    [[nodiscard]] bool begins(std::initializer_list<std::string_view> words) const;
    /// Where these words follow each other, or npos.
    [[nodiscard]] std::size_t find(std::initializer_list<std::string_view> words) const;
    [[nodiscard]] bool has(std::initializer_list<std::string_view> words) const {
        return find(words) != std::string_view::npos;
    }
    /// Whether it has this name.
    [[nodiscard]] bool names(std::string_view name) const;
    /// The table that it alters, drops, fills, … : the name after its first words; empty: none.
    [[nodiscard]] std::string table() const;
};

/// `-- relata:nolint RULE[:OBJECT] reason`
struct suppression {
    std::string rule;
    std::string object;
    std::string reason;
    std::size_t line = 0;
};

struct text {
    std::vector<statement> statements;
    std::vector<suppression> suppressions;
};

/// Reads statements that the engine would take. The text must outlive them.
[[nodiscard]] text read(std::string_view sql, schema::catalog::engine engine);

}  // namespace relata::migrate::sql_text
