// SPDX-License-Identifier: BSL-1.0
// The C++ type for a column of a database.
#pragma once

#include <relata/schema/catalog.hpp>
#include <relata/types/type_info.hpp>

#include <string>
#include <vector>

namespace relata::migrate::generate {

namespace catalog = schema::catalog;

/// A value type of the mapping, as `type_info` describes it; kind none: there
/// is none for the column.
struct cpp_type {
    relata::kind is = relata::kind::none;
    unsigned precision = 0;
    unsigned scale = 0;
    unsigned length = 0;              ///< bounded text: most code points
    std::vector<std::string> labels;  ///< enumeration

    friend bool operator==(cpp_type const&, cpp_type const&) = default;
};

/// The type by what the engine calls the column's type, and by the checks of
/// its table that relata itself would have written for a type. Enumerations
/// only where all labels are identifiers.
[[nodiscard]] cpp_type type_of_column(catalog::schema const& in, catalog::table const& t,
                                      catalog::column const& c);

// … of one engine, by its name for the type alone.
[[nodiscard]] cpp_type postgresql_type(catalog::schema const& in, std::string const& type);
[[nodiscard]] cpp_type mysql_type(std::string const& type);
[[nodiscard]] cpp_type sqlite_type(std::string const& type);

/// A type's name cut into its words and the numbers or texts in its
/// parentheses.
struct type_words {
    std::string name;  ///< lower case, without the parentheses: "timestamp with time zone"
    std::vector<std::string> arguments;

    [[nodiscard]] unsigned number(std::size_t i) const;  ///< 0: there is none
};
[[nodiscard]] type_words words_of_type(std::string_view type);

[[nodiscard]] bool is_text(relata::kind k) noexcept;
[[nodiscard]] bool is_integer(relata::kind k) noexcept;
[[nodiscard]] bool is_decimal(relata::kind k) noexcept;

/// text<length>, or text without a bound for 0.
[[nodiscard]] cpp_type text_type(unsigned length);
/// A decimal, or none for digits that it cannot have.
[[nodiscard]] cpp_type decimal_type(unsigned precision, unsigned scale);
/// An enumeration if all labels are identifiers, else a text that has room for
/// each.
[[nodiscard]] cpp_type label_type(std::vector<std::string> const& labels);

}  // namespace relata::migrate::generate
