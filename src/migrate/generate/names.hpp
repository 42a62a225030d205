// SPDX-License-Identifier: BSL-1.0
// Names of C++ for names of a database.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace relata::migrate::generate {

/// A lower_snake identifier that is no word of the language: "OrderID" becomes
/// order_id, "class" becomes class_, "2nd half" becomes n2nd_half. Never empty.
[[nodiscard]] std::string identifier(std::string_view name);

/// Whether the text is an identifier as it stands, and no word of the language.
[[nodiscard]] bool is_identifier(std::string_view text);

/// The name, or with a number behind it the first one that is not taken; takes
/// it.
[[nodiscard]] std::string taken_name(std::set<std::string>& taken, std::string name);

/// A text as a literal of C++, in quotes.
[[nodiscard]] std::string cpp_literal(std::string_view text);

}  // namespace relata::migrate::generate
