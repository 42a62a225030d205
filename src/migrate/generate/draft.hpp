// SPDX-License-Identifier: BSL-1.0
// A schema as structs and descriptions, before it is written down as C++.
#pragma once

#include "migrate/generate/made.hpp"

#include <deque>
#include <map>
#include <set>

namespace relata::migrate::generate {

struct draft_column {
    catalog::column const* original;
    mapped_column mapped;
    std::string member;
    std::string enumeration = {};  ///< its name, of an enumeration
    bool optional = false;
    bool generated = false;
    bool is_now = false;                      ///< the default is the current time
    std::optional<made_constant> value = {};  ///< the default
};

/// A key, unique constraint or index.
struct draft_key {
    std::vector<std::size_t> columns;
    std::string name;    ///< that create_tables gives it
    bool named = false;  ///< the name must be said
};

struct draft_table;

struct draft_reference {
    draft_key from;
    draft_table const* to = nullptr;
    std::vector<std::size_t> other;  ///< columns there
    catalog::action deleted = catalog::action::no_action;
    catalog::action updated = catalog::action::no_action;
};

struct draft_check {
    std::string name;   ///< whole
    std::string label;  ///< what stands after the table's name in it; empty: it
                        ///< must be said whole
    std::string cpp;
    std::string sql;
};

struct draft_table {
    catalog::table const* original;
    std::string structure;  ///< name of the struct
    bool verbatim = false;
    std::vector<draft_column> columns;
    std::optional<draft_key> primary;
    std::vector<draft_key> uniques;
    std::vector<draft_key> indexes;
    std::vector<draft_reference> references;
    std::vector<draft_check> checks;

    /// The column of that name as the engine compares names, or nothing.
    [[nodiscard]] std::optional<std::size_t> find(catalog::engine engine,
                                                  std::string_view name) const;
    /// … of all of them.
    [[nodiscard]] std::optional<std::vector<std::size_t>>
    find_all(catalog::engine engine, std::vector<std::string> const& names) const;
};

struct draft_enumeration {
    std::string name;
    std::vector<std::string> labels;
};

struct draft {
    std::deque<draft_table> tables;  ///< referenced first, as far as there are no circles
    std::vector<draft_enumeration> enumerations;
};

/// Types of columns that are told, by the names of table and column.
using told_types = std::map<std::pair<std::string, std::string>, cpp_type>;

/// What the mapping can say of a schema.
[[nodiscard]] draft make_draft(catalog::schema const& from, told_types const& told = {});

/// The steps of it, in this order.
void add_keys(catalog::schema const& from, draft_table& t);
void add_references(catalog::schema const& from, draft& all);
void bound_keys(draft& all);
void add_checks(catalog::schema const& from, draft_table& t);
void add_defaults(catalog::schema const& from, draft_table& t);
/// … as another engine spells them.
void add_defaults(catalog::schema const& from, draft_table& t, catalog::engine spelled);

/// Whether a check comes with the type of a column.
[[nodiscard]] bool is_implied(catalog::schema const& from, draft_table const& t,
                              catalog::check const& check);

/// The condition with its constants as the program means them: SQLite keeps decimals as integers.
[[nodiscard]] condition meant_condition(catalog::engine engine, draft_table const& t, condition c);

/// A condition in C++ and as the engine spells it, or nothing if a column or
/// constant of it cannot be said.
[[nodiscard]] std::optional<made_constant> made_condition(catalog::engine engine,
                                                          draft_table const& t, condition const& c);

/// Whether the schema floor takes the name, perhaps only of a table that is
/// verbatim.
[[nodiscard]] bool can_be_said(std::string_view name);

/// What create_tables makes of it, in the engine's spelling.
[[nodiscard]] catalog::schema made_schema(catalog::schema const& from, draft const& all);

}  // namespace relata::migrate::generate
