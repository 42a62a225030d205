// SPDX-License-Identifier: BSL-1.0
// Changes of tables in use, each in the way that keeps others out the least.
#pragma once

#include "migrate/mysql/clauses.hpp"
#include "migrate/mysql/script.hpp"

namespace relata::migrate::mysql {

/// The impact of a step that keeps writers out.
[[nodiscard]] std::string kept_out(std::string const& why);

/// ALGORITHM and LOCK of a statement.
[[nodiscard]] std::string algorithm_of(way const& how, catalog::engine engine);

/// Who waits while a statement goes this way.
void tell_waiters(step& of, way const& how);

/// A statement for each way and stage of the table's changes.
void add_online_steps(script& to, table_change const& change, ways const& how,
                      catalog::engine engine);

}  // namespace relata::migrate::mysql
