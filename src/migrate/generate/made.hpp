// SPDX-License-Identifier: BSL-1.0
// What create_tables makes of a described table, as the engine spells it
// afterwards: what inspect() would give. Compared with the schema that the
// description comes from, it tells what differs.
#pragma once

#include "migrate/generate/condition.hpp"
#include "migrate/generate/cpp_type.hpp"

namespace relata::migrate::generate {

/// A column as the mapping knows it.
struct mapped_column {
    std::string name;  ///< in the database
    cpp_type type;
    bool in_key = false;  ///< of a primary key, unique, index or reference: text is bounded

    /// Most characters, 0 = no bound.
    [[nodiscard]] unsigned text_bound() const;
};

/// Type and collation of the column; no more than these is set.
[[nodiscard]] catalog::column made_column(catalog::schema const& in, mapped_column const& c);

/// The condition of the check that comes with the type; empty: there is none.
[[nodiscard]] std::string implicit_condition(catalog::schema const& in, mapped_column const& c);
/// Whether the engine says of that check that it belongs to its column, and has
/// the column's name.
[[nodiscard]] bool is_check_of_column(catalog::engine engine, cpp_type const& type);

/// The default that is the current time, for a column of kind instant.
[[nodiscard]] std::string current_time(catalog::engine engine);

/// A constant of a column's type in a default or condition, with the C++ that
/// says it. Nothing where the type cannot have the constant, or its spelling is
/// not known for certain.
struct made_constant {
    std::string sql;
    std::string cpp;
};
[[nodiscard]] std::optional<made_constant> made_default(catalog::engine engine,
                                                        cpp_type const& type, literal const& value);
[[nodiscard]] std::optional<made_constant> made_operand(catalog::engine engine,
                                                        cpp_type const& type, literal const& value);

/// A text within an expression, in single quotes.
[[nodiscard]] std::string in_quotes(std::string const& text);

/// A name within an expression, quoted as the engine gives it back.
[[nodiscard]] std::string quoted(catalog::engine engine, std::string_view name);

/// Options of a table.
[[nodiscard]] std::vector<catalog::option> made_options(catalog::schema const& in);

}  // namespace relata::migrate::generate
