// SPDX-License-Identifier: BSL-1.0
// The parts of ALTER TABLE that change one table.
#pragma once

#include "migrate/mysql/ways.hpp"

#include <string>
#include <vector>

namespace relata::migrate::mysql {

/// What goes before what where they are statements of their own.
enum class stage : unsigned char {
    checks_go,
    keys_go,
    computed_go,
    columns_go,
    columns_change,
    columns_come,
    computed_come,
    keys_come,
    checks_come,
    options,
};

struct clause {
    std::string text;
    stage at = stage::options;
    way online = {};
    bool destroys = false;     ///< values go
    bool writes_rows = false;  ///< where the server chooses the way
    bool alone = false;        ///< there can be no second one in a statement
};

/// All changes but those of references and partitions, in the order in which one statement has them.
/// \param apart  they become statements of their own: a key under its old name goes and comes at once, and new
///               columns come at the end of the table, where servers add them without writing rows
[[nodiscard]] std::vector<clause> clauses_of(table_change const& change, ways const& how,
                                             catalog::engine engine, bool apart);

}  // namespace relata::migrate::mysql
