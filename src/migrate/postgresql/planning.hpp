// SPDX-License-Identifier: BSL-1.0
// The steps that change a PostgreSQL schema.
#pragma once

#include "migrate/postgresql/writing.hpp"

#include <relata/migrate/plan.hpp>

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate::postgresql {

using steps = std::vector<step>;

[[nodiscard]] inline bool is_text(std::string_view type) {
    return type == "text" || type.starts_with("character");
}

/// Whether all rows are written anew for a column's new type; else PostgreSQL changes its catalogue only.
[[nodiscard]] bool rewrites_rows(std::string const& before, std::string const& after);

/// Whether two objects differ in their comment at most.
template <class T> bool same_but_comment(T a, T const& b) {
    a.comment = b.comment;
    return a == b;
}
template <class T> bool is_remade(change<T> const& c) {
    return !c.before || !c.after || !same_but_comment(*c.before, *c.after);
}

/// All in one transaction, where PostgreSQL allows it.
[[nodiscard]] steps usual_plan(schema_change const& changes);
/// What reads all rows follows the transaction.
[[nodiscard]] steps online_plan(schema_change changes);

/// Makes what stays as it is, but for its comment, go and come anew.
template <class T>
void make_anew(std::vector<change<T>>& changes, std::vector<T> const& before, T const& now) {
    auto const same = std::find_if(before.begin(), before.end(),
                                   [&](T const& old) { return same_but_comment(old, now); });
    if (same == before.end()) return;  // it goes, or comes, anyhow
    auto const old = *same;
    std::erase_if(changes, [&](auto const& c) {
        return c.after ? c.after->name == now.name : c.before->name == now.name;
    });
    changes.push_back({old, std::nullopt});
    changes.push_back({std::nullopt, now});
}
/// The change of a table that is in both schemas under its new name, made if there is none; else null.
[[nodiscard]] table_change* altered(schema_change& c, catalog::object_name const& name);
/// … of all references from and to these columns of a table.
void make_references_anew(schema_change& c, catalog::object_name const& table,
                          std::vector<std::string> const& columns);

/// With a change that goes and one that comes for each reference to columns whose key or unique index goes or
/// changes, since the server ties it to that, also where another one comes.
[[nodiscard]] schema_change with_references_to_keys_anew(schema_change changes);

/// The views on a table whose primary key goes or changes: one that groups by it stands in its way.
[[nodiscard]] std::vector<catalog::thing> views_by_key(schema_change const& c,
                                                       table_change const& t);

[[nodiscard]] bool is_only_renamed(change<catalog::key> const& c);

/// What stands on a table or view, in the order in which it is made: it goes first and comes last.
inline constexpr std::array<std::string_view, 11> on_others{
    "constraint", "default", "statistics", "trigger",       "trigger state",      "rule",
    "rule state", "policy",  "comment",    "event trigger", "event trigger state"};
[[nodiscard]] bool comes_last(catalog::opaque const& o);

/// Throws not_supported for a change that is not planned yet; all of them are found before any step is made.
[[noreturn]] void refuse(std::string const& what);
void refuse_what_is_missing(schema_change const& changes);

[[nodiscard]] bool is_retyped(catalog::column const& before, catalog::column const& after);
/// Whether it is dropped and made anew because it is computed.
[[nodiscard]] bool is_replaced(catalog::column const& before, catalog::column const& after);
/// With a change that goes and one that comes for each computed column that must be made anew, and for what
/// stands on it.
[[nodiscard]] schema_change with_computed_anew(schema_change changes);

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
/// All comments of what is new, altered or made anew; nothing else is touched.
void change_comments(steps& to, schema_change const& changes,
                     std::set<catalog::thing> const& touched);
/// The changes with another type for each enumeration that loses or moves labels, and for each domain over
/// another type: the old one gets a name that ends in `replaced`, columns are cast, and what stands on them is
/// made anew.
struct with_new_types {
    schema_change changes;
    std::set<catalog::object_name> names;  ///< of the types
};
inline constexpr std::string_view replaced = " (before)";
/// Option of a column's old form: its values are read anew from their text.
inline constexpr char const* by_text = "by text";
[[nodiscard]] with_new_types replace_types(schema_change changes);

/// ALTER TYPE … ADD VALUE for each new label; false when a label has gone or moved.
[[nodiscard]] bool add_labels(steps& to, catalog::enumeration const& before,
                              catalog::enumeration const& after);

}  // namespace relata::migrate::postgresql
