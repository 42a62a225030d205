// SPDX-License-Identifier: BSL-1.0
// What pictures and pages know about a table beyond its own data.
#pragma once

#include <relata/migrate/draw.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::picture {

namespace catalog = schema::catalog;

/// `name`, or `space.name` where it has a namespace.
[[nodiscard]] std::string full_name(catalog::object_name const& name);

/// What a column is part of.
struct column_role {
    bool primary = false;
    bool unique = false;     ///< by itself
    bool in_unique = false;  ///< alone or with others
    bool refers = false;

    [[nodiscard]] bool any() const noexcept { return primary || in_unique || refers; }
};
[[nodiscard]] column_role role_of(catalog::table const& t, std::string const& column);

/// Whether two rows may have the same values in these columns, as far as keys say.
[[nodiscard]] bool are_unique(catalog::table const& t, std::vector<std::string> const& columns);

/// Whether any of these columns may be NULL.
[[nodiscard]] bool may_be_null(catalog::table const& t, std::vector<std::string> const& columns);

/// The columns that are shown.
[[nodiscard]] std::vector<catalog::column const*> columns_of(catalog::table const& t,
                                                             shown_columns shown);

/// The reference's target, or null where it is none of these tables.
[[nodiscard]] catalog::table const* target_of(catalog::reference const& r,
                                              std::vector<catalog::table const*> const& among,
                                              catalog::engine engine);

/// The names, with ", " between them.
[[nodiscard]] std::string joined(std::vector<std::string> const& names);

/// The parts of a key or index as SQL would list them.
[[nodiscard]] std::string joined(std::vector<catalog::part> const& parts);

/// The text as HTML shows it, also within an attribute; bytes that XML cannot have become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

}  // namespace relata::migrate::picture
