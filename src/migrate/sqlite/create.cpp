// SPDX-License-Identifier: BSL-1.0

#include "migrate/product.hpp"
#include "migrate/sqlite/create_table.hpp"

namespace relata::migrate::sqlite {

// SQLite looks at names only when rows come, so that tables may reference each other in circles.
std::vector<std::string> create_statements(schema::catalog::schema const& wanted) {
    std::vector<std::string> statements;
    for (auto const& table : wanted.tables)
        statements.push_back(create_table(table, table.name.name));
    for (auto const& each : wanted.others)
        if (each.kind != "trigger") statements.push_back(each.definition);
    for (auto const& table : wanted.tables)
        for (auto const& index : table.indexes)
            statements.push_back(create_index(index, table.name.name));
    for (auto const& view : wanted.views) statements.push_back(create_view(view));
    for (auto const& each : wanted.others)
        if (each.kind == "trigger") statements.push_back(each.definition);
    return statements;
}

}  // namespace relata::migrate::sqlite
