// SPDX-License-Identifier: BSL-1.0
/// \file
/// Names of tables, columns and constraints: which are allowed, and how ours are made.
#pragma once

#include <relata/core/export.hpp>

#include <string>
#include <string_view>

namespace relata::schema {

/// Longest name that every back end keeps whole: PostgreSQL cuts silently beyond.
inline constexpr std::size_t longest_name = 63;

/// Whether `name` is lower_snake, `[a-z][a-z0-9_]*`, of at most 63 bytes.
[[nodiscard]] RELATA_EXPORT bool valid_name(std::string_view name) noexcept;

/// `name` itself, or if it is too long its beginning and a hash of the whole.
[[nodiscard]] std::string fitted_name(std::string name);

/// Name of a constraint that nobody named: `<table>_<what>_<suffix>`, fitted.
[[nodiscard]] RELATA_EXPORT std::string
constraint_name(std::string_view table, std::string_view what, std::string_view suffix);

}  // namespace relata::schema
