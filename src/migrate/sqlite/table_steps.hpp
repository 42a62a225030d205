// SPDX-License-Identifier: BSL-1.0
// How one table of SQLite is changed: by ALTER TABLE where that is enough, else by a copy.
#pragma once

#include <relata/migrate/plan.hpp>

#include <string>
#include <vector>

namespace relata::migrate::sqlite {

/// Whether ALTER TABLE is not enough for these changes (native_steps.cpp).
[[nodiscard]] bool needs_copy(table_change const& change);
/// Whether a column goes or gets another name.
[[nodiscard]] bool loses_names(table_change const& change);

/// Columns that are renamed, added and dropped, for a table that has its new name already.
void add_native_steps(std::vector<step>& to, table_change const& change);

/// Makes the table anew, as `spare`, copies the rows and gives it the table's name. Indexes and
/// triggers are gone afterwards.
void add_copy_steps(std::vector<step>& to, table_change const& change, std::string const& spare);

}  // namespace relata::migrate::sqlite
