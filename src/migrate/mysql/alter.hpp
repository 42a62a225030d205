// SPDX-License-Identifier: BSL-1.0
// Changes of one table.
#pragma once

#include "migrate/mysql/script.hpp"

#include <relata/migrate/diff.hpp>

namespace relata::migrate::mysql {

/// One ALTER TABLE with all changes but those of references, and those of partitions around it.
void add_alter_steps(script& to, table_change const& change, catalog::engine engine);

/// Whether a key of the table, or one of these columns, is dropped or altered: a foreign key on them
/// would not let it happen.
[[nodiscard]] bool disturbs_keys(table_change const& change,
                                 std::vector<std::string> const& columns);

}  // namespace relata::migrate::mysql
