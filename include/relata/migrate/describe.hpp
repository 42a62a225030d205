// SPDX-License-Identifier: BSL-1.0
/// \file
/// The difference of two schemas as a list for people and programs to read.
#pragma once

#include <relata/migrate/diff.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

/// One thing that differs.
struct difference {
    enum class kind : std::uint8_t {
        added,
        dropped,
        altered,
        renamed,
        ambiguous,  ///< it is not told whether it is renamed, or dropped and another one made
    };
    kind is = kind::altered;
    std::string
        thing;  ///< "table", "column", "index", "primary key", "foreign key", "check", "view", …
    std::string name;    ///< such as users or users.email, as it is before unless it is added
    std::string detail;  ///< what of it differs, or its new name; may be empty

    friend bool operator==(difference const&, difference const&) = default;
};

/// The word for it: "added", "dropped", …
[[nodiscard]] RELATA_EXPORT std::string_view name_of(difference::kind kind) noexcept;

/// What differs, in the order in which a schema has it: tables with what is in them first. A table that is
/// added or dropped is one difference, whatever it has. Empty for equal schemas. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<difference> differences(schema_change const& changes);

}  // namespace relata::migrate
