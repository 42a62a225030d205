// SPDX-License-Identifier: BSL-1.0
// Conditions that the mapping can say, read from what an engine says of a
// check.
#pragma once

#include "migrate/sqlite/tokens.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::generate {

/// A value as it is written: a number with its sign, or a text.
struct literal {
    bool is_text = false;
    std::string value;
};

struct condition {
    enum class kind : unsigned char { comparison, one_of, all, any };
    kind is = kind::comparison;
    std::string column;            ///< comparison and one_of
    std::string sign;              ///< =, <>, <, <=, >, >=
    std::vector<literal> values;   ///< one, or of one_of: all
    std::vector<condition> parts;  ///< of all and any

    /// The values of a one_of, if all of them are texts; else nothing.
    [[nodiscard]] std::vector<std::string> texts() const;
};

/// Reads comparisons of a column with a constant, lists, BETWEEN, AND and OR,
/// in the spelling of any of the engines; casts are looked through. Nothing for
/// all else.
[[nodiscard]] std::optional<condition> read_condition(std::string_view sql);

/// The text of a token, without its quotes if it has some.
[[nodiscard]] std::string text_of(sqlite::token const& from);

/// Reads one constant, with casts around it: '-5'::integer. Nothing for all
/// else.
[[nodiscard]] std::optional<literal> read_literal(std::string_view sql);

}  // namespace relata::migrate::generate
