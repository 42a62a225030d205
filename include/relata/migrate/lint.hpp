// SPDX-License-Identifier: BSL-1.0
/// \file
/// Looks at a migration before it runs: what destroys data, may fail on rows, breaks running programs,
/// locks tables for long or is better done otherwise.
#pragma once

#include <relata/migrate/plan.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace relata::migrate {

enum class severity : std::uint8_t {
    note,     ///< there is a better way
    warning,  ///< can go wrong, depending on rows, load or running programs
    error,    ///< destroys data, or cannot work
};

/// A migration that a rule warns of, and one that does the same without harm.
struct lint_example {
    std::vector<schema::catalog::engine> engines;  ///< where it runs
    std::string given;                             ///< SQL that makes what is there before
    std::string bad;
    std::string safe;
    bool refused = false;  ///< the engine itself refuses the bad one
};

struct lint_rule {
    std::string
        id;  ///< RL- and a group, D destroys data, F may fail on rows, B breaks running programs,
             ///< P PostgreSQL, M MySQL and MariaDB, S SQLite, X any engine; never used again
    migrate::severity severity = migrate::severity::warning;
    std::vector<schema::catalog::engine> engines;
    bool design =
        false;  ///< speaks of tables made in the same migration too, where it can be mended best
    std::string title;
    std::string explanation;
    std::vector<lint_example> examples;
};

/// What a rule found.
struct finding {
    std::string rule;
    migrate::severity severity = migrate::severity::warning;
    std::string object;    ///< table, table.column, or what else it is about; may be empty
    std::size_t line = 0;  ///< in the text of the migration, from 1; 0: not known
    std::string message;   ///< what happens; names things, holds no value
    /// SQL to run instead, or before, or to look at the rows in question; empty where none can help.
    std::string safe_sql;
    std::string suppressed;  ///< reason given by a `relata:nolint` comment; empty: not suppressed

    friend bool operator==(finding const&, finding const&) = default;
};

struct lint_options {
    std::int64_t large_table = 1'000'000;    ///< rows from which a copy of a table counts as long
    std::string names = "[a-z_][a-z0-9_]*";  ///< ECMAScript expression for names; empty: any
    bool has_down = true;                    ///< whether the migration can be undone
    std::vector<std::string> earlier;        ///< SQL of the migrations before it, oldest first
};

/// All rules, in the order of their ids. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<lint_rule> const& lint_rules();

/// Looks at the SQL text of a migration, whose effect on the schema is `changes`. Rules about rows,
/// locks and running programs are silent on tables that the migration itself makes.
///
/// A comment suppresses a rule, for the whole migration or for one object of it; it must give a reason,
/// else it is a finding (RL-X08) itself:
///
///     -- relata:nolint RL-D02 nobody reads it since 4.1
///     -- relata:nolint RL-D02:users.email moved to the table contacts
///
/// A statement after the comment `-- relata:outside` is taken to run outside of the transaction.
///
/// \return the findings in the order of lines, the suppressed ones too, marked as such
/// Throws invalid_argument for an expression in the options that cannot be read. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::vector<finding>
lint(schema_change const& changes, std::string_view sql, lint_options const& options = {});

/// The same for the statements of a plan, whose lines are counted as if each began on a line of its own.
[[nodiscard]] RELATA_EXPORT std::vector<finding> lint(schema_change const& changes,
                                                      std::vector<step> const& steps,
                                                      lint_options const& options = {});

/// The renames that the statements of a text make, for the difference of the schemas before and after it.
/// Thread-safe.
[[nodiscard]] RELATA_EXPORT diff_options renames_in(std::string_view sql,
                                                    schema::catalog::engine engine);

/// The rules as a page of Markdown. Thread-safe.
[[nodiscard]] RELATA_EXPORT std::string lint_page();

}  // namespace relata::migrate
