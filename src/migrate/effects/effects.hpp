// SPDX-License-Identifier: BSL-1.0
// What a statement does to a table that is there, and to those who use it meanwhile. Each engine has a file.
#pragma once

#include "migrate/sql_text.hpp"

#include <relata/migrate/plan.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::effects {

namespace catalog = schema::catalog;
using sql_text::statement;

/// The tables that are there before, under their old names and, where they are renamed, their new ones.
class tables {
public:
    explicit tables(schema_change const& changes) : changes_(changes) {}

    /// The one whose name begins at this token, after ONLY and IF EXISTS; null: none, or a new one.
    [[nodiscard]] catalog::table const* at(statement const& s, std::size_t token) const;
    /// … after the first of these words.
    [[nodiscard]] catalog::table const* after(statement const& s, std::string_view word) const;
    /// The one that has the index whose name begins at this token.
    [[nodiscard]] catalog::table const* of_index(statement const& s, std::size_t token) const;

private:
    [[nodiscard]] catalog::table const* find(catalog::object_name const& name) const;

    schema_change const& changes_;
};

/// What becomes known of one statement.
struct effect {
    catalog::table const* table = nullptr;
    char const* lock = "";
    waiters waits = waiters::nobody;
    bool reads_rows = false;
};

/// \param earlier  steps of the same plan that come before it
[[nodiscard]] effect on_postgresql(statement const& s, tables const& known,
                                   std::span<step const> earlier);
/// Changes of columns and keys are known to the plan, which says them itself.
[[nodiscard]] effect on_mysql(statement const& s, tables const& known);
[[nodiscard]] effect on_sqlite(statement const& s, tables const& known);

/// As steps name it: space.name, or the name alone in the default namespace.
[[nodiscard]] std::string text_of(catalog::object_name const& name);

/// Fills in the members of the steps that tell their effect.
void add(std::vector<step>& steps, schema_change const& changes);

}  // namespace relata::migrate::effects
