// SPDX-License-Identifier: BSL-1.0
// Changes of one table.
#pragma once

#include "migrate/mysql/script.hpp"

#include <relata/migrate/diff.hpp>

namespace relata::migrate::mysql {

/// All changes but those of references: one ALTER TABLE, and those of partitions around it. Online, one for
/// each way in which the server can do it, with that way in it; a step that keeps others out says so.
void add_alter_steps(script& to, table_change const& change, catalog::engine engine, bool online);

/// Whether a key of the table that these columns may need, or one of them, is dropped or altered: a foreign
/// key on them would not let it happen.
[[nodiscard]] bool disturbs_keys(table_change const& change,
                                 std::vector<std::string> const& columns);

}  // namespace relata::migrate::mysql
