// SPDX-License-Identifier: BSL-1.0
// The text of SQLite's own schema cut into tokens. It has been accepted by SQLite, so this reads what
// is there, and refuses what it does not understand: it never guesses.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::sqlite {

struct token {
    enum class kind : unsigned char {
        word,    ///< keyword or name without quotes
        quoted,  ///< a name in "", [] or ``
        string,  ///< text or blob in ''
        number,
        symbol,
        end,
    };
    kind is = kind::end;
    std::string_view text;  ///< as written, quotes included; refers to the text
};

/// The tokens without white space and comments. The text must outlive them.
[[nodiscard]] std::vector<token> tokens_of(std::string_view text);

/// A name without its quotes.
[[nodiscard]] std::string name_of(token const& from);

/// Whether two ASCII texts are the same but for case, as SQLite compares names.
[[nodiscard]] bool same_name(std::string_view a, std::string_view b) noexcept;

/// Reads tokens one by one; throws not_supported where it finds others than asked for.
class reader {
public:
    /// \param what the object whose text it is, for the error
    reader(std::string_view text, std::string what);

    /// Whether the next token is this keyword or symbol.
    [[nodiscard]] bool at(std::string_view word) const noexcept { return at(0, word); }
    /// … or the one `ahead` of it.
    [[nodiscard]] bool at(std::size_t ahead, std::string_view word) const noexcept;
    [[nodiscard]] token const& next() const noexcept { return tokens_[at_]; }
    [[nodiscard]] bool done() const noexcept { return next().is == token::kind::end; }
    /// Takes it if it is there.
    bool take(std::string_view word) noexcept;
    bool take(std::string_view first, std::string_view second) noexcept;
    void expect(std::string_view word);
    /// Takes any token.
    token const& any();
    [[nodiscard]] std::string name();
    /// The text in the parentheses that come next, with single spaces.
    [[nodiscard]] std::string in_parentheses();
    /// The text up to a comma or closing parenthesis of this level, or the end.
    [[nodiscard]] std::vector<token> part();
    /// The rest as it is written.
    [[nodiscard]] std::string rest() const;
    [[noreturn]] void refuse() const;

private:
    std::string_view text_;
    std::string what_;
    std::vector<token> tokens_;
    std::size_t at_ = 0;
};

/// Tokens as a text whose spaces do not depend on how they were written.
[[nodiscard]] std::string joined(std::vector<token> const& tokens);

}  // namespace relata::migrate::sqlite
