// SPDX-License-Identifier: BSL-1.0
// The steps that change a PostgreSQL schema.
#pragma once

#include "migrate/postgresql/writing.hpp"

#include <relata/migrate/plan.hpp>

#include <set>
#include <string>
#include <vector>

namespace relata::migrate::postgresql {

using steps = std::vector<step>;

/// Whether two objects differ in their comment at most.
template <class T> bool same_but_comment(T a, T const& b) {
    a.comment = b.comment;
    return a == b;
}
template <class T> bool is_remade(change<T> const& c) {
    return !c.before || !c.after || !same_but_comment(*c.before, *c.after);
}

/// Whether views, triggers and policies on the table stand in the way of the change.
[[nodiscard]] bool disturbs(table_change const& t);

/// Takes away what is under the table's old names and not there after.
void drop_references(steps& to, table_change const& t);
void drop_constraints(steps& to, table_change const& t);
/// Gives columns their new names; the table has its new one.
void rename_columns(steps& to, table_change const& t);
void alter_columns(steps& to, table_change const& t);
void alter_options(steps& to, table_change const& t);
void add_constraints(steps& to, table_change const& t);
void add_references(steps& to, table_change const& t);

/// The statement that drops an object, by its kind.
[[nodiscard]] std::string drop_statement(catalog::thing const& what);
[[nodiscard]] std::string drop_statement(catalog::opaque const& what);

void alter_domain(steps& to, catalog::domain const& before, catalog::domain const& after);
[[nodiscard]] std::string alter_sequence(catalog::sequence const& after);
/// ALTER TYPE … ADD VALUE for each new label; false when a label has gone or moved.
[[nodiscard]] bool add_labels(steps& to, catalog::enumeration const& before,
                              catalog::enumeration const& after);

}  // namespace relata::migrate::postgresql
